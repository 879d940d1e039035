"""Traces and torch's checks, kept between clicks: the same case is computed once."""

import streamlit as st

from ce_core import Case, Trace, run
from ce_core.mistakes import Mistake

LARGE = (
    200_000  # numbers; beyond, a trace is too big to keep many of, and torch too slow to wait for
)


def size(case: Case) -> int:
    """How many logits the case has."""
    return int(case.logits.size)


def traced(case: Case) -> Trace:
    """The case's trace."""
    return _large(case) if size(case) > LARGE else _small(case)


def with_mistake(case: Case, mistake: Mistake) -> Trace:
    """The case computed with a mistake."""
    return mistake.run(case)


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs={Case: lambda c: c.digest})
def _small(case: Case) -> Trace:
    return run(case)


@st.cache_resource(
    max_entries=2, show_spinner="Computing every step", hash_funcs={Case: lambda c: c.digest}
)
def _large(case: Case) -> Trace:
    return run(case)
