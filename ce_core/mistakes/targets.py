"""Slips of the target: smoothing blended wrongly, no distribution, y and p swapped."""

from collections.abc import Callable
from math import log

import numpy as np

from ce_core.arrays import Array
from ce_core.case import Case
from ce_core.mistakes import examples
from ce_core.mistakes.parts import from_logits, index_target, smoothed
from ce_core.mistakes.record import Mistake, Question, Slot, Way
from ce_core.mistakes.wrong import targets as wrong
from ce_core.words import words

MEAN_OF_BLEND = "-(({blend}) * F.log_softmax(logits, dim=1) * weight).sum() / weight[target].sum()"
HOT_OF_ROWS = "F.one_hot(target, logits.shape[1])"


def _smoothing_way(
    formula: str, torch: str, blend: Callable[..., Array], why: str, detail: str = ""
) -> Way:
    code = torch.format(y=HOT_OF_ROWS, K="logits.shape[1]", e="label_smoothing")
    return Way(
        wrong.blend(formula, torch, blend, why),
        MEAN_OF_BLEND.format(blend=code),
        examples.SMOOTHED,
        detail=detail,
        needs=smoothed,
    )


def _odd_rows(case: Question) -> bool:
    if not isinstance(case, Case) or not case.soft or not case.target.size:
        return False
    sums = case.inputs["target"].sum(axis=1)
    return bool((np.abs(sums - 1) > 1e-6).any())


LABEL_SMOOTHING_K_MINUS_1 = Mistake(
    "label_smoothing_K_minus_1",
    "Spread the smoothing over the other classes only",
    "Many papers and the Annotated Transformer give the true class 1 − ε and the others "
    "ε / (C − 1).",
    "The target keeps 1 − ε; torch leaves it 1 − ε + ε / C.",
    "In torch all C classes share ε equally, the true class included. To match the other way "
    "use label_smoothing = ε · C / (C − 1).",
    "I gave ε to the other classes only.",
    Slot.TARGET,
    (
        _smoothing_way(
            r"q_{ic} = (1 - \varepsilon) y_{ic} + \frac{\varepsilon}{C - 1} (1 - y_{ic})",
            "{y} * (1 - {e}) + (1 - {y}) * {e} / ({K} - 1)",
            lambda y, e, k: y * (1 - e) + (1 - y) * e / (k - 1),
            "The true class keeps 1 - ε and the others share ε; in torch all classes share it.",
        ),
    ),
    threads=7,
)
LABEL_SMOOTHING_ROW_NOT_1 = Mistake(
    "label_smoothing_row_not_1",
    "Smoothed to rows that do not sum to 1",
    "ε and ε / C are easily mixed up in (1 − ε) · y + ε / C.",
    "Add up a smoothed row: it is not 1.",
    "Use (1 − ε) · y + ε / C: what is taken from the target is shared by all C classes.",
    "My smoothed rows do not sum to 1.",
    Slot.TARGET,
    (
        _smoothing_way(
            r"q_{ic} = (1 - \frac{\varepsilon}{C}) y_{ic} + \frac{\varepsilon}{C}",
            "{y} * (1 - {e} / {K}) + {e} / {K}",
            lambda y, e, k: y * (1 - e / k) + e / k,
            "Only ε/C was taken from the target, and ε/C given to every class: the row sums to "
            "more than 1.",
            "1 − ε/C and ε/C",
        ),
        _smoothing_way(
            r"q_{ic} = (1 - \varepsilon) y_{ic} + \frac{\varepsilon}{C} (1 - y_{ic})",
            "{y} * (1 - {e}) + (1 - {y}) * {e} / {K}",
            lambda y, e, k: y * (1 - e) + (1 - y) * e / k,
            "The target gave up ε, and the others got ε/C each: one share is missing.",
            "1 − ε and ε/C",
        ),
        _smoothing_way(
            r"q_{ic} = (1 - \varepsilon) y_{ic} + \varepsilon (1 - y_{ic})",
            "{y} * (1 - {e}) + (1 - {y}) * {e}",
            lambda y, e, _k: y * (1 - e) + (1 - y) * e,
            "Each other class got the whole ε.",
            "1 − ε and ε",
        ),
    ),
    threads=3,
)
LABEL_SMOOTHING_SWAPPED_MASS = Mistake(
    "label_smoothing_swapped_mass",
    "Swapped the two parts of the smoothing",
    "ε / C and 1 / C, or ε and 1 − ε, are easily exchanged.",
    "Add up a smoothed row, and look at what the target keeps.",
    "Use (1 − ε) · y + ε / C.",
    "I mixed up ε, 1 − ε and 1 / C.",
    Slot.TARGET,
    (
        _smoothing_way(
            r"q_{ic} = (1 - \varepsilon) y_{ic} + \frac{1}{C}",
            "{y} * (1 - {e}) + 1 / {K}",
            lambda y, e, k: y * (1 - e) + 1 / k,
            "Each class got 1/C instead of ε/C.",
            "(1 − ε) y + 1/C",
        ),
        _smoothing_way(
            r"q_{ic} = (1 - \varepsilon) y_{ic} + \frac{1}{C} (1 - y_{ic})",
            "{y} * (1 - {e}) + (1 - {y}) / {K}",
            lambda y, e, k: y * (1 - e) + (1 - y) / k,
            "The other classes got 1/C each instead of ε/C.",
            "1 − ε and 1/C",
        ),
        _smoothing_way(
            r"q_{ic} = (1 - \varepsilon) y_{ic} + \frac{1 - \varepsilon}{C} (1 - y_{ic})",
            "{y} * (1 - {e}) + (1 - {y}) * (1 - {e}) / {K}",
            lambda y, e, k: y * (1 - e) + (1 - y) * (1 - e) / k,
            "The other classes got (1 - ε)/C instead of ε/C.",
            "(1 − ε)/C beside the target",
        ),
        _smoothing_way(
            r"q_{ic} = \varepsilon y_{ic} + \frac{1 - \varepsilon}{C}",
            "{y} * {e} + (1 - {e}) / {K}",
            lambda y, e, k: y * e + (1 - e) / k,
            "ε and 1 - ε changed places.",
            "ε and 1 − ε exchanged",
        ),
    ),
    threads=3,
)
LABEL_SMOOTHING_USES_ALL_WEIGHTS = Mistake(
    "label_smoothing_uses_all_weights",
    "Weighed the smoothed part in another way",
    "One expects smoothing and weights to be independent, or the weight to belong to the row.",
    "The weights are not all equal, and label_smoothing is above 0.",
    "Torch weighs each class's part of the smoothed target with that class's own weight, and "
    "divides by the plain targets' weights.",
    "I weighed only the target's part, or the whole row with the target's weight.",
    Slot.TARGET,
    (
        Way(
            (wrong.target_weight_only(),),
            "-((F.one_hot(target, logits.shape[1]) * (1 - label_smoothing) * weight "
            "+ label_smoothing / logits.shape[1]) * F.log_softmax(logits, dim=1)).sum() "
            "/ weight[target].sum()",
            examples.SMOOTHED,
            detail="weights on the target's part only",
            needs=smoothed,
        ),
        Way(
            (wrong.row_weight(),),
            "(F.cross_entropy(logits, target, label_smoothing=float(label_smoothing), "
            "reduction='none') * weight[target]).sum() / weight[target].sum()",
            examples.SMOOTHED,
            detail="the whole row with the target's weight",
            needs=smoothed,
        ),
        Way(
            (wrong.smoothed_weight_sum(),),
            "F.cross_entropy(logits, target, weight, label_smoothing=float(label_smoothing), "
            "reduction='sum') / (weight[target].sum() * (1 - label_smoothing) + label_smoothing "
            "/ logits.shape[1] * weight.sum() * target.numel())",
            examples.SMOOTHED,
            detail="divided by the smoothed weights",
            needs=lambda case: smoothed(case) and index_target(case),
        ),
    ),
    threads=2,
)
SMOOTHING_LEFT_OUT = Mistake(
    "label_smoothing_left_out",
    "Left out label smoothing",
    "The target's class is picked by hand, and label_smoothing is forgotten.",
    "The number is the loss with label_smoothing=0.",
    "Blend the target first: (1 − ε) · y + ε / C, then sum over all classes.",
    "I did not smooth the target.",
    Slot.TARGET,
    (
        Way(
            wrong.not_smoothed(),
            "F.cross_entropy(logits, target, weight)",
            examples.SMOOTHED,
            needs=smoothed,
        ),
    ),
)
TARGET_NOT_A_DISTRIBUTION = Mistake(
    "target_not_a_distribution",
    "Took the float target as a distribution",
    "A float target of the logits' shape means class probabilities, so one expects rows that sum "
    "to 1.",
    "The target's rows do not sum to 1; torch neither checks nor mends that.",
    "Divide each row by its sum, or pass class numbers.",
    "I expected the target's rows to be made to sum to 1.",
    Slot.TARGET,
    (
        Way(
            (wrong.normalised(),),
            "F.cross_entropy(logits, target / target.sum(dim=1, keepdim=True), weight)",
            examples.NOT_A_DISTRIBUTION,
            needs=_odd_rows,
        ),
    ),
    threads=5,
)
ARGUMENTS_SWAPPED = Mistake(
    "arguments_swapped",
    "Swapped target and prediction",
    "Some libraries take (y_true, y_pred), others (input, target).",
    words(
        "The number is a multiple of −log eps, {keras:.3f} for 1e-7: what the model gives to wrong "
        "classes, times that.",
        keras=-log(1e-7),
    ),
    "In torch the logits come first: F.cross_entropy(logits, target).",
    "The order of my arguments was (target, prediction) where it is (prediction, target).",
    Slot.TARGET,
    tuple(
        Way(
            wrong.swapped(eps),
            f"-(F.softmax(logits, dim=1) * F.one_hot(target, logits.shape[1]).double()"
            f".clamp({eps!r}, 1 - {eps!r}).log()).sum() / weight[target].sum()",
            examples.WEIGHTED,
            detail=words("eps = {eps}", eps=name),
            needs=lambda case: isinstance(case, Case),
            combines=name == "1e-7",
        )
        for name, eps in (("1e-7", 1e-7), ("1e-15", 1e-15), ("1e-12", 1e-12), ("1e-8", 1e-8))
    ),
    threads=6,
)
BCE_OVER_ALL_CLASSES = Mistake(
    "bce_over_all_classes",
    "Took a binary loss over all classes",
    "The two-class formula −y log p − (1 − y) log(1 − p) was used for every class.",
    "The number is larger than torch's: the wrong classes cost something, too.",
    "Over several classes only the target's −log p counts: use cross-entropy. For independent "
    "yes-or-no labels use BCEWithLogitsLoss on purpose.",
    "I added (1 − y) log(1 − p) for the other classes.",
    Slot.TARGET,
    (
        Way(
            wrong.binary_of_classes(sigmoid=False),
            "F.binary_cross_entropy(F.softmax(logits, dim=1), "
            "F.one_hot(target, logits.shape[1]).double(), reduction='sum') / weight[target].sum()",
            examples.WEIGHTED,
            needs=lambda case: isinstance(case, Case),
        ),
        Way(
            wrong.binary_of_classes(sigmoid=True),
            "F.binary_cross_entropy_with_logits(logits, "
            "F.one_hot(target, logits.shape[1]).double(), reduction='sum') / weight[target].sum()",
            examples.WEIGHTED,
            detail="with sigmoids",
            needs=from_logits,
        ),
    ),
    threads=5,
)

TARGET_MISTAKES = (
    LABEL_SMOOTHING_K_MINUS_1,
    ARGUMENTS_SWAPPED,
    BCE_OVER_ALL_CLASSES,
    TARGET_NOT_A_DISTRIBUTION,
    LABEL_SMOOTHING_ROW_NOT_1,
    LABEL_SMOOTHING_SWAPPED_MASS,
    LABEL_SMOOTHING_USES_ALL_WEIGHTS,
    SMOOTHING_LEFT_OUT,
)
