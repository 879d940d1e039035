"""What every page shares: its question, what the link could not say, the case in one line."""

from html import escape

import streamlit as st

from ce_core import Case
from ce_core.presets import preset
from ui import link
from ui.figures import figure
from ui.view import View, positions

EMBEDDED = ".stMainBlockContainer { padding: 0.5rem 1rem; }"


def title(question: str, lead: str = "") -> None:
    """The page's one question, and a sentence that leads into it."""
    if embedded():  # the page around has its own headings: heard, not seen
        st.html(f"<h1 class='wce-spoken'>{escape(question)}</h1><style>{EMBEDDED}</style>")
        return
    st.title(question)
    if lead:
        st.markdown(lead)


def embedded() -> bool:
    """Whether the page stands inside another one, by `embed=true` in its address."""
    return bool(st.context.is_embedded)


def story(view: View) -> None:
    """The preset's story, while its numbers are on the screen."""
    chosen = preset(view.preset)
    if chosen is None:
        return
    source = f" [Where it was asked]({chosen.source})" if chosen.source else ""
    end = "" if chosen.title.endswith("?") else "."
    st.caption(f"**{chosen.title}{end}** {chosen.story} {chosen.notice}{source}")


def summary(view: View) -> str:
    """The case in one line: "2 samples × 2 classes, weights 0.4, 0.36, reduction mean"."""
    case = view.case
    parts = [_shape(case), _target(case), _weights(case)]
    if case.smooths:
        parts.append(f"label smoothing {figure(case.label_smoothing)}")
    parts.append(f"reduction {case.reduction}")
    return ", ".join(parts)


def _shape(case: Case) -> str:
    rows = positions(case)
    if case.logits.ndim > 2:
        lengths = " × ".join(map(str, case.logits.shape))
        return f"logits {lengths}: {rows:,} positions of {case.classes:,} classes"
    samples = "1 sample" if rows == 1 else f"{rows:,} samples"
    classes = "1 class" if case.classes == 1 else f"{case.classes:,} classes"
    return f"{samples} × {classes}"


def _target(case: Case) -> str:
    if case.soft:
        return "class probabilities as target"
    ignored = int((case.target == case.ignore_index).sum())
    return f"{ignored:,} ignored" if ignored else "class numbers as target"


def _weights(case: Case) -> str:
    if case.weight is None:
        return "no class weights"
    few = case.weight[:6].tolist()
    more = ", …" if len(case.weight) > len(few) else ""
    return f"weights {', '.join(figure(w) for w in few)}{more}"


def share(view: View) -> None:
    """The link to what is on the screen, to copy; not inside another page."""
    if embedded():
        return
    with st.popover("Link to this", icon=":material/link:"):
        if link.fits(view.case):
            st.caption("Opens this page with these numbers, at this step.")
            st.code(link.address(here(), view), language=None, wrap_lines=True)
        else:
            st.caption(
                f"A link holds up to {link.MAX_NUMBERS:,} numbers, and this case has more: send "
                "the file, and say which step and row to look at."
            )


def here() -> str:
    """The page's own address, without what follows the question mark."""
    return str(st.context.url).split("?", maxsplit=1)[0]
