"""What the lab says of an input that it cannot take, in the language of the page."""

from ce_core import CaseError
from ui.messages import explain, plain
from ui.words import tr


def refused(problem: Exception) -> str:
    """The error as Markdown."""
    if isinstance(problem, CaseError):
        return explain(problem)
    return plain(tr(problem.args[0]))
