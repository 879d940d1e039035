"""A batch in parts: the mean of the parts' means is not the mean, sums divided once are."""

import numpy as np
import pytest
import torch
import torch.nn.functional as F  # noqa: N812 - the name that everybody knows it by
from hypothesis import given
from hypothesis import strategies as st

from ce_core import Case, run
from ce_core.areas import areas
from ce_core.batches import batches, sizes_of, split

# Targets of weight 1, 5 and 5: the parts of one differ much in what they weigh.
THREE = Case([[2, 1, 0.1], [0.5, 2.5, 0.3], [1.2, 0.4, 3]], [0, 2, 2], [1, 2, 5])
TIGHT = {"rtol": 1e-12, "atol": 0}  # a few additions of float64 in another order


def cross_entropy(case, **options):
    """Torch's loss of a case in float64."""
    return F.cross_entropy(
        torch.tensor(case.logits),
        torch.tensor(case.target),
        None if case.weight is None else torch.tensor(case.weight),
        ignore_index=case.ignore_index,
        label_smoothing=case.label_smoothing,
        **options,
    ).item()


def test_parts_of_one():
    """One sample a part, each mean is that sample's −log p: (0.41703 + 2.42005 + 0.21477) / 3."""
    made = batches(THREE, (1, 1, 1))
    by_hand = np.mean([0.4170300, 2.4200495, 0.2147665])  # 12.10025 / 5 and 1.07383 / 5
    np.testing.assert_allclose(made["mean_of_means"], by_hand, rtol=1e-6)
    assert f"{float(made['mean_of_means']):.5f}" == "1.01728"
    assert f"{float(made.whole.answer):.5f}" == "1.23556"  # 13.59111 / 11


def test_parts_of_two():
    """Parts of two: ((0.41703 + 12.10025) / 6 + 1.07383 / 5) / 2 = 1.15049."""
    made = batches(THREE, (2, 1))
    by_hand = ((0.4170300 + 12.1002476) / 6 + 1.0738327 / 5) / 2
    np.testing.assert_allclose(made["mean_of_means"], by_hand, rtol=1e-6)


@pytest.mark.parametrize("sizes", [(1, 1, 1), (2, 1), (1, 2), (3,)], ids=str)
@pytest.mark.parametrize("smoothing", [0.0, 0.1])
def test_against_torch(sizes, smoothing):
    """Torch's means of the parts average to ours, and its sums over all weights give its mean."""
    case = THREE.replace(label_smoothing=smoothing)
    made = batches(case, sizes)
    parts = split(case, sizes)
    means = [cross_entropy(part) for part in parts]
    np.testing.assert_allclose(made["mean_of_means"], np.mean(means), **TIGHT)
    sums = sum(cross_entropy(part, reduction="sum") for part in parts)
    np.testing.assert_allclose(made["mean_of_sums"], sums / 11, **TIGHT)
    np.testing.assert_allclose(made["mean_of_sums"], cross_entropy(case), **TIGHT)


@given(data=st.data())
def test_sums_first(data):
    """However a batch is cut, its sums over its weights are the mean of the whole."""
    rows = data.draw(st.integers(2, 8))
    rng = np.random.default_rng(data.draw(st.integers(0, 2**31)))
    case = Case(rng.normal(size=(rows, 4)), rng.integers(0, 4, rows), rng.uniform(0.1, 9, 4))
    made = batches(case, sizes_of(rows, data.draw(st.integers(1, rows))))
    np.testing.assert_allclose(made["mean_of_sums"], made.whole.answer, rtol=1e-12)


def test_equal_weights_agree():
    """With equal weights and equal parts the average of the means is the mean."""
    case = Case(np.vstack([THREE.logits, THREE.logits[:1]]), [0, 2, 2, 1])
    made = batches(case, (2, 2))
    np.testing.assert_allclose(made["mean_of_means"], made.whole.answer, **TIGHT)


def test_part_without_weight():
    """A part of ignored rows has the mean 0/0, and nan is what the average then is."""
    made = batches(THREE.replace(target=[0, 2, -100]), (2, 1))
    assert np.isnan(made["mean_of_means"])
    np.testing.assert_allclose(made["mean_of_sums"], made.whole.answer, **TIGHT)


def test_images_are_split_by_sample():
    """A batch of images is cut between images, never inside one."""
    case = Case(np.arange(24.0).reshape(2, 3, 2, 2), np.zeros((2, 2, 2), dtype=int))
    assert [part.shape for part in split(case, (1, 1))] == [(1, 2, 2), (1, 2, 2)]


@pytest.mark.parametrize("sizes", [(), (1, 1), (4,), (3, 0), (-1, 4)], ids=str)
def test_sizes_must_add_up(sizes):
    """Sizes that are below 1 or miss the number of samples are refused."""
    with pytest.raises(ValueError, match="add up to 3"):
        split(THREE, sizes)


def test_no_batch_axis():
    """A single sample of shape (C,) cannot be cut."""
    with pytest.raises(ValueError, match="without a batch"):
        split(Case([1, 2], 0), (1,))


def test_sizes_of():
    """Seven by three is 3, 3 and 1; six by three is 3 and 3."""
    assert sizes_of(7, 3) == (3, 3, 1)
    assert sizes_of(6, 3) == (3, 3)


def test_areas():
    """The bars of the three rows: widths 1, 5, 5, heights −log p, and the widths add up to 11."""
    made = areas(run(THREE))
    np.testing.assert_array_equal(made["width"], [1, 5, 5])
    np.testing.assert_allclose(made["height"], run(THREE)["nll"].rows, **TIGHT)
    np.testing.assert_array_equal(made["width_so_far"], [1, 6, 11])


def test_areas_of_ignored_row():
    """A row that is ignored has neither width nor height: 0/0 is 0 here."""
    made = areas(run(THREE.replace(target=[0, -100, 2])))
    assert made["width"][1] == made["height"][1] == made["area"][1] == 0


def test_areas_without_width():
    """With smoothing a row of weight 0 still costs something: an area without width."""
    made = areas(run(THREE.replace(weight=[0, 2, 5], label_smoothing=0.1)))
    assert made["width"][0] == 0 < made["area"][0]
    assert np.isinf(made["height"][0])


def test_areas_of_probabilities():
    """With class probabilities as target each bar is 1 wide."""
    made = areas(run(Case([[1, 2], [3, 1]], [[0.5, 0.5], [0.0, 1.0]], [3, 4])))
    np.testing.assert_array_equal(made["width"], [1, 1])
    np.testing.assert_array_equal(made["height"], made["area"])


def test_areas_folded():
    """Beyond the limit the costliest rows keep their bars and the others become one, area kept."""
    made, whole = areas(run(THREE), most=2), areas(run(THREE))
    assert [list(group) for group in made.groups] == [[1], [0, 2]]  # 12.10 is the largest loss
    np.testing.assert_allclose(made["area"].sum(), whole["area"].sum(), **TIGHT)
    np.testing.assert_array_equal(made["width_so_far"], [5, 11])
