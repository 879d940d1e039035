"""What a person's numbers are: logits for cross-entropy, or what another loss takes."""

from dataclasses import dataclass
from typing import Any

from ce_core import BinaryCase, Case, CaseError, NLLCase
from ui.other import LOSSES, Other, given, loss_of
from ui.view import View


@dataclass(frozen=True)
class Kind:
    """One thing that numbers can be.

    Attributes:
        key: its name in the page's own state.
        title: what it is called in the list.
        loss: its loss as a link names it.
        holds: what the loss is given.
        input: what the page calls the numbers themselves.
        example: a case to begin with.
    """

    key: str
    title: str
    loss: str
    holds: str
    input: str
    example: Other | None = None

    def make(self, arguments: dict[str, Any]) -> Other:
        """A case of this kind; arguments that its loss does not have are left out.

        Raises:
            CaseError: what torch would refuse.
        """
        loss = LOSSES[self.loss]
        known = {"holds": self.holds, "given": arguments["given"]}
        kept = {name: arguments[name] for name in loss.parameters if name in arguments}
        return loss.make(**(kept | known))


KINDS = (
    Kind("logits", "Logits, for CrossEntropyLoss", "cross_entropy", "logits", "logits"),
    Kind(
        "log_probs",
        "Log-probabilities, for NLLLoss",
        "nll_loss",
        "log_probs",
        "log-probabilities",
        NLLCase([[-0.4, -1.1], [-2.3, -0.1], [-0.7, -0.7]], [0, 1, 1], [1.0, 3.0]),
    ),
    Kind(
        "probs",
        "Probabilities, for NLLLoss of their log",
        "nll_loss",
        "probs",
        "probabilities",
        NLLCase([[0.7, 0.3], [0.1, 0.9], [0.5, 0.5]], [0, 1, 1], [1.0, 3.0], holds="probs"),
    ),
    Kind(
        "binary_logits",
        "Logits of a yes-or-no loss, BCEWithLogitsLoss",
        "bce",
        "logits",
        "logits",
        BinaryCase([-1.0, 0.0, 2.0], [0.0, 1.0, 1.0], pos_weight=[3.0]),
    ),
    Kind(
        "binary_probs",
        "Probabilities of a yes-or-no loss, BCELoss",
        "bce",
        "probs",
        "probabilities",
        BinaryCase([0.3, 0.5, 0.9], [0.0, 1.0, 1.0], holds="probs"),
    ),
)
LOGITS = KINDS[0]
KIND = {kind.key: kind for kind in KINDS}


def kind_of(view: View) -> Kind:
    """What the view's numbers are."""
    other = view.other
    if other is None:
        return LOGITS
    return next(k for k in KINDS if (k.loss, k.holds) == (loss_of(other), other.holds))


def read_as(view: View, kind: Kind) -> tuple[View, str]:
    """The same numbers taken for another kind; an example, and why, where that cannot be."""
    arguments = _arguments(view)
    try:
        if kind is LOGITS:
            arguments["logits"] = arguments.pop("given")
            names = ("logits", "target", "weight", "ignore_index", "reduction")
            case = Case(**{name: arguments[name] for name in names if name in arguments})
            return view.of_case(case), ""
        return view.with_other(kind.make(arguments)), ""
    except CaseError as problem:
        why = f"Your numbers cannot be these ({problem.value}), so here is an example."
        if kind.example is None:
            return view.replace(other=None, of=""), why
        return view.with_other(kind.example), why


def _arguments(view: View) -> dict[str, Any]:
    if view.other is not None:
        taken = dict(view.other.arguments)
        return taken | {"given": given(view.other)}
    taken = dict(view.case.arguments)
    return taken | {"given": taken.pop("logits")}
