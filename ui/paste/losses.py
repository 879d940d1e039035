"""What a call of a loss says: which tensor is which, and the options."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

_OLD = ("size_average", "ignore_index", "reduce", "reduction")
_BINARY = ("size_average", "reduce", "reduction", "pos_weight")

# Parameter names in order, as torch has them: a class is made first and called with two later.
CLASSES: dict[str, tuple[str, ...]] = {
    "CrossEntropyLoss": ("weight", *_OLD, "label_smoothing"),
    "NLLLoss": ("weight", *_OLD),
    "NLLLoss2d": ("weight", *_OLD),
    "BCEWithLogitsLoss": ("sample_weight", *_BINARY),
    "BCELoss": ("sample_weight", *_BINARY),
}
FUNCTIONS: dict[str, tuple[str, ...]] = {
    "cross_entropy": ("input", "target", "weight", *_OLD, "label_smoothing"),
    "nll_loss": ("input", "target", "weight", *_OLD),
    "binary_cross_entropy_with_logits": ("input", "target", "sample_weight", *_BINARY),
    "binary_cross_entropy": ("input", "target", "sample_weight", *_BINARY),
}
# How people name a loss that was made where the text does not show it.
LIKELY = ("criterion", "loss", "ce_", "celoss", "crossentropy", "objective")
ROLES = {"input": "logits", "target": "target", "weight": "weight"}


@dataclass(frozen=True)
class Missing:
    """An argument whose numbers are not in the text, such as what a model gave."""

    source: str


@dataclass(frozen=True)
class Loss:
    """A loss that was made, or called: its arguments by torch's names."""

    name: str
    given: Mapping[str, object] = field(default_factory=dict)
    at: int = 0

    def called(self, args: Sequence[object], named: Mapping[str, object], at: int) -> "Loss":
        """The loss with the two arguments of its call."""
        pairs = dict(zip(("input", "target"), args, strict=False))
        return Loss(self.name, {**self.given, **pairs, **named}, at)


def options(given: Mapping[str, object]) -> dict[str, object]:
    """ignore_index, label_smoothing and reduction where they are stated, older spellings too."""
    found: dict[str, object] = {}
    if type(given.get("ignore_index")) is int:
        found["ignore_index"] = given["ignore_index"]
    smoothing = given.get("label_smoothing")
    if isinstance(smoothing, int | float) and not isinstance(smoothing, bool):
        found["label_smoothing"] = float(smoothing)
    if given.get("reduction") in ("none", "mean", "sum", "elementwise_mean"):
        found["reduction"] = str(given["reduction"]).removeprefix("elementwise_")
    # size_average and reduce override reduction, as torch still has it.
    if given.get("reduce") is False:
        found["reduction"] = "none"
    elif given.get("size_average") is False:
        found["reduction"] = "sum"
    elif given.get("size_average") is True or given.get("reduce") is True:
        found["reduction"] = "mean"
    return found
