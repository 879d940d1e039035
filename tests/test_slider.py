"""The live slider: what the browser sends is read with care, and the view follows it."""

import json
import math
import warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.browser.conftest import ROOT
from ui.slider.message import MOST, Message, received

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from streamlit.testing.v1 import AppTest

SENT = {"value": 12.5, "n": 3, "final": True}
LEAF = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3)
ANYTHING = (
    LEAF | st.lists(LEAF, max_size=2) | st.dictionaries(st.text(max_size=3), LEAF, max_size=2)
)


def test_a_message_is_read():
    """A value within the limits arrives as it is."""
    assert received(SENT, -100, 100) == Message(12.5, 3, final=True)


@pytest.mark.parametrize(("value", "wanted"), [(1e9, 100.0), (-1e9, -100.0), (100, 100.0)])
def test_a_value_is_brought_into_the_limits(value, wanted):
    """Beyond a limit it is the limit."""
    assert received({**SENT, "value": value}, -100, 100).value == wanted


@pytest.mark.parametrize(("value", "wanted"), [(12.4, 12.0), (12.6, 13.0), (99.9, 100.0)])
def test_whole_sliders_take_whole_numbers(value, wanted):
    """Between two places the nearer one is taken."""
    assert received({**SENT, "value": value}, -100, 100, whole=True).value == wanted


@pytest.mark.parametrize(
    "sent",
    [
        None,
        [],
        "12",
        {},
        {**SENT, "value": None},
        {**SENT, "value": "12"},
        {**SENT, "value": True},
        {**SENT, "value": math.nan},
        {**SENT, "value": math.inf},
        {**SENT, "value": [1]},
        {**SENT, "value": 10**400},
        {**SENT, "n": 0},
        {**SENT, "n": -1},
        {**SENT, "n": 1.5},
        {**SENT, "n": MOST},
        {**SENT, "n": 10**400},
        {**SENT, "n": None},
        {**SENT, "final": 1},
        {**SENT, "final": None},
        {"value": 1},
    ],
    ids=repr,
)
def test_what_is_no_message_is_none(sent):
    """Anything else than a finite value, a count and a yes or no is left alone."""
    assert received(sent, -100, 100) is None


@given(ANYTHING, ANYTHING, ANYTHING)
def test_nothing_that_is_sent_raises(value, n, final):
    """Whatever comes, it is a message with a value within the limits, or none."""
    for sent in (value, {"value": value, "n": n, "final": final}):
        message = received(sent, -1, 1)
        assert message is None or (-1 <= message.value <= 1 and 0 < message.n < MOST)


def script():
    """A page with one slider over the constant of the stability section."""
    from dataclasses import replace

    import streamlit as st

    from ui import state
    from ui.slider import slider

    state.arrive("one")
    view = state.current()

    def take(view, value):
        return view.replace(overflow=replace(view.overflow, offset=value))

    slider("one", "One <b>", view.overflow.offset, -100, 100, 1, take, help="How far.")
    st.markdown(f"at {view.overflow.offset}")
    state.leave()


def opened(**query):
    """The page, drawn."""
    app = AppTest.from_function(script, default_timeout=60)
    app.query_params.update(query)
    app.run()
    assert not app.exception
    return app


def sent_to(app):
    """What the slider was given to draw."""
    return json.loads(app.get("bidi_component")[0].proto.json)


def send(app, message):
    """A message of the slider, as the browser sends it."""
    states = app._tree.get_widget_states()
    component = app.get("bidi_component")[0].proto
    states.widgets.add(id=component.id, json_value=json.dumps({"sent": message}))
    app = app._run(states)
    assert not app.exception
    return app


def value(app):
    """What the view holds."""
    return app.session_state["view"].overflow.offset


def linked(app):
    """What the link holds, as `ui.state.leave` writes it."""
    return app.session_state["query"].get("offset")


def test_the_slider_is_given_its_place():
    """The browser gets the label as text, the limits, the value, and that no message came."""
    data = sent_to(opened(offset="7"))
    wanted = {"label": "One <b>", "help": "How far.", "value": 7.0, "shown": "7", "whole": True}
    assert wanted.items() <= data.items()
    assert (data["low"], data["high"], data["step"], data["n"]) == (-100, 100, 1, 0)


def test_a_value_beyond_the_limits_is_shown_at_the_limit():
    """A link may hold more than the slider reaches."""
    assert sent_to(opened(offset="5000"))["value"] == 100.0


def test_dragging_moves_the_view_and_not_the_link():
    """While it is dragged the page follows, and the address stays."""
    app = send(opened(), {"value": 12, "n": 1, "final": False})
    assert value(app) == 12.0
    assert linked(app) is None
    assert (sent_to(app)["value"], sent_to(app)["n"]) == (12.0, 1)


def test_letting_go_moves_the_link():
    """The last message of a move writes the address."""
    app = send(opened(), {"value": 12, "n": 1, "final": False})
    app = send(app, {"value": 13, "n": 2, "final": True})
    assert value(app) == 13.0
    assert linked(app) == "13"


@pytest.mark.parametrize("forged", [None, {}, {"value": "x"}, {**SENT, "value": None}, [1], "x"])
def test_forged_messages_change_nothing(forged):
    """What the slider cannot have sent leaves the view and the address."""
    app = send(opened(offset="7"), forged)
    assert value(app) == 7.0
    assert linked(app) == "7"


def test_a_forged_value_stays_within_the_limits():
    """A number no slider could send is brought into the limits."""
    app = send(opened(), {"value": 1e300, "n": 1, "final": True})
    assert value(app) == 100.0


def test_scripts_have_no_html_in_them():
    """Labels and faults go in as text: the scripts set textContent alone."""
    for path in (ROOT / "ui/slider").glob("*.js"):
        assert "innerHTML" not in path.read_text()
