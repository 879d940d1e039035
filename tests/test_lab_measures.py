"""What the measures say, beside what one counts by hand."""

import doctest
from math import exp, gamma, log, pi, sqrt

import numpy as np
import pytest

import ce_core.lab
from ce_core.lab import Plan, Results, Samples, Split, interval, measure
from ce_core.lab.student import QUANTILES


def results(logits, norms=None):
    """Results of one strategy with these test logits (R, N, C)."""
    logits = np.asarray(logits, dtype=np.float32)[None]
    runs = logits.shape[1]
    norms = np.ones((1, runs, 5), np.float32) if norms is None else np.asarray(norms)[None]
    grid = np.zeros((1, runs, 2, 2, logits.shape[-1]), np.float32)
    line = np.zeros(2)
    return Results(
        Plan(strategies=("plain",), runs=runs),
        ("plain",), True, 5, 0.1, "cpu",  # noqa: FBT003 - finished
        np.zeros((1, runs, 1), np.float32), np.array([5]), norms, logits, line, line, grid,
    )  # fmt: skip


def split(labels, train=(0, 0, 0, 1), counts_as=(1.0, 1.0)):
    """A split whose test samples have these labels."""
    names = tuple("ab")

    def samples(of):
        return Samples(np.zeros((len(of), 2)), np.array(of), names, ("x", "y"))

    return Split(samples(train), samples(labels), np.array(counts_as), "")


def saying(*chances):
    """Logits (1, N, 2) with these probabilities of class 1."""
    return [[[0.0, log(p / (1 - p))] for p in chances]]


def test_counted_by_hand():
    """Four of class 0, one of them called 1; two of class 1, one of them found."""
    (told,) = measure(results(saying(0.1, 0.2, 0.3, 0.6, 0.7, 0.4)), split([0, 0, 0, 0, 1, 1]))
    assert told.confusion.tolist() == [[3, 1], [1, 1]]
    assert told.recall.tolist() == [[3 / 4, 1 / 2]]
    assert told.precision.tolist() == [[3 / 4, 1 / 2]]
    assert told.balanced_accuracy.tolist() == [5 / 8]
    assert np.isclose(told.accuracy[0], 4 / 6)
    expected = -(log(0.9) + log(0.8) + log(0.7) + log(0.4) + log(0.7) + log(0.4)) / 6
    assert np.isclose(told.log_loss[0], expected, rtol=1e-6)  # float32 logits
    assert np.isclose(told.predicted_share[0], 2.3 / 6, rtol=1e-6)


def test_calibration_by_hand():
    """Two bins: 0.12 and 0.16 with none of the class, 0.72 and 0.76 with one of two."""
    (told,) = measure(results(saying(0.12, 0.16, 0.72, 0.76)), split([0, 0, 0, 1]))
    assert np.allclose(told.calibration.predicted, [0.14, 0.74], rtol=1e-6)
    assert told.calibration.observed.tolist() == [0, 0.5]
    assert told.calibration.count.tolist() == [2, 2]
    assert np.isclose(told.calibration_error[0], (2 * 0.14 + 2 * 0.24) / 4, rtol=1e-6)


def test_right_probabilities_are_calibrated():
    """Classes drawn with the predicted probabilities leave only the error of the draw."""
    rng = np.random.default_rng(0)
    chance = rng.uniform(0.01, 0.99, 20_000)
    labels = (rng.random(20_000) < chance).astype(int)
    (told,) = measure(results(saying(*chance)), split(labels))
    assert told.calibration_error[0] < 3 * 0.5 / sqrt(2_000)  # three deviations of a bin's share


def test_counts_as_stands_for_repetition():
    """A class that counts twice gives what its samples given twice would give."""
    once = measure(results(saying(0.1, 0.6, 0.7)), split([0, 0, 1], counts_as=(2, 1)))[0]
    twice = measure(results(saying(0.1, 0.6, 0.1, 0.6, 0.7)), split([0, 0, 0, 0, 1]))[0]
    names = ("accuracy", "log_loss", "predicted_share", "calibration_error", "precision", "recall")
    for name in names:
        assert np.allclose(getattr(once, name), getattr(twice, name), rtol=1e-12), name


def test_broken_runs_are_told():
    """Logits that are not finite count as class 0, have no probabilities, and are told."""
    good, bad = saying(0.1, 0.9)[0], [[0.0, np.nan], [np.inf, 0.0]]
    (told,) = measure(results([good, bad]), split([0, 1]))
    assert told.broken == 1
    assert told.recall.tolist() == [[1, 1], [1, 0]]
    assert np.isnan(told.log_loss).tolist() == [False, True]
    assert not told.interval("log_loss").known
    assert "without a number" in told.interval("log_loss").says


def test_norms_summary():
    """Median, 99th percentile and largest / median of 1 to 101; the first half does not count."""
    norms = np.concatenate([np.full(101, 1e6), np.arange(1.0, 102.0)])
    (told,) = measure(results(saying(0.5), [norms]), split([0]))
    assert told.norms.median.tolist() == [51]
    assert told.norms.high.tolist() == [100]
    assert told.norms.ratio.tolist() == [101 / 51]


def test_no_step_yet():
    """Before the first step there is no gradient, and no warning."""
    (told,) = measure(results(saying(0.5), np.empty((1, 0))), split([0]))
    assert np.isnan(told.norms.median).all()


@pytest.mark.parametrize("freedom", range(1, 10))
def test_student_quantile(freedom):
    """Between -t and t lies 95 % of Student's density, integrated by Simpson's rule."""
    scale = gamma((freedom + 1) / 2) / (sqrt(freedom * pi) * gamma(freedom / 2))
    x = np.linspace(0, QUANTILES[freedom - 1], 20_001)
    density = scale * (1 + x**2 / freedom) ** (-(freedom + 1) / 2)
    parts = density[0] + density[-1] + 4 * density[1::2].sum() + 2 * density[2:-1:2].sum()
    assert np.isclose(2 * parts * (x[1] - x[0]) / 3, 0.95, atol=1e-7)


def test_interval_by_hand():
    """1, 2, 3: mean 2, deviation 1, t = 4.3027 for two degrees of freedom."""
    told = interval(np.array([1.0, 2.0, 3.0]))
    assert told.mean == 2
    assert np.isclose(told.high - 2, 4.302653 / sqrt(3), rtol=1e-9)
    assert np.isclose(told.low + told.high, 4)


def test_interval_stays_among_shares():
    """No recall is below 0 or above 1."""
    (told,) = measure(results([saying(0.9)[0], saying(0.1)[0]]), split([1]))
    assert (told.interval("recall", 1).low, told.interval("recall", 1).high) == (0, 1)


def test_interval_stays_above_zero():
    """No loss and no length is below 0, no longest below the median; upwards there is no end.

    Losses -log 0.99 and -log 0.01, 0.01 and 4.61, have t s / sqrt(2) = 29 around a mean of 2.3.
    """
    lengths = [[1.0, 1.0, 1.0, 1.0, 1.0, 9.0], [1.0] * 6]
    (told,) = measure(results([saying(0.99)[0], saying(0.01)[0]], lengths), split([1]))
    assert told.interval("log_loss").low == 0
    assert told.interval("log_loss").high > 30
    assert told.norms.interval("high").low == 0
    assert told.norms.interval("ratio").low == 1
    assert told.norms.interval("ratio").high > 10


def test_one_run_has_no_interval():
    """One run has a mean and no interval, and says so."""
    told = interval(np.array([0.5]))
    assert told.mean == 0.5
    assert not told.known
    assert told.says == "One run gives no interval."


def test_extreme_logits():
    """Logits of ±1000 give no warning; a probability that float64 cannot tell from 0 costs 2000."""
    (told,) = measure(results([[[1000.0, -1000.0]]]), split([1]))
    assert told.log_loss[0] == 2000
    assert told.predicted_share[0] == exp(-2000)


def test_example_in_the_first_lines_runs():
    """The example that opens the package gives what it says."""
    ran = doctest.testmod(ce_core.lab)
    assert ran.attempted == 3
    assert not ran.failed
