"""The questions of the threads: each link is read whole, and the page it opens shows the answer."""

import re

import pytest
from google.protobuf.text_format import MessageToString

from ce_core.claims import THREADS
from ce_core.questions import QUESTIONS, asked_in
from tests.test_pages import assert_fine
from tests.unfolded import unfolded
from ui.link import decode, encode
from ui.menu import PAGES
from ui.questions import parameters

IDS = [re.sub(r"\W+", "-", one.asks.lower()).strip("-") for one in QUESTIONS]
each_question = pytest.mark.parametrize("one", QUESTIONS, ids=IDS)

TOLD = ("body", "label", "json", "code_text", "content")  # not scripts and styles


def opened(one):
    """The page that answers a question, drawn."""
    app = unfolded(120)
    app.query_params.update(parameters(one))
    return app.switch_page(f"pages/{one.page}.py").run()


def test_every_thread_asks():
    """Each thread has questions, and none is asked twice."""
    assert all(asked_in(thread.key) for thread in THREADS)
    assert sum(len(asked_in(thread.key)) for thread in THREADS) == len(QUESTIONS)
    assert len({one.asks for one in QUESTIONS}) == len(QUESTIONS)
    assert len({(one.page, one.query) for one in QUESTIONS}) == len(QUESTIONS)


@each_question
def test_link_is_read_whole(one):
    """The question's page is there, and nothing of its link is left out, there and back."""
    assert one.page in [name for group in PAGES.values() for name, _ in group if name != "start"]
    assert one.asks.endswith(("?", "."))
    view, dropped = decode(parameters(one))
    assert [(item.name, item.reason) for item in dropped] == []
    again, dropped = decode(encode(view))
    assert not dropped
    assert again == view


def words(app):
    """What the page says, and what its components are given to say."""
    found = []
    for node in app.main:
        text = MessageToString(node.proto, as_utf8=True) if node.proto else ""
        found += re.findall(rf'^\s*(?:{"|".join(TOLD)}): "(.*)"$', text, re.MULTILINE)
    return re.sub(r"<style>.*?</style>|<[^>]+>", " ", "\n".join(found))


def shown(number, text):
    """Whether a number stands in a text, and not as a part of another one."""
    return re.search(rf"(?<![\d.]){re.escape(number)}(?![\d]|\.\d)", text) is not None


@each_question
def test_page_shows_the_answer(one):
    """The page that a question leads to has the numbers that it asks about, and no complaint."""
    app = opened(one)
    assert_fine(app)
    assert [box.value for box in app.warning if "could not be read" in box.value] == []
    said = words(app)
    assert [number for number in one.shows if not shown(number, said)] == []
    assert one.shows
