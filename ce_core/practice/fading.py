"""Which cells are left to the person: none, a part, or all that are worth working out."""

from collections.abc import Sequence

from ce_core.practice.cells import Cell, cells
from ce_core.practice.dice import Dice
from ce_core.practice.items import Item
from ce_core.practice.topics import MODES


def blanks(item: Item, mode: str, steps: Sequence[str] = ()) -> tuple[str, ...]:
    """The ids of the cells to fill, in the order one works: step by step, row by row.

    Args:
        item: the exercise.
        mode: "watch" leaves none; "complete" leaves one row all the way down, an ignored row too,
            and the single numbers; "solve" leaves every cell of the item's steps.
        steps: in "complete", leave all cells of these instead; what is no step of the item is
            passed over.

    Raises:
        ValueError: there is no such mode.
    """
    if mode not in MODES:
        raise ValueError(f"mode is {mode!r}, must be one of {', '.join(MODES)}")
    named = [key for key in item.steps if key in steps]
    keys = named if mode == "complete" and named else item.steps
    rows = _one_row_down(item) if mode == "complete" and not named else None
    left = (one for key in keys for one in cells(item.trace, key))
    return tuple(str(one) for one in left if mode != "watch" and _is_left(one, rows))


def _one_row_down(item: Item) -> frozenset[int]:
    """A row that counts, by the seed's choice, and those that are ignored."""
    counting = [row for row, counts in enumerate(item.trace["kept"].output) if counts]
    chosen = Dice(f"complete:{item.topic}:{item.seed}").choice(counting)
    return frozenset(range(len(item.case.target))) - (frozenset(counting) - {chosen})


def _is_left(cell: Cell, rows: frozenset[int] | None) -> bool:
    return rows is None or cell.row is None or cell.row in rows
