"""The link: a view as readable query parameters in torch's words, and back.

`/steps?logits=3,4;6,9&target=1,0&weight=0.4,0.36&step=mean_loss`. One table of parameters writes
and reads all of it. What cannot be read is dropped and named; nothing in a link is ever run.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import numpy as np

from ce_core import Case, CaseError
from ce_core.arrays import Array
from ce_core.mistakes import MISTAKES
from ce_core.practice import MODES, SEEDS, TOPICS
from ce_core.presets import PRESETS, preset
from ce_core.words import words
from ui import other as others
from ui.choose import settings as choose
from ui.gradient import settings as gradient
from ui.hiding import HIDEABLE
from ui.lab import settings as lab
from ui.notation import NotationError, read_array, read_number, shorten, write_array, write_number
from ui.parameter import Parameter, PartlyReadError, whole
from ui.placement import settings as placement
from ui.practice.items import FIRST, made
from ui.stability import settings as stability
from ui.targets import settings as targets
from ui.teach import settings as teach
from ui.view import View, asked_class, names_fault, of_preset, positions, same_numbers, step_keys
from ui.words.speaking import CODES, DECIMALS
from ui.worksheet import settings as worksheet

MAX_NUMBERS = 1_500  # about 7,000 characters: what servers and chat programs let through
MAX_ANSWER = 2_000  # characters of a person's number, or of the message they got instead
MAX_NAMES = 4_000  # characters of class names; a longer list stays out of the link
# The parts of pages that show one at a time: Targets, Check, Choose weights, Teach.
PARTS = (
    *("smoothing", "weights", "kinds", "ignored", "pixels", "axes"),
    *("agreement", "floats"),
    *("schemes", "pos_weight"),
    *("lesson", "sheet", "code", "class"),
)
DTYPES = ("float64", "float32", "bfloat16", "float16")


@dataclass(frozen=True)
class Dropped:
    """A parameter of a link that was left out, its text, and why, as Words."""

    name: str
    text: str
    reason: str


def _choice(name: str, options: tuple[str, ...]) -> Parameter:
    def take(view: View, text: str) -> View:
        if text not in options:
            raise NotationError(words("it must be one of {options}", options=", ".join(options)))
        return view.replace(**{name: text})

    default = options[0]
    return Parameter(
        name, lambda view: None if getattr(view, name) == default else getattr(view, name), take
    )


def _take_step(view: View, text: str) -> View:
    keys = step_keys(view.case)
    if text not in keys:
        raise NotationError(words("this case has the steps {steps}", steps=", ".join(keys)))
    return view.replace(step=text)


def _take_row(view: View, text: str) -> View:
    row, rows = whole(text), positions(view.case)
    if not 0 <= row < rows:
        raise NotationError(
            words("rows are counted from 0 to {last}", last=rows - 1)
            if rows
            else words("this case has no rows")
        )
    return view.replace(row=row)


def _take_column(view: View, text: str) -> View:
    column = whole(text)
    if not 0 <= column < view.case.classes:
        last = view.case.classes - 1
        raise NotationError(
            words("this case has no classes")
            if last < 0
            else words("classes are counted from 0 to {last}", last=last)
        )
    return view.replace(column=None if column == asked_class(view.case, view.row) else column)


def _take_term(view: View, text: str) -> View:
    term, most = whole(text), max(positions(view.case), view.case.classes)
    if not 0 <= term <= most:
        raise NotationError(words("terms are counted from 1 to {most}", most=most))
    return view.replace(term=term)


def _take_names(view: View, text: str) -> View:
    names = tuple(name.strip() for name in text.split(","))
    fault = names_fault(names, view.case.classes)
    if fault:
        raise NotationError(fault)
    return view.replace(names=names)


def _write_names(view: View) -> str | None:
    chosen = preset(view.preset)
    given = chosen.classes if chosen else ()
    text = ",".join(view.classes)
    return text if view.names != given and len(text) <= MAX_NAMES else None


def _take_topic(view: View, text: str) -> View:
    keys = [topic.key for topic in TOPICS]
    if text not in keys:
        raise NotationError(words("it must be one of {options}", options=", ".join(keys)))
    return view.practising(topic=text)


def _take_seed(view: View, text: str) -> View:
    seed = whole(text)
    if not 0 <= seed < SEEDS:
        raise NotationError(words("items are counted from 0 to {last}", last=SEEDS - 1))
    return view.practising(seed=seed)


def _take_blank(view: View, text: str) -> View:
    steps = dict.fromkeys((*made(view.seed, view.topic).steps, *step_keys(view.case)))
    asked = text.split(",")
    unknown = [key for key in asked if key not in steps]
    if unknown:
        raise NotationError(
            words(
                "'{name}' is no step of this case; there are {steps}",
                name=shorten(unknown[0]),
                steps=", ".join(steps),
            )
        )
    return view.replace(blank=tuple(key for key in steps if key in asked))


def _flag(name: str) -> Parameter:
    def take(view: View, text: str) -> View:
        if text not in ("0", "1"):
            raise NotationError(words("it must be 1 or 0"))
        return view.replace(**{name: text == "1"})

    return Parameter(name, lambda view: "1" if getattr(view, name) else None, take)


def _take_hide(view: View, text: str) -> View:
    asked, known = text.split(","), [part.key for part in HIDEABLE]
    unknown = [key for key in asked if key not in known]
    hidden = view.replace(hide=tuple(key for key in known if key in asked))
    if unknown:
        why = words(
            "'{name}' cannot be hidden; what can be is {parts}",
            name=shorten(unknown[0]),
            parts=", ".join(known),
        )
        raise PartlyReadError(why, hidden)  # what a teacher hides stays hidden beside a slip
    return hidden


def _take_answer(view: View, text: str) -> View:
    if len(text) > MAX_ANSWER:
        raise NotationError(words("it is longer than {most:,} characters", most=MAX_ANSWER))
    if re.search(r"[\x00-\x08\x0b-\x1f\x7f]", text):
        raise NotationError(words("it holds characters that cannot be shown"))
    return view.replace(answer=text.strip())


def _take_of(view: View, text: str) -> View:
    keys = [key for key in step_keys(view.question) if key != "kept"]  # it says yes or no
    if text not in keys:
        raise NotationError(words("this case has the steps {steps}", steps=", ".join(keys)))
    return view.replace(of=text)


def _take_finding(view: View, text: str) -> View:
    known = {mistake.key for mistake in MISTAKES}
    unknown = [key for key in text.split(",") if key not in known]
    if unknown:
        name = shorten(unknown[0])
        raise NotationError(words("'{name}' is no mistake that this site knows", name=name))
    return view.replace(finding=text)


def _take_part(view: View, text: str) -> View:
    if text not in PARTS:
        raise NotationError(words("it must be one of {options}", options=", ".join(PARTS)))
    return view.replace(part=text)


def _take_device(view: View, text: str) -> View:
    if not re.fullmatch(r"cpu|mps|cuda(:\d{1,2})?", text):
        raise NotationError(words("it must be cpu, mps or cuda:0, cuda:1, ..."))
    return view.replace(device=text)


LOOKS: tuple[Parameter, ...] = (
    Parameter("classes", _write_names, _take_names),
    Parameter("step", lambda view: view.step or None, _take_step),
    Parameter("row", lambda view: str(view.row) if view.row else None, _take_row),
    Parameter(
        "class", lambda view: None if view.column is None else str(view.column), _take_column
    ),
    Parameter("term", lambda view: str(view.term) if view.term else None, _take_term),
    Parameter("device", lambda view: None if view.device == "cpu" else view.device, _take_device),
    _choice("dtype", DTYPES),
    Parameter(
        "topic", lambda view: None if view.topic == TOPICS[0].key else view.topic, _take_topic
    ),
    Parameter("seed", lambda view: None if view.seed == FIRST else str(view.seed), _take_seed),
    _choice("mode", MODES),
    Parameter("blank", lambda view: ",".join(view.blank) or None, _take_blank),
    _flag("predict"),
    Parameter("answer", lambda view: view.answer or None, _take_answer),
    Parameter("of", lambda view: view.of or None, _take_of),
    Parameter("finding", lambda view: view.finding or None, _take_finding),
    Parameter("part", lambda view: view.part or None, _take_part),
    *placement.PARAMETERS,
    *choose.PARAMETERS,
    *lab.PARAMETERS,
    *targets.PARAMETERS,
    *gradient.PARAMETERS,
    *stability.PARAMETERS,
    _choice("lang", CODES),
    _choice("decimal", DECIMALS),
    Parameter("hide", lambda view: ",".join(view.hide) or None, _take_hide),
    _flag("present"),
    *teach.PARAMETERS,
    *worksheet.PARAMETERS,
)
ARRAYS = ("logits", "target", "weight")
OPTIONS: Mapping[str, Callable[[str], object]] = {
    "reduction": str,
    "label_smoothing": read_number,
    "ignore_index": whole,
}
DEFAULTS = {"reduction": "mean", "label_smoothing": 0.0, "ignore_index": -100}
OTHERS = ("loss", *others.OWN)
KNOWN = (*ARRAYS, *OPTIONS, *OTHERS, "preset", "case", *(look.name for look in LOOKS))
IGNORED = ("embed", "embed_options")  # Streamlit's own


def encode(view: View) -> dict[str, str]:
    """The view as query parameters; what is as it always is stays out."""
    query = _encode_case(view) if view.other is None else others.write(view.other)
    for look in LOOKS:
        text = look.write(view)
        if text is not None:
            query[look.name] = text
    return query


def fits(case: Case) -> bool:
    """Whether the case's numbers are few enough for a link."""
    weight = 0 if case.weight is None else case.weight.size
    return case.logits.size + case.target.size + weight <= MAX_NUMBERS


def _encode_case(view: View) -> dict[str, str]:
    case, chosen = view.case, preset(view.preset)
    if same_numbers(case, chosen):
        assert chosen is not None  # noqa: S101 - same_numbers says so
        query = {} if chosen == PRESETS[0] else {"preset": chosen.key}
        given: Mapping[str, object] = {name: getattr(chosen.case, name) for name in OPTIONS}
    elif fits(case):
        arrays = {name: getattr(case, name) for name in ARRAYS}
        query = {name: write_array(array) for name, array in arrays.items() if array is not None}
        given = DEFAULTS
    else:
        query, given = {"case": case.digest}, {}
        return query
    for name in OPTIONS:
        value = getattr(case, name)
        if repr(value) != repr(given[name]):
            query[name] = write_number(value) if isinstance(value, float) else str(value)
    return query


def address(base: str, view: View) -> str:
    """The whole link, with the characters that a person can read left as they are."""
    query = urlencode(encode(view), safe=",;:[]()")
    return f"{base}?{query}" if query else base


def decode(
    query: Mapping[str, str], kept: Mapping[str, Case] | None = None
) -> tuple[View, tuple[Dropped, ...]]:
    """The view that a link describes, and what had to be left out of it.

    Args:
        query: the parameters as text.
        kept: cases too large for a link that this browser tab still holds, by digest.
    """
    dropped: list[Dropped] = []

    def drop(name: str, reason: str) -> None:
        dropped.append(Dropped(shorten(name), shorten(query.get(name, "")), reason))

    other, rest = others.read(query, drop)
    view = _decode_case(rest, kept or {}, drop)
    if other is not None:
        view = view.with_other(other)
    if (
        not any(item.name == "case" for item in dropped) or other
    ):  # without its case a place means nothing
        view, unread = visited(view, query)
        dropped.extend(unread)
    for name in query:
        if name not in KNOWN and name not in IGNORED:
            drop(name, words("this page knows no such parameter"))
    return view, tuple(dropped)


def visited(view: View, query: Mapping[str, str]) -> tuple[View, tuple[Dropped, ...]]:
    """The view at the place that the query names, and what of it could not be read."""
    dropped: list[Dropped] = []
    for look in LOOKS:
        if look.name in query:
            try:
                view = look.take(view, query[look.name])
            except NotationError as problem:
                dropped.append(Dropped(look.name, shorten(query[look.name]), problem.says))
                view = problem.view if isinstance(problem, PartlyReadError) else view
    return view, tuple(dropped)


def _decode_case(
    query: Mapping[str, str], kept: Mapping[str, Case], drop: Callable[[str, str], None]
) -> View:
    base = of_preset(PRESETS[0])
    if "case" in query:
        if query["case"] in kept:
            return View(kept[query["case"]])
        drop(
            "case",
            words(
                "its numbers were too many for a link: upload the file again, or ask the sender "
                "for it"
            ),
        )
        return base
    if "preset" in query:
        chosen = preset(query["preset"])
        if chosen is None:
            drop("preset", words("there is no such example"))
        else:
            base = of_preset(chosen)
    values = _read_values(query, drop)
    if "logits" in values and "target" in values:
        values["target"] = _same_kind(values["logits"], values["target"])
    elif "logits" in query or "target" in query:
        for name in ARRAYS:
            if values.pop(name, None) is not None:
                drop(name, words("logits and target come together, and one of them is missing"))
    return _build(values, base, drop)


def _read_values(query: Mapping[str, str], drop: Callable[[str, str], None]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, read in (*((name, read_array) for name in ARRAYS), *OPTIONS.items()):
        if name in query:
            try:
                values[name] = read(query[name])
            except NotationError as problem:
                drop(name, problem.says)
    for name in ("logits", "weight"):
        if name in values:
            values[name] = np.asarray(values[name], dtype=np.float64)
    return values


def _same_kind(logits: Array, target: Array) -> Array:
    """A target of the logits' shape holds probabilities, though the link may write 1 for 1.0."""
    if target.shape == logits.shape:
        return target.astype(np.float64)
    return target.astype(np.int64) if target.size == 0 else target


def _build(values: dict[str, Any], base: View, drop: Callable[[str, str], None]) -> View:
    """The view of the values, filled up from the base; what Case refuses of them is dropped."""
    while True:
        own = "logits" in values
        try:
            case = Case(**{**({} if own else base.case.arguments), **values})
        except CaseError as problem:
            for name in _at_fault(problem.input, values):
                drop(name, problem.args[0])
                values.pop(name)
        else:
            return View(case) if own else base.with_case(case)


def _at_fault(name: str, values: Mapping[str, object]) -> tuple[str, ...]:
    """Which of a link's values to leave out when Case refuses the argument of that name."""
    if name in values and name not in ("logits", "target"):
        return (name,)
    if "logits" in values:
        return tuple(array for array in ARRAYS if array in values)
    # The example's own target is refused: because of what the link ignores.
    return ("ignore_index",) if "ignore_index" in values else tuple(values)
