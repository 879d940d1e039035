"""What is given are probabilities or their logs: there is no softmax to take."""

import numpy as np

from ce_core.arrays import Array
from ce_core.rule import CELL, Rule, rule


@rule(
    "Probabilities, as given",
    r"p_{ic}",
    "given",
    CELL,
    numbers=r"{given}",
    sentence="Class {class} was given the probability {probs}.",
)
def probs(given: Array) -> Array:
    """The numbers are probabilities already, so no softmax is taken. Whether a row sums to 1 is
    not checked."""
    return given


def _log() -> Rule:
    @rule(
        "Log of the probabilities",
        r"\log p_{ic}",
        "probs.log()",
        CELL,
        numbers=r"\log {probs}",
        sentence="The natural log of {probs} is {log_probs}.",
    )
    def log_probs(probs: Array) -> Array:
        """The log is the natural one, ln. A probability of exactly 0 has the log minus
        infinity."""
        return np.log(probs)

    return log_probs


def _as_given() -> Rule:
    @rule(
        "Log-probabilities, as given",
        r"\log p_{ic}",
        "given",
        CELL,
        numbers=r"{given}",
        sentence="Class {class} was given the log-probability {log_probs}.",
    )
    def log_probs(given: Array) -> Array:
        """NLLLoss takes these as they are: no softmax and no log."""
        return given

    return log_probs


GIVEN_PROBS = (probs, _log())
GIVEN_LOG_PROBS = (_as_given(),)
