"""The catalogue: each mistake runs, differs where it should, and torch makes it, too."""

import numpy as np
import pytest
import torch
from torch.nn import functional as F  # noqa: N812 - the name that the lines of torch use

from ce_core import BinaryCase, NLLCase, find_mistakes, run
from ce_core.mistakes import MISTAKES, Slot, first_difference, mistake
from ce_core.mistakes.search import alone, slips_of
from ce_core.torch_check import check
from ce_core.trace import ANSWERS

TAXONOMY = [
    "divided-by-batch-size",
    "softmax-twice",
    "mean-of-batch-means",
    "probabilities-clipped",
    "nll-on-logits",
    "nll-on-probabilities",
    "wrong-dim",
    "probabilities-as-logits",
    "eps-added-to-log",
    "log-softmax-twice",
    "sum-not-mean",
    "log2",
    "base-10",
    "ignored-counted-in-mean",
    "label-smoothing-K-minus-1",
    "forgot-negation",
    "weight-cancels",
    "framework-difference",
    "arguments-swapped",
    "bce-over-all-classes",
    "weight-indexed-by-position",
    "target-not-a-distribution",
    "class-probs-mean-divides-by-N",
    "mean-over-elements",
    "permute-vs-view",
    "probabilities-renormalised",
    "log-of-softmax-underflow",
    "ignored-all-nan",
    "label-smoothing-row-not-1",
    "label-smoothing-swapped-mass",
    "averaged-twice",
    "one-output-unit",
    "zero-times-log-zero",
    "ignored-class-still-in-softmax",
    "label-smoothing-uses-all-weights",
    "bce-expected-weighted-average",
    "rounding",
    "log-of-raw-logit",
    "softmax-over-whole-tensor",
    "bce-dropped-negative-term",
    "weights-renormalised",
    "weights-inside-softmax",
    "pos-weight-applied-to-whole-loss",
    "pos-weight-on-one-term",
]
EQUAL_TO_RIGHT = {"log_softmax_twice", "log_of_zero"}  # worries, not mistakes
# no number can tell these apart: the same quotient, the same 0, the same infinity
TWINS = (
    {
        "divided_by_batch_size",
        "framework_difference",
        "class_probs_mean_divides_by_N",
        "weight_cancels",
        "ignored_counted_in_mean",
    },
    {"mean_of_batch_means", "weight_left_out"},  # parts of one row each
    {"probabilities_as_logits", "softmax_twice"},  # the softmax came before, or was never meant
    {"log_of_softmax_underflow", "rounding", "log_of_zero"},
    {
        "ignored_all_nan",
        "sum_not_mean",
        "divided_by_batch_size",
        "ignored_counted_in_mean",
        "mean_over_elements",
        "divided_by_number_of_classes",
    },
)
WAYS = [
    pytest.param(made, way, id=f"{made.key}-{way.detail}" if way.detail else made.key)
    for made in MISTAKES
    for way in made.ways
]
each_mistake = pytest.mark.parametrize("made", MISTAKES, ids=lambda made: made.key)
each_way = pytest.mark.parametrize(("made", "way"), WAYS)


def result(made, trace):
    """What the mistake makes wrong: the answer, or the gradient."""
    return trace["gradient"].output if made.slot is Slot.GRADIENT else trace.answer


def names(case):
    """What a line of torch may read: torch, F and the case's arguments."""
    known = {"torch": torch, "F": F, "target": torch.tensor(case.target)}
    known |= {key: torch.tensor(array) for key, array in case.inputs.items() if key != "target"}
    if isinstance(case, BinaryCase | NLLCase):
        known["probs" if case.holds == "probs" else case.holds] = torch.tensor(
            case.given if isinstance(case, BinaryCase) else case.logits
        )
    if not isinstance(case, BinaryCase):
        known["ignore_index"] = case.ignore_index
    return known


def test_taxonomy_is_complete():
    """Every mistake met in the threads has a row; its key is its slug with underscores."""
    assert {slug.replace("-", "_") for slug in TAXONOMY} <= {made.key for made in MISTAKES}


def test_keys_are_unique():
    """A key names one mistake, and `mistake` finds it."""
    keys = [made.key for made in MISTAKES]
    assert len(set(keys)) == len(keys)
    assert all(mistake(key).key == key for key in keys)
    with pytest.raises(KeyError, match="no mistake 'x'"):
        mistake("x")


@each_mistake
def test_mistake_says_what_why_and_what_instead(made):
    """Every text is there; a title is a clause that can follow 'and', the others sentences."""
    assert made.title[0].isupper()
    assert not made.title.endswith(".")
    for text in (made.why, made.see, made.remedy, made.tell):
        assert text.endswith((".", "!", "?", ")"))
    assert made.slot in Slot
    assert made.torch == made.ways[0].code


@each_way
def test_mistake_shows_on_its_case(made, way):
    """A mistake's first differing step is one of its own wrong rules, and its number differs."""
    case = way.shows
    wrong, right = run(case, way.rules(case)), run(case)
    if made.key in EQUAL_TO_RIGHT:
        np.testing.assert_allclose(wrong.answer, right.answer)
        return
    assert first_difference(right, wrong) in {rule.key for rule in way.instead}
    ours, theirs = result(made, wrong), result(made, right)
    assert not np.allclose(ours, theirs, rtol=1e-6, atol=0, equal_nan=True)


@each_way
def test_torch_makes_the_same_mistake(made, way):
    """The mistake's line of torch gives its number."""
    case = way.shows
    theirs = eval(way.code, names(case))  # noqa: S307 - our own source
    ours = result(made, run(case, way.rules(case)))
    np.testing.assert_allclose(ours, theirs.double().numpy(), rtol=1e-6, equal_nan=True)


@each_way
def test_every_wrong_step_is_torch_s(made, way):  # noqa: ARG001 - the parameters of each_way
    """Each step of a wrong trace is what its own torch expression gives; only the end differs."""
    case = way.shows
    rows = check(run(case, way.rules(case)))[:-1]
    if "float32" in way.detail:  # a step is in float32 on purpose
        for row in rows:
            np.testing.assert_allclose(row.ours, row.torch, rtol=4e-7, atol=1e-7, err_msg=row.key)
        return
    assert {row.key: row.note for row in rows if row.verdict != "agrees"} == {}


@each_way
def test_mistake_is_told_from_all_others(made, way):
    """On the case made for it no other mistake gives the same number, but for its twins."""
    if made.key in EQUAL_TO_RIGHT:
        return
    case = way.shows
    key = "gradient" if made.slot is Slot.GRADIENT else ANSWERS[case.reduction]
    candidates = [c for c in alone(case, slips_of(case)) if key in c.known]
    mine = next(c.known[key] for c in candidates if c.slips[0].way is way)
    same = {
        c.slips[0].mistake.key
        for c in candidates
        if np.allclose(c.known[key], mine, rtol=1e-6, atol=0, equal_nan=True)
    }
    twins = set().union(*(group for group in TWINS if made.key in group))
    assert same - {made.key} <= twins


@each_way
def test_mistake_is_found_by_its_number(made, way):
    """The number with all its digits leads to the mistake, or to a twin that is asked about."""
    if made.key in EQUAL_TO_RIGHT:
        return
    case = way.shows
    found = find_mistakes(case, result(made, run(case, way.rules(case))))
    assert not found.right
    assert made.key in {key for finding in found for key in finding.keys}
    if len({finding.key for finding in found.same}) > 1:
        assert found.question


@each_way
def test_mistake_is_found_at_its_own_step(made, way):
    """The array of the first wrong step leads to the mistake as well as the loss does."""
    case = way.shows
    wrong = run(case, way.rules(case))
    step = first_difference(run(case), wrong)
    if not step or made.key == "log_of_softmax_underflow":  # its probabilities are still right
        return
    found = find_mistakes(case, wrong[step].output, step=step)
    assert not found.right
    assert made.key in {key for finding in found for key in finding.keys}


def test_mistake_that_cannot_be_made_says_so():
    """A mistake of smoothing cannot be made where nothing is smoothed."""
    made = mistake("label_smoothing_K_minus_1")
    case = mistake("softmax_twice").ways[0].shows
    assert not made.applies(case)
    with pytest.raises(ValueError, match="cannot be made on this case"):
        made.run(case)


def test_floor_of_the_double_softmax():
    """A perfect prediction through two softmaxes costs log(C - 1 + e) - 1: 0.5514 for C = 3."""
    case = (
        mistake("softmax_twice")
        .ways[0]
        .shows.replace(logits=[[1e4, 0, 0]], target=[0], weight=None)
    )
    twice = mistake("softmax_twice").run(case).answer
    assert float(twice) == pytest.approx(np.log(2 + np.e) - 1)
    assert f"{float(twice):.4f}" == "0.5514"
