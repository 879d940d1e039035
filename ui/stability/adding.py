"""Adding many losses in one number type: the order decides how much is lost."""

import streamlit as st

from ce_core.stability import NUMBER_TYPES, Sums
from ui.figures import MINUS, figure
from ui.stability.cached import added, stops
from ui.stability.tables import cell, line, table
from ui.view import View
from ui.words import joined, tr, words

MUCH, SMALL = 0.01, 1e-4  # of the sum
ORDERS = (
    ("sequential", words("one after another")),
    ("descending", words("one after another, the largest first")),
    ("pairwise", words("in pairs, then the sums in pairs")),
)


def orders(view: View) -> None:
    """The same losses added in three orders, and where adding ones stops."""
    st.subheader(tr("The order of a sum"))
    found = added(view.dtype)
    st.markdown(
        tr(
            "{count:,} losses with a mean of about 1 (drawn from the exponential distribution, "
            "seed 0) add up to {true:,.2f}. One after another, each is added to a sum that is "
            "already large, and what of it falls below the sum's last digit is lost. In pairs, "
            "both numbers are of like size.",
            count=found.count,
            true=found.true,
        )
    )
    lines = [
        line(tr(title), [_sum(found, name), cell(_percent(found.off(name)))])
        for name, title in ORDERS
    ]
    table(tr("The sum in {dtype}", dtype=view.dtype), (tr("order"), tr("sum"), tr("off by")), lines)
    *ends, last = (
        words("{dtype} at {end:,.0f}", dtype=kind.name, end=stops()[kind.name])
        for kind in NUMBER_TYPES
    )
    st.markdown(
        tr(
            "Adding 1 again and again comes to an end: {ends} and {last}. There n + 1 is rounded "
            "back to n.",
            ends=joined(ends, ", "),
            last=last,
        )
    )


def _sum(found: Sums, order: str) -> str:
    lost = abs(found.off(order)) > MUCH
    word = tr("more than 1% lost") if lost else ""
    return cell(tr("{total:,.2f}", total=getattr(found, order)), word, broken=lost)


def _percent(part: float) -> str:
    if abs(part) < SMALL:
        return tr("{part}%", part=figure(part * 100))
    return tr("{part}%", part=words("{part:.2f}", part=100 * part)).replace("-", MINUS)
