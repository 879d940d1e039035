"""Traces and torch's checks, kept between clicks: the same case is computed once."""

import streamlit as st

from ce_core import Case, Trace, run
from ce_core.mistakes import Mistake
from ui.turns import aside

LARGE = (
    200_000  # numbers; beyond, a trace is too big to keep many of, and torch too slow to wait for
)
SMALL = 20_000  # numbers; a trace is then 2 MB at most, so that 64 of them are little


def size(case: Case) -> int:
    """How many logits the case has."""
    return int(case.logits.size)


def traced(case: Case) -> Trace:
    """The case's trace."""
    if size(case) <= SMALL:
        return _small(case)
    if size(case) <= LARGE:
        return _middle(case)
    with aside():
        return _large(case)


def with_mistake(case: Case, mistake: Mistake) -> Trace:
    """The case computed with a mistake."""
    return mistake.run(case)


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs={Case: lambda c: c.digest})
def _small(case: Case) -> Trace:
    return run(case)


@st.cache_resource(max_entries=6, show_spinner=False, hash_funcs={Case: lambda c: c.digest})
def _middle(case: Case) -> Trace:
    return run(case)


@st.cache_resource(
    max_entries=2, show_spinner="Computing every step", hash_funcs={Case: lambda c: c.digest}
)
def _large(case: Case) -> Trace:
    return run(case)
