"""Lines of torch: the one that is right for a case, and what stands above a mistake's own."""

from ce_core import BinaryCase, Case, NLLCase
from ce_core.mistakes import Way
from ui.mistake.search import Question
from ui.words import tr


def same_line(case: Question, way: Way) -> str:
    """What stands above the line of torch that makes the mistake, which may be of another loss."""
    if type(case) is type(way.shows):
        if _plain(case, way):
            return tr("In torch this is the same mistake:")
        return tr("In torch the same mistake, in its plainest form:")
    kinds = {
        Case: tr("With cross-entropy from logits this is the same mistake:"),
        NLLCase: tr("With NLLLoss this is the same mistake:"),
        BinaryCase: tr("With a binary loss this is the same mistake:"),
    }
    return kinds[type(way.shows)]


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
        return f"{right_line(case)}{summed}.backward()  # {tr('the gradient is in logits.grad')}"
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
