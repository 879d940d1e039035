"""The picture of a lesson: a small SVG that needs no browser to make and no font to show."""

from html import escape
from textwrap import wrap
from urllib.parse import urlsplit

from ui.palette import LIGHT
from ui.teach.card import Card
from ui.teach.formula import tspans

PICTURE_WIDTH = 720
EDGE = 24
NAMES = 190  # the width of the table's first column
INK, LINE, PAPER = LIGHT.text, LIGHT.border, LIGHT.page
FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"
PER_LINE, PER_HEAD, PER_NAME, PER_CELL = 84, 13, 22, 14  # characters


def picture(card: Card, link: str) -> str:
    """The card as an SVG document, light with a border, so that it reads on dark pages as well.

    Args:
        card: what it says.
        link: the lesson's address; its host stands at the foot.
    """
    page = _Page()
    page.write(card.title, 22, weight=600, below=14, width=52)
    if card.formula:
        page.formula(card.formula)
    if card.lines:
        page.table(card)
    for fact in card.facts:
        page.write(fact, 15)
    if card.sentence:
        page.write(card.sentence, 16, above=8)
    host = urlsplit(link).netloc
    if host:
        page.write(host, 13, above=8)
    height = page.at + EDGE
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{PICTURE_WIDTH}" height="{height:.0f}" '
        f'viewBox="0 0 {PICTURE_WIDTH} {height:.0f}" role="img" aria-label="{escape(card.alt)}" '
        f'font-family="{FONT}" fill="{INK}">\n'
        f'<rect x="0.5" y="0.5" width="{PICTURE_WIDTH - 1}" height="{height - 1:.0f}" rx="8" '
        f'fill="{PAPER}" stroke="{LINE}"/>\n' + "\n".join(page.parts) + "\n</svg>\n"
    )


class _Page:
    """Lines of text set below each other."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.at = float(EDGE)

    def write(
        self,
        text: str,
        size: int,
        *,
        weight: int = 400,
        above: int = 0,
        below: int = 0,
        width: int = PER_LINE,
    ) -> None:
        """A paragraph, broken into lines."""
        self.at += above
        for line in wrap(text, width) or [""]:
            self.at += size * 1.35
            self._text(EDGE, line, size, f'font-weight="{weight}"')
        self.at += below

    def formula(self, latex: str) -> None:
        """The formula on a line of its own."""
        self.at += 26
        inside = tspans(latex, 20)
        self.parts.append(
            f'<text x="{EDGE}" y="{self.at:.1f}" font-size="20" font-family="Georgia, '
            f'\'Times New Roman\', serif" xml:space="preserve">{inside}</text>'
        )
        self.at += 20

    def table(self, card: Card) -> None:
        """The numbers in columns, their last digits below each other."""
        count = max(len(card.heads) - 1, 1)
        step = min((PICTURE_WIDTH - 2 * EDGE - NAMES) / count, 160)
        heads = [wrap(_short(head, 3 * PER_HEAD), PER_HEAD) for head in card.heads]
        tall = max(len(head) for head in heads)
        for number in range(tall):
            self.at += 17
            for place, head in enumerate(heads):
                line = number - tall + len(head)
                if line >= 0:
                    self._cell(place, step, head[line], 13)
        self.at += 7
        right = EDGE + NAMES + step * count
        self.parts.append(
            f'<path d="M{EDGE} {self.at:.1f}H{right:.1f}" stroke="{LINE}" fill="none"/>'
        )
        for line_ in card.lines:
            self.at += 22
            for place, text in enumerate(line_):
                self._cell(place, step, _short(text, PER_CELL if place else PER_NAME), 15)
        self.at += 12

    def _cell(self, place: int, step: float, text: str, size: int) -> None:
        if place == 0:
            self._text(EDGE, text, size, "")
        else:
            style = 'text-anchor="end" style="font-variant-numeric: tabular-nums"'
            self._text(EDGE + NAMES + step * place, text, size, style)

    def _text(self, x: float, text: str, size: int, style: str) -> None:
        if text:
            self.parts.append(
                f'<text x="{x:.1f}" y="{self.at:.1f}" font-size="{size}" {style}>'
                f"{escape(_sound(text))}</text>"
            )


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def _sound(text: str) -> str:
    """The text without the characters that XML does not know."""
    return "".join(sign for sign in text if sign.isprintable())
