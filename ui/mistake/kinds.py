"""What a person's numbers are: logits for cross-entropy, or what another loss takes."""

from dataclasses import dataclass
from typing import Any

from ce_core import BinaryCase, Case, CaseError, NLLCase
from ui.other import LOSSES, Other, given, loss_of
from ui.view import View
from ui.words import Words, words


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
    title: Words
    loss: str
    holds: str
    input: Words
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
    Kind(
        "logits", words("Logits, for CrossEntropyLoss"), "cross_entropy", "logits", words("logits")
    ),
    Kind(
        "log_probs",
        words("Log-probabilities, for NLLLoss"),
        "nll_loss",
        "log_probs",
        words("log-probabilities"),
        NLLCase([[-0.4, -1.1], [-2.3, -0.1], [-0.7, -0.7]], [0, 1, 1], [1.0, 3.0]),
    ),
    Kind(
        "probs",
        words("Probabilities, for NLLLoss of their log"),
        "nll_loss",
        "probs",
        words("probabilities"),
        NLLCase([[0.7, 0.3], [0.1, 0.9], [0.5, 0.5]], [0, 1, 1], [1.0, 3.0], holds="probs"),
    ),
    Kind(
        "binary_logits",
        words("Logits of a yes-or-no loss, BCEWithLogitsLoss"),
        "bce",
        "logits",
        words("logits"),
        BinaryCase([-1.0, 0.0, 2.0], [0.0, 1.0, 1.0], pos_weight=[3.0]),
    ),
    Kind(
        "binary_probs",
        words("Probabilities of a yes-or-no loss, BCELoss"),
        "bce",
        "probs",
        words("probabilities"),
        BinaryCase([0.3, 0.5, 0.9], [0.0, 1.0, 1.0], holds="probs"),
    ),
)
LOGITS = KINDS[0]
KIND = {kind.key: kind for kind in KINDS}
NO_DOUBT = words("")


def kind_of(view: View) -> Kind:
    """What the view's numbers are."""
    other = view.other
    if other is None:
        return LOGITS
    return next(k for k in KINDS if (k.loss, k.holds) == (loss_of(other), other.holds))


def read_as(view: View, kind: Kind) -> tuple[View, Words]:
    """The same numbers taken for another kind; an example, and why, where that cannot be."""
    arguments = _arguments(view)
    try:
        if kind is LOGITS:
            arguments["logits"] = arguments.pop("given")
            names = ("logits", "target", "weight", "ignore_index", "reduction")
            case = Case(**{name: arguments[name] for name in names if name in arguments})
            return view.of_case(case), NO_DOUBT
        return view.with_other(kind.make(arguments)), NO_DOUBT
    except CaseError as problem:
        why = words(
            "Your numbers cannot be these ({problem}), so here is an example.",
            problem=problem.value,
        )
        if kind.example is None:
            return view.replace(other=None, of=""), why
        return view.with_other(kind.example), why


def _arguments(view: View) -> dict[str, Any]:
    if view.other is not None:
        taken = dict(view.other.arguments)
        return taken | {"given": given(view.other)}
    taken = dict(view.case.arguments)
    return taken | {"given": taken.pop("logits")}
