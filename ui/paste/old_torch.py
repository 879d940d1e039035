"""Rewrites what torch before 0.4 printed, numbers above `[torch.FloatTensor of size 2x2]`."""

import re
from itertools import chain
from math import prod

from ce_core.words import words

from .record import PasteError

FOOTER = re.compile(r"\s*\[torch\.(?:cuda\.)?(\w{1,20}) of size (\d[\dx]{0,60})(?: \(GPU \d+\))?\]")
SCALE = re.compile(r"\s*(\d\S{0,30}) ?\*\s*")
SLICE = re.compile(r"\s*\([\d ,.]{1,40}\) ?=\s*|\s*Columns \d+ (?:to|and) \d+\s*")
HEADING = re.compile(r"\s*(?:Variable|Parameter) containing:\s*")
SHORTENED = (
    "The printed tensor was shortened with '...': call torch.set_printoptions(profile='full') "
    "(or np.set_printoptions(threshold=sys.maxsize)) and print again."
)


def modernise(text: str) -> str:
    """The text with each old block as one line `torch.FloatTensor([..]).view(2, 2)`."""
    if " of size " not in text:
        return text
    lines, floor = text.split("\n"), 0
    for at in range(len(lines)):
        if footer := FOOTER.match(lines[at]):
            _rewrite(lines, floor, at, footer)
            floor = at + 1
    return "\n".join(lines)


def _rewrite(lines: list[str], floor: int, at: int, footer: re.Match[str]) -> None:
    """Replace the block that ends at line `at` and starts no earlier than `floor`."""
    shape = [int(size[:12] or 0) for size in footer[2].split("x")]
    rows: list[list[str]] = []
    parts: list[list[list[str]]] = []
    scale, top, count, wanted = "", at, 0, prod(shape)
    while top > floor and count <= wanted:
        line = lines[top - 1]
        if "..." in line or "\u22ef" in line or "\u22ee" in line:
            raise PasteError(words(SHORTENED))
        if found := SCALE.fullmatch(line):
            scale = f"{found[1]} * "
        elif SLICE.fullmatch(line):
            if line.lstrip().startswith("Columns"):
                parts, rows, count = [rows[::-1], *parts], [], 0
        elif HEADING.fullmatch(line):
            top -= 1
            break
        elif line.strip():
            cells = line.split()
            if not all(map(_is_number, cells)):
                break
            rows.append(cells)
            count += len(cells)
        top -= 1
    if parts:
        rows = [list(chain.from_iterable(row)) for row in zip(*parts, strict=False)][::-1]
    numbers = [cell for row in rows[::-1] for cell in row][-wanted:] if wanted else []
    if len(numbers) != wanted:
        raise PasteError(
            words(
                "Line {line}: {footer} stands under {count} numbers, must be {wanted}. Paste the "
                "whole printed block.",
                line=at + 1,
                footer=footer[0].strip(),
                count=len(numbers),
                wanted=wanted,
            )
        )
    lines[top : at + 1] = [""] * (at - top) + [
        f"torch.{footer[1]}({scale}[{', '.join(numbers)}]).view({', '.join(map(str, shape))})"
    ]


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True
