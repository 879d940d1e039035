"""A loss other than cross-entropy in a pasted text: its case, to look for a mistake in."""

import re
from collections.abc import Mapping
from typing import Any

import numpy as np

from ce_core import BinaryCase, CaseError, NLLCase
from ui.other import Other
from ui.paste import losses
from ui.paste.build import Array
from ui.paste.clean import clean
from ui.paste.losses import Loss
from ui.paste.old_torch import modernise
from ui.paste.record import MAX_TEXT, PasteError
from ui.paste.roles import role_of
from ui.paste.snippet import Snippet

NAMED = re.compile(
    r"BCE(?:WithLogits)?Loss|binary_cross_entropy(?:_with_logits)?|NLLLoss(?:2d)?|nll_loss"
)


def other_of(text: str) -> Other | None:
    """The case of the NLLLoss or binary loss that the text calls, where its numbers are there."""
    if len(text) > MAX_TEXT or not NAMED.search(text):
        return None
    try:
        meaning = Snippet(modernise(clean(text))).read()
    except PasteError:
        return None
    calls = [call for call in meaning.loss_calls or meaning.losses_made if NAMED.match(call.name)]
    if not calls:
        return None
    call = max(calls, key=lambda one: sum(isinstance(v, Array) for v in one.given.values()))
    arrays = {name: value.values for name, value in call.given.items() if isinstance(value, Array)}
    for role in ("input", "target"):
        if role not in arrays:
            known = _by_name(meaning.names, role)
            if known is None:
                return None
            arrays[role] = known
    try:
        return _made(call, arrays)
    except CaseError:
        return None


def _by_name(names: Mapping[str, object], role: str) -> Any:  # noqa: ANN401 - numbers or None
    asked = losses.ROLES[role]
    for name, value in names.items():
        if isinstance(value, Array) and role_of(name) == asked:
            return value.values
    return None


def _made(call: Loss, arrays: dict[str, Any]) -> Other:
    options = losses.options(call.given)
    reduction = str(options.get("reduction", "mean"))
    shown = np.asarray(arrays["input"], dtype=np.float64)
    if call.name.lower().startswith("nll"):
        outside = (shown > 0).any()
        holds = "probs" if outside and ((shown >= 0) & (shown <= 1)).all() else "log_probs"
        ignored = options.get("ignore_index", -100)
        weight = _floats(arrays.get("weight"))
        assert isinstance(ignored, int)  # noqa: S101 - losses.options takes no other
        return NLLCase(shown, arrays["target"], weight, ignored, reduction, holds)
    logits = "logits" in call.name.lower()
    return BinaryCase(
        shown,
        np.asarray(arrays["target"], dtype=np.float64),
        _floats(arrays.get("sample_weight", arrays.get("weight"))),
        _floats(arrays.get("pos_weight")) if logits else None,
        reduction,
        "logits" if logits else "probs",
    )


def _floats(values: Any) -> Any:  # noqa: ANN401 - an array or None
    return None if values is None else np.asarray(values, dtype=np.float64)
