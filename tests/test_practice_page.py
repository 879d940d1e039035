"""Practice: what is typed is judged, kept for the tab, summed up, and never trusted."""

import json
import re
from html import escape, unescape

import pytest
from google.protobuf.text_format import MessageToString
from hypothesis import given, settings
from hypothesis import strategies as st

from ce_core.practice import MODES, RUNGS, TOPICS, blanks, hint, item, judge, read_code
from tests.unfolded import drawn_from, part_of, unfolded
from ui.figures import figure
from ui.practice.exercise import LONGEST, Exercise, Work, received
from ui.practice.formulas import mathml
from ui.practice.guess import CHOOSE, LATER
from ui.practice.payload import MARKS, before, payload, place_name

KEYS = [topic.key for topic in TOPICS]
SEED = 3
QUESTION = "Watch, complete, solve"


def exercise(topic=KEYS[0], mode="solve", steps=(), **work):
    """An exercise with some work done in it."""
    return Exercise(item(SEED, topic), mode, steps, Work(**work))


def right(one, cell):
    """The right number of a cell, as a person types it."""
    key, *at = cell.split("/")
    index = tuple(int(part) for part in at if part)
    return figure(float(one.item.trace[key].rows[index]))


def solved(one):
    """Every blank filled in rightly."""
    return {cell: right(one, cell) for cell in one.blanks}


# What is drawn


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("topic", KEYS)
def test_payload(topic, mode):
    """Each blank of the core is a field with a name of its own, every other number is a text."""
    one = exercise(topic, mode)
    sent = json.loads(json.dumps(payload(one), allow_nan=False))
    cells = [c for step in sent["steps"] for row in step["rows"] for c in row["cells"]]
    fields = [cell for cell in cells if cell["text"] is None]
    assert tuple(cell["id"] for cell in fields) == blanks(one.item, mode, ())
    assert len({cell["label"] for cell in fields}) == len(fields)
    assert all("±" in cell["label"] for cell in fields)
    for cell in fields:  # a phone's pad of digits has no minus
        negative = (one.item.trace[cell["id"].partition("/")[0]].rows < 0).any()
        assert cell["keys"] == ("text" if negative else "decimal")
    for cell in cells:
        if cell["text"] is not None:
            key, *at = cell["id"].split("/")
            index = tuple(int(part) for part in at if part)
            value = float(one.item.trace[key].rows[index])
            assert float(cell["text"].replace("−", "-")) == pytest.approx(value, abs=5.1e-5)
    for step in sent["steps"]:
        asks = any(cell["text"] is None for row in step["rows"] for cell in row["cells"])
        assert bool(step["tolerance"]) == asks
        assert bool(step["worked"]) != asks


@pytest.mark.parametrize("topic", KEYS)
def test_given_before_the_guess(topic):
    """Before the guess only the inputs are sent: no step, and no number made in one."""
    one = exercise(topic)
    sent = before(one)
    assert sent["steps"] == []
    assert sent["id"] != payload(one)["id"]
    assert {table["key"] for table in sent["given"]} <= {"logits", "weight", "label_smoothing"}
    assert not {table["key"] for table in sent["given"]} & set(one.item.trace.keys)


@pytest.mark.parametrize("topic", KEYS)
def test_given_says_of_what(topic):
    """Each number given that was made in a step says what it is, and none tells to do anything."""
    one = exercise(topic)
    made = [table for table in payload(one)["given"] if table["key"] in one.item.trace]
    assert all(table["says"] for table in made)
    assert not any(table["title"].startswith("Pick") for table in made)
    assert ("reduction" in payload(one)["note"]) == (topic != "stability")


@pytest.mark.parametrize("steps", [("mean_loss",), ("denominator", "mean_loss")], ids=len)
def test_chosen_blanks(steps):
    """In complete the steps that the link names are blank, and no other."""
    one = exercise(mode="complete", steps=steps)
    assert {cell.partition("/")[0] for cell in one.blanks} == set(steps)
    assert one.name != exercise(mode="complete").name


def test_place_name():
    """A cell is called by its row and its class, as far as its step has them."""
    one = exercise()
    names = {place_name(one.item, cell) for cell in one.blanks}
    assert {"", "row 0", "row 0, class A"} <= names


@pytest.mark.parametrize("topic", KEYS)
def test_formulas(topic):
    """Every formula of every hint is MathML without a trace of LaTeX."""
    one = exercise(topic)
    for cell in one.blanks:
        for rung in (2, 3):
            drawn = mathml(hint(one.item, one.typed, cell, rung))
            assert drawn.startswith("<math")
            assert not re.search(r"[\\{}$]", drawn), drawn


# What comes back

texts = st.text(max_size=LONGEST + 10)
cells_sent = st.sampled_from(exercise().blanks) | texts
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)
sendings = st.fixed_dictionaries(
    {
        "id": st.sampled_from((exercise().name, exercise("gradient").name)) | anything,
        "typed": st.dictionaries(cells_sent, anything, max_size=4) | anything,
        "hints": st.dictionaries(cells_sent, anything, max_size=4) | anything,
    }
)


@settings(max_examples=150, deadline=4000)
@given(sendings | anything)
def test_anything_sent(sent):
    """Whatever a browser sends, what is kept of it is short texts and rungs for this sheet."""
    one = exercise()
    work = received(one, sent)
    if work is None:
        assert not isinstance(sent, dict) or sent.get("id") != one.name
        return
    assert set(work.typed) | set(work.hints) <= set(one.blanks)
    assert all(isinstance(text, str) and len(text) <= LONGEST for text in work.typed.values())
    assert all(1 <= rungs <= RUNGS for rungs in work.hints.values())
    json.dumps(payload(Exercise(one.item, one.mode, one.steps, work)), allow_nan=False)


def test_nothing_sent_loses_nothing():
    """A field that is not sent stays as it was; one that is sent empty is emptied."""
    first, second = exercise().blanks[:2]
    one = exercise(typed={first: "1", second: "2"}, hints={first: 2})
    assert received(one, {"id": one.name}) == one.work
    work = received(one, {"id": one.name, "typed": {second: ""}, "hints": {first: 1, second: 1}})
    assert (work.typed, work.hints) == ({first: "1", second: ""}, {first: 2, second: 1})


def test_slips_stay():
    """A known slip that was put right is still told in the code."""
    one = exercise()
    typed = solved(one)
    last = one.blanks[-1]
    total, count = (one.item.trace[key].rows for key in ("sum_loss", "losses"))
    typed[last] = figure(float(total) / len(count))
    work = received(one, {"id": one.name, "typed": typed, "hints": {}})
    (slip,) = work.slips
    assert judge(one.item, typed, last).mistake == slip
    one = Exercise(one.item, one.mode, one.steps, work)
    work = received(one, {"id": one.name, "typed": solved(one), "hints": {last: 2}})
    assert work.slips == (slip,)
    one = Exercise(one.item, one.mode, one.steps, work)
    assert one.done
    report = read_code(one.code)
    assert (report.topic, report.seed, report.mode) == (KEYS[0], SEED, "solve")
    assert slip in report.mistakes
    assert report.done == report.total == len(one.blanks)


# The page


def opened(**query):
    """The page opened by a link, drawn."""
    app = unfolded()
    app.query_params.update({"seed": str(SEED), **query})
    app.switch_page("pages/practice.py")
    app.run()
    assert [title.value for title in app.title] == [QUESTION]
    return app


def sheet(app):
    """What the exercise on the page was given to draw."""
    return drawn_from(app, "practice")


def typed(app, texts, hints=None):
    """Fill in fields, as the browser reports it."""
    component, known = part_of(app, "practice"), sheet(app)
    work = {
        "id": known["id"],
        "typed": {**known["typed"], **texts},
        "hints": hints or {},
    }
    states = app._tree.get_widget_states()
    states.widgets.add(id=component.proto.id, json_value=json.dumps({"work": work}))
    return app._run(states)


def words(app):
    """Everything that the page's elements hold, as one text."""
    parts = [MessageToString(node.proto, as_utf8=True) for node in app.main if node.proto]
    return re.sub(r"\\(.)", lambda found: {"n": "\n"}.get(found[1], found[1]), "\n".join(parts))


def assert_fine(app):
    """No exception, and no error box."""
    assert [box.value for box in app.exception] == []
    assert [box.value for box in app.error] == []


def button(app, label):
    """The button of that label."""
    return next(one for one in app.button if one.label == label)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("topic", KEYS)
def test_page(topic, mode):
    """Each topic in each mode is drawn; there is nothing to hand in where nothing is blank."""
    app = opened(topic=topic, mode=mode)
    assert_fine(app)
    assert app.warning == []
    assert [one.label for one in app.expander] == ["Hand in what you have"] * (mode != "watch")
    assert bool(app.code) == (mode != "watch")


def test_judged():
    """A typed number comes back with a word, an icon and a sentence; a text with what to type."""
    app = opened(mode="solve")
    one = exercise()
    first, second, third = one.blanks[:3]
    typed(app, {first: right(one, first), second: "99", third: "a lot"})
    assert_fine(app)
    judged = sheet(app)["judged"]
    assert [judged[cell]["verdict"] for cell in (first, second, third)] == [
        "correct",
        "not yet",
        "unreadable",
    ]
    assert judged[first]["word"] == MARKS["correct"][1]
    assert "Read as 99." in judged[second]["sentence"]
    assert "'a lot' is not a number" in judged[third]["sentence"]


def test_hints():
    """Each rung asked for is shown, the formulas as MathML."""
    app = opened(mode="solve")
    cell = exercise().blanks[0]
    for rung in range(1, RUNGS + 1):
        typed(app, {}, {cell: rung})
        shown = sheet(app)["hints"][cell]
        assert len(shown) == rung
        assert ("math" in shown[-1]) == (rung in (2, 3))
    assert shown[-1]["words"].startswith(f"It is {right(exercise(), cell)}")


def test_typed_numbers_stay():
    """What was typed outlives a look at another page and at another mode, and a new item is empty."""
    app = opened(mode="solve")
    cell = exercise().blanks[0]
    typed(app, {cell: "1.25"}, {cell: 1})
    app.switch_page("pages/steps.py").run()
    app.switch_page("pages/practice.py").run()
    assert_fine(app)
    assert (sheet(app)["typed"], len(sheet(app)["hints"][cell])) == ({cell: "1.25"}, 1)
    mode = next(group for group in app.button_group if group.label == "Mode")
    mode.select("complete").run()
    assert sheet(app)["typed"] == {}
    mode = next(group for group in app.button_group if group.label == "Mode")
    mode.select("solve").run()
    assert sheet(app)["typed"] == {cell: "1.25"}
    button(app, "Another item").click().run()
    assert_fine(app)
    assert (sheet(app)["typed"], sheet(app)["judged"], sheet(app)["hints"]) == ({}, {}, {})
    assert app.session_state["view"].seed == SEED + 1


def test_own_case_stays():
    """Practising leaves a person's own case where it was."""
    app = opened(mode="solve", logits="1,2;3,4", target="0,1")
    button(app, "Another item").click().run()
    view = app.session_state["view"]
    assert view.case.logits.tolist() == [[1, 2], [3, 4]]
    assert view.practising(topic="gradient").case == view.case


def test_summary():
    """When all is filled in the steps are listed with marks, without points, and a code."""
    app = opened(mode="solve")
    one = exercise()
    typed(app, solved(one), {one.blanks[-1]: 2})
    assert_fine(app)
    assert [head.value for head in app.subheader] == ["Your steps", "Hand in"]
    said = words(app)
    for key in one.item.steps:
        assert f"<strong>{escape(one.item.trace[key].rule.title)}</strong>: ✓ correct" in said
    assert "with 2 hints" in said
    listed = said[said.index("<ol class") : said.index("</ol>")]
    assert re.findall(r"\d+", unescape(listed)) == ["2"]  # the hints: nothing is counted in points
    assert sheet(app)["done"]
    assert read_code(app.code[-1].value).done == len(one.blanks)
    assert "It holds no name" in app.caption[-1].value


def test_summary_counts_what_is_open():
    """An answer that is not right yet is in the list, and does not hold anybody up."""
    app = opened(mode="complete", blank="mean_loss")
    typed(app, {"mean_loss//": "99"})
    assert "<strong>Mean loss</strong>: ≠ not yet" in words(app)
    assert sheet(app)["done"]


def test_guess_first():
    """With predict=1 the question comes first; then the guess stands beside the truth."""
    asked = item(SEED, KEYS[0])
    app = opened(predict="1")
    assert (app.radio[0].label, tuple(app.radio[0].options)) == (asked.question, asked.options)
    assert sheet(app)["steps"] == []
    wrong = (asked.right + 1) % len(asked.options)
    button(app, "This is my guess").click().run()  # without a guess it goes on asking
    assert len(app.radio) == 1
    assert [box.value for box in app.warning] == [CHOOSE]
    app.radio[0].set_value(wrong)
    button(app, "This is my guess").click().run()
    assert_fine(app)
    assert len(app.radio) == 0
    assert len(sheet(app)["steps"]) == len(asked.steps)
    said = words(app)
    assert "<dt>You said</dt>" in said
    assert "<dt>The answer</dt>" in said
    button(app, "Another item").click().run()
    assert len(app.radio) == 1
    button(app, "Show me").click().run()
    assert "<dt>You said</dt>" not in words(app)
    assert sheet(app)["steps"]


@pytest.mark.parametrize("topic", KEYS)
def test_reason_waits_for_the_fields(topic):
    """The reason, which names the numbers, comes when every field is filled in, not before."""
    asked = item(SEED, topic)
    reason = unescape(asked.reason)
    for guess in (asked.right, (asked.right + 1) % len(asked.options), None):
        app = opened(topic=topic, mode="solve", predict="1")
        if guess is not None:
            app.radio[0].set_value(guess)
        button(app, "Show me" if guess is None else "This is my guess").click().run()
        assert LATER in words(app)
        assert reason not in unescape(words(app))
        if guess != asked.right:
            assert f"<dd>{escape(asked.options[asked.right])}</dd>" not in words(app)
        typed(app, solved(exercise(topic)))
        assert reason in unescape(words(app))


BROKEN = {
    "topic": {"topic": "everything"},
    "seed": {"seed": "-1"},
    "large seed": {"seed": "1000000"},
    "mode": {"mode": "exam"},
    "blank": {"blank": "mean_loss,nope"},
    "predict": {"predict": "yes"},
}


@pytest.mark.parametrize("kind", BROKEN)
def test_broken_link(kind):
    """What cannot be read is named, and the exercise is there all the same."""
    app = opened(**BROKEN[kind])
    assert_fine(app)
    (name,) = BROKEN[kind]
    assert f"- `{name}={BROKEN[kind][name]}`" in app.warning[0].value
    assert sheet(app)["steps"]


def test_embedded():
    """Inside another page there is the walk, and nothing to choose."""
    app = unfolded()
    app.context["is_embedded"] = True
    app.query_params.update({"mode": "solve", "embed": "true"})
    app.switch_page("pages/practice.py").run()
    assert_fine(app)
    assert sheet(app)["steps"]
    assert (len(app.title), len(app.selectbox), len(app.button_group), len(app.button)) == (0,) * 4
