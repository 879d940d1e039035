"""Slips of the class weights: which of them a sample takes, and what it multiplies."""

import numpy as np

from ce_core.arrays import Array
from ce_core.case import Case
from ce_core.mistakes import examples
from ce_core.mistakes.parts import from_logits, index_target, log_softmax, picked, weighted
from ce_core.mistakes.record import Mistake, Question, Slot, Way
from ce_core.rule import CELL, ROW, Rule, rule
from ce_core.rules.blending import per_class


def _by_position() -> Rule:
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


def _renormalised(*, to_count: bool) -> tuple[Rule, ...]:
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


def _inside() -> Rule:
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


def _as_prior() -> tuple[Rule, Rule]:
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


def _unweighted() -> tuple[Rule, ...]:
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


def _on_logits() -> tuple[Rule, Rule]:
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


def _on_probabilities() -> Rule:
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


def _fits_positions(case: Question) -> bool:
    return (
        weighted(case)
        and index_target(case)
        and isinstance(case, Case)
        and 0 < case.target.size <= case.classes
    )


def _weighted_logits(case: Question) -> bool:
    return weighted(case) and from_logits(case)


UNWEIGHTED = _unweighted()
ONCE = UNWEIGHTED[0]

WEIGHT_INDEXED_BY_POSITION = Mistake(
    "weight_indexed_by_position",
    "Took the weights in the order of the samples",
    "There are as many weights as samples, or fewer samples than weights, so the first weight "
    "goes to the first sample.",
    "It goes unnoticed where sample i happens to have class i.",
    "A weight belongs to a class: sample i takes weight[target[i]]. For a weight per sample take "
    "reduction='none' and multiply yourself.",
    "I gave sample i the weight number i.",
    Slot.TARGET,
    (
        Way(
            (_by_position(),),
            "(F.cross_entropy(logits, target, reduction='none') * weight[:target.numel()]).sum() "
            "/ weight[:target.numel()].sum()",
            examples.WEIGHTED,
            needs=_fits_positions,
        ),
    ),
    threads=5,
)
WEIGHTS_RENORMALISED = Mistake(
    "weights_renormalised",
    "Made the weights sum to a fixed number",
    "Weights that sum to 1, or to the number of classes, look tidy.",
    "The weighted mean stays the same; a sum, or a mean divided by N, is scaled.",
    "Under torch's weighted mean it changes nothing. Under 'sum', 'none' and class probabilities "
    "it scales the loss: scale the weights in torch, too.",
    "I divided the weights by their sum.",
    Slot.TARGET,
    (
        Way(
            _renormalised(to_count=False),
            "F.cross_entropy(logits, target, weight / weight.sum(), reduction='sum')",
            examples.WEIGHTED.replace(reduction="sum"),
            detail="sum 1",
            needs=weighted,
        ),
        Way(
            _renormalised(to_count=True),
            "F.cross_entropy(logits, target, weight / weight.mean(), reduction='sum')",
            examples.WEIGHTED.replace(reduction="sum"),
            detail="sum C",
            needs=weighted,
        ),
    ),
    threads=1,
)
WEIGHTS_INSIDE_SOFTMAX = Mistake(
    "weights_inside_softmax",
    "Put the weights inside the softmax",
    "−z + log Σ e^z has two terms, and the weight seems to belong to each class's own.",
    "Add 10 to all logits of a row: this number moves, torch's does not.",
    "The weight multiplies the finished loss: w · (−z + log Σ e^z).",
    "I have the weights inside the log of the sum.",
    Slot.TARGET,
    (
        Way(
            (_inside(),),
            "(-weight[target] * logits.gather(1, target[:, None])[:, 0] "
            "+ (logits + weight.log()).logsumexp(1)).sum() / weight[target].sum()",
            examples.WEIGHTED,
            needs=_weighted_logits,
        ),
        Way(
            (*_as_prior(), ONCE),
            "F.cross_entropy(logits + weight.log(), target)",
            examples.WEIGHTED,
            detail="as a prior",
            needs=_weighted_logits,
        ),
        Way(
            _as_prior(),
            "F.cross_entropy(logits + weight.log(), target, weight)",
            examples.WEIGHTED,
            detail="as a prior, and outside as well",
            needs=_weighted_logits,
        ),
    ),
    threads=1,
)
WEIGHT_ON_LOGITS = Mistake(
    "weight_on_logits",
    "Multiplied the logits or the probabilities by the weights",
    "A weight sounds like something to multiply the scores with.",
    "The weight stands before or inside the log instead of in front of it.",
    "The weight multiplies the loss of a sample: w · (−log p).",
    "I multiplied the scores, or the probabilities, by the weights.",
    Slot.TARGET,
    (
        Way(
            (*_on_logits(), ONCE),
            "F.cross_entropy(logits * weight, target)",
            examples.WEIGHTED,
            detail="the logits",
            needs=_weighted_logits,
        ),
        Way(
            (_on_probabilities(), ONCE),
            "F.nll_loss((F.softmax(logits, dim=1) * weight).log(), target)",
            examples.WEIGHTED,
            detail="the probabilities",
            needs=weighted,
        ),
    ),
)
WEIGHT_LEFT_OUT = Mistake(
    "weight_left_out",
    "Left the class weights out",
    "The weight argument is easily forgotten, or put on another loss object.",
    "The number is the loss without weights.",
    "Pass weight= to the loss, and multiply each sample's −log p by its class's weight.",
    "I did not use the weights.",
    Slot.TARGET,
    (
        Way(
            UNWEIGHTED,
            "F.cross_entropy(logits, target)",
            examples.WEIGHTED,
            needs=weighted,
        ),
    ),
)

WEIGHT_MISTAKES = (
    WEIGHT_INDEXED_BY_POSITION,
    WEIGHT_LEFT_OUT,
    WEIGHTS_RENORMALISED,
    WEIGHTS_INSIDE_SOFTMAX,
    WEIGHT_ON_LOGITS,
)
