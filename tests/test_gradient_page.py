"""The page Gradient says what its numbers say, for every example and every kind of case."""

import re
from math import inf, nan

import numpy as np
import pytest

from ce_core import Case, run
from ce_core.descent import descend, nudges, pulls
from ce_core.presets import PRESETS
from ce_core.torch_check import Device
from tests.strategies import REDUCTIONS
from tests.test_pages import assert_fine, each_reduction, key, opened, picker, view, words
from ui import torch_side
from ui.figures import figure
from ui.link import decode, encode
from ui.view import View, positions, start

THREE = Case([[2, 1, 0.1], [0.5, 2.5, 0.3], [1.2, 0.4, 3]], [0, 2, 2], [1, 2, 5])


def shown(case, **fields):
    """The page on a case."""
    app = opened("gradient")
    app.session_state["view"] = View(case, **fields)
    app.run()
    assert_fine(app)
    return app


@pytest.mark.parametrize("name", [chosen.key for chosen in PRESETS])
def test_examples(name):
    """Each example with each reduction has its gradient on the page, or says that it has none."""
    app = opened("gradient", preset=name)
    for case in each_reduction(app):
        said = words(app)
        if not positions(case) or not case.classes:
            assert "there is no logit to push" in said
            continue
        trace = pulls(run(case))
        assert "✓ agrees" in said or "– not held" in said
        assert f">{figure(float(trace['whole_length'].output))}<" in said.replace("–", "nan")


def test_thread():
    """Row 0 of the thread has target B, p = 0.7311 and the share 0.36 / 0.76 = 0.4737, so that its
    gradient is 0.4737 · (0.7311 − 1) = −0.1274 for B and 0.1274 for A."""
    app = opened("gradient")
    said = words(app)
    assert "Class B has probability 0.7311 and should have 1: the step pushes its logit up." in said
    assert (
        "Class A has probability 0.2689 and should have 0: the step pushes its logit down." in said
    )
    assert "The row sums to 0" in said
    assert "0.4737" in said
    assert "−0.1274" in said
    assert "The mean loss is 1.7529." in said
    assert r"\frac{0.36}{0.76} = 0.4737" in said


def test_links():
    """What is set on the page is in its link and comes back from it."""
    query = {
        "rate": "2.5",
        "descent_steps": "12",
        "nudge": "0.001",
        "times": "50",
        "reweigh": "all",
    }
    read, left_out = decode(query, {})
    assert left_out == ()
    chosen = read.descent
    assert (chosen.rate, chosen.steps, chosen.nudge) == (2.5, 12, 0.001)
    assert (chosen.times, chosen.reweigh) == (50, "all")
    assert query.items() <= encode(read).items()
    assert not query.keys() & encode(start()).keys()


@pytest.mark.parametrize(
    ("name", "text"),
    [("rate", "-1"), ("rate", "nan"), ("descent_steps", "51"), ("descent_steps", "1.5"),
     ("nudge", "0"), ("times", "inf"), ("reweigh", "<b>")],
)  # fmt: skip
def test_broken_settings(name, text):
    """A setting that cannot be read is named and left out."""
    app = opened("gradient", **{name: text})
    assert_fine(app)
    assert f"`{name}={text}`" in app.warning[0].value
    assert view(app).descent == start().descent


def test_row_and_class():
    """Another row, and another class of it, are chosen in any of the pickers, and all show it."""
    app = opened("gradient", preset="rare_class")
    picker(app, "mirror-row-0").select(5).run()
    assert_fine(app)
    assert view(app).row == 5
    column = picker(app, "nudge-row-5")
    assert column.value == 5
    picker(app, "nudge-class-1").select(0).run()
    assert (view(app).row, view(app).column) == (5, 0)
    assert picker(app, "weigh-class-0").value == 0
    assert "Class healthy of row 5" in words(app)


def test_pickers_after_other_targets():
    """A row's picker names its new target when the targets change, twice over."""
    app = shown(Case([[3, 4], [6, 9]], [1, 0]))
    assert picker(app, "mirror-row-0").options == ["row 0: B", "row 1: A"]
    for target, said in (("0,1", ["row 0: A", "row 1: B"]), ("1,1", ["row 0: B", "row 1: B"])):
        pasted = f"logits = torch.tensor([[1., 2.], [6., 9.]])\nlabels = torch.tensor([{target}])"
        app.text_area(key=key(app, "paste")).input(pasted).run()
        assert_fine(app)
        row = picker(app, "mirror-row-0")
        assert (row.options, row.value) == (said, 0)


def test_nudge():
    """The slope that is measured stands beside the gradient, for the size that was chosen."""
    app = opened("gradient")
    app.button_group(key=key(app, "nudge-offered-0.01")).select(0.1).run()
    assert view(app).descent.nudge == 0.1
    (one,) = nudges(run(start().case), 0, 1, (0.1,))
    said = words(app)
    for name in ("below", "at", "above", "slope", "gradient"):
        assert figure(one[name], 10) in said
    app.number_input(key=key(app, "nudge-typed-0.1")).set_value(0.25).run()
    assert_fine(app)
    assert view(app).descent.nudge == 0.25


def test_why_the_slope_is_off():
    """The page says h² where the curve bends, rounding alone where p is 0, and nothing for a row
    that has no slope at all."""
    assert "A tenth of h makes a hundredth" in words(shown(THREE))
    straight = Case([[1000.0, 0.0]], [1])
    assert "only rounding is left" in words(shown(straight))
    ignored = words(shown(THREE.replace(target=[-100, 0, 2])))
    assert "A tenth of h" not in ignored
    assert "only rounding is left" not in ignored


def test_steps():
    """One step, ten steps, and back to the start; the loss is that after so many steps."""
    app = opened("gradient")
    for label, steps in (("One step", 6), ("Ten steps", 16), ("Start again", 0)):
        app.button(key=key(app, f"descent-{label}")).click().run()
        assert_fine(app)
        assert view(app).descent.steps == steps
        losses = descend(run(start().case), 1, steps).losses
        assert figure(float(losses[-1])) in words(app)
    assert "No step yet: the loss is 1.7529." in words(app)
    assert app.button(key=key(app, "descent-Start again")).disabled


def test_even_weights_beside():
    """With class weights there are two trails, without any one; each says where it goes."""
    said = words(opened("gradient"))
    assert "The loss with your weights" in said
    assert "The loss with all weights 1" in said
    plain = words(shown(THREE.replace(weight=None)))
    assert "there is one trail" in plain


def test_rate_too_large():
    """A rate that throws the logits across is said, and so is a loss that is no number."""
    soft = Case([[0.0, 0.5]], [[0.5, 0.5]])
    app = shown(soft, descent=start().descent.replace(rate=20.0))
    assert "At step 1 it rises" in words(app)
    huge = soft.replace(weight=[1e308, 1e308], reduction="sum")
    assert "it is no finite number" in words(shown(huge))


def test_weights():
    """Class C five times as heavy: under the mean 11/51 and 55/51 times as long."""
    app = shown(THREE, row=1)
    said = words(app)
    assert "2 rows change here" in said
    assert f"between {figure(11 / 51)} and {figure(55 / 51)} times as long" in said
    assert "does not turn it" in said
    assert "**The probabilities** stay" in said
    app.button_group(key=key(app, "reweigh-class")).select("all").run()
    assert view(app).descent.reweigh == "all"
    said = words(app)
    assert "every row's gradient is 5 times as long" in said
    assert "nothing moves" in said


def test_weights_that_move_nothing():
    """A class that no row asks for, and a batch that has no finite gradient, are told apart."""
    assert "Nothing moves: no row" in words(shown(THREE.replace(target=[0, 0, 0]), column=2))
    said = words(shown(Case([[nan, 1.0], [0.0, 1.0]], [0, 1], [1, 2]), row=1))
    assert "no finite number before, either" in said


def test_left_out_factor():
    """Who has p − q reads what is missing: 0.36 / 0.76 in row 0; with one class of weight 1 under
    the sum nothing is, and with smoothing it is p − r."""
    missing = "“My gradient is p − q, and torch's is not.”** Then F is missing: in row 0 each p − q"
    assert f"{missing} is multiplied by 0.4737." in words(opened("gradient"))
    plain = words(shown(THREE.replace(weight=None, reduction="sum")))
    assert "It is in row 0, where F is 1." in plain
    assert "My gradient is p − r" in words(shown(THREE.replace(label_smoothing=0.1)))


def test_device():
    """Autograd runs where the link says, and where that is not here, on the CPU, which is said."""
    said = words(opened("gradient"))
    assert "On CPU" in said
    assert "does not work here" not in said
    said = words(opened("gradient", device="cuda:77"))
    assert "On CPU" in said
    assert "The link asks for cuda:77, which does not work here." in said
    assert 'device, dtype = "cpu"' in said


@pytest.mark.parametrize(
    ("asked", "name"),
    [("cpu", "cpu"), ("cuda", "cuda:0"), ("cuda:1", "cuda:1"), ("cuda:2", "cpu"), ("mps", "cpu")],
)
def test_working_device(monkeypatch, asked, name):
    """Of two GPUs cuda is the first; what is not here is the CPU."""
    found = tuple(Device(name, name) for name in ("cpu", "cuda:0", "cuda:1"))
    monkeypatch.setattr(torch_side, "devices", lambda: (found, ()))
    assert torch_side.working(asked).name == name


def test_one_class_does_not_move():
    """In a batch of one class no weight moves the mean's gradient."""
    assert "nothing moves" in words(shown(THREE.replace(target=[2, 2, 2])))


def test_smoothing_turns():
    """With smoothing the direction changes, and the page says by how much."""
    assert "**The direction** changes as well" in words(shown(THREE.replace(label_smoothing=0.1)))


@pytest.mark.parametrize("times", [0.0, 1.0, 100.0])
def test_ends_of_the_factor(times):
    """Multiplied by 0 the mean of one class is 0/0, by 1 nothing changes; both are said."""
    one = Case([[2.0, 1.0, 0.1]], [0], [1, 2, 3])
    said = words(shown(one, descent=start().descent.replace(times=times)))
    sentence = {0: "no longer a finite number", 1: "Multiplied by 1", 100: "nothing moves"}
    assert sentence[int(times)] in said


def test_rows_that_say_nothing():
    """An ignored row, and one whose target weighs 0, are 0 throughout, and the page says why."""
    for smoothing in (0.0, 0.2):
        case = THREE.replace(target=[0, -100, 2], label_smoothing=smoothing)
        app = shown(case, row=1)
        assert "Row 1 is ignored" in words(app)
        assert not any("nan" in box.value for box in app.markdown)  # 0/0 of what it does not weigh
    weightless = words(shown(THREE.replace(weight=[0, 1, 1])))
    assert "The target of row 0 weighs 0" in weightless


def test_negative_weight():
    """With a negative weight the step goes the wrong way, and the page says so."""
    assert "the wrong way" in words(shown(THREE.replace(weight=[-1, 2, 5])))


ODD = {
    "nan": Case([[nan, 1.0], [0.0, 1.0]], [0, 1], [1, 2]),
    "inf": Case([[inf, 1.0], [0.0, 1.0]], [0, 1]),
    "masked": Case([[-inf, 1.0], [0.0, 1.0]], [0, 1], reduction="sum"),
    "all masked": Case([[-inf, -inf]], [0]),
    "huge": Case([[1e308, -1e308]], [1], [1e300, 1]),
    "all ignored": THREE.replace(target=[-100] * 3),
    "weights 0": THREE.replace(weight=[0, 0, 0]),
    "one class": Case([[1.0], [2.0]], [0, 0]),
    "one sample": Case([2.0, 1.0], 1, [3, 4]),
    "soft": Case([[1.0, 2.0]], [[-1.0, 3.0]], [1, 2], label_smoothing=0.2),
    "empty rows": Case(np.zeros((0, 3)), np.zeros(0, dtype=int)),
    "empty classes": Case(np.zeros((2, 0)), np.zeros((2, 0))),
    "pixels": Case(np.ones((1, 3, 2, 2)), np.zeros((1, 2, 2), dtype=int), [1, 2, 3]),
    "many classes": Case(np.arange(120.0).reshape(2, 60), [7, 59]),
    "many rows": Case(np.arange(120.0).reshape(60, 2), [0, 1] * 30, [1, 3]),
}


@pytest.mark.parametrize("kind", ODD)
@pytest.mark.parametrize("reduction", REDUCTIONS)
def test_odd_cases(kind, reduction):
    """The page stands on every odd case, with each reduction, and at its last row and class."""
    case = ODD[kind].replace(reduction=reduction)
    last = max(positions(case) - 1, 0)
    shown(case, row=last, column=max(case.classes - 1, 0) or None)


def test_large_case():
    """Of 300,000 logits the row looked at goes alone, and the page says so."""
    rng = np.random.default_rng(0)
    case = Case(rng.normal(size=(3_000, 100)), rng.integers(0, 100, 3_000), rng.uniform(1, 2, 100))
    said = words(shown(case, row=2_999))
    assert said.count("too large") >= 3
    assert "too large to ask torch at each click" in said
    assert re.search(r"2,9\d\d rows folded", said)


def test_names_are_text():
    """A class's name is shown as text, wherever it stands."""
    app = shown(THREE, names=("<b>x</b>", "$a$", "*y*"))
    drawn = "".join(str(box.proto.body) for box in app.get("html"))
    assert "<b>x</b>" not in drawn
    assert "&lt;b&gt;x&lt;/b&gt;" in drawn
    assert "*y*" not in "".join(box.value for box in app.markdown if "<div" not in box.value)
