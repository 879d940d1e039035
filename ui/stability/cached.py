"""What the section computes, kept between clicks: the same question is computed once."""

from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from ce_core import Case
from ce_core.arrays import Array
from ce_core.rule import CELL
from ce_core.stability import (
    NUMBER_TYPES,
    THRESHOLDS,
    Chains,
    Gaps,
    Sums,
    chains,
    equal_formulas,
    fixed_point,
    gaps,
    number_type,
    reach,
    sums,
)
from ce_core.trace import as_rows
from ui.torch_side import preload

if TYPE_CHECKING:  # importing it would import torch
    from ce_core.torch_check.narrow import Answer

COMMON = (0.0, 100.0, 1e3, 1e4, 1e6, 1e7, 1e8)  # logits that the three formulas are compared at


def rows_of(case: Case) -> Array:
    """The case's logits with a row for each target position: (M, C)."""
    return as_rows(case.inputs["logits"], CELL)


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs={Case: lambda c: c.digest})
def broken_rows(case: Case, offset: float, dtype: str) -> int:
    """How many rows of the case break without the shift and not with it."""
    return int(chains(rows_of(case), offset, number_type(dtype)).broken.sum())


@st.cache_resource(max_entries=8, show_spinner=False, hash_funcs={Case: lambda c: c.digest})
def row_chains(case: Case, row: int, offset: float, dtype: str) -> Chains:
    """Both chains over one row."""
    return chains(rows_of(case)[row : row + 1], offset, number_type(dtype))


@st.cache_resource(max_entries=16, show_spinner=False, hash_funcs={Case: lambda c: c.digest})
def reached(case: Case) -> dict[str, float]:
    """How far the case's logits go."""
    return reach(rows_of(case))


@st.cache_resource(show_spinner=False)
def thresholds() -> dict[str, dict[str, float]]:
    """Each threshold by its key and the type's name."""
    return {one.key: {kind.name: one.find(kind) for kind in NUMBER_TYPES} for one in THRESHOLDS}


@st.cache_resource(max_entries=4, show_spinner=False)
def gap_curves(dtype: str) -> Gaps:
    """The log of softmax beside log-softmax."""
    return gaps(number_type(dtype))


@st.cache_resource(max_entries=4, show_spinner=False)
def formulas(dtype: str) -> dict[str, Array]:
    """The three formulas at each of `COMMON`."""
    return equal_formulas(np.array(COMMON), number_type(dtype))


@st.cache_resource(max_entries=4, show_spinner=False)
def added(dtype: str) -> Sums:
    """Many losses added in three orders."""
    return sums(number_type(dtype))


@st.cache_resource(show_spinner=False)
def stops() -> dict[str, float]:
    """Where adding ones stops, by the type's name."""
    return {kind.name: fixed_point(kind) for kind in NUMBER_TYPES}


@st.cache_resource(max_entries=16, show_spinner=False)
def torchs_own(device: str, dtype: str) -> "tuple[Answer, ...]":
    """Torch's answers to the trials.

    Raises:
        DeviceError: the device is missing, broken or full.
    """
    from ce_core.torch_check.narrow import narrow

    preload().join()
    return narrow(device, dtype)
