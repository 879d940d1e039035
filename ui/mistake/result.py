"""What the page says of the number: a verdict, the two ways side by side, and what to do."""

from streamlit.delta_generator import DeltaGenerator

from ce_core import CaseError
from ui import state
from ui.messages import NOTE, STOP, explain, plain
from ui.mistake.advice import advice, others, ties, unknown
from ui.mistake.beside import beside
from ui.mistake.refused import mended, message_in, told
from ui.mistake.search import chosen, rightly, searched
from ui.mistake.verdict import nothing_asked, verdict
from ui.notation import shorten
from ui.view import View
from ui.words import COMMA, tongue, tr

LOST = {"logits", "target", "weight", "input", "pos_weight", "case"}  # dropped: not the person's


def result(view: View, answer: DeltaGenerator) -> None:
    """All that can be said; before there is a number, what torch gives.

    Args:
        view: the person's number, and the case.
        answer: where the answer stands; what explains it follows below.
    """
    message = message_in(view.answer or state.value("paste") or "", view)
    if message is not None:
        with answer:
            told(message)
        mended(message)
        return
    if not view.answer:
        with answer:
            nothing_asked(rightly(view.question))
        return
    if LOST.intersection(item.name for item in state.dropped()):
        answer.info(
            tr(
                "The numbers of this link could not be read, so there is nothing to compare yours "
                "with: put them in below."
            ),
            icon=NOTE,
        )
        return
    try:
        found = searched(view.question, view.answer, view.of, comma=tongue().decimal == COMMA)
    except CaseError as problem:
        answer.error(unreadable(problem, view), icon=STOP)
        return
    said = chosen(found, view.finding) if view.finding and not found.right else None
    finding = said or next(iter(found), None)
    with answer:
        verdict(view, found, finding, said=said is not None)
        ties(view, found)
    if finding is not None and not found.right:
        beside(view, found, finding)
        advice(found, finding)
        others(found, finding)
    unknown(view, found)


def unreadable(problem: CaseError, view: View) -> str:
    """Why the number cannot be read; of a text without any number, what would be one."""
    if any(letter.isdigit() for letter in view.answer):
        return explain(problem)
    return tr(
        "“{text}” is not a number, and no error message that this site knows. **{remedy}** Code "
        "goes under Numbers, Paste.",
        text=plain(shorten(view.answer)),
        remedy=plain(tr(problem.remedy)),
    )
