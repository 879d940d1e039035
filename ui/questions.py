"""The questions of the threads, as ways to the pages that answer them."""

from urllib.parse import parse_qsl

from ce_core.claims import THREADS
from ce_core.questions import Question, asked_in
from ui import state
from ui.links import Group, Link, links
from ui.words import tr
from ui.words.numerals import prose

KEPT = ("device", "dtype")  # where torch runs is the reader's, whatever they ask


def questions() -> None:
    """Every question as a link that leads to its numbers, by thread."""
    kept = {name: text for name, text in state.query().items() if name in KEPT}
    groups = [
        Group(
            tr(thread.title),
            [
                Link(one.page, prose(one.asks), kept | parameters(one))
                for one in asked_in(thread.key)
            ],
        )
        for thread in THREADS
    ]
    links("questions", groups, label=tr("What people asked"))


def parameters(one: Question) -> dict[str, str]:
    """The parameters of the link that answers a question."""
    return dict(parse_qsl(one.query))
