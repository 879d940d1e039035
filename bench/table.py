"""A table of Markdown, and a number in it."""

from collections.abc import Iterable, Sequence


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    """A table of Markdown; numbers to the right."""
    lines = [[str(cell) for cell in row] for row in rows]
    marks = [
        "---:" if all(line[k][:1].isdigit() or line[k] in ("–", "") for line in lines) else "---"
        for k in range(len(head))
    ]
    return [f"| {' | '.join(cells)} |" for cells in (head, marks, *lines)]


def number(value: float | None, digits: int = 0) -> str:
    """A number with so many digits; a dash where there is none."""
    return "–" if value is None else f"{value:,.{digits}f}"
