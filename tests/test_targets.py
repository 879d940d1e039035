"""What the targets' page states: blends, optima, two ways to write a target, what is left out."""

from itertools import pairwise

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch.nn import functional as F  # noqa: N812 - the name that torch's users know

from ce_core import Case, run
from ce_core.mistakes.targets import LABEL_SMOOTHING_ROW_NOT_1
from ce_core.presets import PRESETS, preset
from ce_core.targets.alone import WEIGHTS, alone
from ce_core.targets.axes import known, oblong, own, square
from ce_core.targets.blend import blend
from ce_core.targets.hot import target_rows
from ce_core.targets.ignoring import SOFTMAX_KEEPS, answers, ignoring, unasked
from ce_core.targets.kinds import THREAD, both, is_one_hot, taken
from ce_core.targets.optimum import flip_ratio, light_target, loss_over, optimum_of
from ce_core.targets.row import row_of
from ce_core.targets.scene import (
    COLUMNS,
    LETTERS,
    LOGITS,
    MISSED,
    RARE,
    ROWS,
    SCENE,
    STARTS,
    census,
    numbers_of,
    picture,
)
from ce_core.targets.versions import WAYS, version, versions, weighed_otherwise
from ce_core.targets.weightless import ROW, silenced
from tests import witness
from tests.strategies import arguments, cases

PLAIN = st.floats(-5, 5)
POSITIVE = {"elements": PLAIN, "signs": False, "smoothing": st.floats(0.01, 1)}
BATCH = [[2.0, 1.0, 0.1], [0.5, 2.5, 0.3], [1.2, 0.4, 3.0]]
WEIGHT = [1.0, 2.0, 5.0]


def step(steps, key):
    """The output of the step of that key."""
    return next(one.output for one in steps if one.key == key)


@given(cases(elements=PLAIN, smoothing=st.floats(0, 1)))
@settings(max_examples=60)
def test_two_parts_are_the_loss(case):
    """What the target keeps and what all classes share cost the row's loss together."""
    parts = blend(case)
    whole = parts["kept_loss"] + parts["shared_loss"]
    np.testing.assert_allclose(whole, run(case)["losses"].rows, rtol=1e-12, atol=1e-10)
    if "target_dist" in run(case):
        expected = run(case)["target_dist"].rows
        np.testing.assert_allclose(parts["blended"], expected, rtol=0, atol=1e-15)


@given(cases(**POSITIVE, reductions=("mean",)))
@settings(max_examples=40)
def test_two_parts_are_the_mean(case):
    """Divided by what the mean divides by, they are the mean; where nothing counts both are nan."""
    parts, mean = blend(case), run(case).answer
    together = parts["kept_mean"] + parts["shared_mean"]
    np.testing.assert_allclose(together, mean, rtol=1e-11, atol=1e-11)


def test_kept_part_is_the_loss_without_smoothing():
    """The first part is 1 - ε times torch's loss without smoothing, the second ε times the loss of
    an even target, as the loss is linear in the target."""
    case = Case(BATCH, [0, 2, 2], WEIGHT, label_smoothing=0.1)
    parts = blend(case)
    hard = witness.answer(case.replace(label_smoothing=0.0, reduction="none"))
    even = witness.answer(Case(BATCH, np.full((3, 3), 1 / 3), WEIGHT, reduction="none"))
    np.testing.assert_allclose(parts["kept_loss"], 0.9 * hard, rtol=1e-13)
    np.testing.assert_allclose(parts["shared_loss"], 0.1 * even, rtol=1e-13)


def test_target_keeps_more_than_one_minus_epsilon():
    """With ε = 0.1 and two classes the target has 0.9 + 0.1 / 2 = 0.95 and the other 0.05."""
    parts = blend(Case([[0.3, -0.2]], [0], label_smoothing=0.1))
    np.testing.assert_allclose(parts["blended"], [[0.95, 0.05]], rtol=1e-15)
    np.testing.assert_allclose(parts["row_sum"], [1.0], rtol=1e-15)


def test_a_part_of_nothing_costs_nothing():
    """A class that the target asks nothing of costs nothing, masked by minus infinity or not."""
    case = Case([[0.0, -np.inf]], [0], label_smoothing=0.0)
    assert blend(case)["kept_loss"].tolist() == [0.0]
    assert blend(case.replace(label_smoothing=0.1))["shared_loss"].tolist() == [np.inf]


def test_ignored_row_has_no_parts():
    """An ignored row keeps nothing and gets no share."""
    parts = blend(Case(BATCH, [0, -100, 2], label_smoothing=0.3))
    for key in ("kept_part", "shared_part", "kept_terms", "shared_terms"):
        assert parts[key][1].tolist() == [0.0, 0.0, 0.0]


@given(cases(**POSITIVE), st.data())
@settings(max_examples=40)
def test_row_of(case, data):
    """A row on its own costs what it costs in its batch."""
    losses = run(case)["losses"].rows
    if not len(losses):
        with pytest.raises(IndexError, match="row is 0"):
            row_of(case, 0)
        return
    row = data.draw(st.integers(0, len(losses) - 1))
    alone = float(run(row_of(case, row)).answer[0])
    np.testing.assert_allclose(alone, losses[row], rtol=1e-12, atol=1e-12)


# (1 - e) y and so on, for y = (1, 0, 0), e = 0.3 and C = 3: what the target gets, the others, the sum
OTHER_WAYS = (
    (0.7, 0.15, 1.0),  # e / (C - 1) = 0.15
    (1.0, 0.1, 1.2),  # 1 - 0.1 + 0.1
    (0.7, 0.1, 0.9),
    (0.7, 0.3, 1.3),
    (0.7 + 1 / 3, 1 / 3, 1.7),
    (0.7, 1 / 3, 0.7 + 2 / 3),
    (0.7, 0.7 / 3, 0.7 + 1.4 / 3),
    (0.3 + 0.7 / 3, 0.7 / 3, 1.0),  # e y + (1 - e) / C
)


@pytest.mark.parametrize("k", range(len(WAYS)))
def test_other_ways(k):
    """Each other way gives the target, the other classes and the row's sum what its formula says,
    and the loss is torch's with that row as class probabilities."""
    case = Case([BATCH[0]], [0], label_smoothing=0.3, reduction="sum")
    made = version(case, WAYS[k])
    own_part, others, total = OTHER_WAYS[k]
    np.testing.assert_allclose(made.target, [[own_part, others, others]], rtol=1e-12)
    np.testing.assert_allclose(made.sums, [total], rtol=1e-12)
    loss = F.cross_entropy(
        torch.tensor([BATCH[0]]).double(), torch.tensor(made.target), reduction="sum"
    )
    np.testing.assert_allclose(made.answer, loss.item(), rtol=1e-6)


def test_one_other_way_leaves_the_target_whole():
    """One of them gives the target 1: (1 - ε/C) y + ε/C."""
    assert WAYS[1] is LABEL_SMOOTHING_ROW_NOT_1.ways[0]


def test_versions_need_smoothing():
    """Without smoothing there is no other way to smooth."""
    with pytest.raises(ValueError, match="nothing to smooth"):
        version(Case(BATCH, [0, 1, 2]))
    case = Case(BATCH, [0, 1, 2], label_smoothing=0.1)
    assert version(case).answer == run(case).answer
    assert len(versions(case)) == len(WAYS) == len(OTHER_WAYS)


def test_weights_only_on_the_target():
    """The single-sample mean of the first row with ε = 0.1 moves with the target's weight: 0.51370,
    0.41412, 0.39172 for 1, 5 and 50, for only the target's weight is divided by."""
    means = [alone(weight, 0.1) for weight in WEIGHTS]
    assert WEIGHTS == (1, 5, 50)
    assert len({round(alone(weight, 0.0), 12) for weight in WEIGHTS}) == 1
    np.testing.assert_allclose(means, [0.51370, 0.41412, 0.39172], atol=5e-6)
    others = dict(weighed_otherwise(Case([BATCH[0]], [0], [5, 1, 1], label_smoothing=0.1)))
    row = others["the whole row with the target's weight"]
    np.testing.assert_allclose(row, means[0], rtol=1e-12)  # then one sample's weight cancels


def descended(case):
    """Where Newton's method on the loss over the logits ends: torch's own loss and derivatives."""
    target, weight = torch.tensor(case.target), torch.tensor(case.inputs["weight"])
    logits = torch.zeros(1, case.classes, dtype=torch.float64)

    def loss(flat):
        return F.cross_entropy(
            flat.reshape(1, -1),
            target,
            weight,
            label_smoothing=case.label_smoothing,
            reduction="sum",
        )

    flat = logits.reshape(-1)
    for _ in range(60):
        slope = torch.autograd.functional.jacobian(loss, flat)
        bend = torch.autograd.functional.hessian(loss, flat)
        move = torch.linalg.pinv(bend) @ slope
        flat = flat - move * min(1.0, 1.0 / float(move.abs().max().clamp(min=1e-9)))
    return torch.softmax(flat, 0).numpy()


@pytest.mark.parametrize(
    ("weight", "expected"),
    [([0.1, 9.9], [0.161, 0.839]), ([0.1, 0.9], [0.679, 0.321])],
    ids=["99 times", "9 times"],
)
def test_optimum_of_the_thread(weight, expected):
    """One sample of class 0 with ε = 0.1: q = (.95, .05), so p is (.095, .495) / .59 for weights
    .1 and 9.9, the wrong class; and (.095, .045) / .14 for .1 and .9. A minimiser ends there."""
    case = light_target(weight[1] / weight[0], 0.1)
    np.testing.assert_allclose(case.weight, weight, rtol=1e-12)
    best = optimum_of(case)["optimum"][0]
    np.testing.assert_allclose(best, expected, atol=5e-4)
    np.testing.assert_allclose(best, descended(case), atol=1e-8)


@given(
    st.lists(st.floats(0.1, 10), min_size=2, max_size=5),
    st.floats(0.02, 1),
    st.integers(0, 4),
)
@settings(max_examples=15, deadline=None)
def test_optimum_is_the_least(weight, epsilon, chosen):
    """The closed form is where a minimiser of torch's loss ends, for any weights and smoothing."""
    case = Case([[0.0] * len(weight)], [chosen % len(weight)], weight, label_smoothing=epsilon)
    np.testing.assert_allclose(optimum_of(case)["optimum"][0], descended(case), atol=1e-6)


def test_optimum_of_a_soft_target():
    """With a soft target t the optimum is w t / sum, not t: (.6, .4) with 1 and 3 is (1/3, 2/3)."""
    best = optimum_of(Case([[0.0, 0.0]], [[0.6, 0.4]], [1.0, 3.0]))
    np.testing.assert_allclose(best["optimum"], [[1 / 3, 2 / 3]], rtol=1e-12)
    assert best.wanted(0) == (1,)


def test_no_optimum():
    """Where nothing pulls, or a negative weight does, there is no best and no class wanted."""
    for weight in ([0.0, 0.0], [1.0, -1.0]):
        best = optimum_of(Case([[0.0, 0.0]], [0], weight, label_smoothing=0.1))
        assert best.wanted(0) == ()


def test_even_optimum():
    """Where all is shared and all weighs the same, every class is wanted, the target's too; at the
    weight at which the other class overtakes both are: .1 * .95 = 1.9 * .05."""
    all_shared = Case([[0.0] * 4], [3], label_smoothing=1)
    assert optimum_of(all_shared).wanted(0) == (0, 1, 2, 3)
    assert optimum_of(light_target(19, 0.1)).wanted(0) == (0, 1)
    assert optimum_of(light_target(18.9, 0.1)).wanted(0) == (0,)
    assert optimum_of(light_target(19.1, 0.1)).wanted(0) == (1,)


def test_weight_of_nothing_is_not_quite_ignored():
    """A weight of 0 gives what ignore_index gives, but for smoothing and an infinite cost; torch
    says the same of each."""
    as_they_are, smoothed, forbidden = silenced()
    for one in (as_they_are, smoothed, forbidden):
        for trace in (one.weightless, one.ignored):
            theirs = witness.answer(trace.case)
            np.testing.assert_allclose(trace.answer, theirs, rtol=1e-12, equal_nan=True)
        assert one.ignored["losses"].rows[ROW] == 0
    plain = as_they_are.weightless["losses"].rows
    np.testing.assert_array_equal(plain, as_they_are.ignored["losses"].rows)
    # logits .7, .1, 2 and shares of .1 / 3 at the weights 1 and 2: what the row still pays
    lse = np.log(np.exp([0.7, 0.1, 2.0]).sum())
    still = 0.1 / 3 * (lse - 0.7) + 2 * 0.1 / 3 * (lse - 0.1)
    assert smoothed.weightless["losses"].rows[ROW] == pytest.approx(still, rel=1e-12)
    assert np.isnan(forbidden.weightless.answer)


@given(st.integers(2, 8), st.floats(0.1, 10), st.floats(0.1, 10), st.floats(0.01, 0.99))
@settings(max_examples=50)
def test_flip(classes, own_weight, other, epsilon):
    """Below the flip the target's class is ahead, above it the heaviest other one; the ratio of
    weights at which it flips says the same."""
    weight = [own_weight, other, *[min(own_weight, other)] * (classes - 2)]
    case = Case([[0.0] * classes], [0], weight, label_smoothing=epsilon)
    best = optimum_of(case)
    bar, p = best["flip"][0], best["optimum"][0]
    if other <= own_weight:
        assert np.isnan(bar)
        assert p[0] >= p[1] - 1e-12
    elif abs(bar - epsilon) > 1e-9:
        assert (p[1] > p[0]) == (epsilon > bar)
        assert (p[1] > p[0]) == (other / own_weight > flip_ratio(epsilon, classes))


def test_flip_of_the_thread():
    """At ε = 0.1 the other class must be 19 times as heavy, (2 * .9 + .1) / .1; at 99 times it is
    ahead from ε = 2 / (1 + 99) = 0.02 on. Without smoothing it never is."""
    assert flip_ratio(0.1) == pytest.approx(19)
    assert optimum_of(light_target(99, 0.1))["flip"][0] == pytest.approx(0.02)
    assert flip_ratio(0) == np.inf


def test_loss_over_probability():
    """The curve is -Σ w q log p, and its lowest point stands beside the optimum."""
    case = light_target(99, 0.1)
    xs, ys = loss_over(case)
    by_hand = -(0.1 * 0.95 * np.log(xs) + 9.9 * 0.05 * np.log(1 - xs))
    np.testing.assert_allclose(ys, by_hand, rtol=1e-10)
    assert abs(xs[ys.argmin()] - optimum_of(case)["optimum"][0, 0]) <= 0.005


def test_thread_of_two_means():
    """54.4052 against 0.8705: 108.8104 over the 2 samples, and over 25 + 100; torch agrees."""
    known = both(THREAD)
    assert known is not None
    assert known.agree == (True, True, False)
    mean, other = known.numbers[-1], known.floats[-1]
    assert f"{mean.answer:.4f}" == "0.8705"
    assert f"{other.answer:.4f}" == "54.4052"
    assert f"{mean['sum_loss'].output:.4f}" == "108.8104"
    assert (float(mean["denominator"].output), float(other["denominator"].output)) == (125, 2)
    for trace in (mean, other):
        np.testing.assert_allclose(trace.answer, witness.answer(trace.case), rtol=1e-12)


@given(cases(elements=PLAIN, soft=False, signs=False, ignores=False, smoothing=st.floats(0, 1)))
@settings(max_examples=40)
def test_none_and_sum_agree_both_ways(case):
    """With no row ignored none and sum agree whichever way the targets are written, and so does
    the mean where all weights are 1."""
    known = both(case)
    assert known is not None
    assert known.agree[:2] == (True, True)
    assert both(case.replace(weight=None)).agree == (True, True, True)


def test_one_hot_back_to_numbers():
    """One-hot floats go back to the class numbers they were made of; other floats do not."""
    case = preset("one_hot").case
    known = both(case)
    assert known.numbers[0].case.target.tolist() == [0, 2, 2, 1]
    assert known.agree == (True, True, False)
    assert both(Case([[1.0, 2.0]], [[0.5, 0.5]])) is None
    assert not is_one_hot(np.zeros((1, 3)))
    pixels = preset("pixels_log").case
    again = both(both(pixels).floats[0].case)
    assert (again.numbers[0].case.target == pixels.target).all()


def test_softmax_of_probabilities():
    """A softmax of what is a distribution makes another loss; of its logarithms it would not."""
    case = preset("soft_targets").case
    as_is, softened = taken(case)
    assert f"{as_is.answer:.4f}" == "8.1203"
    target = torch.softmax(torch.tensor(case.target), 1)
    expected = F.cross_entropy(torch.tensor(case.logits), target)
    np.testing.assert_allclose(softened.answer, expected, rtol=1e-12)
    np.testing.assert_allclose(softened.sums, [1, 1], rtol=1e-12)
    with pytest.raises(ValueError, match="class numbers"):
        taken(THREAD)


def test_rows_that_do_not_sum_to_one():
    """Torch takes a row that sums to 2 as it is: its loss is twice that of the row divided by 2."""
    as_is, _, divided = taken(Case([[1.0, 0.0]], [[1.5, 0.5]]))
    assert as_is.sums.tolist() == [2.0]
    np.testing.assert_allclose(as_is.answer, 2 * divided.answer, rtol=1e-12)


def test_softmax_keeps_the_class():
    """The losses are ln 3, ln(2 + 1/e) and ln 2: with ignore_index=0 the class 0 stays in the softmax."""
    expected = np.log([3, 2 + np.exp(-1), 2])
    np.testing.assert_allclose(answers(SOFTMAX_KEEPS), expected, rtol=1e-12)
    assert [f"{value:.4f}" for value in expected] == ["1.0986", "0.8620", "0.6931"]
    for case, value in zip(SOFTMAX_KEEPS, expected, strict=True):
        np.testing.assert_allclose(witness.answer(case), value, rtol=1e-12)


def test_ignoring():
    """A row left out costs nothing and is not divided by; rows that are not there are passed over;
    with every row left out the mean is nan and the sum 0."""
    case = Case(BATCH, [0, 2, 2], WEIGHT)
    left = ignoring(case, [1, 99, -1])
    assert left.target.tolist() == [0, -100, 2]
    rest = Case([BATCH[0], BATCH[2]], [0, 2], WEIGHT)
    np.testing.assert_allclose(run(left).answer, run(rest).answer, rtol=1e-12)
    assert np.isnan(run(ignoring(case, range(3))).answer)
    assert run(ignoring(case.replace(reduction="sum"), range(3))).answer == 0
    with pytest.raises(ValueError, match="no effect"):
        ignoring(preset("soft_targets").case, [0])


def test_unasked_class():
    """A class that no counted row has as its target still has a probability in each of them."""
    trace = run(ignoring(Case(BATCH, [0, 2, 2]), [0]))
    numbers = [one.number for one in unasked(trace)]
    assert numbers == [0, 1]
    expected = torch.softmax(torch.tensor(BATCH).double(), 1)[1:, 0].mean()
    np.testing.assert_allclose(unasked(trace)[0].probability, expected, rtol=1e-6)
    assert unasked(run(ignoring(trace.case, range(3)))) == ()


@given(arguments(elements=PLAIN))
@settings(max_examples=40)
def test_target_rows(given):
    """Targets as rows: one-hot where they are numbers and count, as they are where they are soft."""
    case = Case(**given)
    rows = target_rows(case)
    assert rows.shape[1] == case.classes
    if not case.soft:
        kept = case.target.reshape(-1) != case.ignore_index
        assert (rows.sum(axis=1) == kept).all()


def test_scene():
    """The picture fits a link with its case, its masks are of its size, and its logits are short."""
    assert LOGITS.shape == (1, len(LETTERS), ROWS, COLUMNS)
    assert (np.round(LOGITS, 1) == LOGITS).all()
    for one in STARTS:
        assert len(one.mask) == ROWS * COLUMNS
        assert set(one.mask) <= set("ABC-")
    assert numbers_of(RARE).reshape(-1)[MISSED] == 2
    wrong = (LOGITS.argmax(axis=1) != numbers_of(SCENE)).sum()
    assert 0 < wrong < 20


@pytest.mark.parametrize("weight", [(1.0, 1.0, 1.0), (1.0, 2.0, 50.0), (0.0, 0.0, 0.0)], ids=str)
@pytest.mark.parametrize("start", STARTS, ids=lambda one: one.key)
def test_picture_is_torch(start, weight):
    """The picture's mean is torch's, and the classes' parts add up to it."""
    trace = run(picture(start.mask, weight))
    np.testing.assert_allclose(trace.answer, witness.answer(trace.case), rtol=1e-12)
    steps = census(trace)
    np.testing.assert_allclose(step(steps, "part").sum(), trace.answer, rtol=1e-12)
    counts = [start.mask.count(letter) for letter in LETTERS]
    assert step(steps, "pixels").tolist() == counts
    assert step(steps, "all_pixels") == sum(counts)


def test_a_rare_class_needs_weight():
    """The one car pixel that the model misses is a sixth of the mean at weight 1, most of it at
    50, for its share is w L / (w L + the others' losses)."""
    shares = []
    for w in (1.0, 10.0, 50.0):
        trace = run(picture(RARE, (1.0, 1.0, w)))
        shares.append(float(step(census(trace), "part")[2] / trace.answer))
    assert all(one < other for one, other in pairwise(shares))
    assert shares[0] < 0.2
    assert shares[-1] > 0.85


def test_axes_of_equal_length():
    """As many words as classes: torch says nothing, and the loss unmoved is another one; torch's
    own numbers are the same two. Reshaped to the shape it has, nothing moves at all."""
    case = square()
    permuted, as_is, reshaped = known(case.logits, case.target)
    logits, target = torch.tensor(case.logits), torch.tensor(case.target)
    for one, passed in ((permuted, logits.permute(0, 2, 1)), (as_is, logits)):
        np.testing.assert_allclose(one.answer, F.cross_entropy(passed, target), rtol=1e-12)
    assert [f"{one.answer:.4f}" for one in (permuted, as_is, reshaped)] == [
        "0.0937",
        "3.2701",
        "3.2701",
    ]
    assert (permuted.logits.argmax(axis=1) == case.target).all()  # right about every word
    assert own(case)[0].answer == permuted.answer
    assert own(THREAD) is None
    odd = case.replace(ignore_index=1, label_smoothing=0.2, reduction="sum")  # options stay
    moved = odd.replace(logits=case.logits.transpose(0, 2, 1), reduction="mean")
    np.testing.assert_allclose(own(odd)[0].answer, witness.answer(moved), rtol=1e-12)


def test_axes_of_unequal_length():
    """One word more: torch refuses with the message shown, and reshape gives a wrong number."""
    logits, target = oblong()
    permuted, as_is, reshaped = known(logits, target)
    with pytest.raises(RuntimeError) as refused:
        F.cross_entropy(torch.tensor(logits), torch.tensor(target))
    assert as_is.answer is None
    assert as_is.refusal.torch == f"RuntimeError: {refused.value}"
    given = torch.tensor(logits)
    for one, moved in ((permuted, given.permute(0, 2, 1)), (reshaped, given.reshape(2, 3, 4))):
        loss = F.cross_entropy(moved, torch.tensor(target))
        np.testing.assert_allclose(one.answer, loss, rtol=1e-12)
    assert abs(permuted.answer - reshaped.answer) > 1


@pytest.mark.parametrize("chosen", PRESETS, ids=lambda one: one.key)
def test_every_preset(chosen):
    """Every example can be blended, weighed, written the other way and left out, or says why not."""
    case = chosen.case
    blend(case)
    optimum_of(case)
    both(case)
    if not case.soft:
        ignoring(case, range(3))
