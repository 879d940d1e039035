"""What follows from a finding: why, how to see it, what to write, and what stays unknown."""

from functools import partial

import streamlit as st

from ce_core import BinaryCase, Finding, Findings, NLLCase
from ce_core.mistakes import Hidden, mistake
from ui import state
from ui.folded import folded
from ui.messages import plain
from ui.mistake import lines, words
from ui.mistake.offers import lead
from ui.mistake.search import chosen, name_of
from ui.notation import write_number
from ui.view import View
from ui.words import tr
from ui.words.numerals import prose


def ties(view: View, found: Findings) -> None:
    """The one question that tells ways to the same number apart."""
    if not found.question:
        return
    named = {name_of(finding): plain(words.tell(finding)) for finding in found.same}
    said = chosen(found, view.finding) if view.finding else None
    index = list(named).index(name_of(said)) if said and name_of(said) in named else None
    st.radio(
        tr(found.question),
        list(named),
        index=index,
        format_func=named.__getitem__,
        key=state.key("finding"),
        on_change=_choose,
    )


def _choose() -> None:
    name = state.value("finding")
    state.act()
    if name:
        state.show(state.current().replace(finding=name))


def advice(found: Findings, finding: Finding) -> None:
    """Why people do it, how to see it, what to write instead, and both lines of torch."""
    st.header(tr("Why, and what to write instead"))
    for part, way in zip(finding.parts, finding.ways, strict=True):
        if len(finding.parts) > 1:
            st.subheader(plain(tr(part.title)))
        st.markdown(f"**{tr('Why people do it.')}** {plain(prose(part.why))}")
        st.markdown(f"**{tr('How to see it.')}** {plain(prose(part.see))}")
        st.markdown(f"**{tr('What to do instead.')}** {plain(prose(part.remedy))}")
        st.caption(lines.same_line(found.case, way))
        st.code(way.code, language="python", wrap_lines=True)
    st.caption(tr("This is right:"))
    st.code(lines.right_line(found.case, found.step), language="python", wrap_lines=True)


def others(found: Findings, finding: Finding) -> None:
    """The other findings, each to be shown in place of this one."""
    rest = [other for other in found if other is not finding]
    if not rest or found.right:
        return
    ways = (
        tr("1 other way to a number like this")
        if len(rest) == 1
        else tr("{count} other ways to a number like this", count=len(rest))
    )
    folded(ways, "other-ways", partial(_listed, rest))


def _listed(rest: list[Finding]) -> None:
    for k, other in enumerate(rest):
        title = plain(words.title(other))
        value, far = words.numbers(other.value), words.far(other)
        st.markdown(tr("**{title}**: {numbers}, {far}.", title=title, numbers=value, far=far))
        st.button(
            tr("Show this way"),
            key=state.key(f"other-{k}-{name_of(other)}"),
            on_click=_show,
            args=(name_of(other),),
            help=title,
        )


def _show(name: str) -> None:
    state.show(state.current().replace(finding=name))
    state.refresh("finding")


def unknown(view: View, found: Findings) -> None:
    """What no number of this case can tell, and a case that does."""
    if not found.hidden:
        return
    st.header(tr("What these numbers cannot show"))
    for one in found.hidden:
        st.markdown(plain(prose(one.says)))
        lead(tr("Try a case that shows it"), _showing(view, one), f"hidden-{one.key}")


def _showing(view: View, one: Hidden) -> View:
    """The page with a case that shows what this one hides, and a number that the mistake gives."""
    if isinstance(one.shows, BinaryCase | NLLCase):
        shown = view.with_other(one.shows)
    else:
        shown = view.of_case(one.shows)
    return shown.replace(answer=_number(one), step="", of="", finding="")


def _number(one: Hidden) -> str:
    for key in one.mistakes:
        known = mistake(key)
        if known.applies(one.shows):
            answer = known.run(one.shows).answer
            if answer.size == 1:
                return write_number(round(float(answer), 4))
    return ""
