"""What to predict before anything is worked out; the answer is computed from the trace."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from ce_core.case import Case
from ce_core.practice.precision import DECIMALS
from ce_core.practice.wording import class_name, figure
from ce_core.trace import Trace, run
from ce_core.words import Numeral, joined, words

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
    said = {
        "row": heaviest,
        "weight": figure(weights[heaviest]),
        "all": figure(weights.sum()),
        "cost": figure(costs[heaviest]),
        "plain": figure(plain),
        "mean": figure(mean),
    }
    up = words(
        "Row {row} has {weight} of the {all} in weights, and its negative log, {cost}, lies above "
        "the plain mean, {plain}: it pulls the mean up, to {mean}.",
        **said,
    )
    down = words(
        "Row {row} has {weight} of the {all} in weights, and its negative log, {cost}, lies below "
        "the plain mean, {plain}: it pulls the mean down, to {mean}.",
        **said,
    )
    return Question(
        words(
            "Will the weighted mean lie above or below the plain mean of the {count} negative "
            "logs?",
            count=len(costs),
        ),
        (words("Above it"), words("Below it"), words("On it: weights do not change a mean")),
        0 if above else 1,
        up if above else down,
    )


def _smoothing(case: Case, trace: Trace) -> Question | None:
    plain = float(run(case.replace(label_smoothing=0)).answer)
    mean = float(trace.answer)
    given_up = case.label_smoothing * plain
    added = mean - plain + given_up
    larger = mean > plain
    if abs(mean - plain) < CLEAR:
        return None
    said = {
        "part": figure(case.label_smoothing),
        "saved": figure(given_up),
        "added": figure(added),
        "plain": figure(plain),
        "mean": figure(mean),
    }
    more = words(
        "The targets give up {part} of their part, which saves {saved}; asking for a little of "
        "every class costs {added}, which is more: {plain} becomes {mean}.",
        **said,
    )
    less = words(
        "The targets give up {part} of their part, which saves {saved}; asking for a little of "
        "every class costs {added}, which is less: {plain} becomes {mean}.",
        **said,
    )
    return Question(
        words(
            "label_smoothing is {part} here. Will the mean loss be larger or smaller than "
            "without smoothing?",
            part=figure(case.label_smoothing),
        ),
        (words("Larger"), words("Smaller"), words("The same: each target still sums to 1")),
        0 if larger else 1,
        more if larger else less,
    )


def _ignored_rows(case: Case, trace: Trace) -> Question | None:
    kept, weights = trace["kept"].output, trace["sample_weight"].output
    divisor = float(trace["denominator"].output)
    every = float(case.inputs["weight"].sum())
    candidates = sorted({divisor, float(kept.sum()), float(kept.size), every})
    if len(candidates) < 4:
        return None
    *first, last = (str(row) for row in np.flatnonzero(kept))
    return Question(
        words("By what will the sum of the losses be divided?"),
        tuple(figure(value) for value in candidates),
        candidates.index(divisor),
        words(
            "Rows {first} and {last} count, and the weights of their targets are {parts} = "
            "{divisor}. Row {ignored} is ignored: it adds nothing above or below the line.",
            first=", ".join(first),
            last=last,
            parts=joined([figure(weight) for weight in weights[kept]], " + "),
            divisor=figure(divisor),
            ignored=int(np.flatnonzero(~kept)[0]),
        ),
    )


def _reductions(case: Case, trace: Trace) -> Question:
    answer = np.asarray(trace.answer)
    doubled = run(case.replace(weight=2 * case.inputs["weight"])).answer
    grows = bool(np.allclose(doubled, 2 * answer))
    right = 0 if answer.ndim else 1 if grows else 2
    reasons = (
        words(
            "It is a list with one weighted loss for each of the {count} samples.",
            count=answer.size,
        ),
        words(
            "It adds the weighted losses and divides by nothing, so all weights doubled double it."
        ),
        words(
            "It divides the sum by the sum of the targets' weights: all weights doubled double "
            "both."
        ),
    )
    return Question(
        words(
            "What will reduction='{reduction}' return, and what if all weights were doubled?",
            reduction=case.reduction,
        ),
        (
            words(
                "{count} numbers, each twice as large with doubled weights",
                count=case.logits.shape[0],
            ),
            words("One number, twice as large with doubled weights"),
            words("One number, the same with doubled weights"),
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
        words("Which row's target logit will be pushed up hardest by a gradient step?"),
        tuple(
            words("Row {row}, class {name}", row=int(row), name=class_name(int(case.target[row])))
            for row in rows
        ),
        first,
        words(
            "Row {row} has the share {share} of the mean, and its target, class {name}, has the "
            "probability {prob}: its gradient is {pull}, the furthest below 0.",
            row=first,
            share=figure(share[first]),
            name=target,
            prob=figure(probs[first, case.target[first]]),
            pull=figure(pulls[first]),
        ),
    )


def _stability(case: Case, _: Trace) -> Question:
    rows = case.logits
    with np.errstate(over="ignore"):
        bare = np.exp(rows)
    total = bare[0].sum()
    largest = rows[0].max()
    right = 0 if np.isinf(total) else 1 if total == 0 else 2
    said = figure(largest)
    reasons = (
        words(
            "e to the power {largest} is larger than any float, about {most}, so it is stored as "
            "inf; inf/inf is nan.",
            largest=said,
            most=Numeral(1.8e308, "1.8e308"),
        ),
        words(
            "e to the power {largest} is smaller than any float, about 5e−324: all are stored as "
            "0, and 0/0 is nan.",
            largest=said,
        ),
        words(
            "e to the power {largest} is an ordinary number, and none is too large: this row needs "
            "no shift.",
            largest=said,
        ),
    )
    return Question(
        words(
            "If e to the power of the logits were taken as they are, in float64, what would the "
            "sum of row 0 be?"
        ),
        ("inf", "0", words("An ordinary number")),
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
