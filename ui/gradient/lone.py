"""One sample alone: when its class's weight reaches its gradient, and when it cancels."""

from html import escape

import streamlit as st

from ce_core import Case, run
from ui.figures import column as column_of
from ui.figures import figure, listed
from ui.gradient.computing import weighed
from ui.gradient.tables import table
from ui.reductions.trap import ROWS as SAMPLE
from ui.reductions.trap import WEIGHTS
from ui.words import COMMA, tongue, tr

SMOOTHING, DIGITS = 0.1, 3


def one_sample() -> None:
    """One sample alone, its class weighing 1, 5 and 50: when that reaches its gradient."""
    heads = ["reduction", *(f"w = {figure(w)}" for w in WEIGHTS)]
    settings = (
        ("none, sum", {"reduction": "sum"}),
        ("mean", {"reduction": "mean"}),
        (
            tr("mean, label smoothing {part}", part=SMOOTHING),
            {"reduction": "mean", "label_smoothing": SMOOTHING},
        ),
    )
    lines, between = [], "; " if tongue().decimal == COMMA else ", "
    for name, options in settings:
        made = [run(Case(SAMPLE[:1], [0], [w, 1, 1], **options)).gradient[0] for w in WEIGHTS]
        lines.append((name, *(between.join(column_of(map(float, one), DIGITS)) for one in made)))
    st.html(f"<p>{escape(_answer())}</p>")
    st.html(
        table(
            tr(
                "The gradient of one sample alone: logits {logits} and target class 0, whose class "
                "weighs w",
                logits=listed(SAMPLE[0]),
            ),
            heads,
            lines,
        )
    )


def _answer() -> str:
    total, _ = weighed(Case(SAMPLE[:1], [0], [1, 1, 1]), 5.0, 0)
    return tr(
        "More weight for a rare class means that the network is punished more when it misses it: "
        "with weight 5 instead of 1 this sample's gradient is {ratio} times as long, under the "
        "sum. The mean divides by the same 5 again, so that for one sample, or a batch of one "
        "class, nothing changes. The weight is not ignored: it shows as soon as the batch holds "
        "another class, or with smoothing, which brings in the other classes' weights.",
        ratio=figure(float(total["ratio"][0])),
    )
