"""What the page computes, kept between clicks and between the steps of a drag."""

from collections.abc import Callable
from typing import Any

import numpy as np
import streamlit as st

from ce_core import Case
from ce_core.placement import (
    Belief,
    Compared,
    Decision,
    Fitted,
    Ignored,
    Reached,
    apart,
    balanced,
    beliefs,
    compare,
    decide,
    fitted,
    log_odds,
    prior_matters,
    scaled,
    separable,
    world,
)
from ui.compute import traced

LOW, HIGH, POINTS = -4.0, 8.0, 241  # the part of the line that is drawn
HASH: dict[str | type[Any], Callable[[Any], Any]] = {Case: lambda case: case.digest}


@st.cache_resource(max_entries=16, show_spinner=False, hash_funcs=HASH)
def compared(case: Case, shift: float) -> tuple[Compared, ...]:
    """The three losses before and after the shift."""
    return compare(case, shift)


@st.cache_resource(max_entries=32, show_spinner=False, hash_funcs=HASH)
def ignored(case: Case, row: int) -> Ignored:
    """The loss and gradient without and with the prior."""
    return prior_matters(case, row)


def truth_of(case: Case, row: int, typed: tuple[float, ...]) -> np.ndarray:
    """The true probabilities: those typed where they fit, else the row's softmax."""
    if len(typed) == case.classes:
        return scaled(np.array(typed))
    return traced(case)["probs"].rows[row]


@st.cache_resource(max_entries=64, show_spinner=False)
def believed(truth: tuple[float, ...], weight: tuple[float, ...]) -> tuple[Belief, ...]:
    """The optimum of each loss; last the one with the weights inside the log, scaled."""
    p, w = np.array(truth), np.array(weight)
    made = beliefs(p, w)
    return made if made[0].fault else (*made, balanced(p, w))


@st.cache_resource(max_entries=256, show_spinner=False)
def decided(gap: float, rare: float, ratio: float) -> Decision:
    """The two classes on a line, and where to part them."""
    return decide(apart(gap), rare, ratio, np.linspace(LOW, HIGH, POINTS))


@st.cache_resource(max_entries=256, show_spinner=False)
def lines(key: str, gap: float, rare: float, ratio: float) -> Fitted:
    """The straight lines fitted in a world with weights 1:1 and 1:ratio."""
    return fitted(world(key, gap), rare, ratio)


@st.cache_resource(max_entries=64, show_spinner=False)
def odds(key: str, gap: float, rare: float) -> tuple[np.ndarray, np.ndarray]:
    """Points of the line that is drawn, and the true log-odds there."""
    x = np.linspace(LOW, HIGH, POINTS)
    return x, log_odds(world(key, gap), rare, x)


@st.cache_resource(max_entries=4, show_spinner=False)
def trained(ratio: float) -> tuple[Reached, ...]:
    """The separable pair, trained ever longer."""
    return separable(ratio)
