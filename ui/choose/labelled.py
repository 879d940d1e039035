"""A file of labels: which column they are, what was counted, and what was missing."""

from typing import Any

import streamlit as st

from ce_core import CaseError
from ui import state
from ui.choose.labels import Counted, count_file
from ui.choose.made import with_counts
from ui.messages import STOP, explain, plain
from ui.paste import PasteError

FILE, COLUMN, HEADER = "label-file", "label-column", "label-header"


def label_file() -> None:
    """An uploader, and for the file in it the columns to choose from and what was found."""
    file = st.file_uploader(
        "A file with a column of labels",
        type=["csv", "tsv", "txt", "npy", "npz"],
        key=state.key(FILE),
        on_change=_uploaded,
    )
    st.caption("Numbers or words, one for each sample. Up to 20 MB; pickled objects are refused.")
    told = state.held(FILE)
    if file is None or told is None or told[0] != file.file_id:
        return
    found = told[1]
    if isinstance(found, str):
        st.error(found, icon=STOP)
        found = told[2]
    if found is not None:
        _choices(found)
    if isinstance(told[1], Counted):
        _said(told[1])


def _choices(found: Counted) -> None:
    if len(found.columns) > 1:
        st.selectbox(
            "The labels are in",
            range(len(found.columns)),
            index=found.chosen,
            format_func=lambda k: plain(found.columns[k]),
            key=state.key(COLUMN),
            on_change=_again,
        )
    if found.header is not None:
        st.checkbox(
            "The first line is names", value=found.header, key=state.key(HEADER), on_change=_again
        )


def _said(found: Counted) -> None:
    tally = found.tally
    rows = sum(tally.counts)
    left = ""
    if tally.missing:
        some = "1 row has" if tally.missing == 1 else f"{tally.missing:,} rows have"
        left = f" {some} no label (empty, nan, None or NA): left out."
    kinds = "1 class" if len(tally.counts) == 1 else f"{len(tally.counts):,} classes"
    st.success(f"Counted {rows:,} labels of {kinds}.{left}", icon=":material/check:")
    for note in tally.notes:
        st.caption(plain(note))


def _uploaded() -> None:
    state.refresh(COLUMN, HEADER)
    _count(None, None)


def _again() -> None:
    _count(state.value(COLUMN), state.value(HEADER))


def _count(column: int | None, header: bool | None) -> None:  # noqa: FBT001 - None guesses
    state.act()
    file: Any = state.value(FILE)
    if file is None:
        return
    before = state.held(FILE)
    last = before[2] if before is not None and before[0] == file.file_id else None
    try:
        found = count_file(file.name, file.getvalue(), column, header)
        view = with_counts(state.current(), found.tally.counts, found.tally.names)
    except PasteError as problem:
        state.hold(FILE, (file.file_id, plain(str(problem)), last))
    except CaseError as problem:
        state.hold(FILE, (file.file_id, explain(problem), last))
    else:
        state.hold(FILE, (file.file_id, found, found))
        state.show(view)
        state.refresh("counts", "costs", "images")
