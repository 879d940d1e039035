"""A trace as a plain Python program: the notebook's cells, its prose as comments."""

from ce_core.exports.cells import Cell, Kind, cells
from ce_core.trace import Trace


def program(trace: Trace, names: tuple[str, ...] = (), link: str = "") -> str:
    """The program's text; editors that know `# %%` show it as cells.

    Raises:
        CaseError: as `cells`.
    """
    return "\n\n".join(_block(cell) for cell in cells(trace, names, link)) + "\n"


def _block(cell: Cell) -> str:
    if cell.kind is Kind.CODE:
        *before, last = cell.text.split("\n")
        shown = f"print({last})" if last.isidentifier() else last
        return "\n".join(["# %%", *before, shown])
    return "\n".join(["# %% [markdown]", *(f"# {line}".rstrip() for line in cell.text.split("\n"))])
