"""The QR code of a link on paper: an SVG, and how wide to print it."""

from dataclasses import dataclass

from ui.qr import EDGE, qr_code, svg

FINEST = 25  # version; a finer one has modules too small for a phone to read off paper
MODULE_MM = 0.36
SMALLEST_MM = 22.0


@dataclass(frozen=True)
class Code:
    """A QR code: an SVG, and how wide to print it, in millimetres."""

    svg: str
    width: float


def code(link: str) -> Code | None:
    """The link's code; None where the link is too long for one that can be read off paper."""
    made = qr_code(link, FINEST)
    if made is None:
        return None
    modules = made.symbol_size(border=EDGE)[0]
    return Code(svg(made), max(SMALLEST_MM, modules * MODULE_MM))
