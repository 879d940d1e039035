"""What can be said of a person's number, kept between clicks."""

import streamlit as st

from ce_core import BinaryCase, BinaryTrace, Case, Finding, Findings, Trace, find_mistakes, run
from ui.compute import LARGE, SMALL, traced
from ui.turns import aside
from ui.words import tr

Question = Case | BinaryCase


def size(question: Question) -> int:
    """How many numbers go into the loss."""
    return int((question.given if isinstance(question, BinaryCase) else question.logits).size)


def searched(question: Question, answer: str, step: str, *, comma: bool = False) -> Findings:
    """Every known mistake tried on the case.

    Args:
        question: the case.
        answer: what a person wrote.
        step: the key of the step that it is said to be; "" is the loss.
        comma: whether they write decimal commas.

    Raises:
        CaseError: the answer cannot be read, or no step has its shape.
    """
    if size(question) <= LARGE:
        return _small(question, question.digest, answer, step, comma=comma)
    with st.spinner(tr("Trying every known mistake")), aside():
        return _large(question, question.digest, answer, step, comma=comma)


@st.cache_resource(max_entries=64, show_spinner=False)
def _small(_question: Question, digest: str, answer: str, step: str, *, comma: bool) -> Findings:  # noqa: ARG001 - the digest stands for the case
    return find_mistakes(_question, answer, step, comma=comma)


@st.cache_resource(max_entries=2, show_spinner=False)
def _large(_question: Question, digest: str, answer: str, step: str, *, comma: bool) -> Findings:  # noqa: ARG001 - the same
    return find_mistakes(_question, answer, step, comma=comma)


def rightly(question: Question) -> Trace | BinaryTrace:
    """The case's own steps, whatever its loss."""
    if type(question) is Case:  # not one whose steps begin elsewhere
        return traced(question)
    if size(question) <= SMALL:
        return _computed(question, question.digest)
    return _computed_large(question, question.digest)


@st.cache_resource(max_entries=16, show_spinner=False)
def _computed(_question: Question, digest: str) -> Trace | BinaryTrace:  # noqa: ARG001 - the same
    return run(_question)


@st.cache_resource(max_entries=2, show_spinner=False)
def _computed_large(_question: Question, digest: str) -> Trace | BinaryTrace:  # noqa: ARG001 - the same
    return run(_question)


def name_of(finding: Finding) -> str:
    """What a link calls a finding."""
    return ",".join(finding.keys)


def chosen(found: Findings, name: str) -> Finding | None:
    """The finding that a person says is theirs; None where they said nothing that fits."""
    whole = (finding for finding in found if name_of(finding) == name)
    return next(whole, next((finding for finding in found if finding.key == name), None))
