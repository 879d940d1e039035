"""Wrong rules of binary cross-entropy."""

from dataclasses import replace

import numpy as np

from ce_core.arrays import Array
from ce_core.rule import ONE, ROW, Rule, rule
from ce_core.rules.binary import softplus
from ce_core.words import words


def sigmoid_again() -> tuple[Rule, ...]:
    def yes(probs: Array) -> Array:
        return -softplus(-probs)

    def no(probs: Array) -> Array:
        return -softplus(probs)

    yes.__name__, no.__name__ = "log_probs", "log_others"
    why = words(
        "A second sigmoid: the probabilities were taken for logits, so none is below {half}.",
        half=0.5,
    )
    made = (
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
    return tuple(replace(one, why=why) for one in made)


def as_probabilities() -> tuple[Rule, ...]:
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


def no_negative() -> Rule:
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


def swapped(eps: float) -> tuple[Rule, Rule]:
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


def on_whole() -> Rule:
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


def always() -> Rule:
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


def on_no() -> tuple[Rule, Rule]:
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


def one_term(*, of_log: bool) -> Rule:
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


def without_pos_weight() -> Rule:
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


def without_weight() -> Rule:
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


def sign_slip(dtype: type) -> Rule:
    name = np.dtype(dtype).name
    cast = f".to(torch.{name})"

    @rule(
        words("Stable formula with max(z, 0), in {dtype}", dtype=name),
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


def weighted_average(*, by_target: bool, by_weight: bool) -> Rule:
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


def rows() -> Rule:
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


def positives() -> Rule:
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
