"""Judging: from the person's own numbers, then the truth, then the known slips."""

import doctest
import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ce_core.practice
from ce_core import run
from ce_core.practice import TOPICS, Item, blanks, item, judge, tolerance
from ce_core.practice.accepting import slips_of
from ce_core.practice.cells import cell, cells
from ce_core.practice.known import KNOWN
from ce_core.practice.pointing import INPUTS, RANGES
from ce_core.practice.precision import apart, needed, same
from ce_core.practice.topics import topic
from ce_core.rules import rules_for
from tests.test_practice_items import KEYS, each_topic

SOME = range(12)


def value(made: Item, name: str) -> float:
    """The true number of a cell."""
    return cell(made.trace, name).of(made.trace)


def written(number: float, decimals: int = 2) -> str:
    """A number as the field asks for it: so many decimals, or three digits below 0.1."""
    if 0 < abs(number) < 0.1:
        return f"{number:.{max(decimals, 3)}g}"
    return f"{number:.{decimals}f}"


def filled(made: Item, decimals: int = 2) -> dict[str, str]:
    """All cells with their true numbers, rounded."""
    return {name: written(value(made, name), decimals) for name in blanks(made, "solve")}


def after(made: Item, name: str, own: float) -> dict[str, float]:
    """All numbers that come of one wrong one, by rules with that number in its place."""
    wrong = cell(made.trace, name)

    def mended(rule):
        def function(**read):
            output = np.array(rule.function(**read), dtype=float)
            output[wrong.index] = own
            return output

        return replace(rule, function=function) if rule.key == wrong.key else rule

    trace = run(made.case, [mended(rule) for rule in rules_for(made.case)])
    return {one: cell(trace, one).of(trace) for one in blanks(made, "solve")}


def test_public_names():
    """These names and no others are public, and each says what it is."""
    assert ce_core.practice.__all__ == [
        "MARKS",
        "MODES",
        "RUNGS",
        "SEEDS",
        "TOPICS",
        "CodeError",
        "Item",
        "Judgement",
        "Reading",
        "Report",
        "Topic",
        "blanks",
        "hint",
        "item",
        "judge",
        "read",
        "read_code",
        "tolerance",
        "write_code",
    ]
    assert all(getattr(ce_core.practice, name).__doc__ for name in ce_core.practice.__all__)


def test_example_in_the_first_lines_runs():
    """The example that opens the package gives what it says."""
    ran = doctest.testmod(ce_core.practice)
    assert ran.attempted
    assert not ran.failed


@each_topic
@pytest.mark.parametrize("decimals", [2, 3, 4])
def test_rounded_truth_is_correct(key, decimals):
    """The true numbers, rounded as the field says or less, are all correct."""
    for seed in SOME:
        made = item(seed, key)
        typed = filled(made, decimals)
        assert {judge(made, typed, name).verdict for name in typed} == {"correct"}


@each_topic
def test_alone_the_truth_is_correct_too(key):
    """A true number is correct also while all other fields are empty."""
    made = item(1, key)
    for name, text in filled(made).items():
        assert judge(made, dict.fromkeys(blanks(made, "solve"), "") | {name: text}, name) == judge(
            made, {name: text}, name
        )
        assert judge(made, {name: text}, name).verdict == "correct"


@each_topic
def test_one_slip_early_and_all_later_follows(key):
    """After one wrong number, what is right from there on follows, and the wrong one is named."""
    for seed in SOME:
        made = item(seed, key)
        wrong = blanks(made, "solve")[0]
        numbers = after(made, wrong, value(made, wrong) + 0.3)
        typed = {name: written(number, 4) for name, number in numbers.items()}
        assert judge(made, typed, wrong).verdict in ("mistake", "not yet")
        verdicts = []
        for name in blanks(made, "solve")[1:]:
            judged = judge(made, typed, name)
            moved = not same(numbers[name], value(made, name))
            assert judged.verdict == ("follows" if moved else "correct"), name
            assert judged.earlier == (wrong if moved else "")
            verdicts.append(judged.verdict)
        assert "correct" in verdicts


def test_follow_through_by_hand():
    """Logits 0.5, 1.8, -0.8 and 1, 2, -1; targets A and C; weights 2, 1, 0.5.

    Row 1 costs 0.5 (3 + ln(e^-1 + 1 + e^-3)) = 1.67. With 3 typed for row 0, which costs 3.2, the
    sum is 3 + 1.67 = 4.67, the divisor 2 + 0.5 = 2.5, and the mean 4.67 / 2.5 = 1.868.
    """
    made = item(1, "weighted_mean")
    typed = {"losses/0/": "3.00", "losses/1/": "1.67", "sum_loss//": "4.67"}
    typed |= {"denominator//": "2.5", "mean_loss//": "1.87"}
    assert judge(made, typed, "losses/0/").verdict in ("mistake", "not yet")
    assert judge(made, typed, "losses/1/").verdict == "correct"
    for name in ("sum_loss//", "mean_loss//"):
        judged = judge(made, typed, name)
        assert judged.verdict == "follows"
        assert judged.earlier == "losses/0/"
        assert judged.says == (
            "Right for your own numbers; the slip is earlier, in “Weighted loss of each sample”, "
            "row 0."
        )
    assert judge(made, typed, "denominator//").verdict == "correct"


def test_rounding_on_the_way_is_allowed_for():
    """A result made from rounded numbers is correct though the exact ones give another.

    With weight 5 the third decimal of -log p, left out, is worth up to 0.025 in the loss.
    """
    found = 0
    for seed in range(200):
        made = item(seed, "reductions")
        for row, weight in enumerate(made.trace["sample_weight"].output):
            cost, loss = f"nll/{row}/", f"losses/{row}/"
            rounded = float(written(value(made, cost)))
            if weight == 5 and not same(5 * rounded, value(made, loss)):
                found += 1
                typed = {cost: f"{rounded:.2f}", loss: f"{5 * rounded:.2f}"}
                assert judge(made, typed, loss).verdict == "correct"
                assert judge(made, {loss: typed[loss]}, loss).verdict == "not yet"
    assert found


@each_topic
def test_slips_are_named(key):
    """The number of each of the topic's slips is named, where no other slip gives it, too."""
    named = set()
    for seed in SOME:
        made = item(seed, key)
        slips = slips_of(topic(key), made.trace)
        traces = {slip: KNOWN[slip].run(made.case) for slip in slips}
        for place in cells(made.trace, made.steps[-1]):
            numbers = {slip: place.of(trace) for slip, trace in traces.items()}
            for slip, number in numbers.items():
                others = [numbers[one] for one in slips if one != slip]
                if not all(apart(number, other) for other in (*others, place.of(made.trace))):
                    continue
                judged = judge(made, {str(place): written(number)}, str(place))
                assert (judged.verdict, judged.mistake) == ("mistake", slip)
                assert KNOWN[slip].title in judged.says
                named.add(slip)
    assert named == {slip for seed in SOME for slip in slips_of(topic(key), item(seed, key).trace)}


def test_slip_on_own_numbers_is_named():
    """Dividing one's own sum by the number of samples is named, though the sum is wrong, too."""
    made = item(1, "weighted_mean")
    typed = {"sum_loss//": "8.00", "denominator//": "2.5", "mean_loss//": "4.00"}
    judged = judge(made, typed, "mean_loss//")
    assert (judged.verdict, judged.mistake) == ("mistake", "divided_by_batch_size")


def test_own_divisor_comes_before_the_slip():
    """Who typed the number of samples as divisor made the slip there; the mean follows."""
    made = item(1, "weighted_mean")
    total = value(made, "sum_loss//")
    typed = {"denominator//": "2", "mean_loss//": f"{total / 2:.2f}"}
    assert judge(made, typed, "denominator//").mistake == "divided_by_batch_size"
    judged = judge(made, typed, "mean_loss//")
    assert (judged.verdict, judged.earlier) == ("follows", "denominator//")


def test_calculator_log_is_named():
    """The log key of a calculator has base 10; that is seen at the log-probability already."""
    made = item(1, "weighted_mean")
    typed = {"log_probs/0/0": f"{value(made, 'log_probs/0/0') / math.log(10):.2f}"}
    assert judge(made, typed, "log_probs/0/0").mistake == "base_10"


def test_overflow_is_named():
    """Inf typed for an exponential is what the missing shift gives."""
    made = next(item(seed, "stability") for seed in range(99) if item(seed, "stability").right == 0)
    column = int(made.case.logits[0].argmax())
    judged = judge(made, {f"exps/0/{column}": "inf"}, f"exps/0/{column}")
    assert judged.mistake == "exponentials_not_shifted"


def test_others_need_four_decimals():
    """A slip that the topic is not about is named only if four decimals speak for it."""
    made = item(1, "weighted_mean")
    number = float(KNOWN["averaged_twice"].run(made.case).answer)
    assert judge(made, {"mean_loss//": f"{number:.4f}"}, "mean_loss//").mistake == "averaged_twice"
    assert judge(made, {"mean_loss//": f"{number:.2f}"}, "mean_loss//").verdict == "not yet"


@pytest.mark.parametrize("text", ["abc", "1,2,3", "1.2.3", "50%", "1/0"])
@each_topic
def test_unreadable_is_never_wrong(key, text):
    """What cannot be read is unreadable, with its fault, and changes no other judgement."""
    made = item(2, key)
    typed = filled(made)
    for name in typed:
        judged = judge(made, {**typed, name: text}, name)
        assert judged.verdict == "unreadable"
        assert judged.says
        assert judged.mistake == ""
    first = next(iter(typed))
    spoiled = {**typed, first: text}
    assert {judge(made, spoiled, name).verdict for name in typed if name != first} == {"correct"}


def test_empty_is_empty():
    """An empty field, or one not there at all, has nothing said of it."""
    made = item(0, "gradient")
    for typed in ({}, {"share/0/": ""}, {"share/0/": "  "}):
        judged = judge(made, typed, "share/0/")
        assert (judged.verdict, judged.says) == ("empty", "")


def test_unknown_cells():
    """A cell that does not exist cannot be judged; among what was typed it is passed over."""
    made = item(0, "gradient")
    text = written(value(made, "share/0/"), 4)
    assert judge(made, {"share/9/": "1", "junk": "2", "share/0/": text}, "share/0/").verdict == (
        "correct"
    )
    with pytest.raises(ValueError, match="is no cell"):
        judge(made, {}, "share/9/")


# (topic, cell): what to type for its true number, and what is said then
POINTED = {
    ("weighted_mean", "target_log_prob/0/"): (lambda x: f"{-x:.4f}", "look at the sign"),
    ("smoothing", "sum_loss//"): (lambda x: f"{x:.1f}", "rounded too far"),
    ("reductions", "losses/0/"): (lambda x: f"{x * 1.01 + 0.0055:.4f}", "close: keep more digits"),
    ("smoothing", "mean_loss//"): (
        lambda x: f"{x + 7.7777:.4f}",
        "look again at what it is made from, “Sum of the losses”",
    ),
    ("gradient", "sample_weight/0/"): (
        lambda x: f"{x + 7.7777:.4f}",
        "made from, the class weights, the targets and which rows count.",
    ),
}


@pytest.mark.parametrize(("key", "name"), POINTED)
def test_not_yet_says_where_to_look(key, name):
    """A number that is neither right nor a slip gets a pointer that holds no number."""
    write, says = POINTED[key, name]
    for seed in SOME:
        made = item(seed, key)
        text = write(value(made, name))
        if same(float(text), value(made, name)):
            continue  # one decimal happens to be enough
        judged = judge(made, {name: text}, name)
        assert judged.verdict == "not yet"
        assert says in judged.says


def test_impossible_is_said():
    """A number that the step can never give is called that, with the reason."""
    made = item(0, "gradient")
    judged = judge(made, {"probs/0/0": "7.5"}, "probs/0/0")
    assert judged.says == ("Not yet: it cannot be this. It lies between 0 and 1, ends included.")


@each_topic
def test_ranges_hold(key):
    """Every true number lies in the range that is said of its step."""
    for seed in SOME:
        made = item(seed, key)
        for name in blanks(made, "solve"):
            low, high, _ = RANGES.get(name.partition("/")[0], (-math.inf, math.inf, ""))
            assert low - 1e-12 <= value(made, name) <= high + 1e-12


@each_topic
def test_there_is_always_something_to_point_at(key):
    """Each step to work reads something that has a name."""
    made = item(0, key)
    for step in made.steps:
        assert any(name in INPUTS or name in made.trace for name in made.trace[step].rule.reads)


@each_topic
def test_tolerance_says_what_is_needed(key):
    """The words name three digits exactly where a cell of the step is below 0.1."""
    for seed in SOME:
        made = item(seed, key)
        for name in blanks(made, "solve"):
            says = tolerance(made, name)
            assert says.startswith("two decimals are enough (±0.005)")
            sizes = [abs(one.of(made.trace)) for one in cells(made.trace, name.partition("/")[0])]
            assert ("three digits" in says) == any(0 < size < 0.1 for size in sizes)


def test_needed_precision():
    """±0.005, and ±1 % below 0.1; inf and nan are themselves only."""
    assert needed(3.0) == needed(0.1) == needed(0.0) == 0.005
    assert needed(0.05) == pytest.approx(0.0005)
    assert same(1.235, 1.23)
    assert not same(1.2351, 1.23)
    assert same(1.25, 1.23, slack=0.02)
    assert not same(1.27, 1.23, slack=5)  # 2 % and 0.005 at most are allowed for
    assert same(math.nan, math.nan)
    assert same(math.inf, math.inf)
    assert not same(math.inf, -math.inf)
    assert not same(1.0, math.nan)


numbers = st.sampled_from(["", "0", "1", "2", "0.5", "-1.20", "1/3", "inf", "-inf", "nan", "1e9"])


@settings(max_examples=60, deadline=None)
@given(data=st.data(), key=st.sampled_from(KEYS), seed=st.integers(0, 20))
def test_anything_can_be_judged(data, key, seed):
    """Whatever is typed anywhere, each cell gets a verdict, and a sentence where it has text."""
    made = item(seed, key)
    names = blanks(made, "solve")
    typed = {name: data.draw(numbers | st.text(max_size=5)) for name in names}
    for name in names:
        judged = judge(made, typed, name)
        assert bool(judged.says) == (judged.verdict != "empty")
        assert bool(judged.mistake) == (judged.verdict == "mistake")
        assert bool(judged.earlier) == (judged.verdict == "follows")
        if judged.earlier:
            earlier = judge(made, typed, judged.earlier).verdict
            assert earlier in ("mistake", "not yet")


def test_topics_cover_the_modes_of_the_pages():
    """The topics are these six, in the order of a course."""
    assert [one.key for one in TOPICS] == KEYS
    assert KEYS == [
        "weighted_mean",
        "smoothing",
        "ignored_rows",
        "reductions",
        "gradient",
        "stability",
    ]
