"""A step of the gradient as a formula with this row's numbers put in."""

from math import isfinite

import streamlit as st

from ce_core import Trace
from ui.figures import latex
from ui.mistake.spot import Spot, in_numbers
from ui.palette import coloured
from ui.place import Place

KEYS = ("carried", "aim", "factor", "pull")


def has_formula(trace: Trace, at: Place) -> bool:
    """Whether a factor times a difference is the gradient here: of a target that weighs nothing
    the difference is no number, and the gradient is 0 all the same."""
    pull, gradient = (float(trace[key].rows[at.row, at.column]) for key in ("pull", "gradient"))
    return isfinite(pull) or not isfinite(gradient)


def formulas(trace: Trace, at: Place) -> None:
    """How the gradient of the class looked at is made: the factor, and what it multiplies.

    Args:
        trace: with the gradient taken apart.
        at: the row and the class.
    """
    spot = Spot(trace, at.names, at.row, at.column)
    keys = [key for key in KEYS if key in trace and (key != "aim" or "carried" in trace)]
    with st.container(key="gradient-formula", gap="small"):
        for key in keys:
            st.latex(coloured(_equation(spot, key), dark=st.context.theme.type == "dark"))


def _equation(spot: Spot, key: str) -> str:
    step = spot.trace[key]
    left, _, right = step.rule.formula.partition(" = ")
    lines = [right, in_numbers(spot, step), latex(spot.number(key))]
    parts = list(dict.fromkeys(line for line in lines if line))
    if key != "pull":
        return " = ".join((left, *parts))
    below = "".join(rf" \\ &= {part}" for part in parts[1:])
    return rf"\begin{{aligned}} {left} &= {parts[0]}{below} \end{{aligned}}"
