"""The hand-in code: short, checked, and nothing in it about the person."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ce_core.practice import (
    MARKS,
    MODES,
    SEEDS,
    TOPICS,
    CodeError,
    Judgement,
    Report,
    blanks,
    codes,
    item,
    judge,
    read_code,
    write_code,
)
from ce_core.practice.alphabet import LONGEST, SIGNS, is_sound, to_digits, to_number, with_check
from ce_core.practice.codes import to_code
from ce_core.practice.known import KNOWN
from ce_core.practice.numbered import NUMBERED
from ce_core.practice.reports import MOST_CELLS, MOST_SLIPS, SLIP_ROOM
from tests.test_practice import filled
from tests.test_practice_items import each_topic


@st.composite
def reports(draw):
    """Any report that a page could make."""
    topic = draw(st.sampled_from(TOPICS))
    total = draw(st.integers(0, MOST_CELLS))
    steps = [key for key in topic.steps if draw(st.booleans())]
    slips = st.lists(st.sampled_from(NUMBERED), max_size=MOST_SLIPS, unique=True)
    return Report(
        seed=draw(st.integers(0, SEEDS - 1)),
        topic=topic.key,
        mode=draw(st.sampled_from(MODES)),
        done=draw(st.integers(0, total)),
        total=total,
        marks=tuple((key, draw(st.sampled_from(MARKS))) for key in steps),
        mistakes=tuple(draw(slips)),
    )


@given(reports())
def test_round_trip(report):
    """What is written is read back, whatever the case of the letters and the signs between."""
    code = to_code(report)
    assert read_code(code) == report
    assert read_code(code.lower().replace("-", " ")) == report
    assert read_code(f" {code.replace('-', '')}\n") == report


@given(reports())
def test_short_and_plain(report):
    """At most 34 characters in groups of four, without any that are mixed up."""
    code = to_code(report)
    assert len(code) <= 34
    assert re.fullmatch(r"[2-9A-HJKMNP-Z]{4}(-[2-9A-HJKMNP-Z]{1,4})*", code)


@settings(max_examples=40, deadline=None)
@given(reports(), st.data())
def test_any_wrong_character_is_noticed(report, data):
    """One character mistyped, wherever and for whichever other, makes the code unreadable."""
    code = to_code(report).replace("-", "")
    place = data.draw(st.integers(0, len(code) - 1))
    for sign in SIGNS.replace(code[place], ""):
        with pytest.raises(CodeError):
            read_code(code[:place] + sign + code[place + 1 :])


@settings(max_examples=40, deadline=None)
@given(reports())
def test_swapped_neighbours_are_noticed(report):
    """Two neighbours that changed places make the code unreadable, unless they are the same."""
    code = to_code(report).replace("-", "")
    for k in range(len(code) - 1):
        swapped = code[:k] + code[k + 1] + code[k] + code[k + 2 :]
        if swapped != code:
            with pytest.raises(CodeError):
                read_code(swapped)


@settings(max_examples=40, deadline=None)
@given(reports())
def test_missing_and_doubled_characters_are_noticed(report):
    """A character left out or typed twice is said to be missing or too many."""
    code = to_code(report).replace("-", "")
    for k in range(2, len(code)):
        for wrong in (code[:k] + code[k + 1 :], code[:k] + code[k] + code[k:]):
            with pytest.raises(CodeError, match=r"missing, too many|codes have"):
                read_code(wrong)


@given(st.text() | st.text(SIGNS + " -", max_size=40))
def test_any_text_is_a_report_or_an_error(text):
    """No text does anything but give a report or say what is wrong with it."""
    try:
        assert isinstance(read_code(text), Report)
    except CodeError as wrong:
        assert str(wrong).endswith(".")


@given(st.lists(st.integers(0, len(SIGNS) - 1), max_size=LONGEST - 5))
def test_anything_with_a_true_check(body):
    """Nor does a text whose check is right though no page made it."""
    digits = with_check([codes.VERSION, len(body) + codes.AROUND, *body])
    text = "".join(SIGNS[digit] for digit in digits)
    try:
        assert to_code(read_code(text)).replace("-", "") == text
    except CodeError as wrong:
        assert str(wrong).endswith(".")
    except ValueError:  # an unknown slip has a number, and no key to write it by
        assert any(slip.startswith("unknown-") for slip in read_code(text).mistakes)


@given(st.integers(0, 10**40))
def test_digits(number):
    """A number comes back from its digits."""
    assert to_number(to_digits(number)) == number


@given(st.lists(st.integers(0, 30), min_size=1, max_size=27), st.data())
def test_three_wrong_digits_are_noticed(message, data):
    """Up to three wrong digits never make another sound text."""
    whole = with_check(message)
    assert is_sound(whole)
    wrong = list(whole)
    for _ in range(data.draw(st.integers(1, 3))):
        wrong[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 30))
    assert is_sound(wrong) == (wrong == whole)


# text -> what is said
WRONG = {
    "": "There is no code in it",
    "ABC0": "'0' is in no code",
    "hello": "'L' is in no code",
    "ÄBC": "'Ä' is in no code",
    "ABC": "It has 3 characters; codes have 5 to 30",
    "A" * 31: "It has 31 characters; codes have 5 to 30",
    "ABCDEFGH": "some are missing, too many or mistyped",
}


@pytest.mark.parametrize("text", WRONG)
def test_what_is_wrong_is_named(text):
    """Each kind of wrong code is told apart."""
    with pytest.raises(CodeError, match=re.escape(WRONG[text])):
        read_code(text)


def test_other_version_is_named(monkeypatch):
    """A code of another version is called that, not damaged."""
    report = Report(1, "gradient", "solve", 0, 3, (), ())
    monkeypatch.setattr(codes, "VERSION", 2)
    code = to_code(report)
    monkeypatch.undo()
    with pytest.raises(CodeError, match="of version 2; this page reads version 1"):
        read_code(code)


def test_damage_is_named():
    """A mistyped character is called damage."""
    code = to_code(Report(1, "gradient", "solve", 0, 3, (), ()))
    with pytest.raises(CodeError, match="damaged"):
        read_code(code[:-1] + ("2" if code[-1] != "2" else "3"))


def test_slips_of_newer_versions_are_kept(monkeypatch):
    """A slip that only a newer version numbers is read as unknown, and the rest as it is."""
    monkeypatch.setattr("ce_core.practice.reports.NUMBERED", (*NUMBERED, "new"))
    code = to_code(Report(1, "gradient", "solve", 0, 3, (), ("gradient_sign", "new")))
    monkeypatch.undo()
    assert read_code(code).mistakes == ("gradient_sign", f"unknown-{len(NUMBERED) + 1}")


def test_every_slip_has_a_number():
    """A slip that can be named must be in a code: put its key at the end of NUMBERED."""
    assert set(KNOWN) <= set(NUMBERED)
    assert len(set(NUMBERED)) == len(NUMBERED) <= SLIP_ROOM


def test_numbers_stay():
    """The numbers of the first version stay as they are: the first, one between, and its last."""
    assert NUMBERED[0] == "divided_by_batch_size"
    assert NUMBERED[26] == "base_10"
    assert NUMBERED[49] == "row_sum_without_log"
    assert NUMBERED[51:53] == ("probability_without_log", "ignored_row_counted")


@each_topic
def test_code_of_worked_items(key):
    """A code tells the item, the mode, how many cells are done, and each step's mark."""
    made = item(5, key)
    typed = filled(made)
    for mode in MODES:
        cells = blanks(made, mode)
        judged = {name: judge(made, typed, name) for name in cells}
        report = read_code(write_code(made, mode, (), judged))
        assert (report.seed, report.topic, report.mode) == (5, key, mode)
        assert report.done == report.total == len(cells)
        steps = dict.fromkeys(name.partition("/")[0] for name in cells)
        assert report.marks == tuple((step, "correct") for step in steps)
        assert report.mistakes == ()


def test_marks_of_a_step():
    """A step has the gravest mark among its cells; hints count where the number is right."""
    made = item(1, "weighted_mean")
    judged = {name: Judgement("correct") for name in blanks(made, "solve") if name != "nll/0/"}
    judged["losses/0/"] = Judgement("mistake", "..", mistake="weight_left_out")
    judged["losses/1/"] = Judgement("not yet", "..")
    judged["sample_weight/0/"] = Judgement("unreadable", "..")
    judged["sum_loss//"] = Judgement("follows", "..", earlier="losses/0/")
    hints = {"denominator//": 3, "log_probs/0/0": 0}
    code = write_code(made, "solve", (), judged, hints, ["base_10", "weight_left_out", "no such"])
    report = read_code(code)
    assert dict(report.marks) == {
        "log_probs": "correct",
        "target_log_prob": "correct",
        "nll": "empty",
        "sample_weight": "not yet",
        "losses": "mistake",
        "sum_loss": "follows",
        "denominator": "hint",
        "mean_loss": "correct",
    }
    assert report.done == report.total - 4
    assert report.mistakes == ("base_10", "weight_left_out")


def test_named_steps_only():
    """With steps named by the teacher the code has marks for these alone."""
    made = item(1, "weighted_mean")
    report = read_code(write_code(made, "complete", ("mean_loss",), {}))
    assert report.marks == (("mean_loss", "empty"),)
    assert (report.done, report.total) == (0, 1)


def test_at_most_five_slips():
    """Of many slips the first five are kept, so that the code stays short."""
    made = item(1, "weighted_mean")
    code = write_code(made, "solve", (), {}, None, NUMBERED)
    assert read_code(code).mistakes == NUMBERED[:MOST_SLIPS]
    assert len(code) <= 34
