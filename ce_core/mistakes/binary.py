"""Slips of binary cross-entropy: pos_weight in the wrong place, a term lost, a mean misread."""

from collections.abc import Callable

import numpy as np

from ce_core.arrays import Array
from ce_core.binary import BinaryCase
from ce_core.mistakes import examples
from ce_core.mistakes.record import Mistake, Question, Slot, Way
from ce_core.rule import ONE, ROW, Rule, rule
from ce_core.rules.binary import softplus

OVERFLOWS = -80.0  # e to more than 88 is inf in float32
LOGITS = "F.binary_cross_entropy_with_logits(logits, target, weight, pos_weight=pos_weight{more})"
NONE = LOGITS.format(more=", reduction='none'")


def _sigmoid_again() -> tuple[Rule, ...]:
    def yes(probs: Array) -> Array:
        return -softplus(-probs)

    def no(probs: Array) -> Array:
        return -softplus(probs)

    yes.__name__, no.__name__ = "log_probs", "log_others"
    yes.__doc__ = no.__doc__ = (
        "A second sigmoid: the probabilities were taken for logits, so none is below 0.5."
    )
    return (
        rule(
            "Log of a second sigmoid",
            r"\log \sigma(p_i)",
            "F.logsigmoid(probs)",
            ROW,
            numbers=r"\log \sigma({probs})",
            sentence="The probability {probs} was taken as a logit: {log_probs}.",
        )(yes),
        rule(
            "Log of what a second sigmoid leaves",
            r"\log (1 - \sigma(p_i))",
            "F.logsigmoid(-probs)",
            ROW,
            numbers=r"\log (1 - \sigma({probs}))",
            sentence="The probability {probs} was taken as a logit: {log_others}.",
        )(no),
    )


def _as_probabilities() -> tuple[Rule, ...]:
    def yes(logits: Array) -> Array:
        return np.maximum(np.log(logits), -100)

    def no(logits: Array) -> Array:
        return np.maximum(np.log1p(-logits), -100)

    yes.__name__, no.__name__ = "log_probs", "log_others"
    yes.__doc__ = no.__doc__ = "The inputs were taken for probabilities: no sigmoid was taken."
    return (
        rule(
            "Log of the inputs",
            r"\log z_i",
            "logits.log().clamp(min=-100)",
            ROW,
            numbers=r"\log {logits}",
            sentence="The log of the input {logits} is {log_probs}.",
        )(yes),
        rule(
            "Log of 1 minus the inputs",
            r"\log (1 - z_i)",
            "(-logits).log1p().clamp(min=-100)",
            ROW,
            numbers=r"\log (1 - {logits})",
            sentence="The log of 1 minus {logits} is {log_others}.",
        )(no),
    )


def _no_negative() -> Rule:
    @rule(
        "Part of no, left out",
        r"b_i = 0",
        "torch.zeros_like(target)",
        ROW,
        numbers=r"0",
        sentence="The part of no was left out.",
    )
    def negative_part(target: Array) -> Array:
        """Without it an element whose target is 0 costs nothing, whatever was predicted."""
        return np.zeros(target.shape)

    return negative_part


def _swapped(eps: float) -> tuple[Rule, Rule]:
    @rule(
        "Part of yes, roles swapped",
        r"a_i = -p_i \cdot \log y_i",
        f"-probs * target.clamp({eps!r}, 1 - {eps!r}).log()",
        ROW,
        numbers=r"-{probs} \cdot \log {target}",
        sentence="The prediction {probs} times the log of the target is {positive_part}.",
    )
    def positive_part(probs: Array, target: Array) -> Array:
        """The log was taken of the target, and the prediction multiplied it."""
        return -probs * np.log(np.clip(target, eps, 1 - eps))

    @rule(
        "Part of no, roles swapped",
        r"b_i = -(1 - p_i) \cdot \log (1 - y_i)",
        f"-(1 - probs) * (1 - target.clamp({eps!r}, 1 - {eps!r})).log()",
        ROW,
        numbers=r"-(1 - {probs}) \cdot \log (1 - {target})",
        sentence="1 minus {probs}, times the log of 1 minus the target, is {negative_part}.",
    )
    def negative_part(probs: Array, target: Array) -> Array:
        """The log was taken of the target, and the prediction multiplied it."""
        return -(1 - probs) * np.log(1 - np.clip(target, eps, 1 - eps))

    return positive_part, negative_part


def _on_whole() -> Rule:
    @rule(
        "Loss of each element, pos_weight on all of it",
        r"L_i = w_i \cdot (1 + (v_i - 1) y_i) \cdot \ell_i",
        "-weight * (1 + (pos_weight - 1) * target)"
        " * (target * log_probs + (1 - target) * log_others)",
        ROW,
        numbers=r"{losses}",
        sentence="The factor of the whole element gave {losses}.",
    )
    def losses(
        weight: Array, pos_weight: Array, target: Array, log_probs: Array, log_others: Array
    ) -> Array:
        """pos_weight multiplied the part of no as well; it shows where a target lies between 0
        and 1."""
        plain = -(target * log_probs + (1 - target) * log_others)
        return weight * (1 + (pos_weight - 1) * target) * plain

    return losses


def _always() -> Rule:
    @rule(
        "Loss of each element, pos_weight on both parts",
        r"L_i = w_i \cdot v_i \cdot \ell_i",
        "-weight * pos_weight * (target * log_probs + (1 - target) * log_others)",
        ROW,
        numbers=r"{losses}",
        sentence="With pos_weight on every element the loss is {losses}.",
    )
    def losses(
        weight: Array, pos_weight: Array, target: Array, log_probs: Array, log_others: Array
    ) -> Array:
        """pos_weight multiplied every element, also those whose target is 0."""
        return -weight * pos_weight * (target * log_probs + (1 - target) * log_others)

    return losses


def _on_no() -> tuple[Rule, Rule]:
    @rule(
        "Part of yes, without pos_weight",
        r"a_i = -y_i \cdot \log p_i",
        "-target * log_probs",
        ROW,
        numbers=r"-{target} \cdot {log_probs}",
        sentence="Yes costs {positive_part}.",
    )
    def positive_part(target: Array, log_probs: Array) -> Array:
        """pos_weight belongs here."""
        return -target * log_probs

    @rule(
        "Part of no, times pos_weight",
        r"b_i = -v_i \cdot (1 - y_i) \cdot \log (1 - p_i)",
        "-pos_weight * (1 - target) * log_others",
        ROW,
        numbers=r"-{pos_weight} \cdot (1 - {target}) \cdot {log_others}",
        sentence="No costs {negative_part}.",
    )
    def negative_part(pos_weight: Array, target: Array, log_others: Array) -> Array:
        """pos_weight multiplied the part of no."""
        return -pos_weight * (1 - target) * log_others

    return positive_part, negative_part


def _one_term(*, of_log: bool) -> Rule:
    factor = "(1 + (pos_weight - 1) * target)"
    torch = (
        "weight * ((1 - target) * logits"
        f" + {factor if of_log else '1'} * (-logits.abs()).exp().log1p()"
        f" + {'1' if of_log else factor} * (-logits).clamp(min=0))"
    )

    @rule(
        "Stable formula, the factor on one term",
        r"(1 - y) z + v' \log(1 + e^{-|z|}) + \max(-z, 0)"
        if of_log
        else r"(1 - y) z + \log(1 + e^{-|z|}) + v' \max(-z, 0)",
        torch,
        ROW,
        numbers=r"{losses}",
        sentence="With the factor on one term only the loss is {losses}.",
    )
    def losses(weight: Array, pos_weight: Array, target: Array, logits: Array) -> Array:
        """The stable formula has two terms that stand for one: log(1 + e^-|z|) and max(-z, 0).
        Both take the factor 1 + (pos_weight - 1) y."""
        both = 1 + (pos_weight - 1) * target
        soft, hard = np.log1p(np.exp(-np.abs(logits))), np.maximum(-logits, 0)
        terms = both * soft + hard if of_log else soft + both * hard
        return weight * ((1 - target) * logits + terms)

    return losses


def _without_pos_weight() -> Rule:
    @rule(
        "Part of yes, without pos_weight",
        r"a_i = -y_i \cdot \log p_i",
        "-target * log_probs",
        ROW,
        numbers=r"-{target} \cdot {log_probs}",
        sentence="Yes costs {positive_part}.",
    )
    def positive_part(target: Array, log_probs: Array) -> Array:
        """pos_weight was left out."""
        return -target * log_probs

    return positive_part


def _without_weight() -> Rule:
    @rule(
        "Loss of each element, without its weight",
        r"L_i = a_i + b_i",
        "positive_part + negative_part",
        ROW,
        numbers=r"{positive_part} + {negative_part}",
        sentence="Both parts together are {losses}.",
    )
    def losses(positive_part: Array, negative_part: Array) -> Array:
        """The element's weight was left out."""
        return positive_part + negative_part

    return losses


def _sign_slip(dtype: type) -> Rule:
    name = np.dtype(dtype).name
    cast = f".to(torch.{name})"

    @rule(
        f"Stable formula with max(z, 0), in {name}",
        r"z - z y + m + \log(e^{-m} + e^{-z - m}), \quad m = \max(z, 0)",
        f"(weight * (logits - logits * target + logits.clamp(min=0) + ((-logits.clamp(min=0)){cast}"
        f".exp() + (-logits - logits.clamp(min=0)){cast}.exp()).log().to(logits.dtype)))",
        ROW,
        numbers=r"{losses}",
        sentence="With the wrong sign in the maximum the loss is {losses}.",
    )
    def losses(weight: Array, target: Array, logits: Array) -> Array:
        """The maximum must be taken of -z and 0: with z and 0 nothing is subtracted from a very
        negative logit, and the exponential overflows."""
        m = np.maximum(logits, 0)
        inside = np.exp((-m).astype(dtype)) + np.exp((-logits - m).astype(dtype))
        return weight * (logits - logits * target + m + np.log(inside).astype(np.float64))

    return losses


def _weighted_average(*, by_target: bool, by_weight: bool) -> Rule:
    factor = "1 + (pos_weight - 1) * target" if by_target else "weight"
    torch = f"({factor}).sum()" if not (by_target and by_weight) else f"(weight * ({factor})).sum()"

    @rule(
        "Sum of the weights",
        r"\sum_i w_i" if by_weight else r"\sum_i (1 + (v_i - 1) y_i)",
        torch,
        ONE,
        numbers=r"{denominator}",
        sentence="The elements' weights sum to {denominator}.",
    )
    def denominator(weight: Array, pos_weight: Array, target: Array) -> Array:
        """A binary mean divides by the number of elements; CrossEntropyLoss and scikit-learn divide
        by the sum of the weights."""
        factors = 1 + (pos_weight - 1) * target if by_target else np.ones(target.shape)
        return np.asarray((factors * weight if by_weight else factors).sum())

    return denominator


def _rows() -> Rule:
    @rule(
        "Number of rows",
        r"N",
        "torch.as_tensor(len(losses), dtype=losses.dtype, device=losses.device)",
        ONE,
        numbers=r"{denominator}",
        sentence="There are {denominator} rows.",
    )
    def denominator(losses: Array) -> Array:
        """The outputs of a row were added and the rows averaged; torch averages over all
        elements."""
        return np.asarray(float(len(losses)))

    return denominator


def _positives() -> Rule:
    @rule(
        "Number of yes",
        r"\sum_i y_i",
        "target.sum()",
        ONE,
        numbers=r"{denominator}",
        sentence="The targets sum to {denominator}.",
    )
    def denominator(target: Array) -> Array:
        """Only the elements whose target is yes were counted."""
        return np.asarray(target.sum())

    return denominator


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
    _sigmoid_again(),
    "F.binary_cross_entropy_with_logits(logits.sigmoid(), target, weight, pos_weight=pos_weight)",
    examples.BINARY,
    detail="a sigmoid",
    needs=is_binary,
)
PROBABILITIES_PASSED_AS_LOGITS = Way(
    _sigmoid_again(),
    "F.binary_cross_entropy_with_logits(probs, target, weight)",
    examples.BINARY_PROBS,
    detail="passed to BCEWithLogitsLoss",
    needs=lambda case: isinstance(case, BinaryCase) and case.holds == "probs",
    combines=False,
)
INPUTS_AS_PROBABILITIES = Way(
    _as_probabilities(),
    "F.binary_cross_entropy(logits, target, weight)",
    examples.BINARY_PLAIN.replace(given=[0.9, 0.2, 0.6, 0.3]),
    needs=_like_probabilities,
)
SWAPPED = Way(
    _swapped(1e-7),
    "-(probs * target.clamp(1e-7, 1 - 1e-7).log() + (1 - probs) * (1 - target.clamp(1e-7, "
    "1 - 1e-7)).log()).mean()",
    examples.BINARY_PROBS,
    detail="eps = 1e-7",
    needs=is_binary,
)
WEIGHT_LEFT_OUT_OF_ELEMENTS = Way(
    (_without_weight(),),
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
            (_on_whole(),),
            "(F.binary_cross_entropy_with_logits(logits, target, reduction='none') "
            "* (1 + (pos_weight - 1) * target)).mean()",
            examples.BINARY_SOFT,
            detail="by the target",
            needs=has_pos_weight,
        ),
        Way(
            (_always(),),
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
            (_one_term(of_log=True),),
            "(weight * ((1 - target) * logits + (1 + (pos_weight - 1) * target) "
            "* (-logits.abs()).exp().log1p() + (-logits).clamp(min=0))).mean()",
            examples.BINARY,
            detail="on log(1 + e^−|z|)",
            needs=has_pos_weight,
        ),
        Way(
            (_one_term(of_log=False),),
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
            _on_no(),
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
            (_without_pos_weight(),),
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
            (_no_negative(),),
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
            (_weighted_average(by_target=True, by_weight=False),),
            f"{NONE}.sum() / (1 + (pos_weight - 1) * target).sum()",
            examples.BINARY,
            detail="pos_weight",
            needs=has_pos_weight,
        ),
        Way(
            (_weighted_average(by_target=False, by_weight=True),),
            f"{NONE}.sum() / weight.sum()",
            examples.BINARY,
            detail="weight",
            needs=has_weight,
        ),
        Way(
            (_weighted_average(by_target=True, by_weight=True),),
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
            (_rows(),),
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
            (_positives(),),
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
            (_sign_slip(dtype),),
            f"(logits - logits * target + logits.clamp(min=0) + ((-logits.clamp(min=0)).{cast}()"
            f".exp() + (-logits - logits.clamp(min=0)).{cast}().exp()).log()).mean()",
            shows,
            detail=np.dtype(dtype).name,
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
