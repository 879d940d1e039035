"""The examples give the numbers their sources print, and their stories tell the truth."""

import math
import re
from collections.abc import Callable
from decimal import Decimal
from functools import partial

import numpy as np
import pytest

from ce_core import Case, run
from ce_core.arrays import Array
from ce_core.presets import GROUPS, PRESETS, Claim, Preset, preset

REDUCTIONS = ("none", "sum", "mean")
WORDS = 25
CLAIMS = [(one, claim) for one in PRESETS for claim in one.claims]


def sentences(text: str) -> list[str]:
    """A text's sentences; a point inside a number ends none."""
    return re.split(r"(?<=[.?!])\s+", text)


def case_of(key: str) -> Case:
    """The case of a preset that must be there."""
    found = preset(key)
    assert found is not None
    return found.case


def mean(case: Case) -> float:
    """The case's mean loss."""
    return float(run(case.replace(reduction="mean")).answer)


def total(case: Case) -> float:
    """The case's summed loss."""
    return float(run(case.replace(reduction="sum")).answer)


def changed(array: Array, place: tuple[int | slice, ...], value: float) -> Array:
    """A copy of the array with another number at one place."""
    copy = array.copy()
    copy[place] = value
    return copy


def weights(key: str) -> list[float]:
    """The class weights of a preset."""
    return list(case_of(key).inputs["weight"])


# ------------------------------------------------------------------ what the sources print


def claims() -> list:
    """Each claim with a readable id."""
    return [
        pytest.param(
            one,
            claim,
            id=f"{one.key}-{claim.step}-{claim.number}",
        )
        for one, claim in CLAIMS
    ]


@pytest.mark.parametrize(("one", "claim"), claims())
def test_claims(one: Preset, claim: Claim):
    """A number printed in a source is the step's value, rounded to the digits printed."""
    trace = run(one.case.replace(reduction=claim.reduction or one.case.reduction))
    value = float(trace[claim.step].output[claim.at])
    printed = float(claim.number)
    if math.isnan(printed) or printed == 0:
        assert str(abs(value)) == str(abs(printed))
        return
    half = 0.5 * 10.0 ** int(Decimal(claim.number).as_tuple().exponent)
    assert abs(value - printed) <= half + np.spacing(abs(printed))


# What the sources print about cross-entropy, per example. Not here: numbers that were rounded on
# the way, so that torch gives others (0.6662; 0.00000043139 and 0.00000037198, two terms).
PRINTED = {
    "weighted_mean": "1.7529 0.2689 0.7311 0.0474 0.9526",
    "one_hot_mean": "0.6661",
    "pixels_twice": "0.9488",
    "pixels_log": "2.8824",
    "plain_batch": "0.74446 0.0074832 0.00024974 0.24781 0.00053368 0.23794 0.17627 0.58525 "
    "0.8909 0.00000040657 0.1091 0.000000018315 1.3951 7.5357 2.2155 11.1463 3.7154",
    "weights_0123": "1.7233",
    "ignore_class": "4.4654",
    "heavy_smoothing": "4.8088",
    "soft_targets": "0.98972 0.0099485 0.00033201 0.89069 0.00024463 0.10907 "
    "0.0044301 0.014709 0.98086 0.0000037266 1.0 0.00000016788 "
    "0.00004578 0.0678 7.857 8.3157 7.9249 8.3157 16.2406 8.1203",
    "soft_weights": "12.0488",
    "soft_smoothing": "4.7278",
    "single_vector": "1.3951 1.3951 1.3951",
    "empty_probs": "nan -0. -0.",
}


def test_all_printed_numbers_are_claimed():
    """No printed number is left out or claimed a second time, and none is made up."""
    claimed = {
        one.key: sorted(claim.number for claim in one.claims) for one in PRESETS if one.claims
    }
    assert claimed == {key: sorted(numbers.split()) for key, numbers in PRINTED.items()}


def test_sources():
    """An address is given only where the thread's own is known, and exactly as it is."""
    forum = "https://discuss.pytorch.org/t"
    counts = f"{forum}/what-is-the-weight-values-mean-in-torch-nn-crossentropyloss/11455"
    assert {one.key: one.source for one in PRESETS if one.source} == {
        "weighted_mean": f"{forum}/weight-in-cross-entropy-loss/78256",
        "one_hot_mean": f"{forum}/weight-in-cross-entropy-loss/78256",
        **dict.fromkeys(("two_counts", "one_over_count", "max_over_count", "pos_weight"), counts),
        "pixels_twice": f"{forum}/cross-entropy-loss-math-under-the-hood/79749",
        "pixels_log": f"{forum}/cross-entropy-loss-math-under-the-hood/79749",
    }


def test_weights_from_counts():
    """The weights made from class counts are the quotients, rounded as they were posted."""
    counts = [2_741, 37_919, 22_858, 31_235, 5_499]
    quotients = [max(counts) / n for n in counts]
    assert np.allclose(weights("max_over_count"), quotients, rtol=0, atol=0.005)
    inverse = [1 / n for n in (1_016, 12_852, 12_888, 3_380, 296)]
    assert weights("one_over_count") == inverse
    assert weights("two_counts") == [1 / 9_000, 1 / 41_000]
    assert weights("pos_weight") == [1, 900 / 100]


# ----------------------------------------------------------------------------------- torch


def against_torch() -> list:
    """Each preset with each reduction."""
    return [
        pytest.param(
            one,
            reduction,
            id=f"{one.key}-{reduction}",
        )
        for one in PRESETS
        for reduction in REDUCTIONS
    ]


@pytest.mark.parametrize(("one", "reduction"), against_torch())
def test_torch_agrees(one: Preset, reduction: str):
    """Answer and gradient of each preset are torch's in float64, for all three reductions."""
    import torch
    from torch.nn import functional as F  # noqa: N812 - the name that torch's users know

    case = one.case.replace(reduction=reduction)
    trace = run(case)
    logits = torch.tensor(case.logits, requires_grad=True)
    answer = F.cross_entropy(
        logits,
        torch.tensor(case.target),
        None if case.weight is None else torch.tensor(case.weight),
        ignore_index=case.ignore_index,
        label_smoothing=case.label_smoothing,
        reduction=reduction,
    )
    answer.sum().backward()
    # 4 eps, 9e-16, times the largest weight, 13.83, times at most ln 5 + 1; sums add six rows.
    near = partial(np.allclose, rtol=2e-15, atol=2e-13, equal_nan=True)
    assert trace.answer.shape == tuple(answer.shape)
    assert near(trace.answer, answer.detach().numpy())
    assert logits.grad is not None
    assert near(trace.gradient, logits.grad.numpy())


# ---------------------------------------------------------------------------------- the menu


def test_start():
    """The app opens with the mean that did not match: 1.7529 against 0.6662."""
    assert PRESETS[0].case == Case([[3, 4], [6, 9]], [1, 0], [0.4, 0.36])
    assert "0.6662" in PRESETS[0].story


def test_keys():
    """Keys are unique and plain enough for a link, and each finds its preset."""
    keys = [one.key for one in PRESETS]
    assert len(set(keys)) == len(keys)
    assert all(re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", key) for key in keys)
    assert [preset(key) for key in keys] == list(PRESETS)
    assert preset("") is None
    assert preset("no_such_example") is None


def test_no_example_twice():
    """No two presets are the same case, and no two have the same title."""
    assert len({one.case for one in PRESETS}) == len(PRESETS)
    assert len({one.title for one in PRESETS}) == len(PRESETS)


def test_groups():
    """Every group has presets, and they stand together in the menu's order."""
    places = [GROUPS.index(one.group) for one in PRESETS]
    assert places == sorted(places)
    assert set(places) == set(range(len(GROUPS)))


@pytest.mark.parametrize("one", PRESETS, ids=lambda one: one.key)
def test_words(one: Preset):
    """A title is short; story and notice are plain, complete sentences of at most 25 words."""
    assert 1 <= len(one.title.split()) <= 6
    assert not one.title.endswith(".")
    assert one.story.endswith(".")
    assert 1 <= len(sentences(one.story)) <= 2
    assert one.notice.endswith((".", "?"))
    assert len(sentences(one.notice)) <= 2
    for sentence in sentences(one.story) + sentences(one.notice):
        assert sentence[0].isupper()
        assert len(sentence.split()) <= WORDS


@pytest.mark.parametrize("one", PRESETS, ids=lambda one: one.key)
def test_class_names(one: Preset):
    """Class names fit C, differ, and are short and free of the comma that parts them in a link."""
    assert len(one.classes) in (0, one.case.classes)
    assert len(set(one.classes)) == len(one.classes)
    assert all(name and len(name) <= 12 and "," not in name for name in one.classes)


@pytest.mark.parametrize("one", [one for one in PRESETS if one.hint], ids=lambda one: one.key)
def test_hints(one: Preset):
    """A preset that is there to raise a hint raises it."""
    assert one.hint in [hint.key for hint in one.case.hints]


@pytest.mark.parametrize(
    "one", [one for one in PRESETS if one.group == "Stories"], ids=lambda one: one.key
)
def test_stories_tell_rows_from_classes(one: Preset):
    """In a story N differs from C, so that dividing by one or the other gives two numbers."""
    assert int(np.prod(one.case.shape)) != one.case.classes


# --------------------------------------------------------------------- the dares come true


def weighted_mean() -> None:
    """1.3322 / (0.36 + 0.4), where the asker divided by 2."""
    case = case_of("weighted_mean")
    assert round(total(case), 4) == 1.3322
    assert mean(case) == pytest.approx(total(case) / (0.36 + 0.4))
    assert round(total(case) / 2, 4) == 0.6661


def weight_outside() -> None:
    """The softmax reads no weight."""
    case = case_of("weight_outside")
    heavy = case.replace(weight=[1, 10, 2])
    assert np.array_equal(run(case)["probs"].output, run(heavy)["probs"].output)
    assert total(heavy) > total(case)


def two_counts() -> None:
    """A common factor reaches the sum and cancels in the mean."""
    case = case_of("two_counts")
    scaled = case.replace(weight=case.inputs["weight"] * 41_000)
    assert total(scaled) == pytest.approx(41_000 * total(case))
    assert mean(scaled) == pytest.approx(mean(case))


def one_over_count() -> None:
    """The largest weight is 1/296, so neither sum nor gradient can be large."""
    trace = run(case_of("one_over_count").replace(reduction="sum"))
    assert trace.answer < 0.02
    assert np.abs(trace.gradient).max() < 1 / 296


def pos_weight() -> None:
    """Two outputs (0, x) are one output x; BCEWithLogitsLoss divides by N = 5."""
    import torch
    from torch.nn import functional as F  # noqa: N812 - the name that torch's users know

    case = case_of("pos_weight")
    assert run(case)["denominator"].output == 4 * 1 + 9
    binary = F.binary_cross_entropy_with_logits(
        torch.tensor(case.logits[:, 1]),
        torch.tensor(case.target).double(),
        pos_weight=torch.tensor(9.0, dtype=torch.float64),
    )
    assert total(case) / 5 == pytest.approx(float(binary))


def pixels_log() -> None:
    """A logit of −∞ has probability 0, and it is not the target of its pixel."""
    trace = run(case_of("pixels_log"))
    assert np.allclose(trace["probs"].output, case_of("pixels_twice").logits)
    assert trace["probs"].output[0, 2, 1, 1] == 0
    assert trace.case.target[0, 1, 1] != 2


def max_over_count() -> None:
    """The one row of the rarest class, which weighs 13.83, has the largest share."""
    trace = run(case_of("max_over_count"))
    row = int(trace["share"].output.argmax())
    assert trace.case.target[row] == 0
    assert trace["share"].output[row] > 0.5


def plain_batch() -> None:
    """The second row, 7.5357, is the largest part of 11.1463."""
    assert run(case_of("plain_batch"))["losses"].output.argmax() == 1


def weights_0123() -> None:
    """Divided by the targets' weights 3 + 0 + 2, not by 3; the worst row weighs nothing."""
    trace = run(case_of("weights_0123"))
    assert trace["denominator"].output == 3 + 0 + 2
    assert trace["sample_weight"].output[trace["nll"].output.argmax()] == 0


def ignore_class() -> None:
    """Two rows of three count."""
    assert run(case_of("ignore_class"))["denominator"].output == 2


def heavy_smoothing() -> None:
    """The target keeps 1 − 0.8 + 0.8/4 = 0.4."""
    assert run(case_of("heavy_smoothing"))["target_dist"].output[0, 3] == pytest.approx(0.4)


def soft_targets() -> None:
    """Class C, asked for with 0.98, makes 7.857 of the first row's 7.9249."""
    terms = run(case_of("soft_targets"))["weighted_terms"].output
    assert terms[0, 2] > 0.99 * terms[0].sum()


def soft_weights() -> None:
    """The mean over probabilities divides by N, so a common factor stays."""
    case = case_of("soft_weights")
    assert mean(case.replace(weight=case.inputs["weight"] * 2)) == pytest.approx(2 * mean(case))


def soft_smoothing() -> None:
    """The terms of the classes that were asked for shrink, and the loss with them."""
    before = run(case_of("soft_targets"))["weighted_terms"].output
    after = run(case_of("soft_smoothing"))["weighted_terms"].output
    assert (after < before).sum() == 2
    assert after[0, 2] < before[0, 2]
    assert after[1, 1] < before[1, 1]


def one_sample() -> None:
    """The weight cancels: w · l / w = l = ln(1 + e^−1 + e^−1.9)."""
    case = case_of("one_sample")
    alone = math.log(1 + math.exp(-1) + math.exp(-1.9))
    for weight in ([5, 1, 1], [50, 1, 1], None):
        assert mean(case.replace(weight=weight)) == pytest.approx(alone)
    assert total(case.replace(weight=[50, 1, 1])) == pytest.approx(50 * alone)


def rare_class() -> None:
    """Weighed 5, one sick person is half of the weight; weighed 1, a sixth."""
    case = case_of("rare_class")
    assert run(case)["share"].output[-1] == 0.5
    assert (case.logits.argmax(axis=1) == 0).all()
    assert mean(case.replace(weight=[1, 1])) < mean(case)


def padding() -> None:
    """The padded rows may be left out altogether."""
    case = case_of("padding")
    wild = changed(case.logits, (slice(3, None),), 77)
    assert mean(case.replace(logits=wild)) == mean(case)
    assert mean(case.replace(logits=case.logits[:3], target=case.target[:3])) == mean(case)


def zero_weight() -> None:
    """A class of weight 0 still claims its part of the softmax."""
    case = case_of("zero_weight")
    assert mean(case.replace(logits=changed(case.logits, (0, 2), 3))) > mean(case)
    assert run(case)["losses"].output[2] == 0


def one_hot() -> None:
    """Class numbers give the same losses and divide by 1 + 5 + 5 + 2 = 13."""
    rows = run(case_of("one_hot"))
    numbers = run(case_of("one_hot").replace(target=[0, 2, 2, 1]))
    assert np.allclose(rows["losses"].output, numbers["losses"].output)
    assert rows["denominator"].output == 4
    assert numbers["denominator"].output == 13


def smoothing_surprise() -> None:
    """The gradient vanishes at p = wq/Σwq = 0.095/(0.095 + 0.495) = 0.161."""
    case = case_of("smoothing_surprise")
    trace = run(case)
    assert trace["probs"].output[0, 0] > 0.5
    assert trace.gradient[0, 0] > 0
    lowest = run(case.replace(logits=np.log([[0.1 * 0.95, 9.9 * 0.05]])))
    assert np.allclose(lowest.gradient, 0, atol=1e-15)
    assert lowest["probs"].output[0, 0] == pytest.approx(0.16, abs=0.005)


def overconfident() -> None:
    """Only the last row is wrong, and the loss follows its 12."""
    case = case_of("overconfident")
    calm = case.replace(logits=changed(case.logits, (3, 0), 6))
    assert (case.logits.argmax(axis=1) == case.target).tolist() == [True, True, True, False]
    assert mean(calm) / mean(case) == pytest.approx(0.5, abs=0.03)


def perfect_probs() -> None:
    """The best that probabilities can do as logits is one-hot: ln(1 + 2/e)."""
    case = case_of("perfect_probs")
    assert mean(case) == pytest.approx(math.log(1 + 2 / math.e))
    softer = 0.9 * case.logits + 0.1 / 3
    assert mean(case.replace(logits=softer)) > mean(case)


def tokens_last() -> None:
    """With the class axis second every word is right; as given every word is wrong."""
    case = case_of("tokens_last")
    mended = case.replace(logits=np.moveaxis(case.logits, -1, 1))
    assert (case.logits.argmax(axis=-1) == case.target).all()
    assert (case.logits.argmax(axis=1) != case.target).all()
    assert mean(case) > 10 * mean(mended)


def equal_logits() -> None:
    """Every class has p = 1/5, whatever it weighs."""
    case = case_of("equal_logits")
    for weight in (case.weight, [9, 1, 1, 7, 1], None):
        assert mean(case.replace(weight=weight)) == pytest.approx(math.log(5))


def overflow() -> None:
    """The loss of a row is the gap to its largest logit: 1000 − 0."""
    trace = run(case_of("overflow"))
    assert trace["losses"].output[0] == 1000
    assert trace["exps"].output.max() == 1


def masked_class() -> None:
    """0.1/3 of −log 0 is infinite."""
    case = case_of("masked_class")
    assert np.isfinite(mean(case))
    assert mean(case.replace(label_smoothing=0.1)) == math.inf


def all_ignored() -> None:
    """With no row the mean is nan, with one it is a number."""
    case = case_of("all_ignored")
    assert math.isnan(mean(case))
    assert np.isfinite(mean(case.replace(target=[1, -100])))


def empty_batch() -> None:
    """Nothing sums to 0; its mean is 0/0."""
    assert total(case_of("empty_batch")) == 0
    assert math.isnan(mean(case_of("empty_batch")))


DARES: tuple[Callable[[], None], ...] = (
    weighted_mean,
    weight_outside,
    two_counts,
    one_over_count,
    max_over_count,
    pos_weight,
    pixels_log,
    plain_batch,
    weights_0123,
    ignore_class,
    heavy_smoothing,
    soft_targets,
    soft_weights,
    soft_smoothing,
    one_sample,
    rare_class,
    padding,
    zero_weight,
    one_hot,
    smoothing_surprise,
    overconfident,
    perfect_probs,
    tokens_last,
    equal_logits,
    overflow,
    masked_class,
    all_ignored,
    empty_batch,
)


@pytest.mark.parametrize("dare", DARES, ids=lambda dare: dare.__name__)
def test_dares(dare: Callable[[], None]):
    """What a preset invites to try comes out as it says."""
    dare()


def test_every_preset_is_dared_or_claimed():
    """A preset's words are held by its dare, or by the numbers its source prints."""
    dared = {dare.__name__ for dare in DARES}
    assert all(one.key in dared or one.claims for one in PRESETS)
