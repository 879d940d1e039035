"""Thread 001: a prior inside the softmax, and what weights make a model learn."""

import numpy as np

from ce_core.arrays import Array
from ce_core.case import Case
from ce_core.claims.given import numbers_of
from ce_core.claims.record import FALSE, HOLDS, Claim, Evidence, Row
from ce_core.trace import run
from ce_core.words import Words, words

PRIOR = np.array([0.6, 0.25, 0.1, 0.05])  # of four classes: how often each occurs
Q = np.array([0.6, 0.3, 0.1])  # a prior for the thread's three classes
ROUNDS = 30


def learned(prior: Array, weight: Array | None = None, shift: Array | float = 0.0) -> Array:
    """The scores that a model without inputs ends at, one per class, with mean 0.

    Newton's steps down the loss that is expected when class c comes with probability prior[c].

    Args:
        prior: (C,), how often each class occurs.
        weight: (C,), the class weights, or None.
        shift: (C,), what the loss adds to the scores before the softmax.
    """
    scores = np.zeros_like(prior)
    for _ in range(ROUNDS):
        trace = run(Case((scores + shift)[None], prior[None], weight))
        p = trace["probs"].output[0]
        scale = prior.sum() if weight is None else weight @ prior
        bend = scale * (np.diag(p) - np.outer(p, p))
        scores = scores - np.linalg.pinv(bend) @ trace.gradient[0]
    return scores - scores.mean()


def _per_class(label: Words, scores: Array) -> tuple[Row, ...]:
    return tuple(
        Row(words("{what}, class {number}", what=label, number=c + 1), float(s))
        for c, s in enumerate(scores.round(9))
    )


def _ignored() -> Evidence:
    case = numbers_of("weight_outside").replace(weight=None, reduction="sum")
    twice = case.replace(logits=2 * case.logits)
    plain, with_q = run(case), run(_with_q(case))
    change = float(np.abs(with_q.gradient - plain.gradient).max())
    return Evidence(
        "Two samples of three classes, with the prior q = 0.6, 0.3, 0.1, and the same with logits "
        "twice as large: what q does to the sum of their losses.",
        (
            Row("q above only: it grows by", _above(case) - _sum(case)),
            Row("q above only, logits doubled: by", _above(twice) - _sum(twice)),
            Row("q above and below: by", _sum(_with_q(case)) - _sum(case)),
            Row("q above and below, logits doubled: by", _sum(_with_q(twice)) - _sum(twice)),
            Row("q above and below: the gradient changes by up to", change),
        ),
    )


def _with_q(case: Case) -> Case:
    """Q above and below the line: softmax of x + log q."""
    return case.replace(logits=case.logits + np.log(Q))


def _sum(case: Case) -> float:
    return float(run(case).answer)


def _above(case: Case) -> float:
    """The loss from q_y e^x_y / Σ e^x_c: q above the line only."""
    rows = np.arange(len(case.target))
    ratio = Q[case.target] * np.exp(case.logits)[rows, case.target]
    return float(-np.log(ratio / np.exp(case.logits).sum(axis=1)).sum())


def _bias() -> Evidence:
    case = numbers_of("weight_outside")
    weighed = np.exp(case.logits) * Q
    by_hand = weighed / weighed.sum(axis=1, keepdims=True)
    as_bias = run(case.replace(logits=case.logits + np.log(Q)))["probs"].output
    return Evidence(
        "Two samples of three classes, with the prior q = 0.6, 0.3, 0.1: the probability of each "
        "sample's class.",
        tuple(
            Row(words("sample {number}, {way}", number=i + 1, way=way), float(table[i, y]))
            for i, y in enumerate(case.target)
            for way, table in (
                (words("e^x · q, divided by its sum"), by_hand),
                (words("softmax of x + log q"), as_bias),
            )
        ),
    )


def _pumped_up() -> Evidence:
    return Evidence(
        "A model that gives every sample the same four scores, trained where the classes come "
        "with 0.6, 0.25, 0.1 and 0.05, until the loss falls no further.",
        (
            *_per_class(words("plain loss"), learned(PRIOR)),
            *_per_class(words("log q inside the softmax"), learned(PRIOR, shift=np.log(PRIOR))),
        ),
    )


def _reweighed() -> Evidence:
    case = numbers_of("weight_outside")
    plain, weighted = run(case.replace(weight=None)), run(case)
    moved = float(np.abs(weighted["probs"].output - plain["probs"].output).max())
    return Evidence(
        "First two samples with the weights 1, 3 and 2. Then a model without inputs, trained where "
        "the classes come with 0.6, 0.25, 0.1 and 0.05, with weights of one over these.",
        (
            Row("weights change a probability by", moved),
            *_per_class(words("score learned without weights"), learned(PRIOR)),
            *_per_class(words("score learned with weights"), learned(PRIOR, 1 / PRIOR)),
        ),
    )


PRIOR_CLAIMS = (
    Claim(
        "prior-is-a-constant",
        "001",
        "If you multiply by q in the numerator and take the log, “q_k will be simply ignored as "
        "log q_k is a constant”.",
        FALSE,
        "Half of it is true: above the line log q is a constant. But q also stands in the sum "
        "below the line, and there it changes every gradient.",
        _ignored,
        "placement",
        "preset=weight_outside",
    ),
    Claim(
        "prior-is-a-bias",
        "001",
        "exp(x) · q is exp(x + log q): a prior inside the softmax is a constant bias.",
        HOLDS,
        "The two softmaxes are the same. A loss with this bias is known as logit adjustment, or "
        "balanced softmax.",
        _bias,
        "placement",
        "preset=weight_outside",
    ),
    Claim(
        "logits-make-up-for-it",
        "001",
        "“The network might learn to pump up the logits to avoid this bias.”",
        HOLDS,
        "It learns scores that are lower by exactly log q. That is what the bias is for: the "
        "scores no longer say which class is frequent.",
        _pumped_up,
        "placement",
        "preset=weight_outside",
    ),
    Claim(
        "weights-leave-the-softmax",
        "001",
        "The weight makes a sample count more or less by its true class; it does not go into the "
        "softmax.",
        HOLDS,
        "No probability of the batch changes. But a model trained with weights learns other "
        "logits: each is higher by the log of its class's weight.",
        _reweighed,
        "placement",
        "preset=weight_outside",
    ),
)
