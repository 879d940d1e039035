"""Which scheme is looked at, its beta, and the tables that two of the schemes ask for."""

from functools import partial

import streamlit as st

from ce_core import CaseError
from ce_core.weighting import SCHEMES, ClassCounts, beta_of, nines_of
from ce_core.weighting.nines import MOST_NINES
from ui import state
from ui.choose.made import Made, with_choosing
from ui.choose.settings import Table, write_rows
from ui.choose.typed_table import read_table
from ui.figures import figure
from ui.folded import folded
from ui.messages import STOP, explain, plain
from ui.notation import NotationError
from ui.slider import slider
from ui.view import View
from ui.words import localised, tr
from ui.words.numerals import prose


def scheme(made: Made) -> None:
    """Which scheme is looked at, and in a sentence what it does."""
    titles = {one.key: tr(one.title) for one in SCHEMES}
    st.selectbox(
        tr("Scheme"),
        list(titles),
        index=list(titles).index(made.chosen.scheme.key),
        format_func=titles.__getitem__,
        key=state.key("scheme"),
        on_change=_scheme,
    )
    st.markdown(tr(made.chosen.scheme.says))
    with st.container(key="choose-formula"):
        st.latex(made.chosen.scheme.formula)
    if "beta" in made.chosen.scheme.needs:
        _beta(made.classes.beta)


def _scheme() -> None:
    view, chosen = state.current(), state.value("scheme")
    state.act()
    if chosen is not None:
        state.show(with_choosing(view, scheme=chosen))


def _beta(beta: float) -> None:
    slider(
        "nines",
        tr("Nines of β"),
        nines_of(beta),
        0,
        MOST_NINES,
        0.05,
        lambda view, nines: with_choosing(view, beta=beta_of(nines)),
        shown=lambda _: f"β = {figure(beta, 7)}",
        help=prose(
            "1 is β = 0.9, 3 is 0.999. With counts in the thousands 0.9 and 0.99 give even "
            "weights; only from 0.999 on does β do anything."
        ),
    )


def tables_in(view: View, made: Made) -> None:
    """The costs of mistakes and the counts of each image, typed."""
    given = bool(view.choosing.costs or view.choosing.images)
    label = tr("Costs and images, which two of the schemes ask for")
    folded(label, "choose-tables", partial(_both_tables, view, made), expanded=given)


def _both_tables(view: View, made: Made) -> None:
    costs, images = st.columns(2, gap="large")
    with costs:
        _table(
            "costs",
            tr("What a mistake costs"),
            tr("A row for each true class, a number for each answer, 0 for the right one."),
            view.choosing.costs,
            made,
        )
    with images:
        _table(
            "images",
            tr("Counts in each image"),
            tr("A row for each image, the pixels of each class in it."),
            view.choosing.images,
            made,
        )
        _sums(made)


def _table(name: str, label: str, says: str, table: Table, made: Made) -> None:
    st.text_area(
        label,
        value=state.remember(name, lambda: write_rows(table).replace(";", "\n")),
        key=state.key(name),
        placeholder="0, 2\n1, 0" if name == "costs" else "60, 40, 0\n60, 0, 40",
        height=120,
        max_chars=40_000,
        on_change=partial(_typed, name),
    )
    st.caption(says)
    told = state.told(name)
    wrong = made.problems.get(name)
    if told or wrong is not None:
        st.error(told or explain(wrong), icon=STOP)  # type: ignore[arg-type]  # one of them is there


def _typed(name: str) -> None:
    state.act()
    view, text = state.current(), state.value(name) or ""
    try:
        table = read_table(text)
        ClassCounts(view.choosing.counts, **{name: table or None})  # type: ignore[arg-type]  # named
    except NotationError as problem:
        said = tr(problem.says)
        state.tell(name, plain(tr("{problem}.", problem=said[:1].upper() + said[1:])))
    except CaseError as problem:
        state.tell(name, explain(problem))
    else:
        state.show(with_choosing(view, **{name: table}))


def _sums(made: Made) -> None:
    """Say it where the images are not those that were counted."""
    sums = made.classes.summed
    if sums is None or made.classes.matches:
        return
    listed = ", ".join(localised(f"{int(count):,}") for count in sums[:12])
    st.caption(
        tr(
            "These images hold {listed}, not the counts above: median frequency balancing reads "
            "the images alone.",
            listed=f"{listed}{' …' if len(sums) > 12 else ''}",
        )
    )
