"""From logits of the test samples to what each strategy is worth."""

import numpy as np

from ce_core.arrays import Array, freeze
from ce_core.lab.outcome import Calibration, Measures, Norms, Outcome
from ce_core.lab.results import Results
from ce_core.lab.samples import Split

BINS = 10  # of equal width, over probabilities from 0 to 1


def measure(results: Results, split: Split) -> Measures:
    """An outcome for each strategy, in the results' order.

    Recall counts the test samples as they are. What depends on how common the classes are
    (accuracy, precision, log-loss, calibration) counts each as `split.counts_as` says.
    """
    return tuple(
        _outcome(key, results.test_logits[place], results.norms[place], split)
        for place, key in enumerate(results.strategies)
    )


def _outcome(key: str, logits: Array, norms: Array, split: Split) -> Outcome:
    """One strategy's; logits (R, N, C), norms (R, steps)."""
    labels = split.test.labels
    counts_as = split.counts_as[labels] / split.counts_as[labels].mean()
    finite: Array = np.all(np.isfinite(logits), axis=-1)  # (R, N)
    called = np.where(finite, np.nan_to_num(logits).argmax(axis=-1), 0)
    log_probs = _log_softmax(np.where(finite[..., None], logits, np.nan).astype(np.float64))
    own = log_probs[:, np.arange(len(labels)), labels]
    chance = np.exp(log_probs[..., split.rare])
    tables = np.stack([_table(labels, one, split.test.classes) for one in called])
    counted = tables * split.counts_as[:, None]
    bins = np.stack([_binned(one, labels == split.rare, counts_as) for one in chance])
    recall = _shares(tables, tables.sum(axis=2))
    numbers = {
        "recall": recall,
        "precision": _shares(counted, counted.sum(axis=1)),
        "balanced_accuracy": recall.mean(axis=1),
        "accuracy": ((called == labels) * counts_as).mean(axis=1),
        "log_loss": -(own * counts_as).mean(axis=1),
        "calibration_error": np.array([_error(one) for one in bins]),
        "predicted_share": (chance * counts_as).mean(axis=1),
    }
    return Outcome(
        key,
        **{name: freeze(values, np.float64) for name, values in numbers.items()},
        confusion=freeze(tables.sum(axis=0), np.int64),
        calibration=_calibration(bins.sum(axis=0)),
        norms=_norms(norms),
        broken=int((~finite.all(axis=1)).sum()),
    )


def _log_softmax(logits: Array) -> Array:
    shifted = logits - logits.max(axis=-1, keepdims=True)
    log_probs: Array = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return log_probs


def _table(labels: Array, called: Array, classes: int) -> Array:
    """(C, C): test samples of class row that were called class column."""
    return np.bincount(labels * classes + called, minlength=classes**2).reshape(classes, classes)


def _shares(tables: Array, totals: Array) -> Array:
    """(R, C): what is right in tables (R, C, C) over the totals (R, C); 0/0 is nan."""
    with np.errstate(invalid="ignore"):
        shares: Array = np.diagonal(tables, axis1=1, axis2=2) / totals
    return shares


def _binned(chance: Array, rare: Array, counts_as: Array) -> Array:
    """(3, BINS): in each bin the count, the sum of the predicted and how many are of the class."""
    known = np.isfinite(chance)
    place = np.minimum((chance[known] * BINS).astype(np.int64), BINS - 1)
    weight = counts_as[known]
    columns = (weight, weight * chance[known], weight * rare[known])
    return np.stack([np.bincount(place, one, minlength=BINS) for one in columns])


def _error(bins: Array) -> float:
    """The expected calibration error: each bin counts as much as it holds."""
    count, predicted, observed = bins
    return float(np.abs(predicted - observed).sum() / count.sum()) if count.sum() else np.nan


def _calibration(bins: Array) -> Calibration:
    count, predicted, observed = bins[:, bins[0] > 0]
    parts = (predicted / count, observed / count, count)
    return Calibration(*(freeze(part, np.float64) for part in parts))


def _norms(norms: Array) -> Norms:
    """Of gradients (R, steps); nan where a run has none, or one that is not finite."""
    if not norms.shape[1]:
        nothing = freeze(np.full(len(norms), np.nan), np.float64)
        return Norms(nothing, nothing, nothing)
    second = norms[:, norms.shape[1] // 2 :]
    with np.errstate(all="ignore"):
        median, high = np.quantile(second, (0.5, 0.99), axis=1)
        ratio = second.max(axis=1) / median
    return Norms(*(freeze(part, np.float64) for part in (median, high, ratio)))
