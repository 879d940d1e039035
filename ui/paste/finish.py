"""Puts together what a reading found: tensors in order, roles, options and notes."""

import numpy as np

from ce_core.words import Words, words

from . import losses
from .build import Array
from .calls import Drawn
from .losses import Loss, Missing
from .record import MAX_NOTES, NOTHING, Pasted, PasteError, Tensor, freeze
from .roles import guess, role_of
from .snippet import Snippet
from .table import Table


def finish(snippet: Snippet) -> Pasted:
    """What the reading gives, or the error that says why it gives nothing."""
    meaning = snippet.meaning
    call = _best(meaning.loss_calls or meaning.losses_made)
    wanted = {id(value) for value in call.given.values()} if call else set()
    found = [
        (array, name)
        for key, (array, name) in meaning.found.items()
        if key in wanted or key not in meaning.used
    ]
    solid = [
        (array, name)
        for array, name in found
        if array.values.ndim or id(array) in wanted or role_of(name) == "target"
    ]
    found = [(a, name) for a, name in solid if a.values.size or a.dtype] or solid or found
    if not found and snippet.scalar:
        found = [(snippet.scalar[1], snippet.scalar[0])]
    notes = _notes(snippet, call)
    if not found:
        raise PasteError(notes[0] if notes else words(NOTHING))
    tensors = tuple(
        Tensor(name, freeze(array.values), array.dtype, array.columns) for array, name in found
    )
    called = _called(call, [array for array, _ in found])
    states = losses.options(call.given if call else meaning.names)
    roles = guess(tensors, called, _settled(call, called))
    return Pasted(tensors, states, roles, tuple(notes), calls=call is not None)


def _best(calls: list[Loss]) -> Loss | None:
    """The first call with the most tensors known."""
    if not calls:
        return None
    return max(calls, key=lambda call: sum(isinstance(v, Array) for v in call.given.values()))


def _called(call: Loss | None, arrays: list[Array]) -> dict[str, int]:
    """The roles as the call gives them."""
    if call is None:
        return {}
    places = {id(array): place for place, array in enumerate(arrays)}
    return {
        role: places[id(call.given[parameter])]
        for parameter, role in losses.ROLES.items()
        if id(call.given.get(parameter)) in places
    }


def _settled(call: Loss | None, called: dict[str, int]) -> set[str]:
    """The roles that nobody has: a call with both tensors and no weight has none."""
    whole = call is not None and {"logits", "target"} <= called.keys()
    return {"weight"} if whole and call and "weight" not in call.given else set()


def _notes(snippet: Snippet, call: Loss | None) -> list[str]:
    """What a person should know, the most important first."""
    notes: list[str] = [_drawn(source) for source in list(snippet.drawn.values())[:MAX_NOTES]]
    for parameter in losses.ROLES:
        value = call.given.get(parameter) if call else None
        if isinstance(value, Missing):
            notes.append(
                words(
                    "`{source}` has no numbers in this text: print it and paste the printed "
                    "numbers.",
                    source=value.source,
                )
            )
        elif isinstance(value, Drawn):
            notes.append(_drawn(value.source))
    states = [losses.options(other.given) for other in snippet.meaning.loss_calls]
    if call and any(state != losses.options(call.given) for state in states):
        notes.append(
            words(
                "{count} calls of a loss state different options; those of line {line} are read.",
                count=len(states),
                line=snippet.tokens.line(call.at),
            )
        )
    if snippet.meaning.left_out:
        further = "{count} further tensors were left out. Paste fewer."
        notes.append(words(further, count=snippet.meaning.left_out))
    return [*notes, *snippet.meaning.notes][:MAX_NOTES]


def _drawn(source: str) -> Words:
    return words(
        "{source} makes new random numbers at every run: print it and paste the printed numbers.",
        source=source,
    )


def from_table(table: Table, name: str | None = None) -> Pasted:
    """A table as tensors: one, or two if a column is named as the target.

    `name` is for a table that gives none, such as the name of its file.
    """
    values, columns, notes = table.values, table.columns, list(table.notes)
    tensors: list[Tensor] = []
    label = [i for i, name in enumerate(columns or ()) if role_of(name) == "target"]
    if columns and len(columns) > 1 and len(label) == 1:
        target, title = values[:, label[0]], columns[label[0]]
        if ((np.abs(target) < 2.0**63) & (target == np.trunc(target))).all():
            columns = columns[: label[0]] + columns[label[0] + 1 :]
            values = np.delete(values, label[0], axis=1)
            read = "The column '{title}' was read as the target, the others as the logits."
            notes.append(words(read, title=title))
            tensors.append(Tensor(title, freeze(target.astype(np.int64)), None))
    single = columns[0] if columns and values.ndim == 1 else name
    tensors.insert(0, Tensor(single, freeze(values), None, columns if values.ndim > 1 else None))
    roles = {"logits": 0, "target": 1} if len(tensors) > 1 else guess(tensors, {})
    return Pasted(tuple(tensors), {}, roles, tuple(notes))
