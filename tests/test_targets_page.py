"""The targets' page: its parts on every example, what is set on it, its link, and odd messages."""

import json
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ce_core import Case, run
from ce_core.presets import PRESETS, preset
from ce_core.targets.scene import LETTERS, SCENE, STARTS, picture
from tests.test_pages import assert_fine, key, opened, torch_answer, view, words
from ui.figures import figure
from ui.link import PARTS as LINKED
from ui.link import decode, encode, fits
from ui.notation import NotationError
from ui.targets.message import received
from ui.targets.otherways import TITLES
from ui.targets.page import PARTS as DRAWN
from ui.targets.picture import payload
from ui.targets.settings import (
    Painting,
    changed,
    left_out,
    read_mask,
    write_mask,
)
from ui.view import start

PARTS = tuple(part.key for part in DRAWN)
ODD = ("padding", "soft_smoothing", "single_vector", "pixels_log", "masked_class", "all_ignored")
ODD += ("empty_batch", "empty_probs", "overflow", "smoothing_surprise", "one_hot", "tokens_last")
masks = st.text(alphabet="ABC-", min_size=len(SCENE), max_size=len(SCENE))


def sent(app, name, state):
    """The page after a component has sent its state, as the browser reports it."""
    node = next(one for one in app.get("bidi_component") if one.proto.id.endswith(name))
    states = app._tree.get_widget_states()
    states.widgets.add(id=node.proto.id, json_value=json.dumps(state))
    return app._run(states)


def message(**changes):
    """A message of the picture."""
    whole = {"mask": "A" * len(SCENE), "brush": "B", "serial": "x:1", "done": True}
    return {"painted": whole | changes}


def test_parts_have_a_page():
    """Each part that a link may name is drawn, and each other way has a title."""
    assert set(PARTS) <= set(LINKED)
    assert len(set(TITLES)) == len(TITLES)


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("name", ODD)
def test_part_on_odd_cases(part, name):
    """Each part stands on odd cases, and the case's own answer is on the page with it."""
    reduction = ("mean", "none")[ODD.index(name) % 2]
    app = opened("targets", preset=name, part=part, reduction=reduction)
    assert_fine(app)
    case = view(app).case.replace(reduction="mean")
    assert figure(float(torch_answer(case))) in words(app)


@pytest.mark.parametrize("part", PARTS)
def test_large_case(part):
    """A case of 200,000 numbers and more is drawn in every part, a row of it where that is asked."""
    app = opened("targets", part=part)
    rng = np.random.default_rng(0)
    case = Case(rng.normal(size=(5_000, 50)), rng.integers(0, 50, 5_000), label_smoothing=0.1)
    app.session_state["view"] = view(app).of_case(case).replace(part=part)
    app.run()
    assert_fine(app)
    if part in ("smoothing", "weights", "kinds"):
        assert "this case has more than 200,000 logits" in words(app)


def test_choice_of_part():
    """The part chosen is in the view, and so in the link."""
    app = opened("targets")
    app.button_group(key=key(app, "part")).select("axes").run()
    assert_fine(app)
    assert view(app).part == "axes"
    assert encode(view(app))["part"] == "axes"
    assert "0.0937" in words(app)


def test_smoothing_slider():
    """The slider sets the case's smoothing, and the field among the numbers shows the same."""
    app = opened("targets", preset="plain_batch")
    sent(app, "slider-target-smoothing", {"sent": {"value": 0.8, "n": 1, "final": True}})
    assert_fine(app)
    assert view(app).case == preset("heavy_smoothing").case
    assert app.text_input(key=key(app, "label_smoothing")).value == "0.8"
    said = words(app)
    # four classes: the target has .2 + .8 / 4 = .4, the others .2
    assert "1 − ε + ε / C = **0.4**, not 1 − ε = 0.2. Every other class has ε / C = 0.2" in said
    assert "4.8088" in said


def test_other_way():
    """The way chosen is in the link, and its reason is on the page."""
    app = opened("targets", preset="heavy_smoothing", way="4")
    assert_fine(app)
    assert "Each class got 1/C instead of ε/C." in words(app)
    app.selectbox(key=key(app, "way")).set_value(0).run()
    assert view(app).painting.way == 0
    assert "others share ε; in torch all classes share it" in words(app)


def test_wrong_class_wins():
    """The thread's weights and smoothing give p = (0.161, 0.839), the wrong class, from 19 times
    the weight on; at 9 times the right one is ahead with 0.679."""
    said = words(opened("targets", part="weights"))
    assert "p = (0.161, 0.839): the **wrong** class wins" in said
    assert "19 times as heavy" in said
    said = words(opened("targets", part="weights", ratio="9"))
    assert "p = (0.679, 0.321): the **right** class is ahead" in said


def test_even_classes():
    """With all shared and all weights the same no class is called the wrong one."""
    app = opened("targets", part="weights", preset="plain_batch", label_smoothing="1", ratio="1")
    assert "4 classes are even, with the probability 0.25 each. The target's is one" in words(app)
    assert not app.warning
    said = words(opened("targets", part="weights", ratio="19"))
    assert "p = (0.5, 0.5): both classes are **even**" in said


def test_other_numbers_are_called_so():
    """Beside the answers of the case a part with numbers of its own says that it has them."""
    for part in PARTS:
        said = "have numbers of their own" in words(opened("targets", part=part))
        assert said == (part in ("pixels", "axes"))


def test_weight_of_nothing():
    """The means of a class that weighs 0 and of one that is ignored stand side by side."""
    said = words(opened("targets", part="ignored"))
    assert "<td>0</td><td>0</td><td>0.5711</td><td>0.5711</td>" in said
    assert "<td>0.2052</td><td>0</td><td>0.6647</td><td>0.6270</td>" in said
    assert "ignore_index = −1 leaves out the rows whose target is −1" in said


def test_two_means():
    """54.4052 and 0.8705 stand beside each other with what each was divided by."""
    said = words(opened("targets", part="kinds"))
    assert "<td>0.8705</td><td>54.4052</td><td>✗ not the same</td>" in said
    assert "108.8104 / **125**" in said
    assert "108.8104 / **2**" in said


def test_rows_left_out():
    """Rows left out are a look, not the case; a button makes them the case's, and then none is."""
    app = opened("targets", preset="rare_class", part="ignored")
    app.button_group(key=key(app, "ignored")).select(5).run()
    assert_fine(app)
    assert view(app).case == preset("rare_class").case
    assert left_out(view(app)) == (5,)
    assert "No row that counts has the target **sick**" in words(app)
    app.button(key=key(app, "keep")).click().run()
    assert_fine(app)
    assert view(app).case.target.tolist() == [0, 0, 0, 0, 0, -100]
    assert left_out(view(app)) == ()


def test_all_rows_left_out():
    """With every row left out the page says nan, and why."""
    app = opened("targets", part="ignored", ignored="0,1")
    assert_fine(app)
    assert "Every row is left out" in app.warning[0].value
    assert "<td>nan</td>" in words(app)


def test_picture_payload():
    """What the browser draws is the trace: each pixel's loss as text, the strongest the largest."""
    seen = start()
    trace = run(picture(SCENE, (1.0, 1.0, 1.0)))
    sent_out = payload(seen, trace)
    losses = trace["losses"].rows
    assert [float(text) for text in sent_out["losses"]] == np.round(losses, 3).tolist()
    assert sent_out["levels"][int(losses.argmax())] == 1
    assert "Mean loss 0.1902 over 120 pixels" in sent_out["said"]


def test_painted():
    """What was painted is in the view and its loss on the page; a link follows a stroke's end."""
    app = opened("targets", part="pixels")
    sent(app, "targets-picture", message())
    assert_fine(app)
    assert view(app).painting.mask == "A" * len(SCENE)
    assert view(app).painting.brush == "B"
    assert "**2.1752**" in words(app)  # the sum 261.0274 over 120 pixels
    assert encode(view(app))["mask"] == "120A"


@pytest.mark.parametrize(
    "painted",
    [
        None,
        3,
        {},
        message(mask="A")["painted"],
        message(mask="X" * len(SCENE))["painted"],
        message(mask=list(SCENE))["painted"],
        message(brush="AB")["painted"],
        message(brush=["A"])["painted"],
        message(done=1)["painted"],
        message(serial="x" * 1000)["painted"],
    ],
    ids=str,
)
def test_forged_messages(painted):
    """A message that is none is passed over, and the page stands."""
    assert received(painted) is None
    app = opened("targets", part="pixels")
    sent(app, "targets-picture", {"painted": painted})
    assert_fine(app)
    assert view(app).painting == Painting()


def test_starts_and_weights():
    """A mask to begin with, and a weight, are in the view; without weight the mean is nan."""
    app = opened("targets", part="pixels")
    app.button(key=key(app, "start-rare")).click().run()
    app.number_input(key=key(app, "pixel-weight-2")).set_value(50.0).run()
    assert_fine(app)
    rare = next(one for one in STARTS if one.key == "rare")
    assert view(app).painting.mask == rare.mask
    assert view(app).painting.pixel_weight == (1, 1, 50)
    assert "**0.8629**" in words(app)
    nothing = opened("targets", part="pixels", pixel_weight="0,0,0")
    assert_fine(nothing)
    assert "which is nan" in nothing.warning[0].value


def test_picture_to_other_pages():
    """The picture becomes the case, which fits a link, and the page stays where it is."""
    app = opened("targets", part="pixels", pixel_weight="1,1,10")
    app.button(key=key(app, "take-picture")).click().run()
    assert_fine(app)
    case = view(app).case
    assert case == picture(SCENE, (1, 1, 10))
    assert view(app).names == ("background", "road", "car")
    assert fits(case)
    assert view(app).part == "pixels"
    assert app.button(key=key(app, "take-picture")).disabled
    again, dropped = decode(encode(view(app)))
    assert (again.case, again.names, dropped) == (case, view(app).names, ())


@given(masks)
def test_mask_is_read_as_written(mask):
    """A mask as text is the same mask when read, and never longer than twice its pixels."""
    assert read_mask(write_mask(mask)) == mask
    assert len(write_mask(mask)) <= 2 * len(mask)


@given(st.text(max_size=300))
def test_no_text_breaks_the_mask(text):
    """Whatever a link says, the mask is whole or refused in words."""
    try:
        assert len(read_mask(text)) == len(SCENE)
    except NotationError as problem:
        assert str(problem)


def test_link_round_trip():
    """All that is set on the page comes back from its link."""
    seen = changed(
        start().replace(part="pixels"),
        way=3,
        ratio=12.5,
        epsilon=0.25,
        ignored=(1,),
        mask="B" * 60 + SCENE[60:],
        brush="-",
        pixel_weight=(0.5, 1.0, 7.0),
    )
    again, dropped = decode(encode(seen))
    assert dropped == ()
    assert (again.part, again.painting) == ("pixels", seen.painting)
    assert encode(again) == encode(seen)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("part", "nope"),
        ("way", "8"),
        ("ratio", "1000"),
        ("epsilon", "nan"),
        ("ignored", "0,9"),
        ("ignored", "-1"),
        ("ignored", ""),
        ("mask", "119A"),
        ("mask", "999A999A"),
        ("mask", "A" * 5000),
        ("mask", "120<b>"),
        ("brush", "D"),
        ("pixel_weight", "1,1"),
        ("pixel_weight", "1,1,-1"),
        ("pixel_weight", "1,1,inf"),
    ],
)
def test_broken_settings(name, text):
    """What a link says wrongly is dropped and named, and the rest stands."""
    seen, dropped = decode({name: text})
    assert [item.name for item in dropped] == [name]
    assert seen.painting == Painting()


def test_ignored_rows_of_a_soft_target():
    """A case of class probabilities has no rows to leave out, so a link to some is named."""
    _, dropped = decode({"preset": "soft_targets", "ignored": "0"})
    assert [item.name for item in dropped] == ["ignored"]


@pytest.mark.parametrize("chosen", PRESETS, ids=lambda one: one.key)
def test_rows_left_out_follow_the_case(chosen):
    """Rows that another case does not have are neither left out in it nor in its link."""
    seen = changed(start(), ignored=(0, 1, 19)).of_case(chosen.case, preset=chosen.key)
    again, dropped = decode(encode(seen))
    assert dropped == ()
    assert left_out(again) == left_out(seen)


def test_names_are_text():
    """A class whose name is markup is shown as text in every part."""
    name = "<img src=x onerror=alert(1)>"
    for part in PARTS:
        query = {"logits": "1,2;3,1", "target": "0,1", "classes": f"{name[:28]},b"}
        app = opened("targets", part=part, **query)
        assert_fine(app)
        # written as text in Markdown, the sign has a backslash before it
        assert not re.search(r"(?<!\\)<img", "".join(box.value for box in app.markdown))
        assert "<img" not in "".join(str(box.proto.body) for box in app.get("html"))


def test_letters_are_the_brushes():
    """The brushes are the picture's classes and the ignored pixel."""
    classes = payload(start(), run(picture(SCENE, (1, 1, 1))))["classes"]
    assert [letter for letter, _ in classes] == [*LETTERS, "-"]
