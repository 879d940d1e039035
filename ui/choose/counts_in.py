"""The counts in: typed, counted from a file of labels, or an example."""

from functools import partial

import streamlit as st

from ce_core import CaseError
from ce_core.weighting import ClassCounts
from ui import state
from ui.choose.examples import EXAMPLES, Example, with_example
from ui.choose.labelled import label_file
from ui.choose.listing import joined_texts
from ui.choose.made import Made, with_counts
from ui.choose.reading import MAX_TEXT, read
from ui.figures import figure
from ui.folded import tabs
from ui.messages import STOP, explain, plain
from ui.view import View
from ui.words import joined, localised, tr
from ui.words.numerals import prose

SHOWN = 12  # classes whose counts stand in the line
TIED = "\u00a0"  # between a name and its number, which stay on one line


def counts_in(view: View, made: Made) -> None:
    """How many samples each class has, by any of three ways."""
    st.header(tr("Your counts"))
    tabs(
        "count-ways",
        (
            (tr("Type or paste"), partial(_typing, view)),
            (tr("Count a file of labels"), label_file),
            (tr("Examples"), _examples),
        ),
    )
    told(made)
    if made.classes.empty:
        label = tr("Count every class one higher")
        st.button(label, key=state.key("one-more"), on_click=_one_more)


def told(made: Made) -> None:
    """The counts in one line, on the page."""
    st.markdown(summary(made))


def _one_more() -> None:
    view = state.current()
    counts = [count + 1 for count in view.choosing.counts]
    state.show(with_counts(view, counts, view.choosing.counted))
    state.refresh("counts")


def _typing(view: View) -> None:
    st.text_area(
        tr("How many samples each class has"),
        value=state.remember("counts", lambda: written(view)),
        key=state.key("counts"),
        height=80,
        max_chars=MAX_TEXT,
        on_change=_typed,
        help=tr(
            "In a row (9000, 41000), one a line, with names (cat: 9000), or pasted from Counter, "
            "value_counts or bincount."
        ),
    )
    st.caption(tr("Press Ctrl+Enter, or click outside the box, to read it."))
    told = state.told("counts")
    if isinstance(told, str):
        st.error(told, icon=STOP)
    elif told:
        st.caption(plain(tr(joined(told))))


def _typed() -> None:
    state.act()
    text = state.value("counts") or ""
    try:
        found = read(text)
        view = with_counts(state.current(), found.counts, found.names)
    except CaseError as problem:
        state.tell("counts", explain(problem))
        return
    state.show(view)
    state.refresh("costs", "images")
    state.tell("counts", found.notes)


def written(view: View) -> str:
    """The counts as a person would type them."""
    counts, names = view.choosing.counts, view.choosing.counted
    if len(names) != len(counts):
        return ", ".join(map(str, counts))
    return "\n".join(f"{name}: {count}" for name, count in zip(names, counts, strict=True))


def _examples() -> None:
    for example in EXAMPLES:
        button, story = st.columns([2, 5], vertical_alignment="center")
        button.button(
            prose(example.title),
            key=state.key(f"example-{example.key}"),
            width="stretch",
            on_click=partial(_take, example),
        )
        story.caption(plain(prose(example.story)))


def _take(example: Example) -> None:
    state.show(with_example(state.current(), example), renew=True)


def summary(made: Made) -> str:
    """The counts in one line, and what cannot be weighed."""
    classes = made.classes
    pairs = [
        f"{plain(name)}{TIED}{localised(f'{int(count):,}')}"
        for name, count in zip(made.names[:SHOWN], classes.counts[:SHOWN], strict=True)
    ]
    more = classes.classes - len(pairs)
    listed = joined_texts(pairs)
    if more:
        listed = tr("{listed} and {count:,} more", listed=listed, count=more)
    if classes.classes == 1:
        return tr(
            "**1 class**: {listed}. With one class there is nothing to weigh: the mean is the "
            "same under any weight.",
            listed=listed,
        )
    start = tr(
        "**{classes:,} classes, {total:,} samples**: {listed}.",
        classes=classes.classes,
        total=classes.total,
        listed=listed,
    )
    if classes.empty:
        return tr(
            "{start} No sample of {empty}: schemes that divide by the count have no weights "
            "then. Leave such a class out, or count every class one higher.",
            start=start,
            empty=", ".join(plain(made.names[k]) for k in classes.empty[:SHOWN]),
        )
    return f"{start} {compared(classes)}"


def compared(classes: ClassCounts) -> str:
    """How far the counts lie apart, in a sentence; every class has samples."""
    if classes.imbalance == 1:
        return tr("All classes have equally many.")
    return tr(
        "The largest has {times} times as many as the smallest.", times=figure(classes.imbalance)
    )
