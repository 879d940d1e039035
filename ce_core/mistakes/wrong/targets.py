"""Wrong rules of the target: blended, normalised or swapped."""

from collections.abc import Callable

import numpy as np

from ce_core.arrays import Array
from ce_core.mistakes.parts import one_hot
from ce_core.rule import CELL, ONE, ROW, Rule, rule
from ce_core.rules.binary import LEAST_LOG
from ce_core.rules.blending import per_class

HOT = "F.one_hot(target.where(kept, 0), log_probs.shape[1]).movedim(-1, 1).to(log_probs.dtype)"


def blend(formula: str, torch: str, blend: Callable[..., Array], why: str) -> tuple[Rule, Rule]:
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


def target_weight_only() -> Rule:
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


def row_weight() -> Rule:
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


def smoothed_weight_sum() -> Rule:
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


def not_smoothed() -> tuple[Rule, Rule]:
    return blend(
        r"q_{ic} = y_{ic}",
        "{y} + 0 * {e}",
        lambda y, _e, _k: y,
        "Label smoothing was left out.",
    )


def normalised() -> Rule:
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


def swapped(eps: float) -> tuple[Rule, Rule]:
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


def binary_of_classes(*, sigmoid: bool) -> tuple[Rule, ...]:
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
