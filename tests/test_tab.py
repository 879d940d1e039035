"""What a browser tab keeps for the server: notes, and a new session that goes on from them."""

import json

import numpy as np
import pytest

from ce_core import Case
from ce_core.presets import PRESETS
from tests.unfolded import AppTest, unfolded
from ui.practice.exercise import Work, work_of
from ui.tab import component as tab
from ui.tab import notes
from ui.tab.notes import CASE, ODD, Note

LINK = {"logits": "1,2;3,4", "target": "1,0"}


def opened(**query):
    """The first page in a new session; a test of Streamlit's runs others without the frame."""
    app = unfolded()
    app.query_params.update(query)
    return app.run()


@pytest.fixture
def told(monkeypatch):
    """Everything that the tab is told, the last at the end."""
    heard = []
    end = tab.end

    def listen():
        heard.append(end())
        return heard[-1]

    monkeypatch.setattr(tab, "end", listen)
    return heard


# Notes


@pytest.mark.parametrize("chosen", PRESETS, ids=lambda chosen: chosen.key)
def test_note_of_a_case(chosen):
    """A case comes back from its note as it was, to the last bit."""
    note = notes.of_case(chosen.case)
    assert notes.case_of(json.loads(note.text)).digest == chosen.case.digest
    assert note.size == len(note.text)


@pytest.mark.parametrize(
    ("numbers", "dtype"),
    [
        ([0, 127], "int8"),
        ([-100, 128], "int16"),
        ([40_000], "int32"),
        ([2**31], "int64"),
        ([0.5, np.nan, -np.inf], "float32"),
        ([0.1], "float64"),  # no float32 is a tenth
        ([1e300], "float64"),
    ],
)
def test_narrow(numbers, dtype):
    """Numbers are sent in the narrowest type that holds them all, and not one is rounded."""
    array = np.array(numbers)
    small = notes.narrow(array)
    assert small.dtype == dtype
    np.testing.assert_array_equal(small.astype(array.dtype), array)


def test_case_too_large_for_a_note():
    """8 bytes of each number are 10.7 characters: 600,000 of them are more than 6,000,000."""
    case = Case(np.random.default_rng(0).normal(size=(6_000, 100)), np.zeros(6_000, dtype=int))
    assert notes.of_case(case) is None


@pytest.mark.parametrize(
    "change",
    [
        {"logits": None},
        {"logits": {"dtype": "object", "shape": [1], "data": ""}},
        {"logits": {"dtype": "float64", "shape": [10**9], "data": ""}},
        {"logits": {"dtype": "float64", "shape": [10**30], "data": ""}},
        {"logits": {"dtype": "float64", "shape": "2", "data": 5}},
        {"logits": 7},
        {"target": {"dtype": "int8", "shape": [1], "data": "fw=="}},  # class 127
        {"reduction": ["mean"]},
        {"label_smoothing": "x"},
    ],
    ids=str,
)
def test_odd_note(change):
    """A note can hold anything by the time it comes back: it is refused, and only that."""
    made = json.loads(notes.of_case(PRESETS[0].case).text)
    with pytest.raises(ODD):
        notes.case_of(made | change)


def test_notes_together():
    """Of notes that are too long together the last ones stay, in their order."""
    some = {name: Note("", 3_000_000) for name in "abc"}
    assert list(notes.fitting(some)) == ["b", "c"]


def test_work_of_a_note():
    """A person's work in an exercise comes back from its note."""
    work = Work({"probs/0/1": "0.5"}, {"probs/0/1": 2}, ("softmax_axis",))
    assert work_of(json.loads(json.dumps(vars(work)))) == work


# A session that goes on where one that is gone was left


def again(brought, states=None, **query):
    """A new session to which the tab brings this, and the browser its widgets' values."""
    app = unfolded()
    app.query_params.update(query)
    app.session_state["tab"] = {"brought": brought}
    return app._run(states)


def values(app):
    """What a browser would send to the next server."""
    return app._tree.get_widget_states()


def test_keys_go_on(told):
    """The widgets' names go on from the last session's, so that what is typed stays in them."""
    opened(**LINK)
    brings = told[-1]["brings"] | {"generation": 7, "turns": {"names": 2}}
    after = again(brings | {"texts": {}}, **LINK)
    assert after.text_input(key="names-7-2").value == "A, B"
    assert told[-1]["brings"] == brings | {"seen": told[-1]["brings"]["seen"]}


def test_value_that_was_not_heard(told):
    """A value that the gone session did not see is taken as a change; the others are not."""
    before = opened(**LINK)
    brings = told[-1]["brings"] | {"texts": {}}
    assert again(brings, values(before), **LINK).session_state["view"].case.reduction == "mean"
    before.button_group(key="reduction-1-0").set_value("sum")
    after = again(brings, values(before), **LINK)
    assert after.session_state["view"].case.reduction == "sum"
    seen = brings["seen"] | {name: told[-1]["brings"]["seen"][name] for name in ["reduction-1-0"]}
    assert (
        again(brings | {"seen": seen}, values(before), **LINK).session_state["view"].case.reduction
        == "mean"
    )


def large():
    """A case too large for a link, the name of its note, and the note."""
    logits = np.random.default_rng(0).normal(size=(400, 4))
    case = Case(logits, [0] * 400)
    return case, CASE + case.digest, notes.of_case(case)


def test_large_case(told):
    """A case that no link holds is there again, with its own numbers."""
    opened(**LINK)
    case, name, note = large()
    known = {"notes": {name: note.size}, "texts": {name: note.text}}
    after = again(told[-1]["brings"] | known, case=case.digest)
    assert after.session_state["view"].case == case
    assert not after.warning


def test_large_case_comes_later(told):
    """Until a long note has come the page says that it waits, and shows no other numbers."""
    opened(**LINK)
    case, name, note = large()
    known = {"notes": {name: note.size}, "texts": {}}
    after = again(told[-1]["brings"] | known, case=case.digest)
    assert [box.value for box in after.info] == [tab.WAITS]
    assert not after.title


def hold_and_tell():
    """A script in which a person makes something."""
    import streamlit as st

    from ui import state

    st.session_state["page"], st.session_state["generation"] = "", 1
    state.hold("mine", "a thing", note="as text")
    first, second = state.hand_over(), state.hand_over()
    state.tell_again(["mine", "unknown"])
    again = state.hand_over()
    state.hold("mine", "another")
    st.session_state["told"] = (first, second, again, state.hand_over())


def test_each_note_is_told_once():
    """A note goes to the tab once; that there is one is said each time, until there is none."""
    app = AppTest.from_function(hold_and_tell).run()
    first, second, again, last = app.session_state["told"]
    assert (first[0]["notes"], first[1]) == ({"mine": 9}, {"mine": '"as text"'})
    assert (second[0]["notes"], second[1]) == ({"mine": 9}, {})
    assert again == first  # where the tab says that it did not come
    assert (last[0]["notes"], last[1]) == ({}, {})


@pytest.mark.parametrize(
    "brought",
    [
        {"generation": 1},
        {"generation": "x", "turns": {}, "seen": {}, "page": "", "texts": {}, "notes": {}},
        {"turns": [], "seen": {}, "generation": 1, "page": "steps", "texts": 5, "notes": {}},
        {"texts": {f"{CASE}x": "["}, "notes": {f"{CASE}x": 1}},
    ],
    ids=str,
)
def test_odd_things_brought(brought):
    """Whatever a browser brings, the page is drawn from its link."""
    app = unfolded()
    app.query_params.update(LINK)
    app.session_state["tab"] = {"brought": brought}
    app.run()
    assert not app.exception
    assert app.session_state["view"].case == Case([[1.0, 2.0], [3.0, 4.0]], [1, 0])
