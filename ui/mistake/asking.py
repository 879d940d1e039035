"""What a person brings: their number, what it is said to be, and what their numbers are."""

from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ce_core import BinaryCase
from ce_core.presets import PRESETS, preset
from ce_core.refusals import recognise
from ui import state
from ui.hiding import hidden
from ui.inputs import numbers
from ui.link import MAX_ANSWER, decode, encode, fits
from ui.messages import STOP, WARNING, plain
from ui.mistake.fields import fields
from ui.mistake.kinds import KIND, KINDS, kind_of, read_as
from ui.mistake.offers import FIRST_ANSWER
from ui.mistake.search import rightly
from ui.view import View, of_preset, start
from ui.words import Words, localised, tr, words
from ui.words.numerals import prose

NO_NUMBERS = ("kept",)  # steps that say yes or no


def asking(view: View) -> DeltaGenerator:
    """The number, what it is, and what it was made of.

    Returns:
        The place right beneath the number, for the answer: the numbers below may be many.
    """
    _number(view)
    beneath = st.container()
    fault = state.told("answer")
    if fault:
        beneath.error(tr(fault), icon=STOP)
    if not _fixed(view):
        _numbers(view)
    return beneath


def _fixed(view: View) -> bool:
    """Whether the numbers are not to be changed, by the link of a teacher."""
    return view.present or hidden(view, "numbers")


def _number(view: View) -> None:
    """The person's number, and which step it is said to be."""
    left, right = st.columns([2, 1], vertical_alignment="bottom")
    with left:
        st.text_input(
            tr("Your number"),
            value=view.answer,
            key=state.key("answer"),
            placeholder=localised(FIRST_ANSWER),
            help=tr(
                "One number, a list such as [1.39, 0.31], nan or inf; or the error message that "
                "came instead."
            ),
            on_change=_answered,
        )
    with right:
        keys = ["", *(s.key for s in rightly(view.question) if s.key not in NO_NUMBERS)]
        trace = rightly(view.question)
        titles = {key: tr(trace[key].rule.title) if key else tr("the loss") for key in keys}
        st.selectbox(
            tr("This number is"),
            keys,
            index=keys.index(view.of) if view.of in keys else 0,
            format_func=titles.__getitem__,
            key=state.key(f"of-{view.question.digest[-12:]}"),
            on_change=_of,
        )


def _numbers(view: View) -> None:
    """What it was made of: which loss, and its numbers."""
    kinds = {kind.key: tr(kind.title) for kind in KINDS}
    st.selectbox(
        tr("What are these numbers?"),
        list(kinds),
        index=KINDS.index(kind_of(view)),
        format_func=kinds.__getitem__,
        key=state.key("kind"),
        on_change=_kind,
    )
    doubt = state.told("kind")
    if doubt:
        st.warning(plain(tr(doubt)), icon=WARNING)
    if view.other is None:
        numbers(view, open_at_start=not view.answer)
    else:
        fields(view, view.other)


def _answered() -> None:
    text = (state.value("answer") or "").replace("\r", "").strip()
    state.act()
    if len(text) > MAX_ANSWER:
        message = recognise(text)
        if message is None:
            state.tell(
                "answer",
                words(
                    "This text has {count:,} characters; a number, or a list, has up to {most:,}. "
                    "Code goes under Numbers, Paste.",
                    count=len(text),
                    most=MAX_ANSWER,
                ),
            )
            return
        text = message.quoted
    _show(state.current().replace(answer=_shown(text), finding=""))


def _show(view: View) -> None:
    """Another number: what could not be read in the fields below is still said."""
    kept = state.told("others")
    state.show(view)
    if kept:
        state.tell("others", kept)


def _shown(text: str) -> str:
    """The text without characters that nobody sees."""
    return "".join(letter for letter in text if letter.isprintable() or letter in "\n\t")


def _of() -> None:
    view = state.current()
    state.act()
    step = state.value(f"of-{view.question.digest[-12:]}")
    _show(view.replace(of=step or "", finding=""))


def _kind() -> None:
    """Take the numbers for another kind; what was there before comes back when it is chosen."""
    view, key = state.current(), state.value("kind")
    state.act()
    if key is None or KIND[key] is kind_of(view):
        return
    fitting = encode(view) if fits(view.case) else None
    state.hold(f"numbers {kind_of(view).key}", view, note=fitting)
    before: View | None = state.held(f"numbers {key}", lambda query: decode(query)[0])
    if before is not None:
        made, why = before.replace(answer=view.answer, of="", finding=""), ""
    else:
        made, why = read_as(view.replace(of="", finding=""), KIND[key])
    state.show(made, renew=True)
    if why:
        state.tell("kind", why)


@dataclass(frozen=True)
class Story:
    """A number that somebody posted, ready to be tried."""

    title: Words
    view: View


def _story(title: Words, key: str, answer: str) -> Story:
    chosen = preset(key)
    assert chosen is not None  # noqa: S101 - the keys below are those of the table
    return Story(title, of_preset(chosen).replace(answer=answer))


STORIES = (
    _story(words("0.6662, by hand, with weights"), PRESETS[0].key, FIRST_ANSWER),
    _story(words("2.8824, from probabilities"), "pixels_twice", "2.8824"),
    Story(
        words("0.1643, with pos_weight"),
        start()
        .with_other(
            BinaryCase([2.1972, -1.3863, -1.3863, -1.3863], [1.0, 0.0, 0.0, 0.0], pos_weight=[3.0])
        )
        .replace(answer="0.1643"),
    ),
    _story(words("nan, every row ignored"), "all_ignored", "nan"),
)


def stories(view: View) -> None:
    """Numbers that people posted, each to be tried."""
    if _fixed(view):
        return
    with st.container(horizontal=True, vertical_alignment="center", key="stories"):
        st.caption(tr("Try:"), width="content")
        for k, story in enumerate(STORIES):
            st.button(
                prose(story.title),
                key=state.key(f"story-{k}"),
                type="tertiary",
                on_click=_try,
                args=(k,),
            )


def _try(number: int) -> None:
    now, story = state.current(), STORIES[number].view
    if story.other is not None:
        shown = now.with_other(story.other)
    else:
        shown = now.of_case(story.case, preset=story.preset, names=story.names)
    state.show(shown.replace(answer=story.answer, step="", of="", finding=""), renew=True)
