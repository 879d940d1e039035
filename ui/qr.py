"""QR codes, made here: black on white, with the quiet edge that cameras need."""

from io import BytesIO

import segno
from segno import DataOverflowError, QRCode

EDGE = 4  # modules of white around it, as the standard asks
LARGEST = 40  # the version with the most modules


def qr_code(text: str, densest: int = LARGEST) -> QRCode | None:
    """The text's code; None where it is too long for one.

    Args:
        text: usually a link.
        densest: the largest version taken; each has four modules more a side than the one before.

    Returns:
        A code of which 15 of 100 parts may be covered, or 7 where only that fits.
    """
    for error in ("m", "l"):
        try:
            made = segno.make(text, error=error, boost_error=False, micro=False)
        except DataOverflowError:
            continue
        if int(made.version) <= densest:
            return made
    return None


def svg(code: QRCode, scale: int = 1) -> str:
    """The code as an SVG, with so many pixels a module."""
    file = BytesIO()
    looks = {"dark": "black", "light": "white", "xmldecl": False, "nl": False}
    code.save(file, kind="svg", scale=scale, border=EDGE, **looks)
    return file.getvalue().decode()
