"""What the page says when something cannot be read, cannot be computed, or is rarely meant."""

import re

import streamlit as st

from ce_core import CaseError
from ce_core.presets import preset
from ui import state
from ui.seen import one_line
from ui.view import View
from ui.words import tr

JOINER = "\u2060"  # cannot be seen; within an address it keeps Markdown from making a link
BOUND = re.compile(r"(?:[:@](?=[^\W\d]|/))|\bwww(?=\.)", re.IGNORECASE)
LEADS = re.compile(r"^(\s*)(?:([-+=])|(\d{1,9})([.)])(?=\s|$))")  # make a list, a line, a heading
NOTE, WARNING, STOP = ":material/lightbulb:", ":material/warning:", ":material/error:"


def notices() -> None:
    """What a broken link held, named, so that nobody reads a different case without knowing."""
    left_out = state.dropped()
    if left_out:
        lines = [
            f"- `{_code(item.name)}={_code(item.text)}`: {_ended(tr(item.reason))}"
            for item in left_out
        ]
        said = tr("This link could not be read whole. Left out:")
        st.warning("\n".join([said, *lines]), icon=WARNING)


def _ended(reason: str) -> str:
    return f"{plain(reason.removesuffix('.'))}."


def _code(text: str) -> str:
    """Text that cannot end the code span it stands in; even there Streamlit looks for icons."""
    return one_line(text).replace("`", "'").replace(":material/", f":{JOINER}material/")


def hints(view: View) -> None:
    """What torch accepts in silence here, said aloud; of an example, only what it is about."""
    example = preset(view.preset)
    for hint in view.case.hints:
        if example is None or hint.key == example.hint:
            st.info(f"{plain(tr(hint.says))} **{plain(tr(hint.remedy))}**", icon=NOTE)


def explain(problem: CaseError) -> str:
    """A CaseError for the page: what, why, what to do, and torch's own words."""
    quoted = f"`{_code(problem.torch)}`"
    said = "\n\n" + tr("torch says: {message}", message=quoted) if problem.torch else ""
    value, rule, remedy = (tr(part) for part in (problem.value, problem.rule, problem.remedy))
    found = value[:1].upper() + value[1:]
    return f"{plain(found)}; {plain(rule)}. **{plain(remedy)}**{said}"


def plain(text: str) -> str:
    """Text shown as it is, whatever Markdown would make of it: no link, no icon either."""
    apart = BOUND.sub(f"\\g<0>{JOINER}", one_line(text))
    kept = "".join("\\" + letter if letter in r"\`*_[]<>#$~:|&" else letter for letter in apart)
    return LEADS.sub(lambda lead: f"{lead[1]}{lead[3] or ''}\\{lead[2] or lead[4]}", kept)
