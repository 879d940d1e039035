"""The lab's page: what a link says, what a click does, and what is said of what was trained."""

import re
import threading
from html import escape

import numpy as np
import pytest

import ce_core.torch_train
from ce_core.lab import DATA, MODELS, SCHEMES, STRATEGIES, Plan, split_of, strategy_of
from ce_core.torch_check import DeviceError
from tests.test_pages import assert_fine, key, opened, view, words
from ui.lab.crossing import crossings
from ui.lab.settings import PARAMETERS
from ui.lab.views import PICTURES
from ui.link import LOOKS, decode, encode
from ui.view import start

SMALL = {"lab_steps": "20", "runs": "2", "samples": "200"}
PLAN = Plan(steps=20, runs=2, samples=200)
TABLE = "width,height,kind\n" + "".join(
    f"{k % 7},{k % 5 + (k % 4 == 0)},{'rare' if k % 4 == 0 else 'common'}\n" for k in range(40)
)


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """Measuring how long a step takes is slow, and of no matter here."""
    monkeypatch.setattr(
        ce_core.torch_train, "time_steps", lambda plan, *_: dict.fromkeys(plan.strategies, 2e-4)
    )


def button(app, label):
    """The button of that label."""
    return next(one for one in app.button if one.label == label)


def labels(app):
    """The buttons' labels."""
    return [one.label for one in app.button]


def until_it_ends(app, stop="Stop"):
    """Draw the page as its fragment does, until the training has ended."""
    pause = threading.Event()
    for _ in range(600):
        if stop not in labels(app):
            return app
        pause.wait(0.05)
        app.run()
    raise AssertionError("the training did not end")


def trained(app):
    """Press Train, and wait for the end."""
    button(app, "Train").click().run()
    return until_it_ends(app)


def choose(app, name, value):
    """Set an input of the page."""
    kinds = (app.selectbox, app.number_input, app.button_group, app.text_area)
    for kind in kinds:
        for one in kind:
            if one.key == key(app, name):
                return one.set_value(value).run()
    raise KeyError(name)


FIELDS = {
    "data": "rings",
    "share": 0.02,
    "samples": 300,
    "spread": 0.5,
    "strategies": ("focal", "plain"),
    "scheme": "effective",
    "model": "straight",
    "runs": 2,
    "steps": 50,
    "batch": 32,
    "rate": 0.05,
    "seed": 7,
    "gamma": 1.5,
    "tau": 0.5,
    "smoothing": 0.2,
    "beta": 0.9,
}


@pytest.mark.parametrize("field", Plan.__dataclass_fields__)
def test_link(field):
    """Each field of a plan is in the link, alone and with all the others, and comes back."""
    for plan in (Plan(**{field: FIELDS[field]}), Plan(**FIELDS)):
        seen = start().replace(lab=plan)
        assert decode(encode(seen)) == (seen, ())


def test_link_names_differ():
    """A link's names mean one thing each, on all pages; there is one for each field of a plan."""
    names = [look.name for look in LOOKS]
    assert len(set(names)) == len(names)
    assert len(PARAMETERS) == len(Plan.__dataclass_fields__)


BROKEN = {
    "data": "cats",
    "share": "0.9",
    "samples": "1",
    "strategies": "plain,magic",
    "lab_scheme": "mine",
    "model": "transformer",
    "runs": "11",
    "lab_steps": "1e3",
    "batch": "0",
    "lab_rate": "nan",
    "lab_seed": "-1",
    "lab_gamma": "inf",
    "lab_tau": "<b>",
    "lab_smoothing": "1",
    "lab_beta": "1",
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_link(name):
    """What makes no plan is dropped and named; the rest of the link stays."""
    seen, dropped = decode({"model": "straight", name: BROKEN[name]})
    assert [item.name for item in dropped] == [name]
    assert seen.lab == (Plan() if name == "model" else Plan(model="straight"))


def test_link_of_too_much():
    """What is too much work together is dropped where it becomes too much."""
    query = {"lab_steps": "5000", "runs": "10", "samples": "20000", "batch": "1024"}
    seen, dropped = decode(query)
    assert [item.name for item in dropped] == ["batch"]
    assert "strategies × runs × steps × batch × units" in dropped[0].reason
    assert seen.lab.steps == 5000


def test_nothing_is_trained_by_a_link():
    """A link shows the samples and a button; only who presses it trains."""
    app = opened("lab", **SMALL)
    assert_fine(app)
    assert "Train" in labels(app)
    assert "Press **Train**" in words(app)
    assert "wce-lab-field" in words(app)
    choose(app, "lab_model", "straight")
    assert_fine(app)
    assert view(app).lab.model == "straight"
    assert "Stop" not in labels(app)


@pytest.mark.parametrize("data", [source.key for source in DATA if not source.own])
def test_train(data):
    """Each data set is trained at a click: table, each picture, and what the numbers say."""
    app = trained(opened("lab", data=data, strategies=",".join(Plan().strategies), **SMALL))
    assert_fine(app)
    for picture in PICTURES:
        choose(app, "lab_picture", picture.key)
        assert_fine(app)
        said = words(app)
        for strategy in Plan().strategies:
            assert escape(strategy_of(strategy).title) in said
    assert "Most is found" in said
    assert "Once in a while a huge step?" in said


def test_the_table_holds_the_measures():
    """The table has the recall, accuracy and loss that the test samples' logits give."""
    app = trained(opened("lab", strategies="plain,weighted", lab_seed="3", **SMALL))
    plan = PLAN.replace(strategies=("plain", "weighted"), seed=3)
    assert view(app).lab == plan
    split = split_of(plan)
    results = ce_core.torch_train.train(plan, split)
    labels, said = split.test.labels, words(app)
    for k in range(2):
        right = results.test_logits[k].argmax(axis=-1) == labels  # (R, N)
        recall = np.mean([row[labels == split.rare].mean() for row in right])
        row = re.search(
            rf"<th scope='row'>{strategy_of(plan.strategies[k]).title}</th>(.*?)</tr>", said
        )[1]
        first = re.search(r"<td class='wce-number'>([0-9.]+)", row)[1]
        assert float(first) == pytest.approx(recall, abs=0.0051)


def test_again_by_the_same_link():
    """A finished experiment is there at once for the next who opens its link."""
    query = SMALL | {"lab_seed": "11"}
    trained(opened("lab", **query))
    app = opened("lab", **query)
    assert_fine(app)
    assert "What this says" in [box.value for box in app.header]
    assert "Train with other seeds" in labels(app)
    button(app, "Train with other seeds").click().run()
    assert view(app).lab.seed == 13  # 11 and 12 were the two runs'
    until_it_ends(app)
    assert_fine(app)


def test_one_run():
    """One run has no interval, and the page says that it proves nothing."""
    app = trained(opened("lab", **(SMALL | {"runs": "1", "strategies": "plain"})))
    assert_fine(app)
    said = words(app)
    assert "One run gives no interval and proves nothing" in said
    assert " to 1.00</small>" not in said


class Endless:
    """A training that goes on until it is told to stop."""

    def __init__(self):
        self.step = threading.Event()
        self.stopped = threading.Event()

    def __call__(self, plan, split, _device="cpu", *, told=None):
        """Train one step, say so until the answer is no."""
        results = self.real(plan.replace(steps=10), split, told=lambda _: False)
        object.__setattr__(results, "plan", plan)
        progress = ce_core.torch_train.Progress(1, plan.steps, 0.1, 60.0, results)
        pause = threading.Event()
        while told(progress):
            self.step.set()
            pause.wait(0.01)
        self.stopped.set()
        return results


@pytest.fixture
def endless(monkeypatch):
    """Put an endless training in place of the real one."""
    training = Endless()
    training.real = ce_core.torch_train.train
    monkeypatch.setattr(ce_core.torch_train, "train", training)
    yield training
    assert training.stopped.wait(15)  # by Stop, or since nobody watches any more


def test_stop(endless):
    """Stop ends a training, and what there is by then is shown and called so."""
    app = opened("lab", lab_seed="21", **SMALL)
    button(app, "Train").click().run()
    assert endless.step.wait(20)
    app.run()
    assert_fine(app)
    assert "Step 1 of 20" in words(app)
    button(app, "Stop").click().run()
    assert endless.stopped.wait(5)
    until_it_ends(app)
    assert [box.value for box in app.exception] == []
    assert "Stopped at your word" in app.warning[0].value
    assert "1 of 20 steps" in app.warning[0].value
    assert "Train" in labels(app)
    assert "What this says" in [box.value for box in app.header]


def test_a_new_training_ends_the_one_before(endless):
    """Who presses Train again, with other settings, has the first training stopped."""
    app = opened("lab", lab_seed="31", **SMALL)
    button(app, "Train").click().run()
    assert endless.step.wait(20)
    choose(app, "lab_model", "straight")
    assert "Train" in labels(app)
    button(app, "Train").click().run()
    assert endless.stopped.wait(5)
    button(app, "Stop").click().run()
    until_it_ends(app)


@pytest.mark.parametrize(
    "problem", [DeviceError("cpu cannot train this plan: out of memory."), ValueError()], ids=repr
)
def test_an_error_is_a_sentence(problem, monkeypatch):
    """Whatever breaks in a training, the page says so in a sentence and stands."""

    def broken(*_, **__):
        raise problem

    monkeypatch.setattr(ce_core.torch_train, "train", broken)
    app = trained(opened("lab", lab_seed="41", **SMALL))
    assert [box.value for box in app.exception] == []
    assert app.error[0].value.startswith("The training ended with an error")
    assert "Train" in labels(app)


def test_no_strategy():
    """A plan of no strategy is refused in words, and the last one stays."""
    app = opened("lab", **SMALL)
    choose(app, "lab_strategies", [])
    assert [box.value for box in app.exception] == []
    assert "at least one strategy" in app.error[0].value
    assert view(app).lab == PLAN


def test_strategies_keep_their_order():
    """However the strategies are clicked, they stand in the order of their table."""
    app = opened("lab", **SMALL)
    choose(app, "lab_strategies", ["focal", "plain"])
    assert view(app).lab.strategies == ("plain", "focal")


@pytest.mark.parametrize("field", ["samples", "runs", "steps", "batch", "rate", "seed", "gamma"])
def test_more(field):
    """Each number under More goes into the plan."""
    app = opened("lab", **SMALL)
    choose(app, f"lab_{field}", FIELDS[field])
    assert_fine(app)
    assert getattr(view(app).lab, field) == FIELDS[field]


def test_a_batch_too_large():
    """A batch larger than the samples is refused in words."""
    app = opened("lab", **SMALL)
    choose(app, "lab_batch", 256)
    assert "a batch cannot hold more than the training samples" in app.error[0].value
    assert view(app).lab.batch == 64


def test_unknown_device():
    """A link's device that is not there is named, and the CPU trains."""
    app = opened("lab", device="cuda:7", **SMALL)
    assert "cuda:7, which does not work on this machine" in app.warning[0].value
    assert_fine(app)


def test_own_table():
    """A pasted table is read, its columns can be changed, and it is trained for this tab alone."""
    app = opened("lab", data="own", lab_steps="20", runs="1", batch="16")
    assert_fine(app)
    assert button(app, "Train").disabled
    choose(app, "lab_paste", TABLE)
    assert_fine(app)
    assert "30 common, 10 rare" in words(app)
    choose(app, "lab_own_across", 1)
    assert "three different columns" in app.error[0].value
    choose(app, "lab_own_across", 0)
    assert_fine(app)
    trained(app)
    assert_fine(app)
    assert "What this says" in [box.value for box in app.header]
    other = opened("lab", data="own", lab_steps="20", runs="1", batch="16")
    assert "What this says" not in [box.value for box in other.header]
    assert "10 rare" not in words(other)
    assert button(other, "Train").disabled


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("nothing", "needs a line for each sample"),
        ("x,y,kind\n" + "1,2,a\n1,3,b\n" * 5, "two different numbers"),
        ("x,y,kind\n1,2,a\n2,3,a\n4,4,b", "at least"),
    ],
)
def test_own_table_refused(text, says):
    """A table that cannot be trained on is refused in words: a constant column, one sample."""
    app = opened("lab", data="own")
    choose(app, "lab_paste", text)
    assert [box.value for box in app.exception] == []
    assert says in app.error[0].value
    assert button(app, "Train").disabled


def test_own_names_are_text():
    """Markup in a table's names is shown as text wherever it comes up."""
    table = TABLE.replace("rare", "<b>*rare*</b>").replace("width", "<script>")
    app = opened("lab", data="own", lab_steps="10", runs="1", batch="16")
    choose(app, "lab_paste", table)
    trained(app)
    for picture in PICTURES:
        choose(app, "lab_picture", picture.key)
        assert_fine(app)
        said = words(app)
        assert "<b>" not in said.replace("\\<b\\>", "")
        said = said.replace('options: "<script>"', "")  # a list to choose from holds plain text
        assert "<script>" not in said.replace("\\<script\\>", "")


def test_tables_have_words():
    """Every choice in the lab says what it is."""
    for row in (*DATA, *STRATEGIES, *MODELS):
        assert row.title
        assert row.says.endswith(".")
    assert len({row.title for row in SCHEMES}) == len(SCHEMES)


def test_crossings_of_a_plane():
    """Of x + y - 1 on the unit square the edge is the line from (0, 1) to (1, 0)."""
    axis = np.linspace(0, 1, 11)
    x, y = np.meshgrid(axis, axis)
    area, edge = crossings(x + y - 1.0, (axis, axis))
    np.testing.assert_allclose(edge[:, 0] + edge[:, 1], 1, atol=1e-12)
    np.testing.assert_allclose(edge[:, 2] + edge[:, 3], 1, atol=1e-12)
    lengths = np.hypot(edge[:, 2] - edge[:, 0], edge[:, 3] - edge[:, 1])
    assert lengths.sum() == pytest.approx(np.sqrt(2))
    # Above the line lies half the square; each row's stretch is as wide as at its own height.
    sides = (area[:, 2] - area[:, 0]) * (area[:, 3] - area[:, 1])
    assert sides.sum() == pytest.approx(0.5)


@pytest.mark.parametrize("value", [-1.0, 1.0])
def test_crossings_of_a_constant(value):
    """Where nothing changes sign there is no edge, and all or nothing is above zero."""
    axis = np.linspace(0, 2, 5)
    area, edge = crossings(np.full((5, 5), value), (axis, axis))
    assert len(edge) == 0
    assert ((area[:, 2] - area[:, 0]) * (area[:, 3] - area[:, 1])).sum() == (4 if value > 0 else 0)


@pytest.mark.parametrize(
    "query",
    [
        {"lab_rate": "10", "runs": "1"},
        {"lab_rate": "10", "runs": "2", "model": "straight", "data": "rings"},
        {"share": "0.005", "samples": "100", "data": "three", "runs": "1"},
        {"share": "0.5", "samples": "100", "batch": "1", "runs": "1"},
        {"strategies": "adjusted_after", "runs": "1"},
        {"strategies": "sampler,weighted", "lab_scheme": "effective", "lab_beta": "0", "runs": "1"},
    ],
    ids=str,
)
def test_ends_of_the_settings(query):
    """At the ends of what can be set, numbers beyond all bounds included, the page stands."""
    app = trained(opened("lab", **{"samples": "200", "lab_steps": "60", **query}))
    for picture in PICTURES:
        choose(app, "lab_picture", picture.key)
        assert_fine(app)
    assert "What this says" in [box.value for box in app.header]
