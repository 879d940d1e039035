"""What the page computes, kept between clicks: the gradient taken apart, nudged, weighed."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from ce_core import Case, Trace
from ce_core.descent import (
    SIZES,
    Effect,
    Nudge,
    Trail,
    alone,
    descend,
    effects,
    heavier,
    nudges,
    pulls,
)
from ui.compute import LARGE, SMALL, size, traced
from ui.turns import aside
from ui.words import tr

BY_VALUE: dict[str | type[Any], Callable[[Any], Any]] = {Case: lambda case: case.digest}


def apart(case: Case) -> Trace:
    """The case's trace with its gradient taken apart."""
    if size(case) <= SMALL:
        return _apart(case)
    if size(case) <= LARGE:
        return _apart_middle(case)
    with st.spinner(tr("Computing every step"), show_time=False), aside():
        return _apart_large(case)


@st.cache_resource(max_entries=16, show_spinner=False, hash_funcs=BY_VALUE)
def _apart(case: Case) -> Trace:
    return pulls(traced(case))


@st.cache_resource(max_entries=4, show_spinner=False, hash_funcs=BY_VALUE)
def _apart_middle(case: Case) -> Trace:
    return pulls(traced(case))


@st.cache_resource(max_entries=1, show_spinner=False, hash_funcs=BY_VALUE)
def _apart_large(case: Case) -> Trace:
    return pulls(traced(case))


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs=BY_VALUE)
def nudged(
    case: Case, row: int, column: int, sizes: tuple[float, ...] = SIZES
) -> tuple[Nudge, ...]:
    """One logit nudged by each size."""
    return nudges(traced(case), row, column, sizes)


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs=BY_VALUE)
def trail(case: Case, rate: float, steps: int, row: int) -> Trail:
    """Some steps down."""
    return descend(traced(case), rate, steps, row)


@st.cache_resource(max_entries=16, show_spinner=False, hash_funcs=BY_VALUE)
def weighed(case: Case, times: float, column: int | None) -> tuple[Effect, Effect]:
    """What other weights do under the sum and under the mean."""
    return effects(case, heavier(case, times, column))


def row_alone(case: Case, row: int) -> Case:
    """A row of a large batch as a case of its own."""
    return alone(traced(case), row).case
