"""Teach: each choice is in the links, and the codes of a class are counted as they are."""

import csv
import io
import json

import numpy as np
import pytest
from streamlit.runtime.state import SessionStateProxy

from ce_core import Case
from ce_core.practice import MODES, blanks, item, judge, write_code
from ce_core.practice.codes import to_code
from ce_core.practice.numbered import NUMBERED
from ce_core.practice.reports import Report
from ce_core.presets import PRESETS
from tests.test_pages import TITLES, assert_fine, key, opened, view, words
from tests.test_snippets import HOSTILE
from ui.link import decode, encode
from ui.teach.made_codes import CLASS, made_codes
from ui.teach.settings import PAGES, SHOWN, Lesson
from ui.teach.snippets import SNIPPETS, iframe
from ui.teach.tally import MOST, as_csv, as_text, harmless, read_codes, slip_title, tally
from ui.view import View, step_keys

TITLES["teach"] = "Put this into your course"


def teach(**query):
    """The page opened by a link, drawn."""
    app = opened("teach", **query)
    assert_fine(app)
    return app


def choose(app, widget, name, value):
    """Set a choice, and draw what follows."""
    inputs = {"select": app.selectbox, "many": app.multiselect, "one": app.button_group}[widget]
    names = [one.key for one in inputs if one.key.startswith(f"teach-{name}")]
    chosen = inputs(key=names[0])
    (chosen.select if widget == "one" else chosen.set_value)(value)
    chosen.run()
    assert_fine(app)
    return app


def copied(app):
    """The snippets' texts by their keys; the first code on the page is the page's own link."""
    texts = [code.value for code in app.code][-len(SNIPPETS) :]
    return dict(zip([one.key for one in SNIPPETS], texts, strict=True))


def framed(app):
    """What the preview was given."""
    sent = [json.loads(one.proto.json) for one in app.get("bidi_component") if one.proto.json]
    [shown] = [one for one in sent if "snippet" in one]
    return shown


def drawn(app):
    """The HTML that the page draws, and the Markdown that may hold some."""
    parts = [node.proto.body for kind in ("html", "markdown") for node in app.get(kind)]
    assert parts
    return "\n".join(parts)


# The lesson


@pytest.mark.parametrize("chosen", PRESETS, ids=[one.key for one in PRESETS])
def test_every_example(chosen):
    """The page stands with each example, and its link is the step that was looked at."""
    step = step_keys(chosen.case)[-1]
    app = teach(preset=chosen.key, step=step)
    assert f"step={step}" in copied(app)["link"]
    assert framed(app)["height"] == 640


@pytest.mark.parametrize("page", PAGES)
def test_every_page(page):
    """Each page can be chosen, and the links open it; its parts and its own choices are there."""
    app = choose(teach(), "select", "page", page)
    assert view(app).lesson.page == page
    assert f"/{page}" in copied(app)["link"]
    if page in SHOWN:
        last = SHOWN[page][-1]
        choose(app, "select", "shows", last)
        assert f"part={last}" in copied(app)["link"]


def test_choices_are_in_the_links():
    """Step, what is left out, what is left to the reader, theme and height: all reach the link."""
    app = teach()
    choose(app, "select", "step", "denominator")
    choose(app, "many", "hide", ["sentence", "formula"])
    choose(app, "many", "blank", ["mean_loss"])
    choose(app, "one", "theme", "dark")
    choose(app, "one", "height", 480)
    choose(app, "one", "lang", "de")
    app.toggle(key=key(app, "teach-predict")).set_value(True).run()
    link = copied(app)["link"]
    for part in ("step=denominator", "hide=formula,sentence", "blank=mean_loss", "lang=de"):
        assert part in link
    assert "predict=1" in link
    assert link.endswith("embed_options=dark_theme")
    assert 'height="480"' in copied(app)["iframe"]
    again = teach(**encode(view(app)))
    assert view(again) == view(app)
    assert copied(again) == copied(app)


def test_practice_choices():
    """On Practice topic, item, mode and blanks reach the link; the case on the screen does not."""
    app = choose(teach(preset="rare_class"), "select", "page", "practice")
    choose(app, "select", "topic", "smoothing")
    choose(app, "one", "mode", "complete")
    choose(app, "many", "blank", ["losses"])
    app.number_input(key=key(app, "teach-seed")).set_value(42).run()
    assert copied(app)["link"].endswith(
        "/practice?topic=smoothing&seed=42&mode=complete&blank=losses"
    )


def test_row_and_class():
    """Row and class are in the link; another row looks at its own target again."""
    app = teach(logits="3,4,1;6,9,2", target="1,0")
    choose(app, "select", "class", "2")
    assert view(app).column == 2
    rows = next(one for one in app.number_input if one.key.startswith("teach-row"))
    rows.set_value(1).run()
    assert (view(app).row, view(app).column) == (1, None)
    assert "row=1" in copied(app)["link"]


def test_nothing_of_the_builder_is_hidden():
    """What the lesson leaves out stays on the builder's own page."""
    app = teach(hide="title,numbers,story")
    assert any(one.key.startswith("reduction") for one in app.button_group)
    assert "hide=title,story,numbers" in copied(app)["link"]


def test_preview_is_the_snippet():
    """The frame on the page is the iframe that is copied."""
    app = teach(step="probs")
    sent = framed(app)
    assert sent["snippet"] == copied(app)["iframe"]
    assert sent["snippet"] == iframe(sent["framed"], sent["title"], sent["height"])


def test_site():
    """The address of the students' site is in every snippet, not in the preview; another is told."""
    app = teach()
    app.context["url"] = "http://localhost:8501/teach"
    app.run()
    assert "this computer alone" in app.info[0].value
    assert framed(app)["framed"] == "http://localhost:8501/steps?embed=true"
    field = app.text_input(key=key(app, "teach-base"))
    field.set_value("https://example.org/loss/").run()
    assert_fine(app)
    for text in copied(app).values():
        assert "https://example.org/loss/steps" in text
    assert "example.org" not in framed(app)["snippet"]
    app.text_input(key=key(app, "teach-base")).set_value("javascript:<b>").run()
    assert "is no address of a site" in app.error[0].value
    assert "\\<b\\>" in app.error[0].value
    assert view(app).lesson.base == "https://example.org/loss"


def test_too_large_for_a_link():
    """A case beyond a link's room is told so, with what to do instead."""
    app = opened("teach")
    case = Case(np.zeros((600, 3)), np.zeros(600, dtype=int))
    app.session_state["view"] = View(case)
    app.run()
    assert_fine(app)
    assert "A link holds up to 1,500 numbers" in app.warning[0].value
    app.session_state["view"] = View(case, lesson=Lesson(page="lab"))
    app.run()
    assert_fine(app)
    assert "/lab" in copied(app)["link"]


def test_hostile_names():
    """Class names full of markup leave the page whole."""
    for column, name in enumerate(HOSTILE):
        names = ",".join(HOSTILE)
        app = teach(
            logits="3,4,0,1,2;6,9,1,0,3", target="1,0", classes=names, step="probs",
            **{"class": str(column)},
        )  # fmt: skip
        assert name in framed(app)["title"]
        assert "<script" not in framed(app)["snippet"]
        assert "<script" not in drawn(app)


# What a class did


def report(topic="weighted_mean", seed=1, done=9, total=9, slips=()):
    """A report as a practice page makes it."""
    return Report(seed, topic, "solve", done, total, (("mean_loss", "correct"),), slips)


def real_code(seed, typed):
    """The code of an exercise in which the same text was typed into each field."""
    exercise = item(seed, "weighted_mean")
    cells = blanks(exercise, MODES[-1])
    judged = {cell: judge(exercise, dict.fromkeys(cells, typed), cell) for cell in cells}
    return write_code(exercise, MODES[-1], (), judged)


def test_real_codes():
    """Codes that the practice page writes are read, with names beside them and without."""
    codes = [real_code(seed, "0.5") for seed in (1, 2, 3)]
    read = read_codes(f"Ann: {codes[0]}\n\n{codes[1].lower()}\nBo-Lin Ng, {codes[2]}")
    assert [code.line for code in read.read] == [1, 3, 4]
    assert [code.report.seed for code in read.read] == [1, 2, 3]
    assert (read.unread, read.same, read.beyond) == ((), (), 0)


def test_codes_beside_each_other():
    """Each code on a line counts, equal ones of a line once, and no code is lost with its line."""
    first, second, third = (real_code(seed, "0.5") for seed in (1, 2, 3))
    read = read_codes(f"{first}; {second}; {first}\nAnn {third}, {first}")
    assert [(code.line, code.report.seed) for code in read.read] == [(1, 1), (1, 2), (2, 3), (2, 1)]
    assert read.same == ((1, 2),)
    assert [code.report.seed for code in read.once] == [1, 2, 3]


def test_unread_and_same():
    """A line without a code is named with its number and its fault; equal codes are named."""
    code = to_code(report())
    wrong = code[:-1] + ("2" if code[-1] != "2" else "3")
    read = read_codes(f"{code}\nhello there\n{wrong}\n{code}")
    assert [line for line, _ in read.unread] == [2, 3]
    assert "mistyped" in read.unread[1][1]
    assert read.same == ((1, 4),)
    assert [code.line for code in read.once] == [1]


def test_most_codes():
    """Only so many lines are read, and the rest are counted."""
    read = read_codes("\n".join([to_code(report())] * (MOST + 3)))
    assert (len(read.read), read.beyond) == (MOST, 3)


def test_tally():
    """By topic: how many codes, how many whole, and the slips, the commonest first."""
    slips = ("divided_by_batch_size", "base_10")
    reports = [
        *(report(seed=k, done=8, slips=slips[:1]) for k in range(3)),
        report(seed=3, done=7, slips=slips),
        report(seed=4),
        report("gradient", done=1, total=2),
    ]
    first, second = tally(read_codes("\n".join(map(to_code, reports))).read)
    assert (first.codes, first.finished, first.right, first.total) == (5, 1, 3 * 8 + 7 + 9, 45)
    assert [slip.codes for slip in first.slips] == [4, 1]
    assert first.slips[0].title == slip_title(slips[0])
    assert (second.codes, second.finished, second.slips) == (1, 0, ())


def test_every_slip_has_a_name():
    """Each slip that a code can hold is called by its name; a newer one says that it is newer."""
    assert not [key for key in NUMBERED if "newer" in slip_title(key)]
    assert "newer version" in slip_title("unknown-99")


def test_csv():
    """The file has the tally's numbers, and nothing that a spreadsheet would compute."""
    topics = tally(read_codes(made_codes()).read)
    head, *rows = csv.reader(io.StringIO(as_csv(topics).decode("utf-8-sig")))
    assert head == ["topic", "what", "codes", "of codes"]
    wanted = [
        line
        for topic in topics
        for line in (
            [topic.title, "Every number right", str(topic.finished), str(topic.codes)],
            *([topic.title, slip.title, str(slip.codes), str(topic.codes)] for slip in topic.slips),
        )
    ]
    assert rows == wanted
    assert [harmless(text)[0] for text in ("=1+1", "+1", "-1", "@a")] == ["'"] * 4
    assert harmless("Divided by N") == "Divided by N"


def test_class_page():
    """The example fills the field and is counted; a paste of one's own follows."""
    app = teach(part="class")
    next(one for one in app.button if one.label == "Fill in an example").click().run()
    assert_fine(app)
    assert app.text_area(key=key(app, "class-codes")).value == made_codes()
    [largest, *_] = topics = tally(read_codes(made_codes()).read)
    assert sum(topic.codes for topic in topics) == len(CLASS)
    said = words(app)
    assert f"{largest.slips[0].codes} of {largest.codes}" in said
    assert app.code[-1].value == as_text(topics)
    code = to_code(report())
    app.text_area(key=key(app, "class-codes")).set_value(f"{code}\n<script>$x$\n{code}").run()
    assert_fine(app)
    assert "Line 2:" in app.warning[0].value
    assert "<script" not in drawn(app)
    assert "lines 1 and 3" in app.info[0].value
    assert "2 codes; in 2 of them" in words(app)
    app.toggle(key=key(app, "class-once")).set_value(True).run()
    assert "1 code; in 1 of them" in words(app)


def test_class_text_is_not_in_the_link():
    """The codes stay out of the view, and so out of every link."""
    app = teach(part="class")
    app.text_area(key=key(app, "class-codes")).set_value(to_code(report())).run()
    assert encode(view(app)) == {"part": "class"}
    assert decode({"part": "class"})[0] == view(app)


def test_another_loss_is_named():
    """Numbers of another loss are said to stay out of what is made of the example."""
    query = {"loss": "bce", "input": "0.5,1", "target": "1,0"}
    for part in ("lesson", "code"):
        assert any("of another loss" in note.value for note in teach(**query, part=part).info)
    assert not any("of another loss" in note.value for note in teach().info)


def test_session_state_is_never_gone_through(monkeypatch):
    """A choice is taken without going through session state, which another run may be changing."""

    def changing(_):
        raise RuntimeError("dictionary changed size during iteration")

    monkeypatch.setattr(SessionStateProxy, "__iter__", changing)
    app = choose(teach(), "select", "step", "probs")
    assert "step=probs" in copied(app)["link"]
