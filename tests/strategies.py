"""Random cases for Hypothesis: every kind of target, option and extreme that torch takes."""

from typing import Any

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as stnp

from ce_core import Case
from ce_core.arrays import Array

EXTREMES = (-np.inf, np.inf, np.nan, 0.0, 1e4, -1e4, 1e300, -1e300)
REDUCTIONS = ("none", "sum", "mean")

moderate = st.floats(-20, 20, allow_subnormal=False)
extreme = moderate | moderate | st.sampled_from(EXTREMES)
positive = st.floats(0.125, 8)
# Eighths add up without rounding, so a sum of weights is 0 in any order of adding or in none.
signed = st.integers(-16, 16).map(lambda eighths: eighths / 8)
smoothings = st.sampled_from((0.0, 0.1, 0.5, 1.0, -0.5, np.nan)) | st.floats(0, 1)


def shapes(*, most_samples: int = 4, least_samples: int = 0) -> st.SearchStrategy[tuple[int, ...]]:
    """(C,), (N, C) or (N, C, d1, ..), with one class at least."""
    samples = st.integers(least_samples, most_samples)
    sizes = st.integers(min(least_samples, 1), 3)
    return st.one_of(
        st.tuples(st.integers(1, 5)),
        st.tuples(samples, st.integers(1, 5)),
        st.tuples(samples, st.integers(1, 4), sizes),
        st.tuples(samples, st.integers(1, 3), sizes, sizes),
    )


def per_position(shape: tuple[int, ...]) -> tuple[int, ...]:
    """The logits' shape without the class axis."""
    return shape[:1] + shape[2:] if len(shape) > 1 else ()


def classes_of(shape: tuple[int, ...]) -> int:
    """C."""
    return shape[1] if len(shape) > 1 else shape[0]


def weights(classes: int, *, signs: bool = True) -> st.SearchStrategy[Array | None]:
    """No weights, or positive ones; with signs also zeros and negative ones."""
    kinds = [positive]
    if signs:
        kinds += [st.just(0.0) | positive, st.just(0.0), signed]
    return st.one_of(
        st.none(),
        *(stnp.arrays(float, classes, elements=kind, fill=st.nothing()) for kind in kinds),
    )


@st.composite
def distributions(draw: st.DrawFn, shape: tuple[int, ...]) -> Array:
    """Class probabilities: rows that sum to 1, with zeros among them."""
    parts = draw(stnp.arrays(float, shape, elements=st.integers(0, 8).map(float)))
    axis = 1 if len(shape) > 1 else 0
    sums = parts.sum(axis=axis, keepdims=True)
    return np.where(sums > 0, parts / np.where(sums > 0, sums, 1), 1 / classes_of(shape))


@st.composite
def arguments(  # noqa: PLR0913 - what a property may ask of a case
    draw: st.DrawFn,
    *,
    elements: st.SearchStrategy[float] = extreme,
    soft: bool | None = None,
    signs: bool = True,
    ignores: bool = True,
    smoothing: st.SearchStrategy[float] = smoothings,
    reductions: tuple[str, ...] = REDUCTIONS,
    sizes: st.SearchStrategy[tuple[int, ...]] | None = None,
) -> dict[str, Any]:
    """The arguments of a case that torch accepts.

    Args:
        draw: Hypothesis's.
        elements: the logits.
        soft: whether the target holds class probabilities; None for either.
        signs: whether weights may be negative or 0.
        ignores: whether some positions may be ignored.
        smoothing: the values of label_smoothing.
        reductions: those to choose from.
        sizes: the logits' shapes.
    """
    shape = draw(shapes() if sizes is None else sizes)
    classes = classes_of(shape)
    soft = draw(st.booleans()) if soft is None else soft
    outside = st.sampled_from((-100, -1, -7))
    ignored = draw(outside if soft or not ignores else outside | st.integers(0, classes + 2))
    if soft:
        free = stnp.arrays(float, shape, elements=st.floats(-2, 2))
        target = draw(distributions(shape) | free)
    else:
        numbers = st.integers(0, classes - 1)
        numbers = numbers | st.just(ignored) if ignores else numbers
        target = draw(stnp.arrays(np.int64, per_position(shape), elements=numbers))
    return {
        "logits": draw(stnp.arrays(float, shape, elements=elements)),
        "target": target,
        "weight": draw(weights(classes, signs=signs)),
        "ignore_index": ignored,
        "label_smoothing": draw(smoothing),
        "reduction": draw(st.sampled_from(reductions)),
    }


def cases(**limits: Any) -> st.SearchStrategy[Case]:
    """Cases that torch accepts; the limits are those of `arguments`."""
    return arguments(**limits).map(lambda given: Case(**given))


leaves = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 5),
    st.integers(),
    st.floats(),
    st.text(max_size=3),
    st.binary(max_size=2),
    st.complex_numbers(),
    st.datetimes(),
    st.just(object()),
    st.frozensets(st.integers(), max_size=2),
)
junk = st.recursive(
    leaves, lambda inner: st.lists(inner, max_size=3) | st.tuples(inner, inner), max_leaves=8
) | st.dictionaries(st.text(max_size=2), st.integers(), max_size=2)
number_tables = st.recursive(
    st.integers(-2, 4) | st.floats(-5, 5), lambda inner: st.lists(inner, max_size=3), max_leaves=9
)
