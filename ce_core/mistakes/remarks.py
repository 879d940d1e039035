"""What is worth saying about a number that is right."""

import numpy as np

from ce_core.arrays import Array
from ce_core.binary import BinaryCase
from ce_core.case import Case
from ce_core.mistakes import examples
from ce_core.mistakes.logs import ROUNDING, ZERO_TIMES_LOG_ZERO, has_zero
from ce_core.mistakes.parts import kept_targets
from ce_core.mistakes.record import Mistake, Question, Slot, Way
from ce_core.mistakes.reductions import IGNORED_ALL_NAN
from ce_core.rule import CELL, ROW, Rule, rule


def _log() -> Rule:
    @rule(
        "Log of a probability of 0",
        r"\log p_{ic}",
        "probs.log()",
        CELL,
        numbers=r"\log {probs}",
        sentence="The log of {probs} is {log_probs}.",
    )
    def log_probs(probs: Array) -> Array:
        """The log of exactly 0 is minus infinity."""
        return np.log(probs)

    return log_probs


def _nothing() -> tuple[Rule, Rule]:
    @rule(
        "Softmax of a single number",
        r"\log 1 = 0",
        "torch.zeros_like(logits)",
        CELL,
        numbers=r"\log 1",
        sentence="With one class only its probability is 1, whatever the logit.",
    )
    def log_probs(logits: Array) -> Array:
        """One output compared with itself alone always has the probability 1."""
        return np.zeros(logits.shape)

    @rule(
        "Cross-entropy of one output",
        r"L_i = 0",
        "torch.zeros_like(positive_part)",
        ROW,
        numbers=r"0",
        sentence="A softmax over one output is 1, and its loss 0.",
    )
    def losses(positive_part: Array) -> Array:
        """A softmax over one output is always 1, so cross-entropy costs nothing and teaches
        nothing."""
        return np.zeros(positive_part.shape)

    return log_probs, losses


def _one_class(case: Question) -> bool:
    if isinstance(case, BinaryCase):
        return case.holds == "logits" and bool(case.given.size)
    return case.classes == 1


LOG_OF_ZERO = Mistake(
    "log_of_zero",
    "A probability of exactly 0 meets the target",
    "A predicted probability of 0 says: impossible. If it happens all the same, the surprise is "
    "infinite.",
    "Some class with a part of the target has probability 0, or a logit of −inf.",
    "Torch gives inf as well. Keep logits finite; with label smoothing every class needs a "
    "probability above 0.",
    "A probability is exactly 0.",
    Slot.PROBS,
    (
        Way(
            (_log(),),
            "F.nll_loss(F.softmax(logits, dim=1).log(), target)",
            examples.IMPOSSIBLE,
            combines=False,
        ),
    ),
    threads=1,
    harmless=True,
)
ONE_OUTPUT_UNIT = Mistake(
    "one_output_unit",
    "Took a softmax over one output",
    "A yes-or-no model often has one output, and cross-entropy is the usual loss.",
    "The loss is exactly 0 from the start and never changes.",
    "For one output take BCEWithLogitsLoss, or give the model two outputs.",
    "My model has one output and I used cross-entropy.",
    Slot.PROBS,
    (
        Way(
            _nothing(),
            "F.cross_entropy(logits[:, None], torch.zeros(len(logits), dtype=torch.long))",
            examples.BINARY_PLAIN,
            needs=_one_class,
            combines=False,
        ),
    ),
    threads=3,
    harmless=True,
)
REMARKS = (LOG_OF_ZERO, ONE_OUTPUT_UNIT)


def remarks(case: Question, value: Array, *, exact: bool) -> tuple[Mistake, ...]:
    """What is said beside a right number of this value."""
    found = []
    if not exact:
        found.append(ROUNDING)
    if np.isinf(value).any():
        found.append(LOG_OF_ZERO)
    if isinstance(case, Case):
        if np.isnan(value).any():
            found += _of_nan(case)
        if case.classes == 1:
            found.append(ONE_OUTPUT_UNIT)
    return tuple(found)


def _of_nan(case: Case) -> list[Mistake]:
    if case.soft:
        return [ZERO_TIMES_LOG_ZERO] if has_zero(case) else []
    return [IGNORED_ALL_NAN] if case.target.size and not kept_targets(case).size else []
