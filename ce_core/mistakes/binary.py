"""Slips of binary cross-entropy: pos_weight in the wrong place, a term lost, a mean misread."""

from collections.abc import Callable

import numpy as np

from ce_core.binary import BinaryCase
from ce_core.mistakes import examples
from ce_core.mistakes.record import Mistake, Question, Slot, Way
from ce_core.mistakes.wrong import binary as wrong
from ce_core.words import words

OVERFLOWS = -80.0  # e to more than 88 is inf in float32
LOGITS = "F.binary_cross_entropy_with_logits(logits, target, weight, pos_weight=pos_weight{more})"
NONE = LOGITS.format(more=", reduction='none'")


def is_binary(case: Question) -> bool:
    """Whether the case is a binary one."""
    return isinstance(case, BinaryCase)


def _has(name: str) -> Callable[[Question], bool]:
    def has(case: Question) -> bool:
        given = getattr(case, name) if isinstance(case, BinaryCase) else None
        return given is not None and bool((given != 1).any())

    return has


has_pos_weight, has_weight = _has("pos_weight"), _has("weight")


def _far_negative(case: Question) -> bool:
    fits = isinstance(case, BinaryCase) and case.holds == "logits"
    return fits and bool((case.inputs["logits"] < OVERFLOWS).any())


def _like_probabilities(case: Question) -> bool:
    if not isinstance(case, BinaryCase) or case.holds != "logits" or not case.given.size:
        return False
    return bool(((case.given >= 0) & (case.given <= 1)).all())


def _many_outputs(case: Question) -> bool:
    return isinstance(case, BinaryCase) and case.given.ndim > 1 and len(case.given) > 0


# ways that belong to mistakes of several kinds of case
SIGMOID_TWICE = Way(
    wrong.sigmoid_again(),
    "F.binary_cross_entropy_with_logits(logits.sigmoid(), target, weight, pos_weight=pos_weight)",
    examples.BINARY,
    detail="a sigmoid",
    needs=is_binary,
)
PROBABILITIES_PASSED_AS_LOGITS = Way(
    wrong.sigmoid_again(),
    "F.binary_cross_entropy_with_logits(probs, target, weight)",
    examples.BINARY_PROBS,
    detail="passed to BCEWithLogitsLoss",
    needs=lambda case: isinstance(case, BinaryCase) and case.holds == "probs",
    combines=False,
)
INPUTS_AS_PROBABILITIES = Way(
    wrong.as_probabilities(),
    "F.binary_cross_entropy(logits, target, weight)",
    examples.BINARY_PLAIN.replace(given=[0.9, 0.2, 0.6, 0.3]),
    needs=_like_probabilities,
)
SWAPPED = Way(
    wrong.swapped(1e-7),
    "-(probs * target.clamp(1e-7, 1 - 1e-7).log() + (1 - probs) * (1 - target.clamp(1e-7, "
    "1 - 1e-7)).log()).mean()",
    examples.BINARY_PROBS,
    detail=words("eps = {eps}", eps="1e-7"),
    needs=is_binary,
)
WEIGHT_LEFT_OUT_OF_ELEMENTS = Way(
    (wrong.without_weight(),),
    "F.binary_cross_entropy_with_logits(logits, target, pos_weight=pos_weight)",
    examples.BINARY,
    needs=has_weight,
)

POS_WEIGHT_APPLIED_TO_WHOLE_LOSS = Mistake(
    "pos_weight_applied_to_whole_loss",
    "Multiplied the whole element by pos_weight",
    "One weight per element seems to weigh all of it.",
    "It shows where a target lies between 0 and 1; with targets 0 and 1 both ways agree.",
    "pos_weight multiplies −y log p only: −(pos_weight · y log p + (1 − y) log(1 − p)).",
    "I multiplied the finished loss of an element by pos_weight.",
    Slot.TARGET,
    (
        Way(
            (wrong.on_whole(),),
            "(F.binary_cross_entropy_with_logits(logits, target, reduction='none') "
            "* (1 + (pos_weight - 1) * target)).mean()",
            examples.BINARY_SOFT,
            detail="by the target",
            needs=has_pos_weight,
        ),
        Way(
            (wrong.always(),),
            "(F.binary_cross_entropy_with_logits(logits, target, weight, reduction='none') "
            "* pos_weight).mean()",
            examples.BINARY,
            detail="every element",
            needs=has_pos_weight,
        ),
    ),
    threads=6,
)
POS_WEIGHT_ON_ONE_TERM = Mistake(
    "pos_weight_on_one_term",
    "Put pos_weight on one term of the stable formula",
    "The stable formula splits one logarithm into log(1 + e^−|z|) and max(−z, 0), and the factor "
    "is easily given to one of them.",
    "The number is right where pos_weight is 1 or every target is 0.",
    "Give both terms the factor 1 + (pos_weight − 1) · y.",
    "I wrote the stable formula myself.",
    Slot.TARGET,
    (
        Way(
            (wrong.one_term(of_log=True),),
            "(weight * ((1 - target) * logits + (1 + (pos_weight - 1) * target) "
            "* (-logits.abs()).exp().log1p() + (-logits).clamp(min=0))).mean()",
            examples.BINARY,
            detail="on log(1 + e^−|z|)",
            needs=has_pos_weight,
        ),
        Way(
            (wrong.one_term(of_log=False),),
            "(weight * ((1 - target) * logits + (-logits.abs()).exp().log1p() "
            "+ (1 + (pos_weight - 1) * target) * (-logits).clamp(min=0))).mean()",
            examples.BINARY,
            detail="on max(−z, 0)",
            needs=has_pos_weight,
        ),
    ),
    threads=6,
)
POS_WEIGHT_ON_NEGATIVE_TERM = Mistake(
    "pos_weight_on_negative_term",
    "Put pos_weight on the part of no",
    "Which class is the positive one depends on how it was written down.",
    "Elements whose target is 0 cost more than torch's.",
    "pos_weight multiplies −y log p, the part of yes.",
    "My pos_weight multiplies (1 − y) log(1 − p).",
    Slot.TARGET,
    (
        Way(
            wrong.on_no(),
            "-(weight * (target * F.logsigmoid(logits) + pos_weight * (1 - target) "
            "* F.logsigmoid(-logits))).mean()",
            examples.BINARY,
            needs=has_pos_weight,
        ),
    ),
)
POS_WEIGHT_LEFT_OUT = Mistake(
    "pos_weight_left_out",
    "Left pos_weight out",
    "The argument is easily forgotten.",
    "The number is the loss without pos_weight.",
    "Multiply −y log p of each element by pos_weight.",
    "I did not use pos_weight.",
    Slot.TARGET,
    (
        Way(
            (wrong.without_pos_weight(),),
            "F.binary_cross_entropy_with_logits(logits, target, weight)",
            examples.BINARY,
            needs=has_pos_weight,
        ),
    ),
)
BCE_DROPPED_NEGATIVE_TERM = Mistake(
    "bce_dropped_negative_term",
    "Left out the part of no",
    "−Σ y log p is right for classes that exclude each other, and was used for yes and no.",
    "Elements whose target is 0 cost nothing.",
    "Add −(1 − y) log(1 − p).",
    "My formula has no (1 − y) log(1 − p).",
    Slot.TARGET,
    (
        Way(
            (wrong.no_negative(),),
            "-(weight * pos_weight * target * F.logsigmoid(logits)).mean()",
            examples.BINARY,
            needs=is_binary,
        ),
    ),
    threads=1,
)
BCE_EXPECTED_WEIGHTED_AVERAGE = Mistake(
    "bce_expected_weighted_average",
    "Divided by the sum of the weights",
    "CrossEntropyLoss divides by the weights, so one expects BCEWithLogitsLoss to do so as well.",
    "The sum divided by your number is the sum of the weights, not the number of elements.",
    "A binary mean divides by the number of elements. For a weighted average take "
    "reduction='sum' and divide by the weights yourself.",
    "I divided by the sum of the weights, as CrossEntropyLoss and scikit-learn do.",
    Slot.REDUCTION,
    (
        Way(
            (wrong.weighted_average(by_target=True, by_weight=False),),
            f"{NONE}.sum() / (1 + (pos_weight - 1) * target).sum()",
            examples.BINARY,
            detail=words("{argument}", argument="pos_weight"),
            needs=has_pos_weight,
        ),
        Way(
            (wrong.weighted_average(by_target=False, by_weight=True),),
            f"{NONE}.sum() / weight.sum()",
            examples.BINARY,
            detail=words("{argument}", argument="weight"),
            needs=has_weight,
        ),
        Way(
            (wrong.weighted_average(by_target=True, by_weight=True),),
            f"{NONE}.sum() / (weight * (1 + (pos_weight - 1) * target)).sum()",
            examples.BINARY,
            detail="both",
            needs=lambda case: has_pos_weight(case) and has_weight(case),
        ),
    ),
    threads=2,
)
BCE_DIVIDED_BY_ROWS = Mistake(
    "bce_divided_by_rows",
    "Added the outputs of a row and averaged the rows",
    "A multi-label row seems to have one loss.",
    "Your number divided by torch's is the number of outputs per row.",
    "Torch's mean is over all elements; take reduction='sum' and divide by the rows on purpose.",
    "I divided by the number of rows.",
    Slot.REDUCTION,
    (
        Way(
            (wrong.rows(),),
            f"{NONE}.sum() / len(logits)",
            examples.BINARY_ROWS,
            needs=_many_outputs,
        ),
    ),
)
BCE_DIVIDED_BY_POSITIVES = Mistake(
    "bce_divided_by_positives",
    "Divided by the number of positives",
    "Detection losses are often divided by the number of objects.",
    "The sum divided by your number is the number of targets that are 1.",
    "Torch divides by the number of elements.",
    "I divided by the number of positives.",
    Slot.REDUCTION,
    (
        Way(
            (wrong.positives(),),
            f"{NONE}.sum() / target.sum()",
            examples.BINARY,
            needs=is_binary,
        ),
    ),
)
STABLE_FORMULA_SIGN_ERROR = Mistake(
    "stable_formula_sign_error",
    "Took max(z, 0) where max(−z, 0) belongs",
    "The stable formula exists in two forms, and their maxima are easily mixed up.",
    "The number is inf where a logit is very negative, below −88 in float32.",
    "With m = max(−z, 0): z − z y + m + log(e^−m + e^(−z − m)).",
    "I wrote the stable formula with max(z, 0).",
    Slot.TARGET,
    tuple(
        Way(
            (wrong.sign_slip(dtype),),
            f"(logits - logits * target + logits.clamp(min=0) + ((-logits.clamp(min=0)).{cast}()"
            f".exp() + (-logits - logits.clamp(min=0)).{cast}().exp()).log()).mean()",
            shows,
            detail=words("{dtype}", dtype=np.dtype(dtype).name),
            needs=_far_negative,
            combines=False,
        )
        for dtype, cast, shows in (
            (np.float32, "float", examples.BINARY_NEGATIVE),
            (np.float64, "double", examples.BINARY_FAR_NEGATIVE),
        )
    ),
    threads=1,
)

BINARY_MISTAKES = (
    POS_WEIGHT_APPLIED_TO_WHOLE_LOSS,
    POS_WEIGHT_ON_ONE_TERM,
    BCE_EXPECTED_WEIGHTED_AVERAGE,
    BCE_DROPPED_NEGATIVE_TERM,
    STABLE_FORMULA_SIGN_ERROR,
    POS_WEIGHT_LEFT_OUT,
    POS_WEIGHT_ON_NEGATIVE_TERM,
    BCE_DIVIDED_BY_ROWS,
    BCE_DIVIDED_BY_POSITIVES,
)
