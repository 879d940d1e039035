"""What to predict before anything is worked out; the answer is computed from the trace."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from ce_core.case import Case
from ce_core.practice.precision import DECIMALS
from ce_core.practice.wording import class_name, figure, listed
from ce_core.trace import Trace, run

CLEAR = 4 * DECIMALS  # an answer that hangs on less is no fair question


@dataclass(frozen=True)
class Question:
    """A question with a few answers, one of them right, and the reason."""

    text: str
    options: tuple[str, ...]
    right: int
    reason: str


def ask(topic: str, trace: Trace) -> Question | None:
    """The topic's question about a case; None where the case gives no clear answer."""
    return QUESTIONS[topic](trace.case, trace)


def _weighted_mean(_: Case, trace: Trace) -> Question | None:
    costs, weights = trace["nll"].output, trace["sample_weight"].output
    plain, mean = float(costs.mean()), float(trace["mean_loss"].output)
    heaviest = int(weights.argmax())
    above = mean > plain
    alone = (weights == weights[heaviest]).sum() == 1
    if abs(mean - plain) < CLEAR or not alone or (costs[heaviest] > plain) != above:
        return None
    share = f"{figure(weights[heaviest])} of the {figure(weights.sum())} in weights"
    return Question(
        f"Will the weighted mean lie above or below the plain mean of the {len(costs)} "
        "negative logs?",
        ("Above it", "Below it", "On it: weights do not change a mean"),
        0 if above else 1,
        f"Row {heaviest} has {share}, and its negative log, {figure(costs[heaviest])}, lies "
        f"{'above' if above else 'below'} the plain mean, {figure(plain)}: it pulls the mean "
        f"{'up' if above else 'down'}, to {figure(mean)}.",
    )


def _smoothing(case: Case, trace: Trace) -> Question | None:
    plain = float(run(case.replace(label_smoothing=0)).answer)
    mean = float(trace.answer)
    given_up = case.label_smoothing * plain
    added = mean - plain + given_up
    larger = mean > plain
    if abs(mean - plain) < CLEAR:
        return None
    return Question(
        f"label_smoothing is {figure(case.label_smoothing)} here. Will the mean loss be larger or "
        "smaller than without smoothing?",
        ("Larger", "Smaller", "The same: each target still sums to 1"),
        0 if larger else 1,
        f"The targets give up {figure(case.label_smoothing)} of their part, which saves "
        f"{figure(given_up)}; asking for a little of every class costs {figure(added)}, which is "
        f"{'more' if larger else 'less'}: {figure(plain)} becomes {figure(mean)}.",
    )


def _ignored_rows(case: Case, trace: Trace) -> Question | None:
    kept, weights = trace["kept"].output, trace["sample_weight"].output
    divisor = float(trace["denominator"].output)
    every = float(case.inputs["weight"].sum())
    candidates = sorted({divisor, float(kept.sum()), float(kept.size), every})
    if len(candidates) < 4:
        return None
    rows = [str(row) for row in np.flatnonzero(kept)]
    parts = " + ".join(figure(weight) for weight in weights[kept])
    ignored = int(np.flatnonzero(~kept)[0])
    return Question(
        "By what will the sum of the losses be divided?",
        tuple(figure(value) for value in candidates),
        candidates.index(divisor),
        f"Rows {listed(rows)} count, and the weights of their targets are {parts} = "
        f"{figure(divisor)}. Row {ignored} is ignored: it adds nothing above or below the line.",
    )


def _reductions(case: Case, trace: Trace) -> Question:
    answer = np.asarray(trace.answer)
    doubled = run(case.replace(weight=2 * case.inputs["weight"])).answer
    grows = bool(np.allclose(doubled, 2 * answer))
    right = 0 if answer.ndim else 1 if grows else 2
    reasons = (
        f"It is a list with one weighted loss for each of the {answer.size} samples.",
        "It adds the weighted losses and divides by nothing, so all weights doubled double it.",
        "It divides the sum by the sum of the targets' weights: all weights doubled double both.",
    )
    return Question(
        f"What will reduction='{case.reduction}' return, and what if all weights were doubled?",
        (
            f"{case.logits.shape[0]} numbers, each twice as large with doubled weights",
            "One number, twice as large with doubled weights",
            "One number, the same with doubled weights",
        ),
        right,
        reasons[right],
    )


def _gradient(case: Case, trace: Trace) -> Question | None:
    share, probs = trace["share"].output, trace["probs"].output
    rows = np.arange(len(case.target))
    pulls = trace["gradient"].output[rows, case.target]
    order = pulls.argsort()
    first = int(order[0])
    if pulls[order[1]] - pulls[first] < CLEAR:
        return None
    target = class_name(int(case.target[first]))
    return Question(
        "Which row's target logit will be pushed up hardest by a gradient step?",
        tuple(f"Row {row}, class {class_name(int(case.target[row]))}" for row in rows),
        first,
        f"Row {first} has the share {figure(share[first])} of the mean, and its target, class "
        f"{target}, has the probability {figure(probs[first, case.target[first]])}: its gradient "
        f"is {figure(pulls[first])}, the furthest below 0.",
    )


def _stability(case: Case, _: Trace) -> Question:
    rows = case.logits
    with np.errstate(over="ignore"):
        bare = np.exp(rows)
    total = bare[0].sum()
    largest = rows[0].max()
    right = 0 if np.isinf(total) else 1 if total == 0 else 2
    power = f"e to the power {figure(largest)}"
    reasons = (
        f"{power} is larger than any float, about 1.8e308, so it is stored as inf; inf/inf is nan.",
        f"{power} is smaller than any float, about 5e−324: all are stored as 0, and 0/0 is nan.",
        f"{power} is an ordinary number, and none is too large: this row needs no shift.",
    )
    return Question(
        "If e to the power of the logits were taken as they are, in float64, what would the sum "
        "of row 0 be?",
        ("inf", "0", "An ordinary number"),
        right,
        reasons[right],
    )


QUESTIONS: Mapping[str, Callable[[Case, Trace], Question | None]] = {
    "weighted_mean": _weighted_mean,
    "smoothing": _smoothing,
    "ignored_rows": _ignored_rows,
    "reductions": _reductions,
    "gradient": _gradient,
    "stability": _stability,
}
