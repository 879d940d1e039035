"""From logits to log-probabilities: the part that every kind of target shares."""

import numpy as np

from ce_core.arrays import Array
from ce_core.rule import CELL, ROW, rule


@rule(
    "Row maximum",
    r"m_i = \max_c z_{ic}",
    "logits.amax(dim=1)",
    ROW,
    numbers=r"\max({logits:,})",
    sentence="The largest logit of {row} is {row_max}.",
)
def row_max(logits: Array) -> Array:
    """Found first, because e to a large number overflows; e to 0 or less never does."""
    return logits.max(axis=1, initial=-np.inf)


@rule(
    "Shifted logits",
    r"s_{ic} = z_{ic} - m_i",
    "logits - row_max.unsqueeze(1)",
    CELL,
    numbers=r"{logits} - {row_max}",
    sentence="Class {class} has the logit {logits}; less the largest, {row_max}, it is {shifted}.",
)
def shifted(logits: Array, row_max: Array) -> Array:
    """Subtracting one number from a whole row changes no probability: only differences count."""
    return logits - row_max[:, None]


@rule(
    "Exponentials",
    r"e_{ic} = e^{s_{ic}}",
    "shifted.exp()",
    CELL,
    numbers=r"e^{{{shifted}}}",
    sentence="e to the power {shifted} is {exps}: what class {class} brings to the row's sum.",
)
def exps(shifted: Array) -> Array:
    """Every score becomes positive: the largest becomes 1, the others a part of it. One that is too
    small for a float is stored as 0."""
    return np.exp(shifted)


@rule(
    "Row sum",
    r"S_i = \sum_c e_{ic}",
    "exps.sum(dim=1)",
    ROW,
    numbers=r"{exps:+}",
    sentence="The exponentials of {row} add up to {partition}.",
)
def partition(exps: Array) -> Array:
    """What each exponential of the row is divided by. Every class is in it, even one that is never
    a target."""
    return exps.sum(axis=1)


@rule(
    "Softmax: probabilities",
    r"p_{ic} = \frac{e_{ic}}{S_i}",
    "F.softmax(logits, dim=1)",
    CELL,
    numbers=r"\frac{{{exps}}}{{{partition}}}",
    sentence="Class {class} has {exps} of the row's {partition}: its probability is {probs}.",
)
def probs(exps: Array, partition: Array) -> Array:
    """The logits as probabilities: each is 0 to 1, and a row sums to 1. Class weights have no
    part in this."""
    return exps / partition[:, None]


@rule(
    "Log-softmax",
    r"\log p_{ic} = s_{ic} - \log S_i",
    "F.log_softmax(logits, dim=1)",
    CELL,
    numbers=r"{shifted} - \log {partition}",
    sentence="{shifted} minus the log of {partition} is {log_probs}, the log-probability of class "
    "{class}.",
)
def log_probs(shifted: Array, partition: Array) -> Array:
    """Taken from the shifted logits, so it stays right even where the probability itself is stored
    as 0. The log is the natural one, ln."""
    return shifted - np.log(partition)[:, None]


SOFTMAX = (row_max, shifted, exps, partition, probs, log_probs)
