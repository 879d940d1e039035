"""Guesses which tensor is the logits, which the target, which the weight."""

import re
from collections.abc import Collection, Sequence

from .record import Tensor

EXACT = {
    "logits": {"x", "z", "a", "input", "inputs", "out", "yhat", "y_hat", "y_pred", "h"},
    "target": {"y", "t", "gt", "y_true", "truth", "ground_truth", "tgt"},
    "weight": {"w", "cw"},
}
PARTS = {
    "weight": {"weight", "weights", "classweight", "classweights"},
    "target": {"target", "targets", "label", "labels", "true", "truth", "gt", "tgt"},
    "logits": {
        "logit", "logits", "output", "outputs", "pred", "preds", "prediction", "predictions",
        "predicted", "score", "scores", "input", "inputs", "outs",
    },
}  # fmt: skip
OTHERS = {"pos_weight", "posweight", "sample_weight", "sample_weights"}


def role_of(name: str | None) -> str | None:
    """The role a name speaks of: `train_labels` is a target, `y_pred` the logits."""
    if name is None:
        return None
    word = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name.rpartition(".")[2][-80:]).lower().strip("_")
    word = re.sub(r"_?\d{1,9}$", "", word)
    if word in OTHERS:
        return None
    for role, names in EXACT.items():
        if word in names:
            return role
    parts = set(re.split(r"[_\s]", word))
    return next((role for role, words in PARTS.items() if parts & words), None)


def guess(
    tensors: Sequence[Tensor], called: dict[str, int], settled: Collection[str] = ()
) -> dict[str, int]:
    """The roles: from the loss call, then from names, then from dtype and shape."""
    roles = dict(called)
    for place, tensor in enumerate(tensors):
        role = role_of(tensor.name)
        if role and role not in {*roles, *settled} and place not in roles.values():
            roles[role] = place
    free = [place for place in range(len(tensors)) if place not in roles.values()]
    named = {place for place in free if role_of(tensors[place].name)}
    free = [place for place in free if place not in named]
    single = len(tensors) == 1 and tensors[0].values.ndim > 0
    if "logits" not in roles and free:
        _take(roles, free, "logits", [place for place in free if _deep_float(tensors[place])])
        if "logits" not in roles:
            deep = [place for place in free if tensors[place].values.ndim >= 2]
            real = [place for place in free if _row_of_floats(tensors[place])]
            _take(roles, free, "logits", deep or real or (free if single else []))
    if "logits" not in roles:
        return roles
    logits = tensors[roles["logits"]].values.shape
    if "target" not in roles:
        fits = sorted(
            (rank, place) for place in free if (rank := _fits_target(tensors[place], logits))
        )
        _take(roles, free, "target", [place for _, place in fits])
    if "weight" not in {*roles, *settled} and logits:
        classes = logits[1] if len(logits) > 1 else logits[0]
        _take(roles, free, "weight", [i for i in free if tensors[i].values.shape == (classes,)])
    return roles


def _take(roles: dict[str, int], free: list[int], role: str, places: list[int]) -> None:
    """Give the role to the first of the places, if there is one."""
    if places:
        roles[role] = places[0]
        free.remove(places[0])


def _row_of_floats(tensor: Tensor) -> bool:
    return tensor.values.ndim == 1 and tensor.values.dtype.kind == "f"


def _deep_float(tensor: Tensor) -> bool:
    return tensor.values.ndim >= 2 and tensor.values.dtype.kind == "f"


def _fits_target(tensor: Tensor, logits: tuple[int, ...]) -> int:
    """0 if the tensor cannot be a target of these logits, else a rank, 1 the likeliest."""
    if not logits:
        return 0
    shape, whole = tensor.values.shape, tensor.values.dtype.kind == "i"
    indices = logits[:1] + logits[2:] if len(logits) > 1 else ()
    if shape == indices or (len(logits) == 1 and shape == (1,)):
        if whole:
            return 1
        classes = logits[1] if len(logits) > 1 else logits[0]
        return 3 if shape != (classes,) and (tensor.values % 1 == 0).all() else 0
    if shape == logits and len(logits) > 1:
        return 2 if not whole else 4
    return 0
