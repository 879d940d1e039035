"""Slips on the way from the logits to the log-probabilities."""

from collections.abc import Callable, Mapping

import numpy as np

from ce_core.arrays import Array
from ce_core.practice.slip import Slip
from ce_core.rule import CELL, Rule, rule


def _bare_exps() -> Rule:
    @rule(
        "Exponentials of the logits",
        r"e^{z_{ic}}",
        "logits.exp()",
        CELL,
        numbers=r"e^{{{logits}}}",
        sentence="e to the power {logits} is stored as {exps}.",
    )
    def exps(logits: Array) -> Array:
        """Not shifted: a large logit overflows, a very negative one is stored as 0."""
        return np.exp(logits)

    return exps


def _log_of_bare() -> Rule:
    @rule(
        "Log of the probabilities",
        r"\log p_{ic}",
        "(exps / exps.sum(1, True)).log()",
        CELL,
        numbers=r"\log \frac{{{exps}}}{{{partition}}}",
        sentence="The log of {exps} / {partition} is {log_probs}.",
    )
    def log_probs(exps: Array, partition: Array) -> Array:
        """With inf or 0 in it the quotient has no log that is finite."""
        return np.log(exps / partition[:, None])

    return log_probs


def _log_probs(title: str, numbers: str, torch: str) -> Callable[..., Rule]:
    """Make a wrong rule for the log-probabilities."""
    return rule(
        title,
        r"\log p_{ic}",
        torch,
        CELL,
        numbers=numbers,
        sentence="The log-probability of class {class} was taken as {log_probs}.",
    )


def _not_shifted() -> Rule:
    def log_probs(logits: Array, partition: Array) -> Array:
        """The row sum is one of shifted logits; the logit itself was not shifted."""
        return logits - np.log(partition)[:, None]

    numbers = r"{logits} - \log {partition}"
    return _log_probs(
        "Logit less log of the row sum", numbers, "logits - partition.log()[:, None]"
    )(log_probs)


def _no_log() -> Rule:
    def log_probs(shifted: Array, partition: Array) -> Array:
        """The row sum itself was taken off, not its log."""
        return shifted - partition[:, None]

    numbers = r"{shifted} - {partition}"
    return _log_probs("Shifted logit less the row sum", numbers, "shifted - partition[:, None]")(
        log_probs
    )


def _probability() -> Rule:
    def log_probs(probs: Array) -> Array:
        """The probability stands where its logarithm belongs."""
        return probs + 0.0

    return _log_probs("Probability, no log", "{probs}", "probs")(log_probs)


def _other_base(base: int) -> Rule:
    def log_probs(shifted: Array, partition: Array) -> Array:
        """The logarithm of the probability, to another base than e."""
        return (shifted - np.log(partition)[:, None]) / np.log(base)

    numbers = rf"\log_{{{{{base}}}}} p"
    return _log_probs(f"Log to base {base}", numbers, f"probs.log{base}()")(log_probs)


# A mistake of `ce_core.mistakes` can show earlier when each step is worked by hand.
EARLIER: Mapping[str, tuple[Rule, ...]] = {
    "base_10": (_other_base(10),),
    "log2": (_other_base(2),),
}
SOFTMAX_SLIPS = (
    Slip(
        "exponentials_not_shifted",
        "Took the exponentials without the shift",
        "The softmax is usually written with e to the power of the logits themselves.",
        "A large logit gives inf, and rows of very negative ones only zeros.",
        "Take the row's largest logit off first; the probabilities stay the same.",
        "(logits.exp() / logits.exp().sum(dim=1, keepdim=True)).log()",
        (_bare_exps(), _log_of_bare()),
    ),
    Slip(
        "logit_not_shifted",
        "Took the logit instead of the shifted one",
        "The logit stands in the usual formula, z minus log of the row sum.",
        "A log-probability cannot be above 0.",
        "The row sum was made from shifted logits, so take its log from the shifted logit.",
        "logits - (logits - logits.amax(1, True)).exp().sum(1, True).log()",
        (_not_shifted(),),
    ),
    Slip(
        "row_sum_without_log",
        "Took off the row sum and not its log",
        "Dividing by a sum becomes subtracting its log; the log is easily forgotten.",
        "e to the power of the results does not sum to 1 in a row.",
        "Take the log of the row sum, and subtract that.",
        "(logits - logits.amax(1, True)) - (logits - logits.amax(1, True)).exp().sum(1, True)",
        (_no_log(),),
    ),
    Slip(
        "probability_without_log",
        "Took the probability and not its log",
        "The probability is what the softmax gives, and the log is one more key to press.",
        "A log of a probability is never above 0.",
        "Take the natural logarithm of the probability.",
        "F.softmax(logits, dim=1)",
        (_probability(),),
    ),
)
