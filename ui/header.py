"""What every page shares: its question, what the link could not say, the case in one line."""

from html import escape

import streamlit as st

from ce_core import Case
from ce_core.presets import preset
from ce_core.words import Words, joined, words
from ui import language, link, state
from ui.figures import figure, listed
from ui.hiding import hidden
from ui.view import View, positions
from ui.words import tr
from ui.words.numerals import prose

EMBEDDED = """
.stApp .stMainBlockContainer { padding: 0.5rem 1rem; }
.stApp .stVerticalBlock:has(> .st-key-ledger) { gap: 0.25rem; }
"""  # before style.css


def title(question: str, lead: str = "", *, kept: bool = False) -> None:
    """The page's one question, and a sentence that leads into it.

    Args:
        question: in the language of the page, as `lead` is.
        lead: Markdown.
        kept: whether it is shown though the view hides it: where a teacher chooses what to hide.
    """
    view = state.current()
    unseen = hidden(view, "title") and not kept
    asked = tr("Weighted cross-entropy") if unseen else question
    if embedded():  # the page around has its own headings: heard, not seen
        _spoken(asked, f"<style>{EMBEDDED}</style>")
        return
    if unseen:
        _spoken(asked)
        return
    st.title(question)
    if view.present:
        return
    language.offer(view)
    language.pending(view)
    if lead:
        st.markdown(lead)


def _spoken(heading: str, beside: str = "") -> None:
    st.html(f"<h1 class='wce-spoken'>{escape(heading)}</h1>{beside}")


def embedded() -> bool:
    """Whether the page stands inside another one, by `embed=true` in its address."""
    return bool(st.context.is_embedded)


def story(view: View) -> None:
    """The preset's story, while its numbers are on the screen."""
    chosen = preset(view.preset)
    if chosen is None or view.present or hidden(view, "story"):
        return
    source = f" [{tr('Where it was asked')}]({chosen.source})" if chosen.source else ""
    end = "" if chosen.title.endswith("?") else "."
    told = f"{prose(chosen.story)} {prose(chosen.notice)}{source}"
    st.caption(f"**{prose(chosen.title)}{end}** {told}")


def summary(view: View) -> Words:
    """The case in one line: "2 samples × 2 classes, weights 0.4, 0.36, reduction mean"."""
    case = view.case
    parts = [_shape(case), _target(case), _weights(case)]
    if case.smooths:
        parts.append(words("label smoothing {part}", part=figure(case.label_smoothing)))
    parts.append(words("reduction {reduction}", reduction=case.reduction))
    return joined(parts, ", ")


def _shape(case: Case) -> Words:
    rows = positions(case)
    if case.logits.ndim > 2:
        lengths = " × ".join(map(str, case.logits.shape))
        positions_of = words("{rows:,} positions of {classes}", rows=rows, classes=_classes(case))
        return words("logits {lengths}: {positions}", lengths=lengths, positions=positions_of)
    samples = words("1 sample") if rows == 1 else words("{rows:,} samples", rows=rows)
    return words("{samples} × {classes}", samples=samples, classes=_classes(case))


def _classes(case: Case) -> Words:
    return words("1 class") if case.classes == 1 else words("{count:,} classes", count=case.classes)


def _target(case: Case) -> Words:
    if case.soft:
        return words("class probabilities as target")
    ignored = int((case.target == case.ignore_index).sum())
    return (
        words("{count:,} ignored", count=ignored) if ignored else words("class numbers as target")
    )


def _weights(case: Case) -> Words:
    if case.weight is None:
        return words("no class weights")
    few = case.weight[:6].tolist()
    more = ", …" if len(case.weight) > len(few) else ""
    return words("weights {weights}", weights=listed(few) + more)


def share(view: View) -> None:
    """The link to what is on the screen, to copy; not inside another page."""
    if embedded():
        return
    with st.popover(tr("Link to this"), icon=":material/link:"):
        if link.fits(view.case):
            st.caption(tr("Opens this page with these numbers, at this step."))
            st.code(link.address(here(), view), language=None, wrap_lines=True)
        else:
            st.caption(
                tr(
                    "A link holds up to {most:,} numbers, and this case has more: send the file, "
                    "and say which step and row to look at.",
                    most=link.MAX_NUMBERS,
                )
            )


def here() -> str:
    """The page's own address, without what follows the question mark."""
    return str(st.context.url).split("?", maxsplit=1)[0]
