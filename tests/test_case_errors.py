"""What torch refuses is refused when the case is made, in words that mend it and in torch's."""

import datetime as dt
import sys
from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as stnp
from torch.nn import functional as F  # noqa: N812 - the name that torch's users know

from ce_core import Case, CaseError, run
from ce_core.arrays import Array
from tests import witness
from tests.strategies import arguments, junk, number_tables


def floats(*shape: int) -> Array:
    """Logits of the shape, as torch.randn makes them."""
    return np.random.default_rng(0).normal(size=shape).astype(np.float32)


def numbers(*shape: int, of: type = np.int64) -> Array:
    """A target of that shape: all class 0."""
    return np.zeros(shape, dtype=of)


class Bad(NamedTuple):
    """Arguments that torch refuses, and what of ours must be named in the refusal."""

    key: str
    at_fault: str
    logits: Any
    target: Any
    weight: Any = None
    options: dict[str, Any] = {}  # noqa: RUF012 - never written to


THREE = numbers(3)
BAD = (
    Bad("float-numbers", "target", floats(3, 5), np.array([1, 0, 4], np.float32)),
    Bad("double-numbers", "target", floats(3, 5), np.array([1.0, 0.0, 4.0])),
    Bad("int32-numbers", "target", floats(3, 5), numbers(3, of=np.int32)),
    Bad("int16-numbers", "target", floats(3, 5), numbers(3, of=np.int16)),
    Bad("int8-numbers", "target", floats(3, 5), numbers(3, of=np.int8)),
    Bad("uint16-numbers", "target", floats(3, 5), numbers(3, of=np.uint16)),
    Bad("uint64-numbers", "target", floats(3, 5), numbers(3, of=np.uint64)),
    Bad("complex-numbers", "target", floats(3, 5), numbers(3, of=np.complex64)),
    Bad("bool-numbers", "target", floats(3, 2), np.array([True, False, True])),
    Bad("bool-list", "target", [[0.5, 1.0]], [True]),
    Bad("float-list", "target", [[0.5, 1.0]], [1.0]),
    Bad("uint8-signal", "target", floats(2, 3, 4), numbers(2, 4, of=np.uint8)),
    Bad("uint8-image", "target", floats(2, 3, 4, 4), numbers(2, 4, 4, of=np.uint8)),
    Bad(
        "uint8-weight-smoothing",
        "target",
        floats(3, 5),
        numbers(3, of=np.uint8),
        floats(5),
        {"label_smoothing": 0.1},
    ),
    Bad("one-hot-whole", "target", floats(3, 5), numbers(3, 5)),
    Bad("one-hot-list", "target", [[0.5, 1.0]], [[0, 1]]),
    Bad("classes-lost", "target", floats(5), np.array([1, 0, 1, 0, 1])),
    Bad("column", "target", floats(3, 5), np.array([[1], [0], [4]])),
    Bad("two-columns", "target", floats(3, 5), numbers(3, 2)),
    Bad("from-one", "target", floats(3, 3), np.array([1, 2, 3])),
    Bad("grey-values", "target", floats(1, 3, 2, 2), np.array([[[0, 255], [128, 0]]])),
    Bad("unmarked", "target", floats(3, 5), np.array([1, 0, -1])),
    Bad("default-not-ignored", "target", floats(1, 5), [-100], None, {"ignore_index": -1}),
    Bad("one-output", "target", floats(3, 1), np.array([1, 0, 1])),
    Bad("one-sample-out", "target", floats(3), np.array(3)),
    Bad(
        "smoothed-out", "target", floats(3, 3), np.array([1, 2, 3]), None, {"label_smoothing": 0.1}
    ),
    Bad("fewer-targets", "target", floats(3, 5), np.array([1, 0])),
    Bad("more-targets", "target", floats(3, 5), np.array([1, 0, 1, 0])),
    Bad("one-target", "target", floats(3, 5), 1),
    Bad("fewer-images", "target", floats(3, 5, 2, 2), numbers(2, 2, 2)),
    Bad("sequence-classes-last", "target", floats(2, 7, 5), numbers(2, 7)),
    Bad("sequence-one-each", "target", floats(2, 7, 5), numbers(2)),
    Bad("image-classes-last", "target", floats(2, 4, 4, 3), numbers(2, 4, 4)),
    Bad("image-mask-axis", "target", floats(2, 3, 4, 4), numbers(2, 1, 4, 4)),
    Bad("image-one-each", "target", floats(2, 3, 8, 8), np.array([1, 1])),
    Bad("image-sizes", "target", floats(2, 3, 4, 4), numbers(2, 8, 8)),
    Bad("volume-flat", "target", floats(2, 3, 4, 4, 4), numbers(2, 4, 4)),
    Bad("one-sample-two-targets", "target", floats(3), np.array([0, 1])),
    Bad("one-sample-table", "target", floats(3), numbers(2, 2)),
    Bad("one-sample-smoothed", "target", floats(3), np.array([1]), None, {"label_smoothing": 0.1}),
    Bad("weight-short", "weight", floats(3, 5), THREE, floats(3)),
    Bad("weight-table", "weight", floats(3, 2), THREE, np.ones((1, 2), np.float32)),
    Bad("weight-number", "weight", floats(3, 2), THREE, np.ones((), np.float32)),
    Bad("weight-signal", "weight", floats(2, 5, 4), numbers(2, 4), floats(3)),
    Bad("weight-image", "weight", floats(2, 5, 4, 4), numbers(2, 4, 4), floats(3)),
    Bad("weight-probabilities", "weight", floats(3, 5), floats(3, 5), floats(3)),
    Bad(
        "weight-image-row-smoothed",
        "weight",
        floats(2, 5, 4, 4),
        numbers(2, 4, 4),
        np.ones((1, 5), np.float32),
        {"label_smoothing": 0.1},
    ),
    Bad(
        "weight-image-column-smoothed",
        "weight",
        floats(2, 5, 4, 4),
        numbers(2, 4, 4),
        np.ones((5, 1), np.float32),
        {"label_smoothing": 0.1},
    ),
    Bad("weight-double", "weight", floats(3, 2), THREE, np.array([1.0, 2.0])),
    Bad("weight-half", "weight", floats(3, 2), THREE, np.ones(2, np.float16)),
    Bad("weight-whole", "weight", floats(3, 2), THREE, np.array([1, 2])),
    Bad("weight-whole-by-double", "weight", np.ones((3, 2)), THREE, np.array([1, 2])),
    Bad("weight-bool", "weight", floats(3, 2), THREE, np.array([True, False])),
    Bad("logits-whole", "logits", np.array([[1, 2, 3]]), np.array([1])),
    Bad("logits-int32", "logits", np.array([[1, 2, 3]], np.int32), np.array([1])),
    Bad("logits-bool", "logits", np.array([[True, False]]), np.array([1])),
    Bad("logits-complex", "logits", np.ones((1, 2), np.complex128), np.array([1])),
    Bad("logits-whole-image", "logits", np.ones((1, 2, 2, 2), np.int64), numbers(1, 2, 2)),
    Bad("swapped", "logits", np.array([1, 0, 4]), floats(3, 5)),
    Bad("predictions", "logits", np.array([1, 0, 4]), np.array([1, 0, 4])),
    Bad("no-axis", "logits", np.array(1.0), np.array([0])),
    Bad("no-axis-probabilities", "logits", np.array(1.0), np.array(1.0)),
    Bad(
        "ignored-probabilities",
        "ignore_index",
        floats(3, 5),
        floats(3, 5),
        None,
        {"ignore_index": 0},
    ),
    Bad("ignored-fraction", "ignore_index", floats(3, 5), THREE, None, {"ignore_index": 1.5}),
    Bad("ignored-bool", "ignore_index", floats(3, 5), THREE, None, {"ignore_index": True}),
    Bad("ignored-none", "ignore_index", floats(3, 5), THREE, None, {"ignore_index": None}),
    Bad(
        "ignored-float64",
        "ignore_index",
        floats(3, 5),
        THREE,
        None,
        {"ignore_index": np.float64(2)},
    ),
    Bad("ignored-huge", "ignore_index", floats(3, 5), THREE, None, {"ignore_index": 2**63}),
    Bad("smoothing-above", "label_smoothing", floats(3, 5), THREE, None, {"label_smoothing": 1.5}),
    Bad("smoothing-percent", "label_smoothing", floats(3, 5), THREE, None, {"label_smoothing": 10}),
    Bad("smoothing-inf", "label_smoothing", floats(3, 5), THREE, None, {"label_smoothing": np.inf}),
    Bad(
        "smoothing-huge", "label_smoothing", floats(3, 5), THREE, None, {"label_smoothing": 10**400}
    ),
    Bad("smoothing-none", "label_smoothing", floats(3, 5), THREE, None, {"label_smoothing": None}),
    Bad("smoothing-text", "label_smoothing", floats(3, 5), THREE, None, {"label_smoothing": "0.1"}),
    Bad("smoothing-list", "label_smoothing", floats(3, 5), THREE, None, {"label_smoothing": [0.1]}),
    Bad("smoothing-complex", "label_smoothing", floats(3, 5), THREE, None, {"label_smoothing": 1j}),
    Bad(
        "smoothing-array",
        "label_smoothing",
        floats(3, 5),
        THREE,
        None,
        {"label_smoothing": np.array([0.1])},
    ),
    Bad(
        "smoothing-fraction",
        "label_smoothing",
        floats(3, 5),
        THREE,
        None,
        {"label_smoothing": Fraction(1, 2)},
    ),
    Bad("reduction-average", "reduction", floats(3, 5), THREE, None, {"reduction": "average"}),
    Bad("reduction-capital", "reduction", floats(3, 5), THREE, None, {"reduction": "Mean"}),
    Bad("reduction-none", "reduction", floats(3, 5), THREE, None, {"reduction": None}),
    Bad("reduction-number", "reduction", floats(3, 5), THREE, None, {"reduction": 3}),
)


def tensor(values: Any) -> Any:
    """The tensor a person would have made of it: plain floats become float32."""
    return None if values is None else torch.tensor(values)


def torch_says(bad: Bad) -> str:
    """The type and first line of what torch raises."""
    parts = tensor(bad.logits), tensor(bad.target), tensor(bad.weight)
    with pytest.raises(Exception) as told:  # noqa: PT011 - whatever torch raises
        F.cross_entropy(*parts, **bad.options)
    return f"{told.type.__name__}: {str(told.value).splitlines()[0]}"


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: bad.key)
def test_message_is_torchs(bad):
    """A refused case names the argument at fault and quotes the very message torch raises."""
    with pytest.raises(CaseError) as refused:
        Case(bad.logits, bad.target, bad.weight, **bad.options)
    assert refused.value.input == bad.at_fault
    assert refused.value.torch == torch_says(bad)


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: bad.key)
def test_error_says_what_to_do(bad):
    """An error's text holds the input's name, the value found, the rule and the remedy."""
    with pytest.raises(CaseError, match=bad.at_fault) as refused:
        Case(bad.logits, bad.target, bad.weight, **bad.options)
    error = refused.value
    for part in (error.value, error.rule, error.remedy):
        assert part
        assert part in str(error)
    assert error.value.startswith(bad.at_fault) or error.value.startswith("They")
    assert "\n" not in str(error)
    assert str(error).endswith(".")


REMEDIES = {
    "unmarked": "ignore_index=-1",
    "from-one": "subtract 1",
    "one-output": "BCEWithLogitsLoss",
    "column": "target.squeeze(1)",
    "image-mask-axis": "target.squeeze(1)",
    "sequence-classes-last": "movedim(-1, 1)",
    "image-classes-last": "movedim(-1, 1)",
    "swapped": "F.cross_entropy(logits, target)",
    "predictions": "argmax",
    "weight-short": "reduction='none'",
    "weight-table": "weight.reshape(2)",
    "int32-numbers": "target.long()",
    "one-hot-whole": ".float()",
}


@pytest.mark.parametrize("key", REMEDIES)
def test_remedy_fits_the_slip(key):
    """The remedy is that of the slip that was made."""
    bad = next(bad for bad in BAD if bad.key == key)
    with pytest.raises(CaseError) as refused:
        Case(bad.logits, bad.target, bad.weight, **bad.options)
    assert REMEDIES[key] in refused.value.remedy


@pytest.mark.parametrize("shape", [(1, 2), (2, 1)])
def test_flat_weight_is_asked_for_where_torch_does_not(shape):
    """For pixels torch takes weights of any shape with C entries; a case wants (C,), and says
    that torch raises nothing."""
    logits, target = floats(2, 2, 3), numbers(2, 3)
    weight = np.ones(shape, np.float32)
    assert F.cross_entropy(tensor(logits), tensor(target), tensor(weight)).isfinite()
    with pytest.raises(CaseError, match=r"weight\.reshape\(2\)") as refused:
        Case(logits, target, weight)
    assert refused.value.torch == ""


def test_old_name_of_the_mean():
    """Torch only warns of 'elementwise_mean'; a case wants 'mean'."""
    with pytest.raises(CaseError, match="'mean'") as refused:
        Case([[1.0, 2.0]], [0], reduction="elementwise_mean")
    assert refused.value.torch == ""


NUMPY_SCALARS: dict[str, Any] = {
    "ignore_index": np.int32(-1),
    "label_smoothing": np.float32(0.5),
    "reduction": np.str_("sum"),
}
LENIENT = {
    "whole logits": Case([[3, 4]], [1]),
    "whole weights": Case([[3.0, 4.0]], [1], [1, 2]),
    "tuples": Case(((3, 4), (6, 9)), (1, 0), (1, 2)),
    "mixed": Case([[3, 4.5]], [1], [1, 0.5]),
    "weights of another float": Case([[3.0, 4.0]], [1], np.ones(2, np.float16)),
    "one number": Case([3, 4], 1),
    "NumPy scalars": Case([[3, 4]], [1], **NUMPY_SCALARS),
    "bool smoothing": Case([[3, 4]], [1], label_smoothing=True),
}


@pytest.mark.parametrize("case", LENIENT.values(), ids=LENIENT)
def test_lists_carry_no_dtype(case):
    """Numbers in plain lists are taken as floats where floats are wanted."""
    assert case.logits.dtype == np.float64
    assert case.weight is None or case.weight.dtype == np.float64
    assert case.target.dtype == np.int64
    assert (type(case.ignore_index), type(case.label_smoothing)) == (int, float)
    assert type(case.reduction) is str
    np.testing.assert_allclose(run(case).answer, witness.answer(case), rtol=1e-14)


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
@pytest.mark.parametrize("target", [np.int64, np.uint8, np.float16, np.float32])
def test_dtypes_that_torch_takes(dtype, target):
    """Arrays of any of torch's floats are taken, with the values they have."""
    logits = floats(3, 2).astype(dtype)
    soft = np.issubdtype(target, np.floating)
    case = Case(logits, np.ones((3, 2) if soft else 3, target), np.ones(2, dtype))
    np.testing.assert_array_equal(case.logits, logits)
    assert case.soft == soft


@pytest.mark.parametrize("dtype", [np.int64, np.uint8, bool, np.float16])
def test_probabilities_take_weights_of_any_dtype(dtype):
    """With class probabilities torch takes whole weights too."""
    logits, target = floats(3, 2), np.full((3, 2), 0.5, np.float32)
    weight = np.ones(2, dtype)
    assert F.cross_entropy(tensor(logits), tensor(target), tensor(weight)).isfinite()
    assert Case(logits, target, weight).inputs["weight"].dtype == np.float64


def deep(levels: int) -> list[Any]:
    """A number inside that many lists."""
    nested: Any = 1.0
    for _ in range(levels):
        nested = [nested]
    return nested


class Hostile:
    """It raises what it likes when it is made an array, and when it is shown."""

    def __array__(self, dtype=None, copy=None):
        raise KeyError

    def __repr__(self):
        raise ZeroDivisionError


JUNK: dict[str, Any] = {
    "text": "abc",
    "number as text": "1",
    "texts": [["a", "b"]],
    "None": None,
    "Nones": [[None, 1.0]],
    "ragged": [[1.0, 2.0], [1.0]],
    "dict": {"a": 1},
    "set": {1, 2},
    "object": object(),
    "hostile": Hostile(),
    "deep": deep(70),
    "deeper than Python": deep(sys.getrecursionlimit() * 4),
    "complex": [[1j, 2.0]],
    "dates": [[dt.date(2020, 1, 1)]],
    "date": np.datetime64("2020-01-01"),
    "gradients": torch.ones(1, 2, requires_grad=True),
    "bfloat16": torch.ones(1, 2, dtype=torch.bfloat16),
    "tensor in a tuple": (torch.ones(1, 2), torch.ones(3)),
    "generator": (number for number in (1.0, 2.0)),
    "type": float,
    "huge": [[10**400, 1.0]],
    "bytes": b"12",
    "records": np.zeros(2, dtype=[("a", float)]),
}


@pytest.mark.parametrize("name", ["logits", "target", "weight"])
@pytest.mark.parametrize("key", JUNK)
def test_what_is_no_array_is_refused(name, key):
    """Anything that is no table of numbers is a CaseError about that argument, nothing else."""
    given_as: dict[str, Any] = {
        "logits": [[1.0, 2.0]],
        "target": [0],
        "weight": [1.0, 2.0],
        name: JUNK[key],
    }
    if name == "weight" and key == "None":
        assert Case(**given_as).weight is None
        return
    with pytest.raises(CaseError) as refused:
        Case(**given_as)
    assert refused.value.input == name


@pytest.mark.parametrize("name", ["ignore_index", "label_smoothing", "reduction"])
@pytest.mark.parametrize("key", JUNK)
def test_junk_options_are_refused(name, key):
    """An option that is no number, or no name, is a CaseError about it."""
    with pytest.raises(CaseError) as refused:
        Case([[1.0, 2.0]], [0], **{name: JUNK[key]})
    assert refused.value.input == name


LONG: dict[str, Any] = {
    "long": 10**5000,
    "negative": -(10**5000),
    "array": np.array(["sum", "mean"]),
}


@pytest.mark.parametrize("value", LONG.values(), ids=LONG)
@pytest.mark.parametrize("name", ["ignore_index", "label_smoothing", "reduction"])
def test_unspeakable_options_are_refused(name, value):
    """Nor does a number that Python will not write, or an array, break the message."""
    with pytest.raises(CaseError) as refused:
        Case([[1.0, 2.0]], [0], **{name: value})
    assert len(str(refused.value)) < 400


def test_long_double_beyond_float64_is_infinite():
    """A long double too large for float64 becomes inf without a warning."""
    case = Case(np.array([[np.longdouble("1e4000"), 0]], np.longdouble), [0])
    assert np.isinf(case.logits[0, 0])


def outcomes(given_as: dict[str, Any]) -> tuple[Case | None, bool]:
    """The case, if there is one, and whether torch takes the same arguments."""
    try:
        case = Case(**given_as)
    except CaseError:
        case = None
    options = {name: value for name, value in given_as.items() if name not in ("logits", "target")}
    if options.get("weight") is not None:
        options["weight"] = torch.tensor(options["weight"])
    try:
        F.cross_entropy(
            torch.tensor(given_as["logits"]), torch.tensor(given_as["target"]), **options
        )
    except Exception:  # noqa: BLE001 - whatever torch raises
        return case, False
    return case, True


@settings(max_examples=400, deadline=None)
@given(logits=junk, target=junk, weight=junk)
def test_any_junk_gives_a_case_or_a_case_error(logits, target, weight):
    """Nothing but a CaseError is ever raised, and a case that is made can be run."""
    try:
        case = Case(logits, target, weight)
    except CaseError:
        return
    run(case)
    assert case.hints is not None


@settings(max_examples=400, deadline=None)
@given(ignore_index=junk, label_smoothing=junk, reduction=junk | st.sampled_from(("sum", "mean")))
def test_any_junk_option_gives_a_case_or_a_case_error(ignore_index, label_smoothing, reduction):
    """The same for options."""
    try:
        case = Case([[1.0, 2.0]], [0], None, ignore_index, label_smoothing, reduction)
    except CaseError:
        return
    run(case)


@settings(max_examples=400, deadline=None)
@given(logits=number_tables, target=number_tables, weight=st.none() | number_tables)
def test_lists_are_judged_as_torch_judges_them(logits, target, weight):
    """A case of lists is made exactly where torch takes the lists, whole numbers made floats."""
    try:
        given_as: dict[str, Any] = {"logits": np.array(logits, float), "target": np.array(target)}
        given_as["weight"] = None if weight is None else np.array(weight, float)
    except ValueError:  # ragged
        with pytest.raises(CaseError):
            Case(logits, target, weight)
        return
    if not given_as["target"].size:  # a list of nothing has no dtype
        same = given_as["target"].shape == given_as["logits"].shape
        given_as["target"] = given_as["target"].astype(float if same else np.int64)
    case, accepted = outcomes(given_as)
    assert (case is not None) == accepted
    try:
        assert Case(logits, target, weight) == case
    except CaseError:
        assert case is None


@settings(max_examples=600, deadline=None)
@given(data=st.data(), given_as=arguments())
def test_arrays_are_judged_as_torch_judges_them(data, given_as):
    """A case with one or two arguments put out of order is made exactly where torch takes it."""
    spoilt = {
        "logits": stnp.arrays(
            st.sampled_from((np.float64, np.int64)), stnp.array_shapes(min_dims=0, max_side=3)
        ),
        "target": stnp.arrays(
            st.sampled_from((np.int64, np.int32, np.float64)),
            stnp.array_shapes(min_dims=0, max_side=3),
            elements=st.integers(-1, 4),
        ),
        "weight": stnp.arrays(
            st.sampled_from((np.float64, np.float32, np.int64)), st.integers(0, 4)
        ),
        "ignore_index": st.sampled_from((0, -1, 2, True, 1.0)),
        "label_smoothing": st.sampled_from((1.0, 1.5, -1.0, "0.1")),
        "reduction": st.sampled_from(("sum", "median")),
    }
    names = data.draw(st.lists(st.sampled_from(sorted(spoilt)), min_size=1, max_size=2))
    case, accepted = outcomes(given_as | {name: data.draw(spoilt[name]) for name in names})
    assert (case is not None) == accepted
