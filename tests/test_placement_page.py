"""The page Where the weight goes: what it says of any case, and what a link and a field set."""

import re
from dataclasses import replace

import numpy as np
import pytest

from ce_core import Case
from ce_core.placement import beliefs, compare, decide, fitted, scaled, world
from ce_core.presets import PRESETS, preset
from tests.strategies import REDUCTIONS
from tests.test_pages import assert_fine, key, opened, picker, view, words
from ui.figures import figure
from ui.link import decode, encode
from ui.notation import NotationError
from ui.placement.settings import Placement, read_truth, write_truth
from ui.view import View, start

KEYS = [chosen.key for chosen in PRESETS]
EXAMPLE = preset("weight_outside").case


def page(**query):
    """The page, opened by a link."""
    return opened("placement", **query)


def totals(app):
    """The three totals on the page."""
    return re.findall(r"wce-placement-total'>([^<]*)<", words(app))


@pytest.mark.parametrize("name", KEYS)
def test_every_example(name):
    """Every example stands on the page, with the three totals of the core."""
    app = page(preset=name, shift="2.5")
    assert_fine(app)
    assert totals(app) == [figure(one.total_after) for one in compare(view(app).case, 2.5)]


@pytest.mark.parametrize("name", ["weight_outside", "padding", "soft_smoothing"])
@pytest.mark.parametrize("reduction", REDUCTIONS)
def test_every_reduction(name, reduction):
    """With each reduction the totals are those of the core; of none it is the sum of the rows."""
    app = page(preset=name, reduction=reduction)
    assert_fine(app)
    assert totals(app) == [figure(one.total_before) for one in compare(view(app).case, 0.0)]
    name = "sum of the rows" if reduction == "none" else reduction
    assert f"wce-placement-told'>{name}" in words(app)


@pytest.mark.parametrize(
    "query",
    [
        {"logits": "2,1,0.1", "target": "0", "weight": "1,5,2"},
        {"logits": "1,2;3,4", "target": "0,-100", "weight": "0,1"},
        {"logits": "1,2;3,4", "target": "0,1", "weight": "-1,2"},
        {"logits": "1,2;3,4", "target": "0,1", "weight": "nan,2"},
        {"logits": "1,2;3,4", "target": "0,1", "weight": "1e308,1e308"},
        {"logits": "inf,2;3,-inf", "target": "0,1", "weight": "1,2", "truth": "0.2,0.8"},
        {"logits": "inf,2;3,-inf", "target": "0,1", "weight": "1,2", "row": "1"},
        {"logits": "1,2;3,4", "target": "0.3,0.7;1,0", "weight": "1,2", "label_smoothing": "0.1"},
        {"logits": "empty(0,3)", "target": "empty(0)"},
        {"logits": "empty(2,0)", "target": "empty(2,0)"},
        {"logits": "5;4;", "target": "0,0", "weight": "3,"},
        {"logits": "[[[1,2],[3,4]]]", "target": "0,1;", "weight": "1,4"},
    ],
    ids=lambda query: "-".join(query.values()),
)
def test_odd_cases(query):
    """Single vectors, ignored rows, weights that are no prior, infinities, no rows, no classes."""
    app = page(**query, shift="3")
    assert_fine(app)
    assert "Drag, and see which of the three losses does." in words(app)


def test_large_case():
    """A case of 200,000 logits is compared, and its first rows are shown."""
    app = page()
    random = np.random.default_rng(0)
    logits = random.normal(size=(2_000, 100))
    case = Case(logits, random.integers(0, 100, 2_000), random.random(100) + 0.5)
    app.session_state["view"] = view(app).of_case(case)
    app.run()
    assert_fine(app)
    said = words(app)
    assert "and 1,994 rows more" in said
    assert "The 10 likeliest of 100 classes." in said


def test_change_is_named():
    """At a shift of 10 the page says that only the second loss moves, and by how much."""
    said = words(page(preset="weight_outside", shift="10"))
    # Rows that weigh 1 and 3 move by 0 and -20, so their mean moves by -10.
    assert said.count("does not move") == 2
    assert "<strong>moves by −10</strong>" in said
    assert "only by letting all logits rise" in said
    falling = words(page(preset="weight_outside", shift="-10"))
    assert "<strong>moves by +10</strong>" in falling
    assert "only by letting all logits rise" in falling


def test_equal_weights_are_told():
    """Without weights the three losses are one, and the page says so."""
    app = page(logits="1,2;3,4", target="0,1")
    assert "All weights are 1, so the three are one and the same loss" in words(app)
    app = page(logits="1,2;3,4", target="0,1", weight="2,2")
    assert "All weights are 2." in words(app)


@pytest.mark.parametrize("weight", ["1,3", "2,2"])
def test_only_equal_weights_cancel(weight):
    """Far-off logits hide what a prior does in rounding: only equal weights are said to cancel."""
    said = words(page(logits="1000,0;0,1000", target="1,0", weight=weight))
    assert ("so q cancels" in said) == (weight == "2,2")


def test_why_there_is_no_prior_loss():
    """An infinite logit is not blamed on the weights, and a weight of 0 is."""
    missing, blamed = "so there is nothing to compare", "A weight is 0."
    said = words(page(logits="inf,1;2,3", target="0,1", weight="1,2"))
    assert missing in said
    assert blamed not in said
    said = words(page(logits="1,1;2,3", target="0,1", weight="0,2"))
    assert missing in said
    assert blamed in said


def test_lost_in_rounding():
    """Where a huge loss hides the shift, the page does not say that the weights are 1."""
    said = words(page(logits="1e30,0;0,1e30", target="1,0", weight="1,3", shift="10"))
    assert "a double does not hold the difference" in said


def test_what_is_divided_by():
    """Each card says what its mean is divided by."""
    said = words(page(preset="weight_outside"))
    assert "divided by 4, the sum of the targets' weights" in said.replace("&#x27;", "'")
    assert said.count("divided by 2, the number of rows that count") == 2


def test_typed_truth():
    """Typed probabilities are what the models are asked about; the optima are those of the core."""
    app = page(preset="weight_outside")
    app.text_input(key=key(app, "placement-truth")).set_value("7, 2, 1").run()
    assert_fine(app)
    assert view(app).placement.truth == (7.0, 2.0, 1.0)
    said = words(app)
    outside, inside, prior = beliefs(scaled(np.array([7.0, 2, 1])), np.array([1.0, 3, 2]))
    for number in (*outside.probs, *prior.probs):
        assert f">{figure(number)}<" in said
    # 1 - (0.7 + 0.6 + 0.2)
    assert f"**{figure(inside.drift)}**" in said
    assert figure(inside.drift) == "−0.5"
    app.text_input(key=key(app, "placement-truth")).set_value("").run()
    assert view(app).placement.truth == ()


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("0.7, x", "'x' is not a number"),
        ("-1, 2, 3", "a probability is a finite number and not negative"),
        ("nan, 1, 1", "a probability is a finite number and not negative"),
        ("0, 0, 0", "the probabilities must add up to a finite number above 0"),
        ("1,2;3,4", "it must be one number for each class"),
        ("[1", "its brackets do not match"),
    ],
)
def test_bad_truth(typed, says):
    """What is no distribution is named and stays in the field; the page keeps what it had."""
    app = page(preset="weight_outside", truth="0.7,0.2,0.1")
    app.text_input(key=key(app, "placement-truth")).set_value(typed).run()
    assert [box.value for box in app.exception] == []
    (message,) = [box.value for box in app.error]
    assert says in message.replace("\\", "")
    assert view(app).placement.truth == (0.7, 0.2, 0.1)
    assert app.text_input(key=key(app, "placement-truth")).value == typed


def test_truth_of_another_length():
    """Probabilities for three classes beside a case of two are named, and the softmax is taken."""
    app = page(truth="0.7,0.2,0.1")
    assert [box.value for box in app.exception] == []
    (message,) = [box.value for box in app.error]
    assert "3 typed, and this case has 2 classes" in message


def test_row():
    """The row looked at is chosen by a field, and is the view's."""
    app = page(preset="weight_outside")
    picker(app, "prior-row-0").select(1).run()
    assert_fine(app)
    assert view(app).row == 1
    assert "logits of row 1." in words(app)


def test_numbers_of_the_line():
    """The boundary, the cost and the fitted lines on the page are those of the core."""
    app = page(rare="0.2", miss="4", gap="1.5", world="split")
    assert_fine(app)
    said = words(app)
    found = decide(world("line", 1.5), 0.2, 4.0, np.linspace(-4, 8, 241))
    line, bent = fitted(world("line", 1.5), 0.2, 4.0), fitted(world("split", 1.5), 0.2, 4.0)
    for number in (found.plain_cut, found.cut, found.level, found.cost_at_cut, line.rise):
        assert figure(number) in said
    for number in (bent.plain.slope, bent.weighted.slope, bent.by_threshold):
        assert figure(number) in said


def test_world_is_chosen():
    """The switch between worlds is in the view, and a model that fits keeps its slope."""
    app = page()
    control = next(one for one in app.segmented_control if one.label == "The two classes")
    control.set_value("line").run()
    assert_fine(app)
    assert view(app).placement.world == "line"
    assert "The slope stays 2." in words(app)


SETTINGS = Placement(-3.5, (0.5, 0.25, 0.25), 0.25, 12.5, 3.0, "split")


def test_link_and_back():
    """All the page's settings go into a link and come back from it; defaults stay out."""
    seen = start().replace(placement=SETTINGS)
    query = encode(seen)
    assert query == {
        "shift": "-3.5",
        "truth": "0.5,0.25,0.25",
        "rare": "0.25",
        "miss": "12.5",
        "gap": "3",
        "world": "split",
    }
    back, dropped = decode(query)
    assert dropped == ()
    assert back == seen
    assert encode(View(EXAMPLE).replace(placement=Placement())).keys() == {
        "logits",
        "target",
        "weight",
    }


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("shift", "21"),
        ("shift", "nan"),
        ("truth", "-1,2"),
        ("truth", "empty(0)"),
        ("truth", "1e308,1e308"),
        ("rare", "0"),
        ("miss", "0.5"),
        ("gap", "9"),
        ("world", "<b>"),
    ],
)
def test_bad_links(name, text):
    """A setting out of its limits is dropped and named, and the page stands."""
    back, (left_out,) = decode({name: text})
    assert back == start()
    assert left_out.name == name
    app = page(**{name: text})
    assert_fine(app)
    assert "This link could not be read whole." in words(app)


def test_truth_notation():
    """One probability is written without a comma at its end, and each text reads back."""
    for truth in ((1.0,), (0.5, 0.5), (0.1, 0.2, 0.7)):
        assert read_truth(write_truth(truth)) == truth
    with pytest.raises(NotationError):
        read_truth("")


def test_settings_are_frozen():
    """Settings are values: a change makes another one."""
    assert replace(Placement(), shift=1.0) != Placement()
