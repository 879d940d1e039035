"""Which row and which class are looked at; every part of the page can choose another."""

from streamlit.delta_generator import DeltaGenerator

from ui import state
from ui.place import Place, row_label
from ui.view import positions

LISTED = 40  # more rows or classes than these are chosen by number


def row_picker(box: DeltaGenerator, at: Place, where: str) -> None:
    """The row."""
    rows = positions(at.case)
    _picker(
        box, f"{where}-row", "Row", at.row, [_row(at, k) for k in range(min(rows, LISTED))], rows
    )


def class_picker(box: DeltaGenerator, at: Place, where: str) -> None:
    """The class."""
    names = list(at.names[:LISTED])
    _picker(box, f"{where}-class", "Class", at.column, names, at.case.classes)


def _row(at: Place, row: int) -> str:
    name = f"row {row_label(at.case, row)}"
    if at.case.soft:
        return name
    target = int(at.case.target.reshape(-1)[row])
    return f"{name}, ignored" if target == at.case.ignore_index else f"{name}: {at.name(target)}"


def _picker(
    box: DeltaGenerator, name: str, label: str, chosen: int, words: list[str], count: int
) -> None:
    # the key holds the value, so that a choice made elsewhere on the page shows here as well
    key = state.key(f"{name}-{chosen}")
    if count <= LISTED:
        box.selectbox(
            label,
            range(count),
            index=chosen,
            format_func=words.__getitem__,
            key=key,
            on_change=_look,
            args=(name, key),
        )
    else:
        box.number_input(
            f"{label}, 0 to {count - 1:,}",
            min_value=0,
            max_value=count - 1,
            value=chosen,
            key=key,
            on_change=_look,
            args=(name, key),
        )


def _look(name: str, key: str) -> None:
    chosen, view = state.at(key), state.current()
    state.act()
    if chosen is None:
        return
    if name.endswith("-row"):
        if 0 <= int(chosen) < positions(view.case):
            state.show(view.replace(row=int(chosen), column=None))
    else:
        state.visit({"class": str(chosen)})
