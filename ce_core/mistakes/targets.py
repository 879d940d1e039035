"""Slips of the target: smoothing blended wrongly, no distribution, y and p swapped."""

from collections.abc import Callable

import numpy as np

from ce_core.arrays import Array
from ce_core.case import Case
from ce_core.mistakes import examples
from ce_core.mistakes.parts import from_logits, index_target, one_hot, smoothed
from ce_core.mistakes.record import Mistake, Question, Slot, Way
from ce_core.rule import CELL, ONE, ROW, Rule, rule
from ce_core.rules.binary import LEAST_LOG
from ce_core.rules.blending import per_class

HOT = "F.one_hot(target.where(kept, 0), log_probs.shape[1]).movedim(-1, 1).to(log_probs.dtype)"
MEAN_OF_BLEND = "-(({blend}) * F.log_softmax(logits, dim=1) * weight).sum() / weight[target].sum()"
HOT_OF_ROWS = "F.one_hot(target, logits.shape[1])"


def _blend(formula: str, torch: str, blend: Callable[..., Array], why: str) -> tuple[Rule, Rule]:
    """A wrong smoothed target: of one-hot rows y, the smoothing e and K classes."""

    def target_dist(target: Array, label_smoothing: Array, kept: Array, log_probs: Array) -> Array:
        hot = one_hot(target, kept, log_probs.shape[1])
        blended: Array = blend(hot, float(label_smoothing), log_probs.shape[1])
        return np.where(kept[:, None], blended, 0.0)

    def of_given(target: Array, label_smoothing: Array) -> Array:
        blended: Array = blend(target, float(label_smoothing), target.shape[1])
        return blended

    of_given.__name__ = "target_dist"
    target_dist.__doc__ = of_given.__doc__ = why
    words = "The target of class {class} became {target_dist}."
    expression = torch.format(y=HOT, K="log_probs.shape[1]", e="label_smoothing")
    return (
        rule(
            "Smoothed target, another way",
            formula,
            f"({expression}).where(kept.unsqueeze(1), 0)",
            CELL,
            numbers=r"{target_dist}",
            sentence=words,
        )(target_dist),
        rule(
            "Smoothed target, another way",
            formula,
            torch.format(y="target", K="target.shape[1]", e="label_smoothing"),
            CELL,
            numbers=r"{target_dist}",
            sentence=words,
        )(of_given),
    )


def _smoothing_way(
    formula: str, torch: str, blend: Callable[..., Array], why: str, detail: str = ""
) -> Way:
    code = torch.format(y=HOT_OF_ROWS, K="logits.shape[1]", e="label_smoothing")
    return Way(
        _blend(formula, torch, blend, why),
        MEAN_OF_BLEND.format(blend=code),
        examples.SMOOTHED,
        detail=detail,
        needs=smoothed,
    )


def _target_weight_only() -> Rule:
    @rule(
        "Terms, smoothing unweighted",
        r"t_{ic} = -(w_c (1 - \varepsilon) y_{ic} + \frac{\varepsilon}{C}) \log p_{ic}",
        f"-(({HOT} * (1 - label_smoothing)).movedim(1, -1).mul(weight).movedim(-1, 1)"
        " + label_smoothing / log_probs.shape[1]).mul(log_probs).where(kept.unsqueeze(1), 0)",
        CELL,
        numbers=r"{weighted_terms}",
        sentence="Class {class} adds {weighted_terms}.",
    )
    def weighted_terms(
        weight: Array, target: Array, label_smoothing: Array, kept: Array, log_probs: Array
    ) -> Array:
        """Only the true class was weighed; torch weighs the part that smoothing gives each class
        with that class's own weight."""
        hot = one_hot(target, kept, log_probs.shape[1])
        blended = hot * (1 - label_smoothing) * per_class(weight, log_probs)
        terms = -(blended + label_smoothing / log_probs.shape[1]) * log_probs
        return np.where(kept[:, None], terms, 0.0)

    return weighted_terms


def _row_weight() -> Rule:
    @rule(
        "Terms, all with the target's weight",
        r"t_{ic} = -w_{y_i} \cdot q_{ic} \cdot \log p_{ic}",
        "-(target_dist * log_probs * weight[target.where(kept, 0)].unsqueeze(1))"
        ".where(kept.unsqueeze(1), 0)",
        CELL,
        numbers=r"-w_y \cdot {target_dist} \cdot {log_probs}",
        sentence="Class {class} adds {weighted_terms}.",
    )
    def weighted_terms(
        weight: Array, target: Array, target_dist: Array, kept: Array, log_probs: Array
    ) -> Array:
        """The whole row was weighed with the target's weight; torch weighs each class's part with
        that class's own."""
        own = weight[np.where(kept, target, 0)][:, None]
        return np.where(kept[:, None], -(target_dist * log_probs * own), 0.0)

    return weighted_terms


def _smoothed_weight_sum() -> Rule:
    @rule(
        "Sum of the smoothed weights",
        r"\sum_i \sum_c w_c \cdot q_{ic}",
        "target_dist.movedim(1, -1).mul(weight).sum()",
        ONE,
        numbers=r"{denominator}",
        sentence="The weights, smoothed as the targets are, sum to {denominator}.",
    )
    def denominator(target_dist: Array, weight: Array) -> Array:
        """The smoothed target's weights were summed; torch divides by the plain targets' weights,
        smoothing or not."""
        return np.asarray((target_dist * per_class(weight, target_dist)).sum())

    return denominator


def _not_smoothed() -> tuple[Rule, Rule]:
    return _blend(
        r"q_{ic} = y_{ic}",
        "{y} + 0 * {e}",
        lambda y, _e, _k: y,
        "Label smoothing was left out.",
    )


def _normalised() -> Rule:
    @rule(
        "Target, made to sum to 1",
        r"q_{ic} = (1-\varepsilon) \cdot \frac{y_{ic}}{\sum_k y_{ik}} + \frac{\varepsilon}{C}",
        "(1 - label_smoothing.clamp(min=0).nan_to_num()) * target / target.sum(dim=1, keepdim=True)"
        " + label_smoothing.clamp(min=0).nan_to_num() / target.shape[1]",
        CELL,
        numbers=r"\frac{{{target}}}{{\sum y}}",
        sentence="The target of class {class} became {target_dist}.",
    )
    def target_dist(target: Array, label_smoothing: Array) -> Array:
        """Torch takes float targets as they are and never divides by their sum."""
        part = np.nan_to_num(np.maximum(label_smoothing, 0))
        return (1 - part) * target / target.sum(axis=1, keepdims=True) + part / target.shape[1]

    return target_dist


def _swapped(eps: float) -> tuple[Rule, Rule]:
    def cost(probs: Array, hot: Array) -> Array:
        made: Array = -(probs * np.log(np.clip(hot, eps, 1 - eps))).sum(axis=1)
        return made

    @rule(
        "Roles swapped: p times log y",
        r"L_i = -\sum_c p_{ic} \cdot \log y_{ic}",
        "-(probs * "
        + HOT.replace("log_probs", "probs")
        + f".clamp({eps!r}, 1 - {eps!r}).log()).sum(dim=1).where(kept, 0)",
        ROW,
        numbers=r"-\sum p \cdot \log y",
        sentence="{row:C} costs {losses}.",
    )
    def losses(probs: Array, target: Array, kept: Array) -> Array:
        """The log was taken of the target and multiplied by the prediction: what the model gives
        to wrong classes is charged at -log eps each."""
        return np.where(kept, cost(probs, one_hot(target, kept, probs.shape[1])), 0.0)

    @rule(
        "Roles swapped: p times log y",
        r"L_i = -\sum_c p_{ic} \cdot \log y_{ic}",
        f"-(probs * target.clamp({eps!r}, 1 - {eps!r}).log()).sum(dim=1)",
        ROW,
        numbers=r"-\sum p \cdot \log y",
        sentence="{row:C} costs {losses}.",
    )
    def of_given(probs: Array, target: Array) -> Array:
        """The log was taken of the target and multiplied by the prediction."""
        return cost(probs, target)

    return losses, _renamed(of_given, "losses")


def _renamed(made: Rule, key: str) -> Rule:
    return Rule(**{**{n: getattr(made, n) for n in made.__dataclass_fields__}, "key": key})


def _binary_of_classes(*, sigmoid: bool) -> tuple[Rule, ...]:
    if sigmoid:
        source, torch_p = "logits", "logits.sigmoid()"
    else:
        source, torch_p = "probs", "probs"

    def cost(p: Array, y: Array) -> Array:
        with np.errstate(all="ignore"):
            yes, no = np.maximum(np.log(p), LEAST_LOG), np.maximum(np.log1p(-p), LEAST_LOG)
            each = -(y * yes) - (1 - y) * no
        made: Array = each.sum(axis=1)
        return made

    def probability(values: Array) -> Array:
        return 1 / (1 + np.exp(-values)) if sigmoid else values

    def from_probs(probs: Array, target: Array, kept: Array) -> Array:
        return np.where(kept, cost(probs, one_hot(target, kept, probs.shape[1])), 0.0)

    def from_logits(logits: Array, target: Array, kept: Array) -> Array:
        p = probability(logits)
        return np.where(kept, cost(p, one_hot(target, kept, p.shape[1])), 0.0)

    def soft_from_probs(probs: Array, target: Array) -> Array:
        return cost(probs, target)

    def soft_from_logits(logits: Array, target: Array) -> Array:
        return cost(probability(logits), target)

    hot = f"F.one_hot(target.where(kept, 0), {source}.shape[1]).movedim(-1, 1).to({source}.dtype)"
    made = f"F.binary_cross_entropy({torch_p}, {{y}}, reduction='none').sum(dim=1)"
    why = (
        "A yes-or-no loss was taken for every class, so that the wrong classes cost something, "
        "too. Cross-entropy over classes looks at the target's probability only."
    )
    rules = []
    for function, torch in (
        (from_logits if sigmoid else from_probs, made.format(y=hot) + ".where(kept, 0)"),
        (soft_from_logits if sigmoid else soft_from_probs, made.format(y="target")),
    ):
        function.__name__, function.__doc__ = "losses", why
        rules.append(
            rule(
                "Binary loss of every class",
                r"L_i = -\sum_c y_{ic} \log p_{ic} + (1 - y_{ic}) \log(1 - p_{ic})",
                torch,
                ROW,
                numbers=r"{losses}",
                sentence="All classes' yes-or-no losses together are {losses}.",
            )(function)
        )
    return tuple(rules)


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
            (_target_weight_only(),),
            "-((F.one_hot(target, logits.shape[1]) * (1 - label_smoothing) * weight "
            "+ label_smoothing / logits.shape[1]) * F.log_softmax(logits, dim=1)).sum() "
            "/ weight[target].sum()",
            examples.SMOOTHED,
            detail="weights on the target's part only",
            needs=smoothed,
        ),
        Way(
            (_row_weight(),),
            "(F.cross_entropy(logits, target, label_smoothing=float(label_smoothing), "
            "reduction='none') * weight[target]).sum() / weight[target].sum()",
            examples.SMOOTHED,
            detail="the whole row with the target's weight",
            needs=smoothed,
        ),
        Way(
            (_smoothed_weight_sum(),),
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
            _not_smoothed(),
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
            (_normalised(),),
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
    "The number is a multiple of −log eps, 16.118 for 1e-7: what the model gives to wrong classes, "
    "times that.",
    "In torch the logits come first: F.cross_entropy(logits, target).",
    "The order of my arguments was (target, prediction) where it is (prediction, target).",
    Slot.TARGET,
    tuple(
        Way(
            _swapped(eps),
            f"-(F.softmax(logits, dim=1) * F.one_hot(target, logits.shape[1]).double()"
            f".clamp({eps!r}, 1 - {eps!r}).log()).sum() / weight[target].sum()",
            examples.WEIGHTED,
            detail=f"eps = {name}",
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
            _binary_of_classes(sigmoid=False),
            "F.binary_cross_entropy(F.softmax(logits, dim=1), "
            "F.one_hot(target, logits.shape[1]).double(), reduction='sum') / weight[target].sum()",
            examples.WEIGHTED,
            needs=lambda case: isinstance(case, Case),
        ),
        Way(
            _binary_of_classes(sigmoid=True),
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
