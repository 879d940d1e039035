"""Each scheme's weights are what its source says, and which are the same is what the losses say."""

import math
from fractions import Fraction
from statistics import median

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.utils.class_weight import compute_class_weight
from torch.nn import functional

from ce_core import Case, CaseError, run
from ce_core.presets import preset
from ce_core.weighting import (
    MAX_CLASSES,
    MOST_MADE,
    SCHEMES,
    ClassCounts,
    alike,
    beta_of,
    effects,
    made_batch,
    nines_of,
    pos_weight,
    scheme_of,
    twins,
    weigh,
)
from ce_core.weighting.counts import MOST

FIVE = [1016, 12852, 12888, 3380, 296]
OTHER_FIVE = [2741, 37919, 22858, 31235, 5499]
TWO = [9000, 41000]
MULTIPLES = ("inverse", "balanced", "largest", "median_count")  # of 1/n
IMAGES = [[60, 40, 0], [60, 40, 0], [60, 40, 0], [60, 0, 40]]
KEYS = [scheme.key for scheme in SCHEMES]

counts = st.lists(st.integers(1, 10**6), min_size=1, max_size=8)


def weights(key, classes, **more):
    """A scheme's weights."""
    return scheme_of(key).weights(ClassCounts(classes, **more))


def whole(classes, **more):
    """Classes for which every scheme has weights."""
    size = len(classes)
    costs = np.arange(1, size * size + 1).reshape(size, size) * (1 - np.eye(size))
    images = np.vstack([classes, classes])
    return ClassCounts(classes, costs=costs if size > 1 else None, images=images, **more)


def test_keys_differ():
    """Each scheme has a key of its own, a sentence, a formula and torch's lines."""
    assert len(set(KEYS)) == len(KEYS)
    for scheme in SCHEMES:
        assert scheme.says.endswith(".")
        assert scheme.formula
        assert scheme.torch.splitlines()[-1].startswith("weight = ")


def test_one_over_the_count():
    """1/9000 and 1/41000; and 1/1016, ..., 1/296 of the second thread, as exact fractions."""
    for classes in (TWO, FIVE):
        exact = [float(Fraction(1, n)) for n in classes]
        np.testing.assert_array_equal(weights("inverse", classes), exact)


def test_largest_over_count():
    """37919 over each count prints as 13.83, 1.0, 1.66, 1.21, 6.9."""
    found = weights("largest", OTHER_FIVE)
    np.testing.assert_array_equal(found, [37919 / n for n in OTHER_FIVE])
    assert [f"{value:.2f}" for value in found] == ["13.83", "1.00", "1.66", "1.21", "6.90"]


def test_median_count():
    """The median of the five counts is 3380, that of an even number the middle of two."""
    np.testing.assert_allclose(weights("median_count", FIVE), [3380 / n for n in FIVE], rtol=1e-15)
    np.testing.assert_allclose(weights("median_count", TWO), [25000 / 9000, 25000 / 41000])


def test_square_root():
    """1/sqrt(n): a ratio of counts of 100 becomes 10."""
    np.testing.assert_allclose(weights("square_root", [4, 400]), [1 / 2, 1 / 20])


@settings(deadline=None)
@given(st.lists(st.integers(1, 50), min_size=1, max_size=6))
def test_balanced_is_scikit_learns(classes):
    """The weights n / (C n_c) are what scikit-learn computes from the labels themselves."""
    labels = np.repeat(np.arange(len(classes)), classes)
    witness = compute_class_weight("balanced", classes=np.arange(len(classes)), y=labels)
    np.testing.assert_allclose(weights("balanced", classes), witness, rtol=1e-14)


@settings(deadline=None)
@given(counts)
def test_balanced_keeps_the_sum(classes):
    """The weights of all samples add up to n."""
    (row,) = weigh(ClassCounts(classes), [scheme_of("balanced")])
    assert row.carried.sum() == pytest.approx(sum(classes), rel=1e-12)


def test_median_frequency_by_hand():
    """Sky 240/400 = .6, tree 120/300 = .4, boat 40/100 = .4, so 2/3, 1, 1; by counts 1/2, 1, 3."""
    found = weights("median_frequency", [240, 120, 40], images=IMAGES)
    np.testing.assert_allclose(found, [2 / 3, 1, 1], rtol=1e-15)
    np.testing.assert_allclose(weights("median_count", [240, 120, 40]), [1 / 2, 1, 3])


def test_median_frequency_by_definition():
    """Pixels of a class over all pixels of the images it is in, image by image."""
    table = np.random.default_rng(0).integers(0, 3, size=(12, 5)) * 7
    frequency = []
    for c in range(5):
        inside = [image for image in table.tolist() if image[c]]
        frequency.append(sum(image[c] for image in inside) / sum(map(sum, inside)))
    expected = [median(frequency) / one for one in frequency]
    found = weights("median_frequency", table.sum(axis=0), images=table)
    np.testing.assert_allclose(found, expected, rtol=1e-14)


@settings(deadline=None)
@given(counts)
def test_median_frequency_where_every_class_is_in_every_image(classes):
    """Then it is the median count over the count."""
    images = [classes, classes]
    found = weights("median_frequency", [2 * n for n in classes], images=images)
    np.testing.assert_allclose(found, weights("median_count", classes), rtol=1e-12)


@settings(deadline=None)
@given(counts, st.floats(0, 0.99999))
def test_effective_number(classes, beta):
    """(1 - b) / (1 - b^n), made to add up to C; the textbook's form, digits lost near 1 aside."""
    plain = [(1 - beta) / (1 - beta**n) for n in classes]
    expected = [len(classes) * one / sum(plain) for one in plain]
    np.testing.assert_allclose(weights("effective", classes, beta=beta), expected, rtol=1e-9)


@settings(deadline=None)
@given(counts)
def test_effective_number_at_its_ends(classes):
    """With b = 0 each weighs 1; b = 1 is 1/n, and .999999999999 is close to it."""
    np.testing.assert_allclose(weights("effective", classes, beta=0), 1, rtol=1e-15)
    end = weights("effective", classes, beta=1)
    inverse = weights("inverse", classes)
    np.testing.assert_allclose(end, len(classes) * inverse / inverse.sum(), rtol=1e-12)
    # E_n = n (1 - (n - 1)(1 - b)/2 + ...): off by at most n (1 - b) = 1e-6 for a million.
    near = weights("effective", classes, beta=1 - 1e-12)
    np.testing.assert_allclose(near, end, rtol=1e-5)


def test_effective_number_of_thousands():
    """With counts from 1000 on, .9 and .99 are even to four decimals; .999 is not."""
    for beta in (0.9, 0.99):
        assert [f"{w:.4f}" for w in weights("effective", OTHER_FIVE, beta=beta)] == ["1.0000"] * 5
    # .999 ** 2741 = e^-2.74 = .064: 1 / (1 - .064) = 1.069 times the rest
    found = weights("effective", OTHER_FIVE, beta=0.999)
    assert found[0] / found[1] == pytest.approx(1 / (1 - 0.999**2741), rel=1e-12)
    assert f"{found[0]:.2f}" == "1.05"


def test_costs_of_two_to_one():
    """2 for missing the first class, 1 for the second: the weights [2, 1] that the thread gives."""
    np.testing.assert_array_equal(weights("cost", [5, 5], costs=[[0, 2], [1, 0]]), [2, 1])


@settings(deadline=None)
@given(st.lists(st.floats(0.1, 10), min_size=2, max_size=5), st.data())
def test_costs_of_the_true_class_alone(price, data):
    """Then the weighted optimum's largest probability is the cheapest answer, for any truth."""
    size = len(price)
    costs = np.outer(price, np.ones(size)) * (1 - np.eye(size))
    found = weights("cost", [1] * size, costs=costs)
    np.testing.assert_allclose(found, price, rtol=1e-12)
    truth = np.array(data.draw(st.lists(st.floats(0.01, 1), min_size=size, max_size=size)))
    truth = truth / truth.sum()
    expected = truth @ costs  # what each answer costs on average
    taught = truth * found / (truth * found).sum()
    assert expected[taught.argmax()] <= expected.min() + 1e-9


def test_threshold_of_two_to_one():
    """Under the weights 2 and 1 the answer turns at p = 1/3 = c_b / (c_a + c_b)."""
    for p in (1 / 3 - 1e-9, 1 / 3 + 1e-9):
        assert (2 * p > 1 - p) == (p > 1 / 3)


def test_costs_that_no_weights_can_say():
    """With costs that depend on the answer too, row sums are a compromise: one truth goes wrong."""
    costs = np.array([[0, 1, 10], [1, 0, 1], [1, 1, 0]])
    found = weights("cost", [1, 1, 1], costs=costs)
    np.testing.assert_allclose(found, [11 / 2, 1, 1])
    truth = np.array([0.19, 0.41, 0.40])
    # answers cost .81, .59 and 2.31: the second is cheapest; weighted, 1.045 beats .41 and .40
    np.testing.assert_allclose(truth @ costs, [0.81, 0.59, 2.31])
    assert (truth @ costs).argmin() == 1
    assert (truth * found).argmax() == 0


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("beta", [0.0, 0.9, 0.999])
def test_torch_lines(key, beta):
    """The lines for torch give the same weights."""
    classes = whole(FIVE, beta=beta)
    names = {name: getattr(classes, name) for name in ("counts", "costs", "images")}
    room = {name: torch.tensor(np.array(value)) for name, value in names.items()}
    room |= {"torch": torch, "beta": beta}
    exec(scheme_of(key).torch, room)  # noqa: S102 - our own source
    np.testing.assert_allclose(room["weight"], scheme_of(key).weights(classes), rtol=1e-12)


@pytest.mark.parametrize("classes", [TWO, FIVE, OTHER_FIVE], ids=str)
def test_four_are_multiples(classes):
    """1/n, balanced, max/n and median/n are multiples; the factors are n/C, max and median."""
    (group,) = [one for one in alike(weigh(ClassCounts(classes))) if len(one.members) > 1]
    assert tuple(one.scheme.key for one in group.members) == MULTIPLES
    expected = [1, sum(classes) / len(classes), max(classes), median(classes)]
    np.testing.assert_allclose(group.factors, expected, rtol=1e-12)


def test_equal_counts_are_one_group():
    """With equal counts every scheme is a multiple of no weights, so the mean stays."""
    rows = weigh(ClassCounts([7, 7, 7], images=[[7, 7, 7]]))
    (group,) = alike(rows)
    assert len(group.members) == len(SCHEMES) - 1  # no costs are given
    means = [one.mean for one in effects(run(made_batch(np.array([7.0, 7, 7]))), rows)]
    np.testing.assert_allclose(means, means[0], rtol=1e-14)


@settings(deadline=None)
@given(counts, st.integers(0, 2**32 - 1), st.sampled_from([0.0, 0.1]))
def test_multiples_have_one_mean(classes, seed, smoothing):
    """Under the mean a factor cancels, smoothed or not; under the sum it stays."""
    made = np.random.default_rng(seed)
    target = made.integers(0, len(classes), size=6)
    case = Case(made.normal(size=(6, len(classes))), target, label_smoothing=smoothing)
    rows = weigh(ClassCounts(classes))
    found = {one.weighing.scheme.key: one for one in effects(run(case), rows)}
    for group in alike(rows):
        first = found[group.members[0].scheme.key]
        for member, factor in zip(group.members, group.factors, strict=True):
            one = found[member.scheme.key]
            assert one.mean == pytest.approx(first.mean, rel=1e-9)
            assert one.total == pytest.approx(factor * first.total, rel=1e-9)


CASES = {
    "numbers": preset("one_over_count").case,
    "smoothed": preset("one_over_count").case.replace(label_smoothing=0.2),
    "ignored": preset("one_over_count").case.replace(ignore_index=1),
    "probabilities": Case(np.eye(3), [[0.2, 0.3, 0.5], [1.0, 0.0, 0.0], [0.1, 0.1, 0.8]]),
    "pixels": Case(np.arange(24.0).reshape(2, 3, 2, 2) % 7, np.arange(8).reshape(2, 2, 2) % 3),
    "one sample": Case([1.0, 2.0, 0.5], 2),
}


@pytest.mark.parametrize("name", CASES)
def test_effects_are_torchs(name):
    """The mean and the sum under each scheme's weights are what torch gives, whatever the target."""
    case = CASES[name].replace(reduction="mean")
    classes = whole([3 * k + 2 for k in range(case.classes)])
    found = effects(run(case), weigh(classes))
    assert len(found) == len(SCHEMES)
    for one in found:
        for reduction, ours in (("mean", one.mean), ("sum", one.total)):
            theirs = functional.cross_entropy(
                torch.tensor(case.logits),
                torch.tensor(case.target),
                torch.tensor(one.weighing.weights),
                ignore_index=case.ignore_index,
                label_smoothing=case.label_smoothing,
                reduction=reduction,
            )
            assert ours == pytest.approx(float(theirs), rel=1e-12), one.weighing.scheme.key


def test_probabilities_see_the_factor():
    """With probabilities as target the mean divides by N, so multiples do not agree."""
    rows = weigh(ClassCounts([3, 5, 9]))
    found = {one.weighing.scheme.key: one for one in effects(run(CASES["probabilities"]), rows)}
    ratio = found["largest"].mean / found["inverse"].mean
    assert ratio == pytest.approx(9, rel=1e-12)  # max n / 1


def test_pos_weight():
    """900 negatives for 100 positives are 9."""
    assert pos_weight(900, 100) == 9


@pytest.mark.parametrize("pair", [(900, 0), (0, 100), (0, 0)], ids=str)
def test_pos_weight_needs_both(pair):
    """Without positives or negatives there is none."""
    with pytest.raises(CaseError, match="both classes"):
        pos_weight(*pair)


@settings(deadline=None)
@given(st.floats(0.05, 50))
def test_twins(weight):
    """Same losses; the binary mean is the other one times sum(w[y]) / N; torch agrees with both."""
    found = twins(weight)
    ones = np.asarray(found.binary["losses"].output)
    np.testing.assert_allclose(ones, found.two["losses"].output, rtol=1e-9, atol=1e-14)
    assert found.factor == pytest.approx((9 + weight) / 10)  # nine negatives, one positive
    ratio = float(found.binary.answer) / float(found.two.answer)
    assert ratio == pytest.approx(found.factor, rel=1e-9)
    x, y = torch.tensor(found.binary.case.given), torch.tensor(found.binary.case.target)
    scale = torch.tensor([1.0, weight], dtype=torch.float64)
    binary = functional.binary_cross_entropy_with_logits(x, y, pos_weight=scale[1])
    pairs = torch.stack([torch.zeros_like(x), x], dim=1)
    two = functional.cross_entropy(pairs, y.long(), scale)
    assert float(found.binary.answer) == pytest.approx(float(binary), rel=1e-9)
    assert float(found.two.answer) == pytest.approx(float(two), rel=1e-9)


def test_twins_of_nine():
    """900 to 100: the factor is (9 + 9)/10 = 1.8, as in the measurement 1.515572 / 0.841984."""
    assert twins(9).factor == 1.8
    assert pytest.approx(1.8, rel=1e-6) == 1.515572 / 0.841984


def test_probabilities_take_no_pos_weight():
    """F.binary_cross_entropy has no pos_weight; a weight for each sample does the same."""
    found = twins(9)
    x, y = torch.tensor(found.binary.case.given), torch.tensor(found.binary.case.target)
    with pytest.raises(TypeError, match="pos_weight"):
        functional.binary_cross_entropy(x.sigmoid(), y, pos_weight=torch.tensor(9.0))
    each = torch.where(y == 1, 9.0, 1.0).double()
    same = functional.binary_cross_entropy(x.sigmoid(), y, weight=each)
    assert float(same) == pytest.approx(float(found.binary.answer), rel=1e-12)


@settings(deadline=None)
@given(counts)
def test_one_over_the_count_is_level(classes):
    """With 1/n each class carries 1 altogether, and a model that sees nothing says 1/C."""
    (row,) = weigh(ClassCounts(classes), [scheme_of("inverse")])
    np.testing.assert_allclose(row.carried, 1, rtol=1e-15)
    np.testing.assert_allclose(row.believed, 1 / len(classes), rtol=1e-12)


@settings(deadline=None)
@given(st.lists(st.integers(1, 1000), min_size=2, max_size=5))
def test_what_a_blind_model_is_taught(classes):
    """The minimiser of the weighted loss over one constant answer is n_c w_c over its sum."""
    row = weigh(ClassCounts(classes), [scheme_of("square_root")])[0]
    logits = torch.tensor(np.log(row.believed), requires_grad=True)
    losses = functional.cross_entropy(
        logits.expand(len(classes), -1),
        torch.arange(len(classes)),
        torch.tensor(row.weights),
        reduction="none",
    )
    (losses * torch.tensor(classes)).sum().backward()
    np.testing.assert_allclose(logits.grad, 0, atol=1e-9 * sum(classes))


def test_sampler_is_equal_in_expectation():
    """Drawing with w[y] and a plain mean has the weighted mean's expectation, exactly summed."""
    case = preset("one_over_count").case
    trace = run(case.replace(weight=None, reduction="none"))
    each = weights("inverse", FIVE)[case.target]
    drawn = (each / each.sum() * trace["losses"].output).sum()
    (one,) = effects(run(case), weigh(ClassCounts(FIVE), [scheme_of("inverse")]))
    assert drawn == pytest.approx(one.mean, rel=1e-14)


EMPTY = [5, 0, 3]


@pytest.mark.parametrize("key", ["inverse", "balanced", "largest", "square_root", "effective"])
def test_class_without_samples(key):
    """1/0 is refused with the class and the remedy; the next schemes are had all the same."""
    row = next(one for one in weigh(ClassCounts(EMPTY)) if one.scheme.key == key)
    assert row.weights is None
    assert "class 1 has no samples" in str(row.problem)
    assert "one higher" in row.problem.remedy
    assert math.isnan(row.ratio)


def test_class_without_samples_elsewhere():
    """No weights and costs do without counts; a class in no image cannot be weighed by images."""
    costs = np.ones((3, 3)) - np.eye(3)
    images = [[5, 0, 0], [0, 0, 3]]
    rows = {one.scheme.key: one for one in weigh(ClassCounts(EMPTY, costs=costs, images=images))}
    assert rows["none"].weights.tolist() == [1, 1, 1]
    assert rows["cost"].weights.tolist() == [1, 1, 1]
    assert "in no image" in str(rows["median_frequency"].problem)


def test_what_is_not_given():
    """Schemes that ask for more say for what."""
    rows = {one.scheme.key: one for one in weigh(ClassCounts(TWO))}
    assert rows["cost"].problem.input == "costs"
    assert rows["median_frequency"].problem.input == "images"


REFUSED = {
    "negative": ([3, -4], {}, "class 1 is -4"),
    "fraction": ([3, 4.5], {}, "class 1 is 4.5"),
    "nan": ([3, np.nan], {}, "class 1 is nan"),
    "infinite": ([3, np.inf], {}, "class 1 is inf"),
    "too large": ([MOST * 2, 1], {}, "must be from 0"),
    "none": ([], {}, "one count for each class"),
    "table": ([[1, 2]], {}, "one count for each class"),
    "words": (["a"], {}, "holds text"),
    "complex": ([1j], {}, "complex"),
    "many": (np.ones(100_000), {}, f"at most {MAX_CLASSES:,} classes"),
    "beta": ([1, 2], {"beta": 1.5}, "from 0 to 1"),
    "beta nan": ([1, 2], {"beta": np.nan}, "from 0 to 1"),
    "costs shape": ([1, 2], {"costs": [[0, 1]]}, "2 rows of 2 costs"),
    "costs diagonal": ([1, 2], {"costs": [[1, 1], [1, 0]]}, "right answer must cost 0"),
    "costs negative": ([1, 2], {"costs": [[0, -1], [1, 0]]}, "(0, 1) is -1"),
    "costs of one": ([1], {"costs": [[0]]}, "cannot be mistaken"),
    "images": ([1, 2], {"images": [[1, 2, 3]]}, "2 counts"),
    "images nan": ([1, 2], {"images": [[1, np.nan]]}, "(0, 1) is nan"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name):
    """What cannot be counts, costs or images is named, with its place and value."""
    classes, more, message = REFUSED[name]
    with pytest.raises(CaseError) as caught:
        ClassCounts(classes, **more)
    assert message in str(caught.value)
    assert caught.value.remedy


def test_one_class():
    """One class alone weighs something, and no mean moves."""
    rows = weigh(ClassCounts([7]))
    found = effects(run(Case([[1.0], [2.0]], [0, 0])), rows)
    assert {one.mean for one in found} == {0.0}
    assert len(alike(rows)) == 1


@settings(deadline=None)
@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=MOST_MADE))
def test_made_batch(classes):
    """A batch for any counts: every class that has samples is in it, no other, at most 20 + C."""
    batch = made_batch(np.array(classes, float))
    if not any(classes):
        assert batch is None
        return
    assert set(batch.target.tolist()) == {k for k, n in enumerate(classes) if n}
    assert len(batch.target) <= 20 + len(classes)
    assert batch == made_batch(np.array(classes, float))


def test_made_batch_has_a_bound():
    """Too many classes have none."""
    assert made_batch(np.ones(MOST_MADE + 1)) is None


@settings(deadline=None)
@given(st.floats(0, 1))
def test_nines(beta):
    """A beta's nines give the beta back, as far as a slider can tell, and never more than 6."""
    nines = nines_of(beta)
    assert 0 <= nines <= 6
    assert beta_of(nines) == pytest.approx(min(beta, 0.999999), abs=2e-4)


@pytest.mark.parametrize("k", range(1, 7))
def test_whole_nines(k):
    """3 nines are 0.999."""
    assert beta_of(k) == float("0." + "9" * k)
    assert nines_of(beta_of(k)) == pytest.approx(k, abs=1e-3)


def test_costs_of_nothing():
    """Costs that are all 0 say nothing, and are refused before a mean of 0/0 comes of them."""
    with pytest.raises(CaseError, match="all costs are 0"):
        ClassCounts(TWO, costs=np.zeros((2, 2)))


def test_a_ratio_beyond_float64():
    """The largest weight over the smallest is inf where float64 ends, without a warning."""
    costs = [[0, MOST], [5e-324, 0]]
    (found,) = weigh(ClassCounts(TWO, costs=costs), [scheme_of("cost")])
    assert found.ratio == math.inf  # 2^53 / 2^-1074
