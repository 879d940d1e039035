"""The lab's samples: made, bundled and a person's own."""

import numpy as np
import pytest

from ce_core import CaseError
from ce_core.lab import DATA, Plan, Samples, read_own, split_of
from ce_core.lab.bundled import TABLES, bundled
from ce_core.lab.own import MOST_ROWS
from ce_core.lab.scaling import grid_of, scale_of

MADE = [source.key for source in DATA if "samples" in source.uses]
KNOWN = [source.key for source in DATA if not source.own]


@pytest.mark.parametrize("data", KNOWN)
def test_same_plan_same_samples(data):
    """The seed alone makes the samples; another seed makes others."""
    one, again = split_of(Plan(data=data, runs=2)), split_of(Plan(data=data, steps=20))
    other = split_of(Plan(data=data, seed=1))
    assert np.array_equal(one.train.points, again.train.points)
    assert not np.array_equal(one.train.points, other.train.points)


@pytest.mark.parametrize("share", [0.005, 0.05, 0.3, 0.5])
@pytest.mark.parametrize("data", MADE)
def test_made_share(data, share):
    """Training and test samples have exactly the share, at most an equal part of the classes;
    there are at least 100 rare ones to test on."""
    split = split_of(Plan(data=data, share=share))
    for part in (split.train, split.test):
        assert part.counts[-1] == min(round(share * len(part)), len(part) // part.classes)
        assert part.counts.sum() == len(part)
    assert split.test.counts[-1] >= 100
    assert split.train.counts.sum() == 1_000
    assert (split.counts_as == 1).all()


def test_few_samples_have_two_rare_ones():
    """0.005 of 100 samples would be half a sample."""
    assert split_of(Plan(share=0.005, samples=100)).train.counts.tolist() == [98, 2]


def test_train_and_test_are_others():
    """No test sample is trained on."""
    for data in KNOWN:
        split = split_of(Plan(data=data))
        if data in MADE:
            assert not set(map(tuple, split.train.points)) & set(map(tuple, split.test.points))
        else:
            whole = bundled(data)
            assert len(split.train) + len(split.test) <= len(whole)


@pytest.mark.parametrize(("key", "counts"), [("cancer", [357, 212]), ("wine", [59, 71, 48])])
def test_bundled_counts(key, counts):
    """The tables hold as many rows of each class as their descriptions say."""
    table = bundled(key)
    assert table.counts.tolist() == counts
    assert np.isfinite(table.points).all()


def test_bundled_are_listed():
    """Every source that is neither made nor a person's own is a bundled table with a credit."""
    listed = {row.key: row for row in DATA if not row.own and "samples" not in row.uses}
    assert listed.keys() == TABLES.keys()
    assert all("CC BY 4.0" in row.credit for row in listed.values())


@pytest.mark.parametrize("share", [0.02, 0.1, 0.5])
def test_real_share(share):
    """The training half is thinned out to the share; the test half counts as if it were, too."""
    split = split_of(Plan(data="cancer", share=share))
    trained = split.train.counts[1] / len(split.train)
    assert abs(trained - share) < 0.01
    counted = split.counts_as * split.test.counts
    assert np.allclose(counted / counted.sum(), split.prior, rtol=1e-12)
    assert np.isclose(counted.sum(), len(split.test), rtol=1e-12)
    assert split.test.counts.tolist() == [179, 106]  # half of 357 and of 212


def test_rare_is_the_rarest():
    """The last class of made data, also where all have the same share; the rarest of others."""
    assert split_of(Plan(data="three")).rare == 2
    for data in MADE:
        split = split_of(Plan(data=data, share=0.5))
        assert split.rare == split.train.classes - 1
    points = np.random.default_rng(0).normal(size=(30, 2))
    own = read_own(points, [0] * 5 + [1] * 25, ("a", "b"))
    assert split_of(Plan(data="own"), own).rare == 0


def test_arrays_are_read_only():
    """Nobody can change the samples that others see."""
    split = split_of(Plan())
    for array in (split.train.points, split.train.labels, split.test.points, split.counts_as):
        assert not array.flags.writeable


def test_own_keeps_its_shares():
    """70 % of each class is trained on, the others are tested on."""
    points = np.random.default_rng(0).normal(size=(1_000, 2))
    own = read_own(points, [0] * 900 + [1] * 100, ("a", "b"), ("height", "weight"))
    split = split_of(Plan(data="own"), own)
    assert split.train.counts.tolist() == [630, 70]
    assert split.test.counts.tolist() == [270, 30]
    assert split.train.axes == ("height", "weight")


def test_own_of_two_rows_each():
    """The smallest table that can be: one row of each class in each part."""
    own = read_own([[0, 1], [1, 0], [2, 3], [3, 5]], [0, 0, 1, 1], ("a", "b"))
    split = split_of(Plan(data="own"), own)
    assert split.train.counts.tolist() == split.test.counts.tolist() == [1, 1]


def test_own_of_too_many_rows():
    """Of a large table a part is taken, each class with its share, and that is said."""
    rows = 3 * MOST_ROWS
    points = np.random.default_rng(0).normal(size=(rows, 2))
    labels = np.repeat([0, 1], [rows - 600, 600])
    own = read_own(points, labels, ("a", "b"))
    assert own.counts.tolist() == [(rows - 600) // 3, 200]
    assert own.source == "Your own table: 20,000 of its 60,000 rows, drawn at random by class."


GOOD = ([[0, 1], [1, 0], [2, 3], [3, 5]], [0, 0, 1, 1], ("a", "b"))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({0: [[0, 1], [1, np.nan], [2, 3], [3, 5]]}, "row 2 has nan in y"),
        ({0: [[0, 1], [np.inf, 1], [2, 3], [3, 5]]}, "row 2 has inf in x"),
        ({0: [[0, 1], [1e300, 1], [2, 3], [3, 5]]}, "below 3e38"),
        ({0: [[0, 7], [1, 7], [2, 7], [3, 7]]}, "the column 'y' is 7 in every row"),
        ({0: [[0], [1], [2], [3]]}, "two columns"),
        ({0: [["a", "b"]] * 4}, "points holds text"),
        ({0: [[0, 1], [1]]}, "cannot be read"),
        ({1: [0, 0, 1]}, "there are 4 rows"),
        ({1: [0, 0, 1, 2]}, "a class must be a whole number from 0 to 1"),
        ({1: [0, 0, 1, -1]}, "a class must be a whole number from 0 to 1"),
        ({1: [0.0, 0.0, 1.0, 1.0]}, "labels holds float64"),
        ({1: [0, 0, 0, 1]}, "class b has 1"),
        ({1: [0, 0, 0, 0], 2: ("a",)}, "there is 1"),
        ({2: tuple("abcdefghijk")}, "there are 11"),
        ({0: np.empty((0, 2)), 1: np.empty(0, int)}, "class a has 0"),
    ],
)
def test_table_that_cannot_be_trained_on(change, words):
    """Each is refused in a sentence that names the row, the column or the class."""
    given = [change.get(place, value) for place, value in enumerate(GOOD)]
    with pytest.raises(CaseError, match=words):
        read_own(*given)


def test_own_without_a_table():
    """The plan says "own" and nothing was brought."""
    with pytest.raises(CaseError, match="Paste or upload a table"):
        split_of(Plan(data="own"))


def test_scale_and_grid():
    """Scaled training samples have mean 0 and deviation 1; a constant column is only moved."""
    train = split_of(Plan(data="cancer")).train
    scaled = scale_of(train).apply(train.points)
    assert np.allclose(scaled.mean(axis=0), 0, atol=1e-5)
    assert np.allclose(scaled.std(axis=0), 1, rtol=1e-5)
    flat = Samples([[3.0, 1.0], [3.0, 2.0]], [0, 1], ("a", "b"), ("x", "y"))
    assert np.array_equal(scale_of(flat).apply(flat.points)[:, 0], [0, 0])
    for line, column in zip(grid_of(train), train.points.T, strict=True):
        assert line[0] < column.min() <= column.max() < line[-1]
