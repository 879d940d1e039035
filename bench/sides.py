"""The same weighted mean four ways: by `run`, by torch, in one line of NumPy, by scikit-learn."""

from collections.abc import Callable

import numpy as np
import torch
from sklearn.metrics import log_loss
from torch.nn import functional as F  # noqa: N812 - the name that torch's users know

from ce_core import Case, run
from ce_core.arrays import Array

KINDS = ("class numbers", "smoothed class numbers", "class probabilities")
Side = Callable[[], float]


def made(kind: str, rows: int, classes: int) -> Case:
    """A random case with weights and reduction "mean"."""
    rng = np.random.default_rng(0)
    probabilities = kind == "class probabilities"
    return Case(
        rng.normal(size=(rows, classes)),
        rng.dirichlet(np.ones(classes), rows) if probabilities else rng.integers(0, classes, rows),
        rng.uniform(0.5, 2, classes),
        label_smoothing=0.1 if kind.startswith("smoothed") else 0.0,
    )


def by_run(case: Case) -> Side:
    """Every step, kept, and the gradient."""
    return lambda: float(run(case).answer)


def by_torch(case: Case) -> Side:
    """Torch's loss in float64, and its gradient by autograd."""
    logits = torch.tensor(case.logits, requires_grad=True)
    target, weight = torch.tensor(case.target), torch.tensor(case.weight)

    def forward_and_backward() -> float:
        logits.grad = None
        loss = F.cross_entropy(logits, target, weight, label_smoothing=case.label_smoothing)
        loss.backward()
        return loss.item()

    return forward_and_backward


def log_softmax(logits: Array) -> Array:
    """As optax and jax.nn write it."""
    shifted = logits - logits.max(axis=1, keepdims=True)
    result: Array = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return result


def by_numpy(case: Case) -> Side:
    """The loss alone, of class numbers: a line over log_softmax, as optax's users write it."""
    logits, target, rows = case.logits, case.target, np.arange(len(case.target))
    weight = _of_samples(case)
    return lambda: float(np.average(-log_softmax(logits)[rows, target], weights=weight))


def by_sklearn(case: Case) -> Side:
    """The loss alone, of class numbers, by scikit-learn, which wants probabilities."""
    labels, weight = np.arange(case.classes), _of_samples(case)
    return lambda: float(
        log_loss(case.target, np.exp(log_softmax(case.logits)), sample_weight=weight, labels=labels)
    )


def _of_samples(case: Case) -> Array:
    """The weight of each sample: that of its target's class."""
    weight: Array = np.ones(case.classes) if case.weight is None else case.weight
    return weight[case.target]


SIDES: dict[str, Callable[[Case], Side]] = {
    "run": by_run,
    "torch": by_torch,
    "numpy": by_numpy,
    "sklearn": by_sklearn,
}
