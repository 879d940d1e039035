"""Wrong rules of the class weights: which one, and what it multiplies."""

import numpy as np

from ce_core.arrays import Array
from ce_core.mistakes.parts import log_softmax, picked
from ce_core.rule import CELL, ROW, Rule, rule
from ce_core.rules.blending import per_class


def by_position() -> Rule:
    @rule(
        "Weight at the sample's place",
        r"w_i",
        "weight[: target.numel()].reshape(target.shape).where(kept, 0)",
        ROW,
        numbers=r"w_{{{row_number}}}",
        sentence="{row:C} took the weight at its own place in the list, {sample_weight}.",
    )
    def sample_weight(weight: Array, target: Array, kept: Array) -> Array:
        """The list was read as a weight per sample; torch reads it as a weight per class."""
        return np.where(kept, weight[: target.size].reshape(target.shape), 0.0)

    return sample_weight


def renormalised(*, to_count: bool) -> tuple[Rule, ...]:
    def scaled(weight: Array) -> Array:
        made: Array = weight / weight.sum() * (weight.size if to_count else 1)
        return made

    torch = "(weight / weight.sum()" + (" * weight.numel())" if to_count else ")")
    why = "The weights were scaled to a fixed sum. A weighted mean does not change by that."

    def sample_weight(weight: Array, target: Array, kept: Array) -> Array:
        return np.where(kept, scaled(weight)[np.where(kept, target, 0)], 0.0)

    def counted(weight: Array, target_dist: Array, log_probs: Array, kept: Array) -> Array:
        terms = -(target_dist * log_probs * per_class(scaled(weight), log_probs))
        return np.where(kept[:, None], terms, 0.0)

    def terms(weight: Array, target_dist: Array, log_probs: Array) -> Array:
        return -(target_dist * log_probs * per_class(scaled(weight), log_probs))

    for function in (sample_weight, counted, terms):
        function.__doc__ = why
    counted.__name__ = terms.__name__ = "weighted_terms"
    product = f"-(target_dist * log_probs).movedim(1, -1).mul({torch}).movedim(-1, 1)"
    return (
        rule(
            "Weight, scaled",
            r"\frac{w_{y_i}}{\sum_c w_c}",
            f"{torch}[target.where(kept, 0)].where(kept, 0)",
            ROW,
            numbers=r"{sample_weight}",
            sentence="{row:C} took the scaled weight {sample_weight}.",
        )(sample_weight),
        rule(
            "Terms with scaled weights",
            r"t_{ic}",
            f"({product}).where(kept.unsqueeze(1), 0)",
            CELL,
            numbers=r"{weighted_terms}",
            sentence="Class {class} adds {weighted_terms}.",
        )(counted),
        rule(
            "Terms with scaled weights",
            r"t_{ic}",
            product,
            CELL,
            numbers=r"{weighted_terms}",
            sentence="Class {class} adds {weighted_terms}.",
        )(terms),
    )


def inside() -> Rule:
    @rule(
        "Weights inside the softmax",
        r"L_i = -w_{y_i} z_{i y_i} + \log \sum_c w_c e^{z_{ic}}",
        "(-weight[target.where(kept, 0)]"
        " * logits.gather(1, target.where(kept, 0).unsqueeze(1)).squeeze(1)"
        " + (logits + weight.log().reshape(1, -1, *[1] * (logits.ndim - 2))).logsumexp(dim=1))"
        ".where(kept, 0)",
        ROW,
        numbers=r"{losses}",
        sentence="{row:C} costs {losses}.",
    )
    def losses(logits: Array, weight: Array, target: Array, kept: Array) -> Array:
        """The weight was put on the logit and into the sum. It belongs before the finished
        logarithm: w (−z + log Σ e^z)."""
        wanted = picked(logits, target, kept) * weight[np.where(kept, target, 0)]
        shifted = logits + np.log(per_class(weight, logits))
        top = shifted.max(axis=1, initial=-np.inf)
        total = top + np.log(np.exp(shifted - top[:, None]).sum(axis=1))
        return np.where(kept, total - wanted, 0.0)

    return losses


def as_prior() -> tuple[Rule, Rule]:
    @rule(
        "Weights as a prior in the softmax",
        r"p'_{ic} = \frac{w_c e^{z_{ic}}}{\sum_k w_k e^{z_{ik}}}",
        "F.softmax(logits + weight.log().reshape(1, -1, *[1] * (logits.ndim - 2)), dim=1)",
        CELL,
        numbers=r"\frac{{{weight} \cdot e^{{{logits}}}}}{{\sum w e^{{z}}}}",
        sentence="With the weights as a prior class {class} has the probability {probs}.",
    )
    def probs(logits: Array, weight: Array) -> Array:
        """This is balanced softmax, another loss: it moves the probabilities, where a class weight
        only changes what a sample costs."""
        return np.exp(log_softmax(logits + np.log(per_class(weight, logits))))

    @rule(
        "Log of it",
        r"\log p'_{ic}",
        "F.log_softmax(logits + weight.log().reshape(1, -1, *[1] * (logits.ndim - 2)), dim=1)",
        CELL,
        numbers=r"\log {probs}",
        sentence="Its log is {log_probs}.",
    )
    def log_probs(logits: Array, weight: Array) -> Array:
        """The log of those probabilities."""
        return log_softmax(logits + np.log(per_class(weight, logits)))

    return probs, log_probs


def unweighted() -> tuple[Rule, ...]:
    @rule(
        "No weight",
        r"1",
        "kept.to(weight.dtype)",
        ROW,
        numbers=r"1",
        sentence="{row:C} counts {sample_weight}.",
    )
    def sample_weight(kept: Array, weight: Array) -> Array:  # noqa: ARG001 - says its dtype
        """Every row that counts was taken once; the class weights were left out."""
        return kept.astype(np.float64)

    def counted(target_dist: Array, log_probs: Array, kept: Array) -> Array:
        return np.where(kept[:, None], -(target_dist * log_probs), 0.0)

    def terms(target_dist: Array, log_probs: Array) -> Array:
        return -(target_dist * log_probs)

    counted.__name__ = terms.__name__ = "weighted_terms"
    counted.__doc__ = terms.__doc__ = "The class weights were left out."
    heading, words = "Terms without weights", "Class {class} adds {weighted_terms}."
    formula, numbers = r"t_{ic} = -q_{ic} \cdot \log p_{ic}", r"-{target_dist} \cdot {log_probs}"
    product = "-(target_dist * log_probs)"
    return (
        sample_weight,
        rule(
            heading,
            formula,
            f"({product}).where(kept.unsqueeze(1), 0)",
            CELL,
            numbers=numbers,
            sentence=words,
        )(counted),
        rule(heading, formula, product, CELL, numbers=numbers, sentence=words)(terms),
    )


def on_logits() -> tuple[Rule, Rule]:
    scaled = "logits * weight.reshape(1, -1, *[1] * (logits.ndim - 2))"

    @rule(
        "Softmax of weighted logits",
        r"p'_{ic} = \frac{e^{w_c z_{ic}}}{\sum_k e^{w_k z_{ik}}}",
        f"F.softmax({scaled}, dim=1)",
        CELL,
        numbers=r"\frac{{e^{{{weight} \cdot {logits}}}}}{{\sum e^{{w z}}}}",
        sentence="With its logit times {weight} class {class} has the probability {probs}.",
    )
    def probs(logits: Array, weight: Array) -> Array:
        """The weight was put on the logit, which changes the probabilities."""
        return np.exp(log_softmax(logits * per_class(weight, logits)))

    @rule(
        "Log of it",
        r"\log p'_{ic}",
        f"F.log_softmax({scaled}, dim=1)",
        CELL,
        numbers=r"\log {probs}",
        sentence="Its log is {log_probs}.",
    )
    def log_probs(logits: Array, weight: Array) -> Array:
        """The log of those probabilities."""
        return log_softmax(logits * per_class(weight, logits))

    return probs, log_probs


def on_probabilities() -> Rule:
    @rule(
        "Log of weighted probabilities",
        r"\log (w_c \cdot p_{ic})",
        "(probs * weight.reshape(1, -1, *[1] * (probs.ndim - 2))).log()",
        CELL,
        numbers=r"\log ({weight} \cdot {probs})",
        sentence="The log of {weight} times {probs} is {log_probs}.",
    )
    def log_probs(probs: Array, weight: Array) -> Array:
        """The weight was put inside the log, where it only adds a constant: log w + log p."""
        return np.log(probs * per_class(weight, probs))

    return log_probs
