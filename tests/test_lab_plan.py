"""A plan checks itself, and says in a sentence what it cannot be."""

import numpy as np
import pytest

from ce_core import CaseError
from ce_core.lab import DATA, LIMITS, MODELS, MOST_WORK, SCHEMES, STRATEGIES, Plan, weights_of
from ce_core.lab.plan import WHOLE


def test_defaults_are_a_plan():
    """The default plan is one, equal and with the same hash wherever it is made."""
    assert Plan() == Plan()
    assert hash(Plan()) == hash(Plan())
    assert Plan().replace(seed=1) != Plan()


@pytest.mark.parametrize("table", [DATA, STRATEGIES, MODELS, SCHEMES], ids=range(4))
def test_keys_are_unique(table):
    """No two rows of a table share a key, and each has a title."""
    assert len({row.key for row in table}) == len(table)
    assert all(row.title for row in table)


@pytest.mark.parametrize("name", LIMITS)
def test_number_out_of_its_limits(name):
    """A number beyond either end is refused by name."""
    low, high = LIMITS[name]
    more = 1 if name in WHOLE else 1e-3
    for value in (low - more, high + more):
        with pytest.raises(CaseError, match=f"{name} must be") as told:
            Plan(**{name: value})
        assert told.value.input == name


@pytest.mark.parametrize("name", LIMITS)
@pytest.mark.parametrize("value", [float("nan"), float("inf"), "3", None, True])
def test_what_is_no_number(name, value):
    """Nan, inf, text, None and True are refused in words."""
    with pytest.raises(CaseError, match=f"{name} is"):
        Plan(**{name: value})


@pytest.mark.parametrize("name", ["data", "scheme", "model"])
def test_unknown_name(name):
    """A name that no table has is refused, with those it has."""
    with pytest.raises(CaseError, match=r"must be one of .*, "):
        Plan(**{name: "none such"})


@pytest.mark.parametrize("strategies", [(), ("plain", "plain"), ("other",), ["plain"], None])
def test_strategies_that_are_none(strategies):
    """At least one, each once, each from the table."""
    with pytest.raises(CaseError):
        Plan(strategies=strategies)


def test_batch_beyond_the_samples():
    """A batch holds at most all samples."""
    with pytest.raises(CaseError, match="batch is 500 of 400 samples"):
        Plan(samples=400, batch=500)


def test_too_much_work():
    """6 strategies × 10 runs × 5,000 steps × 1,000 samples × 16 units are 4.8 billion."""
    with pytest.raises(CaseError, match=r"4,800,000,000.*Take fewer steps"):
        Plan(runs=10, steps=5_000, batch=1_000)
    assert Plan(runs=10, steps=1_000, batch=1_000).work == 6 * 10 * 1_000 * 1_000 * 16 <= MOST_WORK


@pytest.mark.parametrize(
    ("scheme", "expected"),
    [
        ("none", [1, 1]),
        ("inverse", [1 / 90, 1 / 10]),
        ("balanced", [100 / (2 * 90), 100 / (2 * 10)]),
        ("largest", [1, 9]),
        ("median_count", [50 / 90, 50 / 10]),
    ],
)
def test_weights_by_hand(scheme, expected):
    """The schemes on 90 and 10 samples, each by its formula."""
    assert np.allclose(weights_of(scheme, np.array([90, 10]), 0.999), expected, rtol=1e-12)


@pytest.mark.parametrize("scheme", [row.key for row in SCHEMES])
def test_scheme_needs_counts_alone(scheme):
    """Every scheme of the lab gives positive weights from counts; the rarer class weighs more."""
    common, rare = weights_of(scheme, np.array([950, 50]), 0.999)
    assert rare >= common > 0
