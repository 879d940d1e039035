"""Which cases go on paper: those whose tables fit across a page."""

from ce_core import CaseError
from ce_core.words import words
from ui.view import View, positions

MOST_ROWS, MOST_CLASSES = 20, 12


def refuse(view: View) -> None:
    """Say what keeps the case on the screen from paper.

    Raises:
        CaseError: it is of another loss, has nothing in it, or has too much.
    """
    if view.other is not None:
        raise CaseError(
            "logits",
            words("a worksheet goes from logits to cross-entropy"),
            words("the numbers on the screen are of another loss"),
            words("Choose an example, or print exercises."),
        )
    rows, classes = positions(view.case), view.case.classes
    if not rows or not classes:
        raise CaseError(
            "logits",
            words("a worksheet needs at least one row and one class"),
            words("this case is empty"),
            words("Choose another case, or print exercises."),
        )
    if rows > MOST_ROWS or classes > MOST_CLASSES:
        raise CaseError(
            "logits",
            words(
                "a worksheet holds up to {rows} rows of up to {classes} classes",
                rows=MOST_ROWS,
                classes=MOST_CLASSES,
            ),
            words(
                "this case has {rows:,} × {classes:,} logits (rows × classes)",
                rows=rows,
                classes=classes,
            ),
            words("Choose a smaller case, or print exercises."),
        )
