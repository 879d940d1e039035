"""One question to a binary cross-entropy: one output for each yes or no, checked and frozen."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from ce_core.arrays import Array, freeze, one_pattern, read
from ce_core.case import REDUCTIONS
from ce_core.errors import CaseError
from ce_core.words import words

BINARY_HOLDS = ("logits", "probs")


@dataclass(frozen=True, init=False, eq=False)
class BinaryCase:
    """The arguments of `F.binary_cross_entropy_with_logits`, or of `F.binary_cross_entropy`.

    Args:
        given: any shape: one logit, or one probability, for each element.
        target: the same shape: 1 for yes, 0 for no, or a probability between.
        weight: a factor for each element; it broadcasts to the shape.
        pos_weight: a factor for the part of the loss that belongs to yes; it broadcasts to the
            shape from the last axis. Logits only, as in torch.
        reduction: "none", "sum" or "mean"; the mean divides by the number of elements.
        holds: "logits" or "probs".

    Two cases are equal when all their values are. The arrays are read-only float64.

    Raises:
        CaseError: where torch would raise; it quotes torch's message.

    Conventions: torch 2.13,
    https://docs.pytorch.org/docs/2.13/generated/torch.nn.BCEWithLogitsLoss.html
    """

    given: Array
    target: Array
    weight: Array | None
    pos_weight: Array | None
    reduction: str
    holds: str

    def __init__(
        self,
        given: ArrayLike,
        target: ArrayLike,
        weight: ArrayLike | None = None,
        pos_weight: ArrayLike | None = None,
        reduction: str = "mean",
        holds: str = "logits",
    ) -> None:
        if holds not in BINARY_HOLDS:
            raise CaseError(
                "holds",
                words("it must be 'logits' or 'probs'"),
                words("{name} is {value}", name="holds", value=repr(holds)),
                words("BCEWithLogitsLoss takes logits, BCELoss probabilities."),
            )
        if reduction not in REDUCTIONS:
            raise CaseError(
                "reduction",
                words("it must be 'none', 'sum' or 'mean'"),
                words("{name} is {value}", name="reduction", value=repr(reduction)),
                words(
                    "Use 'mean' for the average, 'sum' for the total, 'none' for a loss per "
                    "element."
                ),
                f"ValueError: {reduction} is not a valid value for reduction",
            )
        x, y = read("input", given), read("target", target)
        _same_shape(x, y)
        values: dict[str, Any] = {
            "given": freeze(x, np.float64),
            "target": freeze(y, np.float64),
            "weight": _factor("weight", weight, x.shape),
            "pos_weight": _factor("pos_weight", pos_weight, x.shape),
            "reduction": reduction,
            "holds": holds,
        }
        if holds == "probs":
            _probabilities(values["given"], values["pos_weight"])
        for name, value in values.items():
            object.__setattr__(self, name, value)

    @property
    def arguments(self) -> Mapping[str, Any]:
        """The arguments by name, as `BinaryCase(**case.arguments)` takes them."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}

    def replace(self, **changes: Any) -> "BinaryCase":  # noqa: ANN401 - any argument
        """The same case with some arguments changed."""
        return BinaryCase(**{**self.arguments, **changes})

    @property
    def shape(self) -> tuple[int, ...]:
        """What reduction "none" returns."""
        return self.given.shape

    @cached_property
    def inputs(self) -> Mapping[str, Array]:
        """What the rules read: `logits` or `given` (probabilities), target, and both weights.

        Weights that are not there are 1, as in torch; those that broadcast are spread out.
        """
        name = "logits" if self.holds == "logits" else "given"
        inputs = {name: self.given, "target": self.target}
        for factor in ("weight", "pos_weight"):
            given = getattr(self, factor)
            spread = np.broadcast_to(1.0 if given is None else given, self.shape)
            inputs[factor] = freeze(spread.copy(), np.float64)
        return inputs

    @cached_property
    def digest(self) -> str:
        """A name for the case made from all its values: equal cases have equal digests."""
        made = blake2b(digest_size=12)
        for array in (self.given, self.target, self.weight, self.pos_weight):
            if array is not None:
                made.update(f"{array.shape}".encode())
                made.update(one_pattern(array).data)
            made.update(b"|")
        made.update(f"binary {self.holds} {self.reduction}".encode())
        return made.hexdigest()

    def __eq__(self, other: object) -> bool:
        return self.digest == other.digest if isinstance(other, BinaryCase) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.digest)


def _same_shape(x: Array, y: Array) -> None:
    if x.shape == y.shape:
        return
    raise CaseError(
        "target",
        words("input and target must have the same shape"),
        words("input has shape {input} and target {target}", input=x.shape, target=y.shape),
        words(
            "Where one of them is (N, 1) and the other (N,), write input.squeeze(1). Class numbers "
            "with several outputs per row belong to cross-entropy."
        ),
        f"ValueError: Target size (torch.Size({list(y.shape)})) must be the same as input size "
        f"(torch.Size({list(x.shape)}))",
    )


def _factor(name: str, values: ArrayLike | None, shape: tuple[int, ...]) -> Array | None:
    """A weight that fits the shape by broadcasting, without enlarging it."""
    if values is None:
        return None
    array = read(name, values)
    try:
        fits = np.broadcast_shapes(array.shape, shape) == shape
    except ValueError:
        fits = False
    if not fits:
        raise CaseError(
            name,
            words("it must broadcast to the input's shape, from the last axis"),
            words(
                "{name} has shape {found} and the input {shape}",
                name=name,
                found=array.shape,
                shape=shape,
            ),
            words(
                "Give one number, one per element, or reshape: {name}.view(-1, 1) goes by rows.",
                name=name,
            ),
        )
    return freeze(array, np.float64)


def _probabilities(given: Array, pos_weight: Array | None) -> None:
    if not ((given >= 0) & (given <= 1)).all():
        wrong = given[~((given >= 0) & (given <= 1))][0]
        raise CaseError(
            "input",
            words("BCELoss takes probabilities, 0 to 1"),
            words("the input holds {wrong:g}", wrong=float(wrong)),
            words("For raw scores take BCEWithLogitsLoss, which has the sigmoid in it."),
            "RuntimeError: all elements of input should be between 0 and 1",
        )
    if pos_weight is not None:
        raise CaseError(
            "pos_weight",
            words("only BCEWithLogitsLoss has it"),
            words("pos_weight is given together with probabilities"),
            words("Pass the logits to BCEWithLogitsLoss."),
            "TypeError: binary_cross_entropy() got an unexpected keyword argument 'pos_weight'",
        )
