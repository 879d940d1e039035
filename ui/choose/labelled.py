"""A file of labels: which column they are, what was counted, and what was missing."""

from typing import Any

import streamlit as st

from ce_core import CaseError
from ui import state
from ui.choose.labels import Counted, count_file
from ui.choose.made import with_counts
from ui.messages import STOP, explain, plain
from ui.paste import PasteError
from ui.words import Words, tr

FILE, COLUMN, HEADER = "label-file", "label-column", "label-header"


def label_file() -> None:
    """An uploader, and for the file in it the columns to choose from and what was found."""
    file = st.file_uploader(
        tr("A file with a column of labels"),
        type=["csv", "tsv", "txt", "npy", "npz"],
        key=state.key(FILE),
        on_change=_uploaded,
    )
    st.caption(
        tr("Numbers or words, one for each sample. Up to 20 MB; pickled objects are refused.")
    )
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
            tr("The labels are in"),
            range(len(found.columns)),
            index=found.chosen,
            format_func=[_name(name) for name in found.columns].__getitem__,
            key=state.key(COLUMN),
            on_change=_again,
        )
    if found.header is not None:
        st.checkbox(
            tr("The first line is names"),
            value=found.header,
            key=state.key(HEADER),
            on_change=_again,
        )


def _name(column: str) -> str:
    """A column by our words for its place, or by the heading that the file has."""
    return plain(tr(column) if isinstance(column, Words) else column)


def _said(found: Counted) -> None:
    tally = found.tally
    rows = sum(tally.counts)
    parts = [_counted(rows, len(tally.counts)), *_left_out(tally.missing)]
    st.success(" ".join(parts), icon=":material/check:")
    for note in tally.notes:
        st.caption(plain(tr(note)))


def _counted(rows: int, kinds: int) -> str:
    if kinds == 1:
        return tr("Counted {rows:,} labels of 1 class.", rows=rows)
    return tr("Counted {rows:,} labels of {kinds:,} classes.", rows=rows, kinds=kinds)


def _left_out(missing: int) -> list[str]:
    if not missing:
        return []
    if missing == 1:
        return [tr("1 row has no label (empty, nan, None or NA): left out.")]
    return [tr("{count:,} rows have no label (empty, nan, None or NA): left out.", count=missing)]


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
        state.hold(FILE, (file.file_id, plain(tr(problem.said)), last))
    except CaseError as problem:
        state.hold(FILE, (file.file_id, explain(problem), last))
    else:
        state.hold(FILE, (file.file_id, found, found))
        state.show(view)
        state.refresh("counts", "costs", "images")
