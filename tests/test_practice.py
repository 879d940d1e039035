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
from ce_core.practice.known import KNOWN, UNSTABLE
from ce_core.practice.pointing import INPUTS, RANGES
from ce_core.practice.precision import apart, between, needed, same
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


def rounded(rule, steps, decimals):
    """The rule with its numbers rounded as they are typed, if it is one of the steps to work."""
    number = np.vectorize(lambda exact: float(written(exact, decimals)), otypes=[float])

    def function(**read):
        return number(rule.function(**read))

    return replace(rule, function=function) if rule.key in steps else rule


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
@pytest.mark.parametrize("decimals", [2, 3, 4])
def test_chains_of_own_numbers_are_correct(key, decimals):
    """Each number worked from the rounded ones before it, and rounded itself, is correct."""
    for seed in SOME:
        made = item(seed, key)

        trace = run(
            made.case, [rounded(rule, made.steps, decimals) for rule in rules_for(made.case)]
        )
        numbers = {name: cell(trace, name).of(trace) for name in blanks(made, "solve")}
        typed = {name: written(number, decimals) for name, number in numbers.items()}
        assert {name: judge(made, typed, name).verdict for name in typed} == dict.fromkeys(
            typed, "correct"
        )


def test_slack_does_not_add_up():
    """With weight 5, 0.29 for 0.2873 leads to 1.45; the truth is 1.4367, and 1.48 is neither."""
    made = item(0, "weighted_mean")
    assert value(made, "losses/1/") == pytest.approx(1.4367, abs=5e-5)
    verdicts = {
        text: judge(made, {"nll/1/": "0.29", "losses/1/": text}, "losses/1/").verdict
        for text in ("1.43", "1.44", "1.45", "1.455", "1.456", "1.48")
    }
    assert [text for text, said in verdicts.items() if said == "correct"] == [
        "1.44",
        "1.45",
        "1.455",
    ]
    assert set(verdicts.values()) == {"correct", "not yet"}


def test_a_copy_is_a_copy():
    """What is only picked may be the number before it or the truth, ±0.005: -0.1875 is neither."""
    made = item(8, "weighted_mean")
    name = "target_log_prob/0/"
    assert value(made, name) == pytest.approx(-0.1755, abs=5e-5)
    before = {one: text for one, text in filled(made).items() if one.startswith("log_probs")}
    assert judge(made, before | {name: "-0.18"}, name).verdict == "correct"
    assert judge(made, before | {name: "-0.1875"}, name).verdict == "not yet"


def test_inf_is_never_rounding():
    """What follows from an inf typed earlier follows, with the slip named, and is not correct.

    Row 2 has the logits 0 and 998. Less 0 instead of 998, e to the power of them is 1 and inf.
    """
    made = item(36, "stability")
    np.testing.assert_array_equal(made.case.logits[2], [0, 998])
    for first in ("1", "inf"):  # the second is wrong there, whatever the row maximum
        typed = {"row_max/2/": "0", "exps/2/0": first, "exps/2/1": "inf", "partition/2/": "inf"}
        typed |= {"log_probs/2/0": "-inf"}
        for name in ("exps/2/1", "partition/2/", "log_probs/2/0"):
            judged = judge(made, typed, name)
            assert (judged.verdict, judged.earlier) == ("follows", "row_max/2/")
    both = {"exps/2/0": "inf", "exps/2/1": "inf", "partition/2/": "inf"}
    judged = judge(made, both, "partition/2/")
    assert (judged.verdict, judged.earlier) == ("follows", "exps/2/0")


def test_two_slips_that_only_together_show():
    """Where 0 times 0 belongs, 2 times 3 follows from both; the later of the two is named."""
    made = item(20, "ignored_rows")
    typed = {"nll/0/": "2.00", "sample_weight/0/": "3", "losses/0/": "6.00"}
    judged = judge(made, typed, "losses/0/")
    assert (judged.verdict, judged.earlier) == ("follows", "sample_weight/0/")


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


def ignored_row(made):
    """The row that is ignored."""
    return int(np.flatnonzero(~made.trace["kept"].output)[0])


@pytest.mark.parametrize("decimals", [2, 4])
def test_rows_that_count_as_divisor(decimals):
    """Dividing by how many rows count is named, though it may be how many classes there are."""
    for seed in range(40):
        made = item(seed, "ignored_rows")
        count = int(made.trace["kept"].output.sum())
        assert count != made.case.classes
        text = written(value(made, "sum_loss//") / count, decimals)
        judged = judge(made, {"mean_loss//": text}, "mean_loss//")
        assert judged.mistake == "divided_by_batch_size"
        assert "“Divided by the number of samples” (those that count)" in judged.says
        assert judge(made, {"denominator//": f"{count}"}, "denominator//").mistake == (
            "divided_by_batch_size"
        )


def test_numbers_of_an_ignored_row_are_named():
    """An ignored row's own log p, -log p, weight or loss, of whichever class, is called that."""
    for seed in SOME:
        made = item(seed, "ignored_rows")
        row = ignored_row(made)
        for log_prob, weight in zip(
            made.trace["log_probs"].output[row], made.case.weight, strict=True
        ):
            wrong = {"target_log_prob": log_prob, "nll": -log_prob, "sample_weight": weight}
            for step, number in (wrong | {"losses": -weight * log_prob}).items():
                name = f"{step}/{row}/"
                judged = judge(made, {name: written(number)}, name)
                assert judged.mistake == "ignored_row_counted"
                assert "it takes no part" in judged.says


@pytest.mark.parametrize("key", ["weighted_mean", "stability"])
def test_slips_of_log_softmax_are_named(key):
    """Each is named from two decimals, or said to be one of two; never is another one named."""
    told = 0
    for seed in SOME:
        made = item(seed, key)
        step = {one.key: one.output for one in made.trace}
        total = step["partition"][:, None]
        wrong = {
            "logit_not_shifted": made.case.logits - np.log(total),
            "row_sum_without_log": step["shifted"] - total,
            "probability_without_log": step["probs"],
            "log2": step["log_probs"] / np.log(2),
            "base_10": step["log_probs"] / np.log(10),
        }
        for slip, numbers in wrong.items():
            for place in cells(made.trace, "log_probs"):
                judged = judge(made, {str(place): written(place.at(numbers))}, str(place))
                assert judged.mistake == slip or (
                    judged.verdict == "correct"
                    if same(place.at(numbers), place.of(made.trace))
                    else f"“{KNOWN[slip].title}”" in judged.says
                )
                told += judged.mistake == slip
    assert told > 300


def test_of_two_slips_none_is_named():
    """Logits with z - log S = -1.00 = log10 p: the sentence says both, and the code none."""
    made = item(26, "weighted_mean")
    judged = judge(made, {"log_probs/0/0": "-1.00"}, "log_probs/0/0")
    assert (judged.verdict, judged.mistake) == ("not yet", "")
    assert judged.says == (
        "Not yet: two slips give this number, “Took the logarithm to base 10”, or “Took the logit "
        "instead of the shifted one”."
    )


def test_a_slip_comes_with_what_to_do():
    """The sentence holds the first one of the remedy."""
    made = item(1, "weighted_mean")
    judged = judge(made, {"nll/0/": written(-value(made, "nll/0/"))}, "nll/0/")
    assert judged.says == (
        "This is the number of a known slip, “Forgot the minus sign”. Put the minus back: the loss "
        "is −log p."
    )


def test_too_little_for_the_target():
    """1 - ε at the target: whether ε went to the others or ε/C was forgotten cannot be seen."""
    made = item(0, "smoothing")
    name = f"target_dist/0/{made.case.target[0]}"
    judged = judge(made, {name: f"{1 - made.case.label_smoothing:.2f}"}, name)
    assert judged.says == (
        "This is the number of a known slip: the target keeps 1 − ε here; torch leaves it "
        "1 − ε + ε/C."
    )
    both = judge(made, {name: "1"}, name).says
    assert "rows that do not sum to 1" in both
    assert "Left out label smoothing" in both


@each_topic
@pytest.mark.parametrize(("text", "what"), [("nan", "nan is not a number"), ("-inf", "inf stands")])
def test_no_number_is_explained(key, text, what):
    """Nan and inf are told how they come about; a slip is named only where it gives them."""
    made = item(20, key)
    for name in blanks(made, "solve"):
        judged = judge(made, {name: text}, name)
        if judged.mistake:
            assert key == "stability"
            assert judged.mistake in UNSTABLE
        else:
            assert judged.verdict == "not yet"
            assert what in judged.says


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
    """The words name three significant digits exactly where a cell of the step is below 0.1."""
    for seed in SOME:
        made = item(seed, key)
        for name in blanks(made, "solve"):
            says = tolerance(made, name)
            assert says.startswith("two decimals are enough (±0.005)")
            sizes = [abs(one.of(made.trace)) for one in cells(made.trace, name.partition("/")[0])]
            assert ("three significant digits" in says) == any(0 < size < 0.1 for size in sizes)


def test_needed_precision():
    """±0.005, and ±1 % below 0.1; inf and nan are themselves only."""
    assert needed(3.0) == needed(0.1) == needed(0.0) == 0.005
    assert needed(0.05) == pytest.approx(0.0005)
    assert same(1.235, 1.23)
    assert not same(1.2351, 1.23)
    assert same(math.nan, math.nan)
    assert same(math.inf, math.inf)
    assert not same(math.inf, -math.inf)
    assert not same(1.0, math.nan)


def test_rounding_explains_what_lies_between():
    """What is between the rounded and the exact result, ±0.005 at both ends, and nothing else."""
    for rounded, exact in ((1.45, 1.4367), (1.4367, 1.45)):
        assert all(between(typed, rounded, exact) for typed in (1.4317, 1.44, 1.455))
        assert not any(between(typed, rounded, exact) for typed in (1.4316, 1.4551))
    assert between(0.0505, 0.05, 0.05)  # 1 % below 0.1
    assert not between(0.0506, 0.05, 0.05)
    assert not between(math.inf, math.inf, 1.0)  # no rounding makes inf of 1
    assert between(math.inf, math.inf, math.inf)


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
