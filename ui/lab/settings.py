"""What the lab trains, as a link says it: a parameter for each field of a plan.

Some names begin with `lab_`, since a link is shared by all pages and each name means one thing.
"""

from ce_core import CaseError
from ce_core.lab import DATA, LIMITS, MODELS, SCHEMES, STRATEGIES
from ce_core.words import words
from ui.notation import NotationError, write_number
from ui.parameter import Parameter, Read, Write, choice, count, number, setting
from ui.view import View

RECORD = "lab"  # the attribute of View that holds the plan
KEYS = {
    "data": tuple(row.key for row in DATA),
    "scheme": tuple(row.key for row in SCHEMES),
    "model": tuple(row.key for row in MODELS),
    "strategies": tuple(row.key for row in STRATEGIES),
}


def _keys(text: str) -> tuple[str, ...]:
    keys, known = tuple(text.split(",")), KEYS["strategies"]
    if not set(keys) <= set(known) or len(set(keys)) < len(keys):
        options = ", ".join(known)
        raise NotationError(
            words("it must be some of {options}, with commas between them", options=options)
        )
    return keys


def _row(field: str, read: Read, write: Write = str, *, name: str = "") -> Parameter:
    """A parameter for a field; a value that makes no plan together with the others is refused."""
    row = setting(RECORD, field, read, write, name=name)

    def take(view: View, text: str) -> View:
        try:
            return row.take(view, text)
        except CaseError as problem:
            raise NotationError(problem.args[0]) from problem

    return Parameter(row.name, row.write, take)


def _whole(field: str, name: str = "") -> Parameter:
    low, high = LIMITS[field]
    return _row(field, count(int(low), int(high)), name=name)


def _number(field: str, name: str = "") -> Parameter:
    return _row(field, number(*LIMITS[field]), write_number, name=name)


PARAMETERS = (
    _row("data", choice(*KEYS["data"])),
    _number("share"),
    _whole("samples"),
    _number("spread"),
    _row("strategies", _keys, ",".join),
    _row("scheme", choice(*KEYS["scheme"]), name="lab_scheme"),
    _row("model", choice(*KEYS["model"])),
    _whole("runs"),
    _whole("steps", "lab_steps"),
    _whole("batch"),
    _number("rate", "lab_rate"),
    _whole("seed", "lab_seed"),
    _number("gamma", "lab_gamma"),
    _number("tau", "lab_tau"),
    _number("smoothing", "lab_smoothing"),
    _number("beta", "lab_beta"),
)


def changed(view: View, **fields: object) -> View:
    """The view with some fields of the plan changed.

    Raises:
        CaseError: they make no plan together.
    """
    return view.replace(lab=view.lab.replace(**fields))
