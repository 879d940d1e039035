"""One question to `NLLLoss`: what is given are log-probabilities, or probabilities already."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from numpy.typing import ArrayLike

from ce_core.arrays import Array
from ce_core.case import Case
from ce_core.errors import CaseError
from ce_core.words import words

NLL_HOLDS = ("log_probs", "probs")


@dataclass(frozen=True, init=False, eq=False)
class NLLCase(Case):
    """The arguments of `F.nll_loss`, and what its input holds.

    Args:
        given: (C,), (N, C) or (N, C, d1, ..): one number per class, kept as `logits`.
        target: class numbers, as for `Case`; `F.nll_loss` knows no others.
        weight: (C,), a factor per class; None weighs every class 1.
        ignore_index: positions whose target equals it count for nothing.
        reduction: "none", "sum" or "mean".
        holds: "log_probs" for what `F.nll_loss` takes as it is; "probs" for probabilities,
            whose log is taken first. They are not made to sum to 1.

    Raises:
        CaseError: where torch would raise, and for a target of the input's shape.

    Conventions: torch 2.13, https://docs.pytorch.org/docs/2.13/generated/torch.nn.NLLLoss.html
    """

    holds: str

    def __init__(
        self,
        given: ArrayLike,
        target: ArrayLike,
        weight: ArrayLike | None = None,
        ignore_index: int = -100,
        reduction: str = "mean",
        holds: str = "log_probs",
    ) -> None:
        if holds not in NLL_HOLDS:
            raise CaseError(
                "holds",
                words("it must be 'log_probs' or 'probs'"),
                words("{name} is {value}", name="holds", value=repr(holds)),
                words("For logits make a Case: cross-entropy is log-softmax and then NLLLoss."),
            )
        super().__init__(given, target, weight, ignore_index, 0.0, reduction)
        if self.soft:
            raise CaseError(
                "target",
                words("NLLLoss takes class numbers only"),
                words("target has the input's shape {shape}", shape=self.target.shape),
                words(
                    "Pass the number of each row's class; or log p as logits to cross-entropy, "
                    "which takes class probabilities."
                ),
                "RuntimeError: 0D or 1D target tensor expected, multi-target not supported",
            )
        object.__setattr__(self, "holds", holds)

    @property
    def arguments(self) -> Mapping[str, Any]:
        """The arguments by name, as `NLLCase(**case.arguments)` takes them."""
        return {
            "given": self.logits,
            "target": self.target,
            "weight": self.weight,
            "ignore_index": self.ignore_index,
            "reduction": self.reduction,
            "holds": self.holds,
        }

    def replace(self, **changes: Any) -> "NLLCase":  # noqa: ANN401 - any argument
        """The same case with some arguments changed; `logits` is another name for `given`."""
        if "logits" in changes:
            changes["given"] = changes.pop("logits")
        changes.pop("label_smoothing", None)
        return NLLCase(**{**self.arguments, **changes})

    @cached_property
    def inputs(self) -> Mapping[str, Array]:
        """What the rules read: `given` instead of logits, a batch of one where it is (C,)."""
        inputs = dict(super().inputs)
        return {"given": inputs.pop("logits"), **inputs}

    @cached_property
    def hints(self) -> tuple[()]:
        """None: what is said of logits does not hold for probabilities."""
        return ()

    @cached_property
    def digest(self) -> str:
        """A name for the case made from all its values."""
        return f"{self.holds}-{super().digest}"
