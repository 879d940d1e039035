"""Numbers as they are written: digits, and names such as `torch.inf` or `float('nan')`."""

import math

from .nodes import Chain, Node, Text, Unread

CONSTANTS: dict[str, int | float | bool | None] = {
    "True": True, "true": True, "False": False, "false": False, "True_": True, "False_": False,
    "None": None, "null": None, "inf": math.inf, "Inf": math.inf, "Infinity": math.inf,
    "nan": math.nan, "NaN": math.nan, "NAN": math.nan,
}  # fmt: skip
LIBRARIES = {"torch", "np", "numpy", "math"}
NUMBER_TYPES = {"float": float, "int": int, "bool": bool, "bool_": bool, "longlong": int}


def number(text: str, at: int) -> Node:
    """The number that stands there: a whole one stays whole."""
    digits = text.replace("_", "")
    if digits.isdigit():
        return bounded(int(digits), at) if len(digits) < 20 else Unread(digits[:24], at)
    return float(digits)


def bounded(number: float, at: int) -> Node:
    """The number, if torch's int64 can hold it."""
    if isinstance(number, int) and not -(2**63) <= number < 2**63:
        return Unread(str(number)[:24], at)
    return number


def constant(chain: Chain) -> Node:
    """The number that `torch.inf` or `float('-inf')` stands for, else the chain as it is."""
    if not isinstance(chain.base, str):
        return chain
    names = [suffix.name for suffix in chain.suffixes if suffix.kind == "attr"]
    path = [chain.base, *names]
    called = chain.suffixes[-1] if chain.suffixes and chain.suffixes[-1].kind == "call" else None
    if len(chain.suffixes) != len(names) + (called is not None):
        return chain
    if path[0] not in LIBRARIES and (len(path) > 1 or not called):
        return chain
    if called is None:
        return CONSTANTS.get(names[-1], chain) if len(names) == 1 else chain
    last = str(path[-1])
    make = NUMBER_TYPES.get(last.rstrip("0123456789") if len(path) > 1 else last)
    if make is None or len(called.args) != 1 or called.named:
        return chain
    argument = called.args[0]
    try:
        if isinstance(argument, Text):
            return float(argument.value) if make is float else chain
        known = isinstance(argument, int | float)
        return bounded(make(argument), called.start) if known else chain
    except (ValueError, OverflowError):
        return chain
