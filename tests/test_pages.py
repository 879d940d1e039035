"""Each page runs on each example, shows its answer, and takes edits, pastes, files and links."""

import io
import json
import re
import time
from html import escape

import numpy as np
import pytest
import torch
from google.protobuf.text_format import MessageToString
from torch.nn.functional import cross_entropy

from ce_core import run
from ce_core.presets import PRESETS, preset
from tests.strategies import REDUCTIONS
from tests.unfolded import drawn_from, part_of, unfolded
from ui.figures import figure
from ui.view import positions, start, step_keys

PAGES = {
    "start": "Why is my loss 0.6662 and torch's 1.7529?",
    "steps": "From the logits to the loss",
    "reductions": "None, sum, mean",
    "check": "Does torch agree?",
    "mistake": "I got this number. What did I do?",
    "targets": "What may a target be?",
    "gradient": "What does a weight do to the step?",
    "placement": "Why does the weight stand outside the log?",
    "choose": "I have these class counts. Which weights?",
}  # the pages with the case's numbers on them
TITLES = PAGES | {"lab": "What do weights do to a model?"}
KEYS = [chosen.key for chosen in PRESETS]


def opened(page, **query):
    """A page opened by a link, drawn."""
    app = unfolded()
    app.query_params.update(query)
    if page != "start":
        app.switch_page(f"pages/{page}.py")
    app.run()
    assert [title.value for title in app.title] == [TITLES[page]]
    return app


def view(app):
    """What is on the screen."""
    return app.session_state["view"]


def words(app):
    """Everything that the page's elements hold, as one text."""
    parts = [MessageToString(node.proto, as_utf8=True) for node in app.main if node.proto]
    return re.sub(r"\\(.)", lambda found: {"n": "\n"}.get(found[1], found[1]), "\n".join(parts))


def key(app, name):
    """The key of an input, as `ui.state.key` makes it."""
    turn = app.session_state["turns"].get(name, 0) if "turns" in app.session_state else 0
    return f"{name}-{app.session_state['generation']}-{turn}"


def picker(app, name):
    """The picker of a row or a class with this name and what it stands at: "mirror-row-0"."""
    return next(box for box in app.selectbox if box.key.startswith(f"{name}-"))


def edit(app, name, row, column, text):
    """Type into a cell of a table, as the browser reports it."""
    table = next(node for node in app.dataframe if node.proto.id.endswith(key(app, name)))
    states = app._tree.get_widget_states()
    edits = {"edited_rows": {row: {column: text}}, "added_rows": [], "deleted_rows": []}
    states.widgets.add(id=table.proto.id, string_value=json.dumps(edits))
    return app._run(states)


def assert_fine(app):
    """No exception, and no error box."""
    assert [box.value for box in app.exception] == []
    assert [box.value for box in app.error] == []


def torch_answer(case):
    """What torch gives for a case, in float64."""
    target = torch.tensor(case.target)
    weight = None if case.weight is None else torch.tensor(case.weight)
    answer = cross_entropy(
        torch.tensor(case.logits),
        target,
        weight,
        ignore_index=case.ignore_index,
        label_smoothing=case.label_smoothing,
        reduction=case.reduction,
    )
    return answer.numpy()


def payload(app, name="ledger"):
    """What the page's component was given to draw."""
    return drawn_from(app, name)


def each_reduction(app):
    """The case on the page with each reduction in turn, drawn."""
    for reduction in REDUCTIONS:
        seen = view(app)
        app.session_state["view"] = seen.with_case(seen.case.replace(reduction=reduction))
        app.run()
        assert_fine(app)
        yield view(app).case


@pytest.mark.parametrize("name", KEYS)
def test_reductions(name):
    """Each example with each reduction has torch's sum and mean on the page Reductions."""
    app = opened("reductions", preset=name)
    for case in each_reduction(app):
        shown = words(app)
        for reduction in ("sum", "mean"):
            said = re.search(rf"<li>{reduction}, [^<]*: ([^<]*)</li>", shown)[1]
            answer = torch_answer(case.replace(reduction=reduction))
            # Shown with four decimals, or as many digits.
            number = float(said.replace("−", "-"))
            np.testing.assert_allclose(number, answer, rtol=5e-4, atol=5.1e-5)
        assert payload(app, "reductions")["chosen"] == case.reduction


@pytest.mark.parametrize("name", KEYS)
def test_check(name):
    """Each example with each reduction agrees with torch at each step on the page Check."""
    app = opened("check", preset=name)
    for case in each_reduction(app):
        said = words(app)
        assert "✗" not in said
        # Each step, and F.cross_entropy itself as a whole.
        assert said.count("✓ agrees") + said.count("– not held") == len(step_keys(case)) + 1
        assert said.count("✓ agrees") > said.count("– not held")
        for step in run(case):
            assert f"<th scope='row'>{escape(step.rule.title)}</th>" in said


@pytest.mark.parametrize("name", ["weighted_mean", "pixels_log", "empty_probs"])
def test_start(name):
    """The first page shows both ways for the thread's numbers, whatever example is chosen."""
    app = opened("start", preset=name)
    assert_fine(app)
    said = words(app)
    assert ">0.6662<" in said
    assert ">1.7529<" in said


@pytest.mark.parametrize("name", KEYS)
def test_steps(name):
    """Each step of each example, whatever the reduction, shows its title, why and torch's line."""
    app = opened("steps", preset=name)
    for case in each_reduction(app):
        trace = run(case)
        if not positions(case) or not case.classes:
            assert "there is no row to look at" in words(app)
            continue
        drawn = payload(app)["steps"]
        assert [step["key"] for step in drawn] == list(trace.keys)
        for step, shown in zip(trace, drawn, strict=True):
            for part in ("title", "torch", "why"):
                assert shown[part] == getattr(step.rule, part)
            assert "<m" in "".join(shown["numbers"])  # MathML


@pytest.mark.parametrize("name", ["weighted_mean", "soft_smoothing", "heavy_smoothing", "padding"])
def test_each_step(name):
    """A link to any step opens the ledger there, with the step's arrays as tables beneath."""
    app = opened("steps", preset=name)
    for step in step_keys(view(app).case):
        app.session_state["view"] = view(app).replace(step=step)
        app.run()
        assert_fine(app)
        assert payload(app)["view"]["step"] == step
        assert "class='wce-fallback'" in words(app)


def go(app, **place):
    """Go to a place in the ledger, as the browser reports it."""
    component = part_of(app, "ledger")
    states = app._tree.get_widget_states()
    states.widgets.add(id=component.proto.id, json_value=json.dumps({"place": place}))
    return app._run(states)


def test_places():
    """Where a person goes in the ledger is the view: step, row, class, and terms of a sum."""
    app = opened("steps")
    for step in step_keys(start().case):
        go(app, step=step, row=1, **{"class": 1}, term=0)
        assert_fine(app)
        assert (view(app).step, view(app).row, view(app).column) == (step, 1, 1)
    go(app, step="denominator", row=0, **{"class": 1}, term=1)
    assert (view(app).step, view(app).term) == ("denominator", 1)


@pytest.mark.parametrize(
    "place",
    [
        {"step": "nope", "row": 0, "class": 0},
        {"step": "probs", "row": 99, "class": 0},
        {"step": "probs", "row": "<b>", "class": -1},
        {"step": ["probs"], "row": {}, "class": 1e300},
        {},
    ],
    ids=["step", "row", "words", "kinds", "nothing"],
)
def test_forged_places(place):
    """A place that is not there, which a forged message may name, moves nothing."""
    app = opened("steps", step="probs")
    before = view(app)
    go(app, **place)
    assert_fine(app)
    assert view(app) == before


@pytest.mark.parametrize("page", PAGES)
def test_edit(page):
    """A number typed into a table is in the case on every page; nothing else of it moves."""
    app = opened(page, preset="rare_class", step="mean_loss")
    edit(app, "logits", 5, "healthy", "-1.5")
    assert_fine(app)
    logits = preset("rare_class").case.logits.copy()
    logits[5, 0] = -1.5
    assert view(app).case == preset("rare_class").case.replace(logits=logits)
    assert view(app).names == ("healthy", "sick")
    assert view(app).preset == ""
    assert figure(torch_answer(view(app).case)) in words(app)


def test_edit_of_weight_and_target():
    """Weights and targets can be edited one after the other, and both edits stand."""
    app = opened("reductions", preset="rare_class")
    edit(app, "weight", 0, "sick", "2,5")
    edit(app, "logits", 0, "target", "sick")
    assert_fine(app)
    case = preset("rare_class").case.replace(weight=[1, 2.5], target=[1, 0, 0, 0, 0, 1])
    assert view(app).case == case


@pytest.mark.parametrize("page", PAGES)
def test_bad_cell(page):
    """A cell that is no number is named, stays as it was typed, and the page stays up."""
    app = opened(page)
    before = view(app)
    cell = key(app, "logits")
    edit(app, "logits", 1, "B", "9..")
    assert [box.value for box in app.exception] == []
    (message,) = [box.value for box in app.error]
    assert message.startswith("The cell logits, row 1, B holds '9..'; it must be a number.")
    assert view(app) == before
    assert key(app, "logits") == cell  # a new key would empty the cell
    assert app.session_state[cell]["edited_rows"] == {1: {"B": "9.."}}
    edit(app, "logits", 1, "B", "9.5")
    assert_fine(app)
    assert view(app).case.logits[1, 1] == 9.5


def test_grow_and_shrink():
    """Rows and classes come with zeros, the first class and the weight 1, and go again."""
    app = opened("start")
    app.button(key=key(app, "Add a row")).click().run()
    app.button(key=key(app, "Add a class")).click().run()
    case = view(app).case
    assert case.logits.tolist() == [[3, 4, 0], [6, 9, 0], [0, 0, 0]]
    assert case.target.tolist() == [1, 0, 0]
    assert case.weight.tolist() == [0.4, 0.36, 1]
    app.button(key=key(app, "Remove last class")).click().run()
    app.button(key=key(app, "Remove last row")).click().run()
    assert_fine(app)
    assert view(app).case == start().case


def test_last_class_in_use():
    """The class of a target cannot be taken away, and the page says why."""
    app = opened("start")
    app.button(key=key(app, "Remove last class")).click().run()
    (message,) = [box.value for box in app.error]
    assert message.startswith("The last class is a target;")
    assert view(app).case == start().case


def test_names():
    """Classes can be named and unnamed; names that cannot be used are refused in words."""
    app = opened("steps", step="probs")
    box = app.text_input(key=key(app, "names"))
    box.set_value("cat, dog").run()
    assert view(app).names == ("cat", "dog")
    for wrong in ("cat", "cat,cat", "cat,target", "cat," + "d" * 31):
        app.text_input(key=key(app, "names")).set_value(wrong).run()
        assert len(app.error) == 1
        assert view(app).names == ("cat", "dog")
    app.text_input(key=key(app, "names")).set_value("A, B").run()
    assert_fine(app)
    assert view(app).names == ()


PASTES = {
    "steps": (
        "logits = torch.tensor([[0.5, -1.], [2., 0.]])\ny = torch.tensor([1, 0])\n"
        "loss = nn.CrossEntropyLoss(reduction='sum', label_smoothing=0.1)(logits, y)"
    ),
    "check": "logits = [[0.5, -1], [2, 0]]\ntarget = [1, 0]",
    "reductions": "logits,b\n0.5,-1\n2,0",
    "mistake": "0.5 -1\n2 0",
    "start": "target,target\n0.5,-1\n2,0",  # names that no class can have
    "targets": "0.5\t-1\n2\t0",
    "gradient": "[[0.5, -1], [2, 0]]",
    "placement": "0.5, -1\n2, 0",
    "choose": "0.5;-1\n2;0",
}


@pytest.mark.parametrize("page", PAGES)
def test_paste(page):
    """A pasted text is on the page at once, and what was typed into the box stays."""
    app = opened(page, preset="rare_class", row="5")
    app.text_area(key=key(app, "paste")).input(PASTES[page]).run()
    assert_fine(app)
    if page in ("steps", "check"):  # a table alone brings no target, so there is a doubt to say
        assert [box.value for box in app.success] == ["These numbers are on the page now."]
    else:
        assert [box.value for box in app.success] == []
    assert view(app).case.logits.tolist() == [[0.5, -1], [2, 0]]
    assert (view(app).row, view(app).preset) == (0, "")
    assert app.text_area(key=key(app, "paste")).value == PASTES[page]
    if page == "steps":
        case = view(app).case
        assert (case.target.tolist(), case.reduction, case.label_smoothing) == ([1, 0], "sum", 0.1)


def test_paste_that_cannot_be_read():
    """A text without numbers is answered with what to do; the page and the text stay."""
    app = opened("steps", preset="rare_class")
    before = view(app)
    app.text_area(key=key(app, "paste")).input("def hello(): pass").run()
    assert [box.value for box in app.exception] == []
    assert len(app.error) == 1
    assert view(app) == before
    assert app.text_area(key=key(app, "paste")).value == "def hello(): pass"


def test_paste_that_torch_refuses():
    """A text that torch would refuse is answered in torch's words, and its arrays stay listed."""
    app = opened("steps")
    text = "logits = torch.zeros(2, 2)\ntarget = torch.tensor([0, 2])"
    app.text_area(key=key(app, "paste")).input(text).run()
    (message,) = [box.value for box in app.error]
    assert "IndexError: Target 2 is out of bounds." in message
    assert view(app).case == start().case
    labels = [box.label for box in app.selectbox]
    assert "logits, shape (2, 2)" in labels
    assert "target, shape (2,)" in labels


def test_roles_change():
    """Another role for a pasted array makes another case of the same text."""
    app = opened("steps")
    text = "a = torch.tensor([[3., 4.], [6., 9.]])\nb = torch.tensor([[0.5, 0.5], [0.1, 0.9]])"
    app.text_area(key=key(app, "paste")).input(text).run()
    app.selectbox(key=key(app, "role-paste-1")).select("not used").run()
    app.selectbox(key=key(app, "role-paste-1")).select("logits").run()
    assert_fine(app)
    assert view(app).case.logits.tolist() == [[0.5, 0.5], [0.1, 0.9]]


def test_paste_of_markup():
    """Names in a pasted text are shown as text, never as markup."""
    app = opened("steps")
    app.text_area(key=key(app, "paste")).input("<img src=x onerror=alert(1)>,b\n1,2\n3,4").run()
    assert [box.value for box in app.exception] == []
    assert "<img src=x" not in "".join(box.value for box in app.markdown)
    assert "<img src=x" not in "".join(str(box.proto.body) for box in app.get("html"))


@pytest.mark.parametrize("page", PAGES)
def test_options(page):
    """Reduction, smoothing and ignore_index are in the case on every page."""
    app = opened(page)
    app.text_input(key=key(app, "label_smoothing")).set_value("0,25").run()
    app.number_input(key=key(app, "ignore_index")).set_value(1).run()
    app.button_group(key=key(app, "reduction")).select("sum").run()
    assert_fine(app)
    case = start().case.replace(label_smoothing=0.25, ignore_index=1, reduction="sum")
    assert view(app).case == case
    assert view(app).preset == start().preset


def test_option_that_torch_refuses():
    """An option that torch refuses for this case is answered in words, and is not taken."""
    app = opened("steps", preset="soft_targets")
    app.number_input(key=key(app, "ignore_index")).set_value(1).run()
    assert [box.value for box in app.exception] == []
    (message,) = [box.value for box in app.error]
    assert "ignore_index is not supported for floating point target" in message
    assert view(app).case == preset("soft_targets").case


def test_example():
    """An example chosen from the list takes the page over, names and all."""
    app = opened("steps", row="1")
    app.selectbox(key=key(app, "example")).select("rare_class").run()
    assert_fine(app)
    assert (view(app).case, view(app).names) == (preset("rare_class").case, ("healthy", "sick"))
    assert view(app).row == 0


def uploaded(name, array=None, **arrays):
    """A file's name and bytes."""
    stream = io.BytesIO()
    np.savez(stream, **arrays) if arrays else np.save(stream, array)
    return name, stream.getvalue(), "application/octet-stream"


def test_upload():
    """An .npz with the three arrays is on the page at once."""
    app = opened("steps")
    given = {"logits": np.array([[1.0, 2.0, 3.0]]), "target": np.array([2]), "weight": np.ones(3)}
    app.file_uploader(key=key(app, "upload")).set_value(uploaded("mine.npz", **given)).run()
    assert_fine(app)
    assert view(app).case.arguments["target"].tolist() == [2]
    assert view(app).case.logits.tolist() == [[1, 2, 3]]


def test_large_upload():
    """A case of 10,000 rows and 50 classes is on the page in seconds, and so is a step of it."""
    app = opened("steps", step="probs")
    logits = np.random.default_rng(0).normal(size=(10_000, 50))
    app.file_uploader(key=key(app, "upload")).set_value(uploaded("logits.npy", logits)).run()
    assert_fine(app)
    assert view(app).case.logits.shape == logits.shape
    started = time.perf_counter()
    go(app, step="log_probs", row=0, **{"class": 0}, term=0)
    assert time.perf_counter() - started < 3
    assert view(app).step == "log_probs"
    row = next(box for box in app.number_input if box.label == "Row, 0 to 9,999")
    row.set_value(9_999).run()
    assert_fine(app)
    assert view(app).row == 9_999


LINKS = {
    "step": {"step": "nope"},
    "markup": {"logits": "![x](http://evil.example/a.png)", "target": "<b>1</b>"},
    "markup in a name": {"`![x](http://evil.example/a.png)`": "1"},
    "row": {"row": "9"},
    "several": {"logits": "1,2;3", "target": "0,1", "weight": "1", "label_smoothing": "2"},
}


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("kind", LINKS)
def test_broken_link(page, kind):
    """On every page a broken link names what was left out, as text, and shows the rest."""
    app = opened(page, **LINKS[kind])
    assert_fine(app)
    notice = app.warning[0].value
    assert notice.startswith("This link could not be read whole. Left out:")
    assert notice.count("\n- `") == len(LINKS[kind])
    outside = re.sub(r"`[^`]*`", "", notice)  # what is in code spans is shown as it is
    assert not re.search(r"(?<!\\)[<\[\]]|http:", outside)
    assert view(app).case == start().case


def test_notice_goes():
    """The notice on a broken link goes with the first change, for the link is then another."""
    app = opened("steps", step="nope")
    assert len(app.warning) == 1
    go(app, step="probs", row=0, **{"class": 0}, term=0)
    assert len(app.warning) == 0


def test_device_that_is_not_here():
    """A link to a device that is not here says so and asks the CPU instead."""
    app = opened("check", device="cuda:77")
    assert_fine(app)
    assert "cuda:77, which does not work on this machine" in app.warning[0].value
    assert "✗" not in words(app)
