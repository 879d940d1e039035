"""A person's own table in: pasted or from a file, its columns chosen, held for their tab alone."""

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from ce_core import CaseError
from ce_core.lab import Samples, read_own
from ce_core.words import words
from ui import state
from ui.folded import tabs
from ui.lab.naming import named
from ui.lab.own.columns import Chosen, described, guessed, rows
from ui.lab.own.table import Table, read_file, read_table
from ui.lab.refusing import refused
from ui.messages import STOP, plain
from ui.paste import PasteError
from ui.upload import decoded
from ui.words import tr

TABLE, CHOSEN, SAMPLES = "lab-table", "lab-chosen", "lab-samples"  # what the tab holds
MOST_TEXT = 1_000_000
EXAMPLE = words("width,height,kind\n1.2,3.4,common\n0.8,2.9,common\n4.1,1.0,rare")


def taking() -> Samples | None:
    """The fields for a table, and the samples made of it; None while there are none."""
    st.caption(
        tr(
            "Your table stays in this browser tab and in the memory of this server: no link holds "
            "it, and nobody else sees it or what is trained on it."
        )
    )
    tabs("lab-ways", ((tr("Paste"), _pasting), (tr("Upload"), _uploading)))
    problem = state.told("lab_own")
    if problem:
        st.error(refused(problem), icon=STOP)
    table: Table | None = state.held(TABLE, read_table)
    if table is not None:
        chosen: Chosen = state.held(CHOSEN, lambda places: Chosen(*map(int, places)))
        if chosen is None:
            chosen = guessed(table)
        _columns(table, chosen)
        if not state.holds(SAMPLES):  # the tab brought the table from a server that is gone
            _use(table, chosen)
    held: tuple[Samples, int] | None = state.held(SAMPLES)
    if held is None:
        return None
    st.caption(_said(*held))
    return held[0]


def _pasting() -> None:
    st.text_area(
        tr("A table with two columns of numbers and a column of labels"),
        key=state.key("lab_paste"),
        placeholder=tr(EXAMPLE),
        height=140,
        max_chars=MOST_TEXT,
        on_change=_pasted,
    )
    st.button(tr("Use this table"), key=state.key("lab_read"), on_click=_pasted)


def _uploading() -> None:
    st.file_uploader(
        tr("A file of text: .csv, .tsv or .txt"),
        type=["csv", "tsv", "txt"],
        key=state.key("lab_upload"),
        on_change=_uploaded,
    )


def mine() -> Samples | None:
    """The samples that this tab holds."""
    held: tuple[Samples, int] | None = state.held(SAMPLES)
    return held[0] if held else None


def _columns(table: Table, chosen: Chosen) -> None:
    st.caption(described(table))
    titles = {k: named(name) for k, name in enumerate(table.names)}
    asked = (
        ("across", tr("To the right"), table.numeric),
        ("up", tr("Up"), table.numeric),
        ("label", tr("Label"), table.labelling),
    )
    for place, (name, label, options) in zip(st.columns(3), asked, strict=True):
        place.selectbox(
            label,
            options,
            index=options.index(getattr(chosen, name)),
            format_func=titles.__getitem__,
            key=state.key(f"lab_own_{name}"),
            on_change=_chose,
            args=(name,),
        )


def _pasted() -> None:
    text = state.value("lab_paste") or ""
    state.act()
    if text.strip():
        _read(lambda: read_table(text), text)


def _uploaded() -> None:
    file = state.value("lab_upload")
    state.act()
    if file is not None:
        data = file.getvalue()
        _read(lambda: read_file(file.name, data), decoded(data))


def _read(make: Callable[[], Table], text: str) -> None:
    """Read a table.

    Args:
        make: reads it.
        text: of which it is made again where this server is gone.
    """
    try:
        table = make()
        chosen = guessed(table)
    except PasteError as problem:
        state.tell("lab_own", problem.with_traceback(None))
        return
    state.hold(TABLE, table, note=text)
    state.refresh("lab_own_across", "lab_own_up", "lab_own_label")
    _use(table, chosen)


def _chose(name: str) -> None:
    state.act()
    table, chosen, place = state.held(TABLE), state.held(CHOSEN), state.value(f"lab_own_{name}")
    if table is not None and place is not None:
        _use(table, replace(chosen, **{name: place}))


def _use(table: Table, chosen: Chosen) -> None:
    """Make samples of the chosen columns, or say why not."""
    state.hold(CHOSEN, chosen, note=[chosen.across, chosen.up, chosen.label])
    found = rows(table, chosen)
    names = tuple(sorted(set(found.labels)))
    place = {name: k for k, name in enumerate(names)}
    try:
        if len({chosen.across, chosen.up, chosen.label}) < 3:
            raise PasteError(
                words("The two numbers and the label must be three different columns.")
            )
        made = read_own(
            found.points,
            [place[label] for label in found.labels],
            tuple(name[:30] for name in names),
            (table.names[chosen.across], table.names[chosen.up]),
        )
    except (PasteError, CaseError) as problem:
        state.hold(SAMPLES, None)
        state.tell("lab_own", problem.with_traceback(None))
    else:
        state.tell("lab_own", None)
        state.hold(SAMPLES, (made, found.left_out))


def _said(made: Samples, left_out: int) -> str:
    counts = ", ".join(
        tr("{count:,} {name}", count=int(count), name=name)
        for count, name in zip(made.counts, made.names, strict=True)
    )
    said = f"{plain(tr(made.source))} {plain(counts)}."
    if left_out == 1:
        left = tr("1 row was left out: a number or a label is missing, or infinite.")
    else:
        left = tr(
            "{count:,} rows were left out: a number or a label is missing, or infinite.",
            count=left_out,
        )
    return f"{said} {left}" if left_out else said
