"""What the choices about a lesson do to the view; the callbacks of their inputs."""

from dataclasses import replace

from ui import state
from ui.teach.place import blanks, hideable
from ui.teach.settings import PAGES


def set_view(field: str, key: str) -> None:
    """A field of the view."""
    chosen = state.value(key)
    state.act()
    if chosen is not None:
        state.show(state.current().replace(**{field: chosen}))


def set_lesson(field: str, key: str) -> None:
    """A field of the lesson."""
    chosen, view = state.value(key), state.current()
    state.act()
    if chosen is not None:
        state.show(view.replace(lesson=replace(view.lesson, **{field: chosen})))


def set_exercise(field: str, key: str) -> None:
    """A field of what is practised."""
    chosen = state.value(key)
    state.act()
    if chosen is not None:
        state.show(state.current().practising(**{field: chosen}))


def set_row(key: str) -> None:
    """The row; its class is the target's again."""
    chosen = state.value(key)
    state.act()
    if chosen is not None:
        state.show(state.current().replace(row=chosen, column=None, term=0))


def set_class(key: str) -> None:
    """The class, by its number; "" is the target's."""
    chosen = state.value(key)
    state.act()
    if chosen is not None:
        state.show(state.current().replace(column=int(chosen) if chosen else None))


def set_hidden(key: str, here: tuple[str, ...]) -> None:
    """What is left out of the page; what is left out of other pages stays so."""
    view = state.current()
    chosen = set(state.value(key) or ())
    elsewhere = {part for part in view.hide if part not in here}
    state.show(view.replace(hide=_ordered(chosen | elsewhere)))


def _ordered(keys: set[str]) -> tuple[str, ...]:
    every = (part.key for page in PAGES for part in hideable(page))
    return tuple(key for key in dict.fromkeys(every) if key in keys)


def set_blank(key: str) -> None:
    """The steps that are left to the reader."""
    view = state.current()
    chosen = state.value(key) or ()
    state.show(view.replace(blank=tuple(one for one in blanks(view) if one in chosen)))
