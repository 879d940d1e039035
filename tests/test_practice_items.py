"""Items: endless, the same for ever, small, and each slip with a number of its own."""

from hashlib import sha256

import numpy as np
import pytest

from ce_core import run
from ce_core.practice import MODES, SEEDS, TOPICS, blanks, item
from ce_core.practice.accepting import SMALLEST, slips_of
from ce_core.practice.cells import cell, cells
from ce_core.practice.dice import Dice
from ce_core.practice.known import KNOWN
from ce_core.practice.making import FAR, WEIGHTS
from ce_core.practice.precision import apart
from ce_core.practice.topics import topic

KEYS = [one.key for one in TOPICS]
each_topic = pytest.mark.parametrize("key", KEYS)
SOME = range(60)


def drawn(name):
    """The dice's stream, worked out here from its definition alone."""
    place = 0
    while True:
        yield int(sha256(f"{name}:{place}".encode()).hexdigest(), 16)
        place += 1


def test_dice_is_the_hash():
    """Choice k is the SHA-256 of "name:k", as a number, modulo how many there are."""
    dice, numbers = Dice("weighted_mean:7"), drawn("weighted_mean:7")
    assert [dice.below(1000) for _ in range(20)] == [next(numbers) % 1000 for _ in range(20)]


def test_dice_takes_several_without_repeating():
    """Several of a list are different ones of it."""
    dice = Dice("x")
    for count in range(6):
        taken = dice.several("abcde", count)
        assert len(set(taken)) == count
        assert set(taken) <= set("abcde")


@each_topic
def test_same_seed_same_item(key):
    """An item depends on its seed and topic alone, not on what was made before."""
    for seed in (5, 0, 5):
        item.cache_clear()
        first = item(seed, key)
        item.cache_clear()
        assert first == item(seed, key)
    assert len({item(seed, key).case for seed in SOME}) == len(SOME)


def test_item_from_its_hashes():
    """The first case of this stream is taken as it comes, so each number is a hash's remainder.

    Drawn in this order: the shape among four, for each row whole numbers or tenths and then its
    logits, the targets, and the weights, each taken out of the list of those that are left.
    """
    made, numbers = item(0, "gradient"), drawn("gradient:0")

    def several(options, count):
        left = list(options)
        return [left.pop(next(numbers) % len(left)) for _ in range(count)]

    samples, classes = ((2, 3), (3, 2), (2, 4), (4, 2))[next(numbers) % 4]
    logits = []
    for _ in range(samples):
        parts = (1, 10)[next(numbers) % 2]
        logits.append([k / parts for k in several(range(-2 * parts, 3 * parts + 1), classes)])
    target = [next(numbers) % classes for _ in range(samples)]
    np.testing.assert_array_equal(made.case.logits, logits)
    np.testing.assert_array_equal(made.case.target, target)
    np.testing.assert_array_equal(made.case.weight, several((0.5, 1, 2, 3, 5), classes))


# Written down from the first version, so that a seed that stands in a worksheet keeps its numbers.
PINNED = {
    ("weighted_mean", 1): ([[0.5, 1.8, -0.8], [1, 2, -1]], [0, 2], [2, 1, 0.5]),
    ("ignored_rows", 20): (
        [[2.8, 0.2, -0.3, 3], [-2, 3, 0, 1], [1, -2, 2, 0]],
        [-100, 0, 3],
        [3, 2, 5, 1],
    ),
    ("stability", 300): ([[-1000, -1002], [-1000, 1], [0, 1002]], [0, 0, 1], None),
}


@pytest.mark.parametrize(("key", "seed"), PINNED)
def test_pinned_items(key, seed):
    """These items never change: links and worksheets name them by topic and seed."""
    case = item(seed, key).case
    weight = None if case.weight is None else case.weight.tolist()
    assert (case.logits.tolist(), case.target.tolist(), weight) == PINNED[key, seed]


@each_topic
def test_items_are_small_and_fair(key):
    """2 to 4 rows and classes, never as many of each; two classes; weights that all differ."""
    for seed in SOME:
        made = item(seed, key)
        samples, classes = made.case.logits.shape
        assert samples != classes
        assert {samples, classes} <= {2, 3, 4}
        assert len(set(made.case.target[made.trace["kept"].output])) > 1
        if key != "stability":
            assert len(set(made.case.weight)) == classes
            assert set(made.case.weight) <= set(WEIGHTS)
            np.testing.assert_allclose(made.case.logits * 10, np.round(made.case.logits * 10))


@each_topic
def test_numbers_are_not_too_small(key):
    """No number to work out would be rounded to 0 by two decimals, unless it is 0."""
    for seed in SOME:
        made = item(seed, key)
        sizes = [abs(cell(made.trace, one).of(made.trace)) for one in blanks(made, "solve")]
        assert all(size == 0 or size >= SMALLEST for size in sizes)


@each_topic
def test_slips_are_told_apart(key):
    """At the stated precision no two slips of the topic, nor a slip and the truth, are the same."""
    for seed in SOME:
        made = item(seed, key)
        slips = slips_of(topic(key), made.trace)
        assert slips
        traces = [made.trace, *(KNOWN[slip].run(made.case) for slip in slips)]
        last = cells(made.trace, made.steps[-1])
        for k, one in enumerate(traces):
            for other in traces[:k]:
                assert any(apart(place.of(one), place.of(other)) for place in last)
        for other in (KNOWN[slip].run(made.case) for slip in topic(key).apart_from):
            for one in traces[1:]:
                assert any(apart(place.of(one), place.of(other)) for place in last)


@each_topic
def test_slips_are_known(key):
    """A topic names slips that there are, and steps that its items have."""
    one = topic(key)
    assert {*one.mistakes, *one.also, *one.apart_from} <= set(KNOWN)
    assert not {*one.mistakes} & {*one.also, *one.apart_from}
    steps = {step for seed in SOME for step in item(seed, key).steps}
    assert steps == set(topic(key).steps)


def test_topics_show_what_they_are_about():
    """Smoothing smooths, an ignored row is there, all reductions come, large logits overflow."""
    assert all(item(seed, "smoothing").case.label_smoothing in (0.1, 0.2, 0.3) for seed in SOME)
    for seed in SOME:
        kept = item(seed, "ignored_rows").trace["kept"].output
        assert (~kept).sum() == 1
    assert {item(seed, "reductions").case.reduction for seed in SOME} == {"none", "sum", "mean"}
    for seed in SOME:
        made = item(seed, "stability")
        with np.errstate(over="ignore"):
            sums = np.exp(made.case.logits).sum(axis=1)
        assert (np.isinf(sums) | (sums == 0)).any()
        assert np.isfinite(made.trace["log_probs"].output).all()
        assert np.abs(made.case.logits).max() >= FAR - 2


def test_seed_and_topic_must_exist():
    """What does not exist is named, with what does."""
    with pytest.raises(ValueError, match="seed is -1, must be 0 to 999999"):
        item(-1, "gradient")
    with pytest.raises(ValueError, match="seed is 1000000"):
        item(SEEDS, "gradient")
    with pytest.raises(ValueError, match="topic is 'x', must be one of weighted_mean, smoothing"):
        item(0, "x")


@each_topic
def test_question_has_one_right_option(key):
    """Two to four different options, one of them right, and not the same one each time."""
    rights = set()
    for seed in SOME:
        made = item(seed, key)
        assert 2 <= len(made.options) <= 4
        assert len(set(made.options)) == len(made.options)
        assert 0 <= made.right < len(made.options)
        assert made.question.endswith("?")
        assert made.reason.endswith(".")
        rights.add(made.right)
    assert len(rights) > 1


def test_answers_are_true():
    """Each right option, worked out here in another way than where the question is made."""
    for seed in SOME:
        made = item(seed, "weighted_mean")
        costs = run(made.case.replace(weight=None, reduction="none")).answer
        above = np.average(costs, weights=made.case.weight[made.case.target]) > costs.mean()
        assert made.right == (0 if above else 1)

        made = item(seed, "smoothing")
        larger = made.trace.answer > run(made.case.replace(label_smoothing=0)).answer
        assert made.right == (0 if larger else 1)

        made = item(seed, "ignored_rows")
        total = run(made.case.replace(reduction="sum")).answer
        np.testing.assert_allclose(float(made.options[made.right]), total / made.trace.answer)

        made = item(seed, "reductions")
        assert made.right == ("none", "sum", "mean").index(made.case.reduction)

        made = item(seed, "gradient")
        rows = range(len(made.case.target))
        pulls = [made.trace.gradient[row, made.case.target[row]] for row in rows]
        assert made.right == min(rows, key=pulls.__getitem__)

        made = item(seed, "stability")
        largest = made.case.logits[0].max()  # e^710 is beyond float64, e^-746 is stored as 0
        assert made.right == (0 if largest > 710 else 1 if largest < -746 else 2)


@each_topic
def test_blanks_of_the_modes(key):
    """Watch leaves none, complete a part, solve all: at most 30, in the order of the steps."""
    for seed in SOME:
        made = item(seed, key)
        watch, complete, solve = (blanks(made, mode) for mode in MODES)
        assert watch == ()
        assert set(complete) < set(solve)
        assert len(solve) <= 30
        assert [one.partition("/")[0] for one in solve] == sorted(
            (one.partition("/")[0] for one in solve), key=made.trace.keys.index
        )
        assert {one.partition("/")[0] for one in complete} == set(made.steps)
        assert set(made.given).isdisjoint(made.steps)


def test_named_steps_are_left_whole():
    """In complete, the steps named are left with all their cells; unknown names are passed over."""
    made = item(0, "weighted_mean")
    rows = len(made.case.target)
    left = blanks(made, "complete", ("mean_loss", "nll", "no such step"))
    assert left == (*(f"nll/{row}/" for row in range(rows)), "mean_loss//")
    assert blanks(made, "complete", ("no such step",)) == blanks(made, "complete")


def test_ignored_row_is_left_too():
    """In complete, the ignored row is among those to work: it is what the topic is about."""
    for seed in SOME:
        made = item(seed, "ignored_rows")
        ignored = int(np.flatnonzero(~made.trace["kept"].output)[0])
        assert f"sample_weight/{ignored}/" in blanks(made, "complete")


def test_mode_must_exist():
    """An unknown mode is named, with those there are."""
    with pytest.raises(ValueError, match="mode is 'x', must be one of watch, complete, solve"):
        blanks(item(0, "gradient"), "x")


def test_cell_ids():
    """An id has the step, the row and the class, with what a step does not have left empty."""
    trace = item(0, "weighted_mean").trace
    assert [str(one) for one in cells(trace, "nll")][:2] == ["nll/0/", "nll/1/"]
    assert [str(one) for one in cells(trace, "mean_loss")] == ["mean_loss//"]
    assert str(cells(trace, "probs")[1]) == "probs/0/1"
    assert cell(trace, "probs/0/1").of(trace) == trace["probs"].output[0, 1]
    for name in ("", "probs", "probs/9/9", "no/0/0", "mean_loss/0/"):
        with pytest.raises(ValueError, match="is no cell of this calculation"):
            cell(trace, name)
