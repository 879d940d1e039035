"""What torch says to a case, and how far from it rounding may take us."""

from typing import Any

import numpy as np
import torch
from torch.nn import functional as F  # noqa: N812 - the name that torch's users know

from ce_core import Case, Trace
from ce_core.arrays import Array

EPS = float(np.finfo(float).eps)


def tensors(case: Case) -> dict[str, Any]:
    """The case's arguments as `F.cross_entropy` takes them: float64 and int64."""
    return {
        "input": torch.tensor(case.logits),
        "target": torch.tensor(case.target),
        "weight": None if case.weight is None else torch.tensor(case.weight),
        "ignore_index": case.ignore_index,
        "label_smoothing": case.label_smoothing,
        "reduction": case.reduction,
    }


def answer(case: Case) -> Array:
    """What `F.cross_entropy` returns."""
    return F.cross_entropy(**tensors(case)).numpy()


def gradient(case: Case) -> Array:
    """Autograd's gradient of the answer's sum with respect to the logits."""
    arguments = tensors(case)
    logits = arguments["input"].requires_grad_()
    if case.single and not case.soft:  # torch has no backward for a target of shape (1,)
        arguments["target"] = arguments["target"].reshape(())
    F.cross_entropy(**arguments).sum().backward()
    return logits.grad.numpy()


def assert_close(ours: Array, theirs: Array, atol: float, *, says: str = "") -> None:
    """Equal within a few eps of the size of either, and atol for what cancelled; nan equals nan."""
    np.testing.assert_allclose(ours, theirs, rtol=64 * EPS, atol=atol, equal_nan=True, err_msg=says)


def _largest(array: Array) -> float:
    """The largest finite size in the array, and 0 if there is none."""
    return float(np.abs(array[np.isfinite(array)]).max(initial=0.0))


def slack(trace: Trace) -> float:
    """How far apart two right gradients of a case may be: atol for float64.

    Each entry is a few products of a weight, a target and a probability, so it is right to a
    few eps of |w| |q|; a sum over rows or classes adds an eps each. The mean divides all that by
    the denominator, which negative weights can make small.
    """
    case = trace.case
    divisor = abs(float(trace["denominator"].output)) if "denominator" in trace else 1.0
    target = max(1.0, _largest(case.target)) if case.soft else 1.0
    terms = 16 + case.logits.size
    return terms * EPS * _largest(case.inputs["weight"]) * target / (divisor or 1.0)


def loss_slack(trace: Trace) -> float:
    """The same for the loss, where each term also has a log-probability, as large as the logits."""
    return slack(trace) * (1 + trace.case.logits.size * (1 + _largest(trace["log_probs"].output)))
