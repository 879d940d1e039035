"""Wrong rules of the logarithm: its base, its sign, and what keeps it from 0."""

from collections.abc import Callable
from dataclasses import replace
from math import log

import numpy as np

from ce_core.arrays import Array
from ce_core.mistakes.parts import one_hot
from ce_core.rule import CELL, ROW, Rule, rule
from ce_core.rules.binary import LEAST_LOG
from ce_core.words import words


def scaled(factor: float, base: str, unit: str, title: str, why: str, how: str) -> tuple[Rule, ...]:
    """The loss in another unit of logarithm, wherever the log enters the loss."""

    def nll(target_log_prob: Array) -> Array:
        return -target_log_prob * factor

    def terms(target_dist: Array, log_probs: Array, weight: Array) -> Array:
        shape = (1, -1, *[1] * (log_probs.ndim - 2))
        return -(target_dist * log_probs * weight.reshape(shape)) * factor

    def losses(weight: Array, positive_part: Array, negative_part: Array) -> Array:
        return weight * (positive_part + negative_part) * factor

    terms.__name__ = "weighted_terms"
    for function in (nll, terms, losses):
        function.__doc__ = why
    torch, sign, turned = repr(factor), "-" if factor > 0 else "", "" if factor > 0 else "-"
    return (
        rule(
            title,
            rf"\ell_i = {base} p_{{i y_i}}",
            f"-target_log_prob * {torch}",
            ROW,
            numbers=unit.format(sign + "({target_log_prob})"),
            sentence=f"{how}, {{row}} costs {{nll}}.",
        )(nll),
        rule(
            title,
            rf"t_{{ic}} = w_c \cdot q_{{ic}} \cdot ({base} p_{{ic}})",
            f"-(target_dist * log_probs).movedim(1, -1).mul(weight).movedim(-1, 1) * {torch}",
            CELL,
            numbers=unit.format(sign + r"{weight} \cdot {target_dist} \cdot {log_probs}"),
            sentence=f"{how}, class {{class}} adds {{weighted_terms}}.",
        )(terms),
        rule(
            title,
            "L_i = "
            + unit.format(turned + r"w_i \cdot (a_i + b_i)").replace("{{", "{").replace("}}", "}"),
            f"weight * (positive_part + negative_part) * {torch}",
            ROW,
            numbers=unit.format(turned + r"{weight} \cdot ({positive_part} + {negative_part})"),
            sentence=f"{how}, the element costs {{losses}}.",
        )(losses),
    )


def of_probs(
    title: str, formula: str, torch: str, change: Callable[..., Array], why: str
) -> tuple[Rule, ...]:
    """A changed log of the probabilities: of classes, of yes and of no."""

    def log_probs(probs: Array) -> Array:
        made: Array = change(probs)
        return made

    def log_others(probs: Array) -> Array:
        made: Array = change(1 - probs)
        return made

    def from_given(given: Array) -> Array:
        made: Array = change(np.exp(given))
        return made

    from_given.__name__ = "log_probs"
    yes = "The log of {probs} became {log_probs}."
    made = (
        rule(title, formula, torch.format("probs"), CELL, numbers=r"\log {probs}", sentence=yes)(
            log_probs
        ),
        rule(
            title,
            formula,
            torch.format("given.exp()"),
            CELL,
            numbers=r"\log {given}",
            sentence="The log became {log_probs}.",
        )(from_given),
        rule(title, formula, torch.format("probs"), ROW, numbers=r"\log {probs}", sentence=yes)(
            log_probs
        ),
        rule(
            title,
            formula,
            torch.format("(1 - probs)"),
            ROW,
            numbers=r"\log (1 - {probs})",
            sentence="The log of 1 minus {probs} became {log_others}.",
        )(log_others),
    )
    return tuple(replace(one, why=why) for one in made)


def clipped(eps: float) -> tuple[Rule, ...]:
    # the upper end is computed as NumPy and torch do it: 1 - eps may round to 1
    return of_probs(
        "Log of clipped probabilities",
        r"\log \min(\max(p, \varepsilon), 1 - \varepsilon)",
        f"{{}}.clamp({eps!r}, 1 - {eps!r}).log()",
        lambda probs: np.log(np.clip(probs, eps, 1 - eps)),
        words(
            "The probabilities were cut off near 0 and 1 before the log, so no sample can cost "
            "more than {most:.4f}.",
            most=-log(eps),
        ),
    )


def clipped_in_float32(eps: float) -> tuple[Rule, ...]:
    low, high = np.float32(eps), np.float32(1) - np.float32(eps)

    def log_of(probs: Array) -> Array:
        return np.log(np.clip(probs.astype(np.float32), low, high)).astype(np.float64)

    return of_probs(
        "Log of probabilities clipped in float32",
        r"\log \min(\max(p, \varepsilon), 1 - \varepsilon)",
        f"{{}}.to(torch.float32).clamp({eps!r}, 1 - {eps!r}).log().to(torch.float64)",
        log_of,
        words(
            "In float32 the number below 1 by 1e-7 is {highest:.8f}, so a perfect prediction costs "
            "{cost:.2f}e-7.",
            highest=float(high),
            cost=-log(high) * 1e7,
        ),
    )


def stopped_at_100() -> tuple[Rule, Rule]:
    @rule(
        "Log of the sigmoid, not below -100",
        r"\max(\log p_i, -100)",
        "logits.sigmoid().log().clamp(min=-100)",
        ROW,
        numbers=r"\log {probs}",
        sentence="The log of {probs}, but not below -100, is {log_probs}.",
    )
    def log_probs(logits: Array) -> Array:
        """BCELoss takes the log of a finished sigmoid and stops at -100."""
        return np.maximum(np.log(1 / (1 + np.exp(-logits))), LEAST_LOG)

    @rule(
        "Log of 1 minus the sigmoid, not below -100",
        r"\max(\log (1 - p_i), -100)",
        "(-logits.sigmoid()).log1p().clamp(min=-100)",
        ROW,
        numbers=r"\log (1 - {probs})",
        sentence="The log of 1 minus {probs}, but not below -100, is {log_others}.",
    )
    def log_others(logits: Array) -> Array:
        """BCELoss takes the log of what a finished sigmoid leaves and stops at -100."""
        return np.maximum(np.log1p(-1 / (1 + np.exp(-logits))), LEAST_LOG)

    return log_probs, log_others


def added(eps: float) -> tuple[Rule, ...]:
    return of_probs(
        "Log of the probabilities plus a little",
        r"\log (p + \varepsilon)",
        f"({{}} + {eps!r}).log()",
        lambda probs: np.log(probs + eps),
        words(
            "A little was added so that the log never meets 0; no sample can cost more than "
            "{most:.4f}, and a perfect one costs slightly less than 0.",
            most=-log(eps),
        ),
    )


def underflow(dtype: type, *, shifts: bool) -> tuple[Rule, ...]:
    name = np.dtype(dtype).name

    def softmax(logits: Array) -> Array:
        z: Array = logits.astype(dtype)
        if shifts:
            z = z - z.max(axis=1, keepdims=True)
        raised = np.exp(z)
        probs: Array = raised / raised.sum(axis=1, keepdims=True, dtype=dtype)
        return probs

    title = "Softmax in {dtype}" if shifts else "Softmax in {dtype}, without the shift"
    cast = f"logits.to(torch.{name})"
    inside = f"F.softmax({cast}, dim=1)" if shifts else f"{cast}.exp()"
    inside = inside if shifts else f"({inside} / {inside}.sum(dim=1, keepdim=True))"

    @rule(
        words(title, dtype=name),
        r"p_{ic} = \frac{e^{z_{ic}}}{\sum_k e^{z_{ik}}}",
        f"{inside}.to(logits.dtype)",
        CELL,
        numbers=r"\frac{{e^{{{logits}}}}}{{\sum e^{{z}}}}",
        sentence="Stored as a float the probability of class {class} is {probs}.",
    )
    def probs(logits: Array) -> Array:
        """A float holds nothing below about 1e-45 in float32, so a small probability becomes
        exactly 0; and e to a large number overflows."""
        return softmax(logits).astype(np.float64)

    @rule(
        words("Log of the softmax in {dtype}", dtype=name),
        r"\log p_{ic}",
        f"{inside}.log().to(logits.dtype)",
        CELL,
        numbers=r"\log {probs}",
        sentence="Its log is {log_probs}.",
    )
    def log_probs(logits: Array) -> Array:
        """The log of 0 is minus infinity, where log-softmax gives a finite number."""
        return np.log(softmax(logits)).astype(np.float64)

    return probs, log_probs, *binary_underflow(dtype)


def binary_underflow(dtype: type) -> tuple[Rule, ...]:
    name = np.dtype(dtype).name

    def sigmoid(logits: Array) -> Array:
        one = dtype(1)
        made: Array = one / (one + np.exp(-logits.astype(dtype)))
        return made

    made = f"(1 / (1 + (-logits.to(torch.{name})).exp()))"

    @rule(
        words("Log of the sigmoid in {dtype}", dtype=name),
        r"\log p_i",
        f"{made}.log().to(logits.dtype)",
        ROW,
        numbers=r"\log {probs}",
        sentence="Its log is {log_probs}.",
    )
    def log_probs(logits: Array) -> Array:
        """The sigmoid of a very negative logit is stored as 0, and its log is minus infinity."""
        return np.log(sigmoid(logits)).astype(np.float64)

    @rule(
        words("Log of 1 minus the sigmoid in {dtype}", dtype=name),
        r"\log (1 - p_i)",
        f"(1 - {made}).log().to(logits.dtype)",
        ROW,
        numbers=r"\log (1 - {probs})",
        sentence="Its log is {log_others}.",
    )
    def log_others(logits: Array) -> Array:
        """The sigmoid of a large logit is stored as 1, and the log of what is left, 0, is minus
        infinity."""
        return np.log(dtype(1) - sigmoid(logits)).astype(np.float64)

    return log_probs, log_others


def times_one_hot() -> tuple[Rule, ...]:
    @rule(
        "One-hot row times logs, all classes",
        r"-\sum_c y_{ic} \cdot \log p_{ic}",
        "-(F.one_hot(target.where(kept, 0), probs.shape[1]).movedim(-1, 1).to(probs.dtype)"
        " * probs.log()).sum(dim=1).where(kept, 0)",
        ROW,
        numbers=r"-\sum y \cdot \log p",
        sentence="All classes' products together are {nll}.",
    )
    def nll(probs: Array, target: Array, kept: Array) -> Array:
        """0 times minus infinity is nan: one class with probability 0 spoils the row, though its
        y is 0."""
        hot = one_hot(target, kept, probs.shape[1])
        return np.where(kept, -(hot * np.log(probs)).sum(axis=1), 0.0)

    @rule(
        "Log of yes, unprotected",
        r"\log p_i",
        "probs.log()",
        ROW,
        numbers=r"\log {probs}",
        sentence="Its log is {log_probs}.",
    )
    def log_probs(probs: Array) -> Array:
        """Without torch's limit of -100 the log of 0 is minus infinity, and 0 times that is nan."""
        return np.log(probs)

    @rule(
        "Log of no, unprotected",
        r"\log (1 - p_i)",
        "(1 - probs).log()",
        ROW,
        numbers=r"\log (1 - {probs})",
        sentence="Its log is {log_others}.",
    )
    def log_others(probs: Array) -> Array:
        """Without torch's limit of -100 the log of 0 is minus infinity, and 0 times that is nan."""
        return np.log(1 - probs)

    return nll, log_probs, log_others


def rounded_probs() -> tuple[Rule, ...]:
    @rule(
        "Log of probabilities copied with four digits",
        r"\log p_{ic}",
        "probs.round(decimals=4).log()",
        CELL,
        numbers=r"\log {probs}",
        sentence="Copied with four digits the probability of class {class} has the log "
        "{log_probs}.",
    )
    def log_probs(probs: Array) -> Array:
        """Printed tensors show four digits; going on from them shifts the last digit."""
        return np.log(np.round(probs, 4))

    return (log_probs,)
