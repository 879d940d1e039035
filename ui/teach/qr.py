"""The QR code of a lesson's link, for a wall."""

from segno import QRCode

from ce_core import CaseError
from ui import qr

MOST = 2_000  # characters; a denser code is not read from a wall
SCALE = 4  # pixels of a module


def lesson_code(link: str) -> QRCode:
    """The code.

    Raises:
        CaseError: the link is too long for one.
    """
    made = qr.qr_code(link) if len(link) <= MOST else None
    if made is None:  # also signs that take several bytes each
        raise CaseError(
            "link",
            f"a QR code holds up to {MOST:,}",
            f"this link has {len(link):,} characters",
            "Start from one of the examples, take fewer rows, or share the link itself.",
        )
    return made


def svg(code: QRCode) -> bytes:
    """The code as an SVG file."""
    return qr.svg(code, SCALE).encode()
