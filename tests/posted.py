"""Numbers that people posted, each as a case and an answer.

A row says what went into the loss (logits, log-probabilities, probabilities, or a binary loss's
logits or probabilities), the person's number, torch's number and the line of torch that gives it.
The line decides what the case is: a row's own "reduction" may be what the person did.
"""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from ce_core import BinaryCase, Case, CaseError, NLLCase, find_mistakes

ROWS: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent / "posted_numbers.json").read_text(encoding="utf-8")
)
SLACK_OF_FLOAT32 = 1e-5  # torch's numbers were posted from float32, too

Row = Mapping[str, Any]


def load(row: Row) -> tuple[Case | BinaryCase, Any]:
    """The case that torch was asked, and the person's answer as they wrote it."""
    made = list(_cases(row))
    fitting = [case for case in made if _gives(case, row["torch_number"])]
    return (fitting or made)[0], row["user_number"]


def _cases(row: Row) -> Iterator[Case | BinaryCase]:
    """What the row may mean, the likeliest first: its line of torch, then its own reduction."""
    code, inputs = row["torch_code"], row["inputs"]
    stated = re.search(r"reduction\s*=\s*[\"'](\w+)[\"']", code)
    called = "mean" if "F." in code or "nn." in code else inputs.get("reduction", "mean")
    wanted = stated[1] if stated else called
    for reduction in dict.fromkeys((wanted, inputs.get("reduction", "mean"), "none")):
        yield _binary(row, reduction) if row["task"] == "bce" else _classes(row, reduction)


def _binary(row: Row, reduction: str) -> BinaryCase:
    inputs, code = row["inputs"], row["torch_code"]
    names = [n for n in inputs if re.search(r"logit|prob", n) and "target" not in n]
    called = [n for n in names if re.search(rf"\b{n}\b", code)]
    name = (called or names)[0]
    return BinaryCase(
        inputs[name],
        inputs["target"],
        inputs.get("weight"),
        inputs.get("pos_weight"),
        reduction,
        "logits" if "logit" in name else "probs",
    )


def _classes(row: Row, reduction: str) -> Case:
    inputs, code = row["inputs"], row["torch_code"]
    weight = inputs.get("weight")
    if "multiplier" in inputs:  # a factor on every loss is the same factor on every weight
        assert reduction != "mean", "a mean does not feel a factor on its weights"
        classes = np.asarray(inputs["logits"]).shape[1]
        weight = np.broadcast_to(1.0 if weight is None else weight, classes) * inputs["multiplier"]
    options = {"weight": weight, "ignore_index": inputs.get("ignore_index", -100)}
    options["reduction"] = reduction
    name = next(n for n in ("logits", "log_probs", "probs") if n in inputs)
    given = np.asarray(inputs[name], dtype=np.float64)
    target = _target(inputs, given.shape)
    if name == "logits" or ("cross_entropy" in code and f"{name}.log" not in code):
        return Case(given, target, label_smoothing=_smoothing(inputs), **options)
    if target.shape == given.shape and (target.max(axis=-1) == 1).all():
        target = target.argmax(axis=-1)  # the same labels, as NLLLoss takes them
    if target.shape == given.shape or "label_smoothing" in inputs or "cross_entropy" in code:
        with np.errstate(divide="ignore"):
            logits = np.log(given) if name == "probs" else given
        return Case(logits, target, label_smoothing=_smoothing(inputs), **options)
    return NLLCase(given, target, holds=name, **options)


def _smoothing(inputs: Row) -> float:
    return inputs.get("label_smoothing", 0.0)


def _target(inputs: Row, shape: tuple[int, ...]) -> np.ndarray:
    if "target_logits" in inputs:
        raised = np.exp(np.asarray(inputs["target_logits"], dtype=np.float64))
        axis = min(raised.ndim - 1, 1)
        return raised / raised.sum(axis=axis, keepdims=True)
    target = np.asarray(inputs["target"])
    return target.astype(np.float64 if target.shape == shape else np.int64)


def _gives(case: Case | BinaryCase, number: Any) -> bool:
    """Whether the case's right answer is torch's number, as far as that was printed."""
    try:
        found = find_mistakes(case, number)
    except CaseError:
        return False
    if found.right:
        return True
    posted, ours = found.answer.values.reshape(-1), np.asarray(found.value).reshape(-1)
    return posted.shape == ours.shape and bool(np.allclose(posted, ours, rtol=SLACK_OF_FLOAT32))
