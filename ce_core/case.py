"""One question to cross-entropy: the arguments of `F.cross_entropy`, checked and frozen."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from ce_core import checks
from ce_core.arrays import Array, freeze, one_pattern
from ce_core.errors import Hint
from ce_core.hints import hints_of

REDUCTIONS = ("none", "sum", "mean")


@dataclass(frozen=True, init=False, eq=False)
class Case:
    """Logits, target and options, in the words and with the shapes of `F.cross_entropy`.

    Args:
        logits: (C,), (N, C) or (N, C, d1, ..): one score per class.
        target: class numbers, shape () or (1,), (N,) or (N, d1, ..); or class probabilities,
            floating point, of exactly the logits' shape. The shape alone decides, as in torch.
        weight: (C,), a factor per class; None weighs every class 1.
        ignore_index: positions whose target equals it count for nothing; it may lie outside 0..C-1.
        label_smoothing: at most 1; a negative one and nan count as 0, as in torch.
        reduction: "none", "sum" or "mean".

    Two cases are equal when all their values are, nan included. The arrays are read-only:
    float64, and int64 for class numbers.

    Raises:
        CaseError: where torch would raise; it quotes torch's message.

    Conventions: torch 2.13, https://docs.pytorch.org/docs/2.13/generated/torch.nn.CrossEntropyLoss.html
    """

    logits: Array
    target: Array
    weight: Array | None
    ignore_index: int
    label_smoothing: float
    reduction: str

    def __init__(
        self,
        logits: ArrayLike,
        target: ArrayLike,
        weight: ArrayLike | None = None,
        ignore_index: int = -100,
        label_smoothing: float = 0.0,
        reduction: str = "mean",
    ) -> None:
        z, y, w = checks.arrays(logits, target, weight)
        ignored, smoothing, kind = checks.options(z, y, ignore_index, label_smoothing, reduction)
        checks.shapes(z, y, w, smooths=smoothing > 0)
        checks.target_dtype(z, y, target)
        checks.classes(z, y, ignored)
        values = {
            "logits": freeze(z, np.float64),
            "target": freeze(y, np.float64 if z.shape == y.shape else np.int64),
            "weight": None if w is None else freeze(w, np.float64),
            "ignore_index": ignored,
            "label_smoothing": smoothing,
            "reduction": kind,
        }
        for name, value in values.items():
            object.__setattr__(self, name, value)

    def replace(self, **changes: Any) -> "Case":  # noqa: ANN401 - any argument of Case
        """The same case with some arguments changed; unchanged arrays are shared, not copied."""
        return Case(**{**self.arguments, **changes})

    @property
    def arguments(self) -> Mapping[str, Any]:
        """The six arguments by name, as `Case(**case.arguments)` takes them."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}

    @property
    def soft(self) -> bool:
        """Whether the target holds class probabilities (torch decides by the shape alone)."""
        return self.logits.shape == self.target.shape

    @property
    def smooths(self) -> bool:
        """Whether label smoothing has an effect; nan and negative values have none, as in torch."""
        return self.label_smoothing > 0

    @property
    def single(self) -> bool:
        """Whether the logits are one sample without a batch axis, (C,)."""
        return self.logits.ndim == 1

    @property
    def classes(self) -> int:
        """C, the number of classes."""
        return self.logits.shape[0 if self.single else 1]

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of one number per target position: what reduction "none" returns."""
        return () if self.single else (self.logits.shape[0], *self.logits.shape[2:])

    @cached_property
    def inputs(self) -> Mapping[str, Array]:
        """What the rules read: (N, C, ..) logits, where (C,) becomes a batch of one, and weights.

        No weight is the weight 1 for each class, as in torch.
        """
        rows = self.logits.shape if self.soft else self.shape
        target = self.target.reshape(1, *rows) if self.single else self.target
        return {
            "logits": self.logits[None] if self.single else self.logits,
            "target": target,
            "weight": freeze(np.ones(self.classes), np.float64)
            if self.weight is None
            else self.weight,
            "ignore_index": freeze(np.asarray(self.ignore_index), np.int64),
            "label_smoothing": freeze(np.asarray(self.label_smoothing), np.float64),
        }

    @cached_property
    def hints(self) -> tuple[Hint, ...]:
        """What torch accepts without a word here, though it is rarely meant."""
        return hints_of(self)

    @cached_property
    def digest(self) -> str:
        """A name for the case made from all its values: equal cases have equal digests."""
        made = blake2b(digest_size=12)
        for array in (self.logits, self.target, self.weight):
            if array is not None:
                made.update(f"{array.shape}{array.dtype.str}".encode())
                made.update(one_pattern(array).data)
            made.update(b"|")
        smoothing = self.label_smoothing + 0.0  # -0.0 is 0.0
        made.update(f"{self.ignore_index} {smoothing} {self.reduction}".encode())
        return made.hexdigest()

    def __eq__(self, other: object) -> bool:
        return self.digest == other.digest if isinstance(other, Case) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.digest)
