"""What follows from a finding: why, how to see it, what to write, and what stays unknown."""

import streamlit as st

from ce_core import BinaryCase, Finding, Findings, NLLCase
from ce_core.mistakes import Hidden, mistake
from ui import state
from ui.figures import full
from ui.messages import plain
from ui.mistake import words
from ui.mistake.offers import lead
from ui.mistake.search import chosen, name_of
from ui.view import View, start


def ties(view: View, found: Findings) -> None:
    """The one question that tells ways to the same number apart."""
    if not found.question:
        return
    named = [name_of(finding) for finding in found.same]
    said = chosen(found, view.finding) if view.finding else None
    index = named.index(name_of(said)) if said and name_of(said) in named else None
    st.radio(
        found.question,
        named,
        index=index,
        format_func=lambda name: plain(words.tell(_called(found, name))),
        key=state.key("finding"),
        on_change=_choose,
    )


def _called(found: Findings, name: str) -> Finding:
    return next(finding for finding in found if name_of(finding) == name)


def _choose() -> None:
    name = state.value("finding")
    state.act()
    if name:
        state.show(state.current().replace(finding=name))


def advice(found: Findings, finding: Finding) -> None:
    """Why people do it, how to see it, what to write instead, and both lines of torch."""
    st.header("Why, and what to write instead")
    for part, way in zip(finding.parts, finding.ways, strict=True):
        if len(finding.parts) > 1:
            st.subheader(part.title)
        st.markdown(f"**Why people do it.** {plain(part.why)}")
        st.markdown(f"**How to see it.** {plain(part.see)}")
        st.markdown(f"**What to do instead.** {plain(part.remedy)}")
        st.caption(words.same_line(found.case, way))
        st.code(way.code, language="python", wrap_lines=True)
    st.caption("This is right:")
    st.code(words.right_line(found.case, found.step), language="python", wrap_lines=True)


def others(found: Findings, finding: Finding) -> None:
    """The other findings, each to be shown in place of this one."""
    rest = [other for other in found if other is not finding]
    if not rest or found.right:
        return
    ways = "1 other way" if len(rest) == 1 else f"{len(rest)} other ways"
    with st.expander(f"{ways} to a number like this"):
        for k, other in enumerate(rest):
            st.markdown(
                f"**{plain(other.title)}**: {words.numbers(other.value)}, {words.far(other)}."
            )
            st.button(
                "Show this way",
                key=state.key(f"other-{k}-{name_of(other)}"),
                on_click=_show,
                args=(name_of(other),),
                help=plain(other.title),
            )


def _show(name: str) -> None:
    state.show(state.current().replace(finding=name))
    state.refresh("finding")


def unknown(view: View, found: Findings) -> None:
    """What no number of this case can tell, and a case that does."""
    if not found.hidden:
        return
    st.header("What these numbers cannot show")
    for one in found.hidden:
        st.markdown(plain(one.says))
        lead("Try a case that shows it", _showing(view, one), f"hidden-{one.key}")


def _showing(view: View, one: Hidden) -> View:
    """The page with a case that shows what this one hides, and a number that the mistake gives."""
    fresh = start().replace(device=view.device, dtype=view.dtype)
    if isinstance(one.shows, BinaryCase | NLLCase):
        shown = fresh.with_other(one.shows)
    else:
        shown = fresh.of_case(one.shows)
    return shown.replace(answer=_number(one))


def _number(one: Hidden) -> str:
    for key in one.mistakes:
        known = mistake(key)
        if known.applies(one.shows):
            answer = known.run(one.shows).answer
            if answer.size == 1:
                return full(round(float(answer), 4)).replace("−", "-")
    return ""
