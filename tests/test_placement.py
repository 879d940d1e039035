"""Where the weight goes: three losses on a case, the prior's gradient, and what each leads to."""

import itertools

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch.nn import functional as F  # noqa: N812 - the name that torch's users know

from ce_core import Case, run
from ce_core.placement import (
    PLACINGS,
    balanced,
    beliefs,
    compare,
    placed,
    prior_matters,
    scaled,
    weight_fault,
)
from ce_core.placement.minimising import loss, minimise
from ce_core.presets import PRESETS, preset
from tests.strategies import REDUCTIONS
from tests.test_rules import SHAPES, TARGETS, make

OUTSIDE, INSIDE, PRIOR = PLACINGS
KINDS = tuple(itertools.product(SHAPES, TARGETS, (0.0, 0.1), ("none", "positive"), REDUCTIONS))
CASE = preset("weight_outside").case  # logits 2,1,.5; .5,1.5,2.5, targets 0, 1, weights 1, 3, 2
each_placing = pytest.mark.parametrize("placing", PLACINGS, ids=lambda one: one.key)
TRUTH, WEIGHT = np.array([0.7, 0.2, 0.1]), np.array([1.0, 3.0, 2.0])


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: "-".join(map(str, kind)))
def test_each_step_equals_its_torch_expression(kind):
    """Each step of the two other losses equals its torch expression, fed torch's earlier steps."""
    for placing in (INSIDE, PRIOR):
        trace = placed(make(*kind), placing)
        known = {name: torch.tensor(array) for name, array in trace.case.inputs.items()}
        for step in trace:
            known[step.key] = eval(step.rule.torch, {"torch": torch, "F": F} | known)  # noqa: S307 - our own source
            theirs = known[step.key].numpy()
            assert theirs.shape == step.output.shape, step.key
            np.testing.assert_allclose(
                step.output, theirs, rtol=1e-12, atol=1e-12, equal_nan=True, err_msg=step.key
            )


def test_every_rule_says_everything():
    """Each rule of the other losses has a formula, numbers, a sentence, a reason; braces match."""
    for placing, kind in itertools.product((INSIDE, PRIOR), KINDS):
        for step in placed(make(*kind), placing):
            rule = step.rule
            for text in (rule.title, rule.formula, rule.numbers, rule.sentence, rule.why):
                assert text == text.strip() != ""
            assert rule.formula.count("{") == rule.formula.count("}")


@pytest.mark.parametrize("reduction", REDUCTIONS)
@pytest.mark.parametrize("smoothing", [0.0, 0.1])
def test_prior_is_cross_entropy_of_shifted_logits(reduction, smoothing):
    """The prior inside the softmax is torch's plain loss of the logits plus log q."""
    case = make("batch", "ignored", smoothing, "positive", reduction)
    logits, q = torch.tensor(case.logits), torch.tensor(scaled(case.weight))
    whole = F.cross_entropy(
        logits + q.log(),
        torch.tensor(case.target),
        label_smoothing=smoothing,
        reduction=reduction,
    )
    np.testing.assert_allclose(placed(case, PRIOR).answer, whole.numpy(), rtol=1e-13)


def test_outside_is_torch():
    """The weight outside the log is the loss of torch, step by step the one of the other pages."""
    assert placed(CASE, OUTSIDE).keys == run(CASE).keys
    assert placed(CASE, OUTSIDE).answer == run(CASE).answer


@each_placing
def test_lines_of_code_give_the_losses(placing):
    """The one line of NumPy and the one line of torch on the page give the loss of each row."""
    ours = placed(CASE, placing)["losses"].output
    w = CASE.weight
    arrays = {"logits": CASE.logits, "target": CASE.target, "weight": w, "q": w / w.sum()}
    rows = np.arange(len(CASE.target))
    tensors = {name: torch.tensor(array) for name, array in arrays.items()}
    numpy_says = eval(placing.numpy, {"np": np, "rows": rows} | arrays)  # noqa: S307 - our own source
    torch_says = eval(placing.torch, {"F": F, "rows": torch.tensor(rows)} | tensors)  # noqa: S307
    np.testing.assert_allclose(ours, numpy_says, rtol=1e-13)
    np.testing.assert_allclose(ours, torch_says.numpy(), rtol=1e-13)


def test_by_hand():
    """Row 1 of the example has the logits .5, 1.5, 2.5, target 1, and that class weighs 3."""
    e = np.exp([0.5, 1.5, 2.5])
    plain, weighted = np.log(e.sum()), np.log(e @ [1, 3, 2])
    by_hand = {
        "outside": 3 * (plain - 1.5),
        "inside": weighted - 3 * 1.5,
        "prior": weighted - np.log(3 * np.exp(1.5)),  # the sum of the weights cancels
    }
    for placing in PLACINGS:
        row = placed(CASE, placing)["losses"].output[1]
        np.testing.assert_allclose(row, by_hand[placing.key], rtol=1e-13)


def test_mean_divides_by_what_it_says():
    """Torch's mean divides by the targets' weights, 1 + 3; the other two by the 2 rows."""
    outside, inside, prior = compare(CASE, 0.0)
    assert (outside.divisor, inside.divisor, prior.divisor) == (4, 2, 2)
    assert outside.divided_by == "sum of the targets' weights"
    assert inside.divided_by == prior.divided_by == "number of rows that count"
    for one in (outside, inside, prior):
        np.testing.assert_allclose(one.total_before, one.before.sum() / one.divisor, rtol=1e-13)


def test_only_inside_moves():
    """All logits plus 10: a row whose target weighs w moves by (1 - w) 10 with the weight inside."""
    # Here 0 and (1 - 3) 10 = -20, so the mean of two rows moves by -10.
    outside, inside, prior = compare(CASE, 10.0)
    np.testing.assert_allclose(inside.after - inside.before, [0, -20], atol=1e-13)
    np.testing.assert_allclose(inside.moved, -10, rtol=1e-13)
    assert outside.moved == prior.moved == 0
    np.testing.assert_allclose(outside.after, outside.before, rtol=1e-13)
    np.testing.assert_allclose(prior.after, prior.before, rtol=1e-13)


def test_change_by_thirty():
    """With a target that weighs 4, adding 10 to all logits changes the proposed loss by 30."""
    case = Case([[0.3, -1.2, 0.7]], [2], [1, 2, 4], reduction="sum")
    np.testing.assert_allclose(compare(case, 10.0)[1].moved, (1 - 4) * 10, rtol=1e-13)


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10_000), shift=st.floats(-20, 20))
def test_shift_of_any_case(seed, shift):
    """Whatever the case, two losses stay and the third moves by sum_c q_c (1 - w_c) k a row."""
    random = np.random.default_rng(seed)
    kinds = [kind for kind in KINDS if kind[-1] == "sum"]
    case = make(*kinds[seed % len(kinds)])
    case = case.replace(logits=random.normal(size=case.logits.shape) * 3)
    outside, inside, prior = compare(case, shift)
    assert outside.moved == prior.moved == 0
    asked = placed(case, INSIDE)["target_dist"].rows  # (M, C), 0 in ignored rows
    expected = (asked * (1 - case.inputs["weight"])).sum() * shift
    np.testing.assert_allclose(inside.moved, expected, rtol=1e-9, atol=1e-6)


@pytest.mark.parametrize("chosen", PRESETS, ids=lambda one: one.key)
@pytest.mark.parametrize("reduction", REDUCTIONS)
def test_presets_are_compared(chosen, reduction):
    """Every example, empty ones and nan among them, is compared without an error."""
    case = chosen.case.replace(reduction=reduction)
    outside = compare(case, 2.5)[0]
    answer = np.asarray(run(case).answer).sum()
    np.testing.assert_array_equal(outside.total_before, answer)


def test_equal_weights_make_one_loss():
    """All weights 1: the three are the same loss. All 2: the first doubles, the prior cancels."""
    plain = run(CASE.replace(weight=None)).answer
    for placing in PLACINGS:
        np.testing.assert_allclose(placed(CASE.replace(weight=None), placing).answer, plain)
    twice = CASE.replace(weight=[2, 2, 2], reduction="sum")
    both = [placed(twice, placing)["losses"].output for placing in (OUTSIDE, PRIOR)]
    np.testing.assert_allclose(both[0], 2 * both[1], rtol=1e-13)


@pytest.mark.parametrize("weight", [[0, 1, 2], [-1, 2, 3]], ids=["zero", "negative"])
def test_weights_that_are_no_prior(weight):
    """Of a weight of 0 or below the log is infinite or nan: said by the numbers, never raised."""
    one = compare(CASE.replace(weight=weight), 1.0)[2]
    assert not np.isfinite(one.total_before)
    assert weight_fault(np.array(weight, dtype=float))


def test_prior_is_not_ignored():
    """The gradient with the prior is softmax(z + log q) - onehot, without it softmax(z) - onehot."""
    found = prior_matters(CASE, 1)
    e, w = np.exp(CASE.logits[1]), CASE.weight
    onehot = np.array([0, 1, 0])
    np.testing.assert_allclose(found.gradient_without, (e / e.sum() - onehot) / 2, rtol=1e-12)
    np.testing.assert_allclose(found.gradient_within, (w * e / (w @ e) - onehot) / 2, rtol=1e-12)
    assert found.largest > 0.1
    assert found.within != found.without


@pytest.mark.parametrize("reduction", ["sum", "mean"])
@pytest.mark.parametrize("target", TARGETS[:2])
def test_prior_gradient_is_the_slope(reduction, target):
    """The gradient with the prior is the central difference of its loss."""
    case = make("signal", target, 0.1, "positive", reduction)
    trace, step = placed(case, PRIOR), 1e-6
    for place in [(0, 0, 0), (1, 2, 1), (1, 3, 2)]:
        ends = []
        for way in (step, -step):
            logits = case.logits.copy()
            logits[place] += way
            ends.append(float(placed(case.replace(logits=logits), PRIOR).answer))
        slope = (ends[0] - ends[1]) / (2 * step)
        np.testing.assert_allclose(trace.gradient[place], slope, rtol=1e-6, atol=1e-8)


def test_equal_priors_are_ignored():
    """Only a prior that is the same for all classes leaves the gradient as it is."""
    found = prior_matters(CASE.replace(weight=[2, 2, 2]), 0)
    np.testing.assert_allclose(found.largest, 0, atol=1e-16)


def test_optimum_of_the_weighted_loss():
    """The weighted loss leads to p w / sum: 0.7, 0.6, 0.2 over 1.5."""
    outside = beliefs(TRUTH, WEIGHT)[0]
    np.testing.assert_allclose(outside.probs, [0.7 / 1.5, 0.6 / 1.5, 0.2 / 1.5], rtol=1e-13)


def test_optimum_with_a_prior():
    """The prior leads to p / q, scaled: the other way round than the weight."""
    prior = beliefs(TRUTH, WEIGHT)[2]
    quotient = np.array([0.7 / 1, 0.2 / 3, 0.1 / 2])
    np.testing.assert_allclose(prior.probs, quotient / quotient.sum(), rtol=1e-13)


truths = st.lists(st.floats(1e-4, 1), min_size=2, max_size=8).map(lambda p: scaled(np.array(p)))


@settings(max_examples=80, deadline=None)
@given(truth=truths, data=st.data())
def test_minimiser_finds_the_closed_form(truth, data):
    """Newton's method on the loss alone finds the same optimum, and undoing it gives p again."""
    size = len(truth)
    weight = np.array(data.draw(st.lists(st.floats(0.01, 100), min_size=size, max_size=size)))
    outside, _, prior = beliefs(truth, weight)
    for one in (outside, prior, balanced(truth, weight)):
        assert one.fault == ""
        assert one.gap < 1e-9
        np.testing.assert_allclose(one.undone, truth, atol=1e-12)
    np.testing.assert_allclose(balanced(truth, weight).probs, truth, atol=1e-12)
    shift = outside.logits - np.log(truth) - np.log(weight)
    np.testing.assert_allclose(shift, shift[0], atol=1e-9)


def test_torch_finds_no_slope_at_the_optimum():
    """At each optimum torch's gradient of the expected loss is 0."""
    weight, p = torch.tensor(WEIGHT), torch.tensor(TRUTH)[None]
    outside, _, prior = beliefs(TRUTH, WEIGHT)
    for one, shift, w in ((outside, 0, weight), (prior, (weight / weight.sum()).log(), None)):
        logits = torch.tensor(one.logits)[None].requires_grad_()
        F.cross_entropy(logits + shift, p, w).backward()
        np.testing.assert_allclose(logits.grad.numpy(), 0, atol=1e-15)


def test_inside_has_no_lowest_point():
    """Adding 1 to all logits changes the expected loss by 1 - sum p w = -0.5, again and again."""
    inside = beliefs(TRUTH, WEIGHT)[1]
    assert inside.fault
    np.testing.assert_allclose(inside.drift, 1 - (0.7 + 0.6 + 0.2), rtol=1e-13)
    values = [loss(np.full(3, k), TRUTH * WEIGHT, 1.0, np.log(WEIGHT)) for k in (0.0, 1.0, 2.0)]
    np.testing.assert_allclose(np.diff(values), inside.drift, rtol=1e-12)


def test_priors_of_the_thread():
    """A model with biases alone, classes .6, .25, .1, .05: weights 1/n and the prior n agree."""
    shares = np.array([0.6, 0.25, 0.1, 0.05])
    weighted = beliefs(shares, 1 / shares)[0]
    adjusted = beliefs(shares, shares)[2]
    np.testing.assert_allclose(weighted.probs, 0.25, rtol=1e-13)
    np.testing.assert_allclose(adjusted.probs, 0.25, rtol=1e-13)
    # Plain training gives the log of the shares, whose mean is taken off: 1.288, .413, -.504, -1.197
    plain = beliefs(shares, np.ones(4))[0].logits
    np.testing.assert_allclose(
        plain - plain.mean(), np.log(shares) - np.log(shares).mean(), atol=1e-13
    )


def test_class_that_never_occurs():
    """A class with p = 0 gets the probability 0 from both losses, and the minimiser says so too."""
    for one in beliefs(np.array([0.5, 0.0, 0.5]), WEIGHT)[::2]:
        assert one.probs[1] == 0
        assert one.gap < 1e-9


def test_one_class():
    """One class is certain whatever it weighs."""
    for one in beliefs(np.array([1.0]), np.array([5.0]))[::2]:
        np.testing.assert_array_equal(one.probs, [1.0])


@pytest.mark.parametrize("weight", [[0, 1, 1], [-1, 1, 1], [np.nan, 1, 1], [np.inf, 1, 1]])
def test_weights_without_an_optimum(weight):
    """Weights that are 0, negative or no number are answered with a sentence."""
    for one in beliefs(TRUTH, np.array(weight, dtype=float)):
        assert one.fault.endswith(".")
        assert np.isnan(one.probs).all()


@pytest.mark.parametrize("weight", [[1e-300, 1, 1], [1e300, 1e-300, 1], [1e-320, 1e-310, 1e-315]])
def test_weights_of_all_sizes(weight):
    """Weights far apart, or far below 1, are answered without an error, and p comes back."""
    for one in beliefs(TRUTH, np.array(weight))[::2]:
        assert one.fault == ""
        # Below 1e-308 a float has few digits left: 1e-320 has four.
        np.testing.assert_allclose(one.undone, TRUTH, rtol=1e-3)


def test_minimiser_far_away():
    """Probabilities of 1e-12 are found as well."""
    p = scaled(np.array([1.0, 1e-6, 1e-12]))
    np.testing.assert_allclose(minimise(p, 1.0, np.zeros(3)), p, atol=1e-13)
