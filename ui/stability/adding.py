"""Adding many losses in one number type: the order decides how much is lost."""

import streamlit as st

from ce_core.stability import NUMBER_TYPES, Sums
from ui.figures import MINUS, figure
from ui.stability.cached import added, stops
from ui.stability.tables import cell, line, table
from ui.view import View

MUCH, SMALL = 0.01, 1e-4  # of the sum
ORDERS = (
    ("sequential", "one after another"),
    ("descending", "one after another, the largest first"),
    ("pairwise", "in pairs, then the sums in pairs"),
)


def orders(view: View) -> None:
    """The same losses added in three orders, and where adding ones stops."""
    st.subheader("The order of a sum")
    found = added(view.dtype)
    st.markdown(
        f"{found.count:,} losses with a mean of about 1 (drawn from the exponential distribution, "
        f"seed 0) add up to {found.true:,.2f}. One after another, each is added to a sum that is "
        "already large, and what of it falls below the sum's last digit is lost. In pairs, both "
        "numbers are of like size."
    )
    lines = [
        line(title, [_sum(found, name), cell(_percent(found.off(name)))]) for name, title in ORDERS
    ]
    table(f"The sum in {view.dtype}", ("order", "sum", "off by"), lines)
    ends = [f"{kind.name} at {stops()[kind.name]:,.0f}" for kind in NUMBER_TYPES]
    st.markdown(
        f"Adding 1 again and again comes to an end: {', '.join(ends[:-1])} and {ends[-1]}. There "
        "n + 1 is rounded back to n."
    )


def _sum(found: Sums, order: str) -> str:
    lost = abs(found.off(order)) > MUCH
    return cell(f"{getattr(found, order):,.2f}", "more than 1% lost" if lost else "", broken=lost)


def _percent(part: float) -> str:
    return f"{part:.2%}".replace("-", MINUS) if abs(part) >= SMALL else f"{figure(part * 100)}%"
