"""A person's own table in: pasted or from a file, its columns chosen, held for their tab alone."""

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from ce_core import CaseError
from ce_core.lab import Samples, read_own
from ui import state
from ui.lab.own.columns import Chosen, Rows, described, guessed, rows
from ui.lab.own.table import Table, read_file, read_table
from ui.messages import STOP, explain, plain
from ui.paste import PasteError

TABLE, CHOSEN, SAMPLES = "lab-table", "lab-chosen", "lab-samples"  # what the tab holds
MOST_TEXT = 1_000_000
EXAMPLE = "width,height,kind\n1.2,3.4,common\n0.8,2.9,common\n4.1,1.0,rare"


def taking() -> Samples | None:
    """The fields for a table, and the samples made of it; None while there are none."""
    st.caption(
        "Your table stays in this browser tab and in the memory of this server: no link holds it, "
        "and nobody else sees it or what is trained on it."
    )
    pasted, uploaded = st.tabs(["Paste", "Upload"])
    with pasted:
        st.text_area(
            "A table with two columns of numbers and a column of labels",
            key=state.key("lab_paste"),
            placeholder=EXAMPLE,
            height=140,
            max_chars=MOST_TEXT,
            on_change=_pasted,
        )
        st.button("Use this table", key=state.key("lab_read"), on_click=_pasted)
    with uploaded:
        st.file_uploader(
            "A file of text: .csv, .tsv or .txt",
            type=["csv", "tsv", "txt"],
            key=state.key("lab_upload"),
            on_change=_uploaded,
        )
    problem = state.told("lab_own")
    if problem:
        st.error(problem, icon=STOP)
    table: Table | None = state.held(TABLE)
    if table is not None:
        _columns(table, state.held(CHOSEN))
    held: tuple[Samples, str] | None = state.held(SAMPLES)
    if held is None:
        return None
    st.caption(held[1])
    return held[0]


def mine() -> Samples | None:
    """The samples that this tab holds."""
    held: tuple[Samples, str] | None = state.held(SAMPLES)
    return held[0] if held else None


def _columns(table: Table, chosen: Chosen) -> None:
    st.caption(described(table))
    asked = (
        ("across", "To the right", table.numeric),
        ("up", "Up", table.numeric),
        ("label", "Label", table.labelling),
    )
    for place, (name, label, options) in zip(st.columns(3), asked, strict=True):
        place.selectbox(
            label,
            options,
            index=options.index(getattr(chosen, name)),
            format_func=lambda k: table.names[k],
            key=state.key(f"lab_own_{name}"),
            on_change=_chose,
            args=(name,),
        )


def _pasted() -> None:
    text = state.value("lab_paste") or ""
    state.act()
    if text.strip():
        _read(lambda: read_table(text))


def _uploaded() -> None:
    file = state.value("lab_upload")
    state.act()
    if file is not None:
        _read(lambda: read_file(file.name, file.getvalue()))


def _read(make: Callable[[], Table]) -> None:
    try:
        table = make()
        chosen = guessed(table)
    except PasteError as problem:
        state.tell("lab_own", plain(str(problem)))
        return
    state.hold(TABLE, table)
    state.refresh("lab_own_across", "lab_own_up", "lab_own_label")
    _use(table, chosen)


def _chose(name: str) -> None:
    state.act()
    table, chosen, place = state.held(TABLE), state.held(CHOSEN), state.value(f"lab_own_{name}")
    if table is not None and place is not None:
        _use(table, replace(chosen, **{name: place}))


def _use(table: Table, chosen: Chosen) -> None:
    """Make samples of the chosen columns, or say why not."""
    state.hold(CHOSEN, chosen)
    found = rows(table, chosen)
    names = tuple(sorted(set(found.labels)))
    place = {name: k for k, name in enumerate(names)}
    try:
        if len({chosen.across, chosen.up, chosen.label}) < 3:
            raise PasteError("The two numbers and the label must be three different columns.")
        made = read_own(
            found.points,
            [place[label] for label in found.labels],
            tuple(name[:30] for name in names),
            (table.names[chosen.across], table.names[chosen.up]),
        )
    except PasteError as problem:
        _refuse(plain(str(problem)))
    except CaseError as problem:
        _refuse(explain(problem))
    else:
        state.tell("lab_own", None)
        state.hold(SAMPLES, (made, _said(made, found)))


def _refuse(sentence: str) -> None:
    state.hold(SAMPLES, None)
    state.tell("lab_own", sentence)


def _said(made: Samples, found: Rows) -> str:
    counts = ", ".join(
        f"{int(count):,} {name}" for count, name in zip(made.counts, made.names, strict=True)
    )
    left = ""
    if found.left_out:
        were = "row was" if found.left_out == 1 else "rows were"
        left = f" {found.left_out:,} {were} left out: a number or a label is missing, or infinite."
    return f"{plain(made.source)} {plain(counts)}.{left}"
