"""Words for a person's number: as it was written, what it was compared with, how far it is."""

import numpy as np

from ce_core import BinaryCase, Case, Finding, Findings, NLLCase
from ce_core.arrays import Array
from ce_core.mistakes import Way
from ce_core.mistakes.answer import ENOUGH_DIGITS
from ce_core.trace import ANSWERS
from ui.figures import figure
from ui.mistake.search import Question, rightly
from ui.notation import shorten

SHOWN = 4  # numbers of a list
LONGEST = 60  # characters of what a person wrote


def numbers(values: Array) -> str:
    """A number, or the first few of a list."""
    flat = np.asarray(values, dtype=np.float64).reshape(-1)
    text = ", ".join(figure(value) for value in flat[:SHOWN])
    return text + (", …" if flat.size > SHOWN else "")


def written(found: Findings) -> str:
    """The number as the person wrote it, on one line."""
    return shorten(" ".join(found.answer.text.split()), LONGEST)


def lowered(text: str) -> str:
    """A title inside a sentence; a letter that stands alone stays as it is."""
    return text if len(text) > 1 and not text[1].islower() else text[:1].lower() + text[1:]


def short(found: Findings) -> bool:
    """Whether a finite number was written with fewer digits than tell ways apart."""
    finite = np.isfinite(found.answer.values).any()
    return bool(finite) and found.answer.fewest_digits < ENOUGH_DIGITS


def answer_key(case: Question) -> str:
    """The key of the step that gives the loss."""
    return ANSWERS[case.reduction]


def what(found: Findings) -> str:
    """What the number was compared with: "the loss", or a step by its title."""
    if found.step == answer_key(found.case):
        return "the loss"
    return f"the step “{rightly(found.case)[found.step].rule.title}”"


def tell(finding: Finding) -> str:
    """The statement that only someone who made this finding's mistakes agrees with."""
    return " ".join(part.tell for part in finding.parts)


def far(finding: Finding) -> str:
    """How far a finding's number is from the person's."""
    if not np.isfinite(np.asarray(finding.value, dtype=np.float64)).all():
        return "the same"
    if finding.units <= 0.5 + 1e-9:
        return "the same, rounded"
    return f"{figure(finding.units, 1)} units of your last digit away"


def same_line(case: Question, way: Way) -> str:
    """What stands above the line of torch that makes the mistake, which may be of another loss."""
    if type(case) is type(way.shows):
        if _plain(case, way):
            return "In torch this is the same mistake:"
        return "In torch the same mistake, in its plainest form:"
    kinds = {Case: "cross-entropy from logits", NLLCase: "NLLLoss", BinaryCase: "a binary loss"}
    return f"With {kinds[type(way.shows)]} this is the same mistake:"


def _plain(case: Question, way: Way) -> bool:
    """Whether the line says all that there is to the case: then it gives the very number."""
    named = all(name in way.code for name in ("weight", "pos_weight") if _has(case, name))
    if not named or case.reduction != way.shows.reduction:
        return False
    if not isinstance(case, Case) or not isinstance(way.shows, Case):
        return True
    ignored = not case.soft and bool((case.target == case.ignore_index).any())
    return (
        (not ignored or "ignore_index" in way.code)
        and case.smooths == way.shows.smooths
        and case.soft == way.shows.soft
        and case.logits.ndim == way.shows.logits.ndim
    )


def right_line(case: Question, step: str = "") -> str:
    """The line of torch that is right for the case; for its gradient, the one that makes it."""
    if step == "gradient":
        summed = ".sum()" if case.reduction == "none" else ""
        return f"{right_line(case)}{summed}.backward()  # the gradient is in logits.grad"
    if isinstance(case, BinaryCase):
        logits = case.holds == "logits"
        call = "binary_cross_entropy_with_logits(logits" if logits else "binary_cross_entropy(probs"
    elif isinstance(case, NLLCase):
        call = "nll_loss(probs.log()" if case.holds == "probs" else "nll_loss(log_probs"
    else:
        call = "cross_entropy(logits"
    options = [f"{name}={name}" for name in ("weight", "pos_weight") if _has(case, name)]
    if isinstance(case, Case) and case.ignore_index != -100:
        options.append(f"ignore_index={case.ignore_index}")
    if isinstance(case, Case) and case.smooths:
        options.append(f"label_smoothing={case.label_smoothing!r}")
    if case.reduction != "mean":
        options.append(f'reduction="{case.reduction}"')
    return f"F.{', '.join([call, 'target', *options])})"


def _has(case: Question, name: str) -> bool:
    return getattr(case, name, None) is not None
