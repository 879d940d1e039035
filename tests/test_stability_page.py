"""The section of the page Check on floating point: it stands on every case and says what broke."""

import json
import re

import numpy as np
import pytest
from google.protobuf.text_format import MessageToString

from ce_core.presets import PRESETS
from tests.unfolded import unfolded
from ui.link import DTYPES


def opened(**query):
    """The page Check, drawn."""
    app = unfolded()
    app.query_params.update({"part": "floats"} | query)
    app.switch_page("pages/check.py")
    app.run()
    assert [box.value for box in app.exception] == []
    return app


def words(app):
    """Everything that the page's elements hold, as one text."""
    parts = [MessageToString(node.proto, as_utf8=True) for node in app.main if node.proto]
    return re.sub(r"\\(.)", lambda found: {"n": "\n"}.get(found[1], found[1]), "\n".join(parts))


def slide(app, value, *, final=True):
    """The slider at a value, as the browser reports it."""
    component = next(
        one.proto for one in app.get("bidi_component") if "Constant v" in one.proto.json
    )
    states = app._tree.get_widget_states()
    message = {"sent": {"value": value, "n": 1, "final": final}}
    states.widgets.add(id=component.id, json_value=json.dumps(message))
    return app._run(states)


def link_follows(app):
    """Whether the address is to be written; a page that is run here alone leaves that to be done."""
    return "changed" in app.session_state


@pytest.mark.parametrize("preset", [chosen.key for chosen in PRESETS])
def test_each_example_stands(preset):
    """The section is drawn for every example, with a constant and without."""
    for offset in ("0", "89"):
        app = opened(preset=preset, offset=offset, dtype="float32")
        assert "Where each number type gives up" in words(app)


@pytest.mark.parametrize("dtype", DTYPES)
def test_each_type_stands(dtype):
    """Every number type can be chosen, and the section is about it."""
    said = words(opened(dtype=dtype, offset="1000"))
    assert f"in {dtype}" in said
    assert f"{dtype}, chosen above" in said


def test_what_breaks_is_said():
    """At 89 in float32 e^z is inf and the cost nan; with the shift the costs are as before."""
    said = words(opened(dtype="float32", offset="89"))
    assert "2 of 2 costs came out as inf or nan" in said
    assert "✓ Every cost is a number" in said
    assert "The shift saves 2 of the 2 rows." in said
    assert "0.3133" in said


def test_nothing_breaks_at_zero():
    """With nothing added both chains of the first example are right."""
    said = words(opened(dtype="float32"))
    assert said.count("✓ Every cost is a number") == 2


def test_a_forbidden_class_is_not_called_broken():
    """The class with the logit −∞ has its inf by right; nothing at all is a number beside nan."""
    said = words(opened(preset="masked_class", dtype="float32"))
    assert said.count("✓ Every cost but that of a logit of −∞ is a number") == 2
    assert "The shift saves none of the 2 rows." in said
    assert "⚠ −inf" not in said.split("Where each number type gives up")[0]
    said = words(opened(logits="nan,1;2,3", target="1,0"))
    assert said.count("By no formula is a cost a number") == 2


@pytest.mark.parametrize("dtype", ["float16", "float64"])
def test_torch_loses_digits_somewhere(dtype):
    """Torch's inf in float16 is on the page whatever type is chosen, and no rounding is a fault."""
    said = words(opened(dtype=dtype))
    assert "What torch gives in float16 on cpu" in said
    assert ("In float64 torch gets all of them right to 0.1%." in said) == (dtype == "float64")
    assert "off by 0.0%" not in said


def test_verdict_comes_first():
    """How many rows agree is said before the table; what cannot be compared is not counted."""
    assert "✓ 17 of 17 rows agree in float64 on cpu." in words(opened(part="agreement"))
    assert "cannot be compared; each says why" in words(
        opened(part="agreement", logits="1e6,2;3,4", target="0,1", dtype="float16")
    )


def test_thresholds_are_on_the_page():
    """The logit at which e^z is inf stands there for each type, and the case is marked."""
    said = words(opened(offset="89"))
    for text in ("11.0938", "88.7228", "709.7827", "17.3438", "103.9721", "745.1332"):
        assert text in said
    assert "you are past it" in said
    assert "you are past it" not in words(opened(offset="0"))


def test_the_slider_moves_the_page_and_then_the_link():
    """While dragged the numbers follow; when it is let go the link does."""
    app = slide(opened(dtype="float32"), 89, final=False)
    assert "costs came out as inf or nan" in words(app)
    assert not link_follows(app)
    app = slide(opened(dtype="float32"), 89)
    assert link_follows(app)


def test_a_constant_to_try():
    """A constant to try is chosen by a click; 710 is e^z's end in float64, too."""
    app = opened()
    [tries] = [one for one in app.button_group if "710" in one.options]
    tries.set_value(710.0).run()
    assert app.session_state["view"].overflow.offset == 710
    assert link_follows(app)
    assert "costs came out as inf or nan" in words(app)


def test_another_row():
    """The row looked at can be chosen, and is the view's."""
    app = opened(dtype="float32")
    [row] = [one for one in app.selectbox if one.label == "Row"]
    row.select(1).run()
    assert app.session_state["view"].row == 1
    assert "row 1, in float32" in words(app)


@pytest.mark.parametrize(
    "query",
    [
        {"logits": "empty(0,3)", "target": "empty(0,)"},
        {"logits": "1,2;nan,3;inf,1", "target": "0,1,0"},
        {"logits": "1e300,2;3,-1e300", "target": "0,1"},
        {"logits": "1,2;3,4", "target": "0.5,0.5;0.2,0.8"},
        {"logits": "1,2;3,4", "target": "-100,-100"},
        {"logits": "1,2,3,", "target": "1"},
        {"logits": "[[[1,2],[3,4]]]", "target": "0,1;"},
        {"logits": "5;6", "target": "0,0"},
    ],
    ids=lambda query: query["logits"],
)
@pytest.mark.parametrize("dtype", ["float16", "float64"])
def test_odd_cases_stand(query, dtype):
    """Empty, infinite, huge, soft, ignored, one-row, image and one-class cases are drawn."""
    assert "Where floating point breaks" in words(opened(**query, dtype=dtype, offset="10"))


def test_many_classes_are_folded():
    """Of 40 classes five are shown, and the others counted."""
    logits = ",".join(f"{value:.1f}" for value in np.linspace(0, 4, 40)) + ";"
    said = words(opened(logits=logits, target="30,"))
    assert "35 more classes are not shown" in said


@pytest.mark.parametrize("offset", ["1e9", "nan", "x"])
def test_a_bad_constant_is_left_out(offset):
    """A link with a constant that no slider has is read without it."""
    app = opened(offset=offset)
    assert app.session_state["view"].overflow.offset == 0
    assert "This link could not be read whole" in words(app)


def test_names_stay_text():
    """A class's name from a link cannot become HTML."""
    said = words(opened(logits="3,4;6,9", target="1,0", classes="<b>x</b>,y"))
    assert "<th scope='col'><b>x" not in said
    assert "&lt;b&gt;x" in said
