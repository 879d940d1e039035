"""Slips on the way to the log-probabilities: one softmax too many, none, or the wrong one."""

import numpy as np

from ce_core.arrays import Array
from ce_core.case import Case
from ce_core.mistakes import examples
from ce_core.mistakes.parts import (
    from_logits,
    has_ignored,
    index_target,
    log_softmax,
    looks_like_probabilities,
    rows_sum_to_one,
)
from ce_core.mistakes.record import Mistake, Question, Slot, Way
from ce_core.nll import NLLCase
from ce_core.rule import CELL, ROW, Rule, rule


def _softmax_again() -> Rule:
    @rule(
        "Log-softmax of the probabilities",
        r"\log p'_{ic} = p_{ic} - \log \sum_k e^{p_{ik}}",
        "F.log_softmax(probs, dim=1)",
        CELL,
        numbers=r"{probs} - \log \sum e^{{p}}",
        sentence="The probability {probs} of class {class} was taken as a logit: its "
        "log-probability became {log_probs}.",
    )
    def log_probs(probs: Array) -> Array:
        """A second softmax: the probabilities were taken for logits. They differ by 1 at most, so
        the result is almost even, and no loss can come near 0."""
        return log_softmax(probs)

    return log_probs


def _sigmoid_first() -> Rule:
    @rule(
        "Log-softmax of sigmoids",
        r"\log p'_{ic} = \sigma(z_{ic}) - \log \sum_k e^{\sigma(z_{ik})}",
        "F.log_softmax(logits.sigmoid(), dim=1)",
        CELL,
        numbers=r"\sigma({logits}) - \log \sum e^{{\sigma}}",
        sentence="The logit {logits} of class {class} went through a sigmoid first: its "
        "log-probability became {log_probs}.",
    )
    def log_probs(logits: Array) -> Array:
        """A sigmoid squeezed the logits into 0 to 1 before the softmax."""
        return log_softmax(1 / (1 + np.exp(-logits)))

    return log_probs


def _softmax_of_exps() -> Rule:
    @rule(
        "Log-softmax of the probabilities",
        r"\log p'_{ic} = p_{ic} - \log \sum_k e^{p_{ik}}",
        "F.log_softmax(given.exp(), dim=1)",
        CELL,
        numbers=r"e^{{{given}}} - \log \sum e^{{p}}",
        sentence="The probability of class {class} was taken as a logit: its log-probability "
        "became {log_probs}.",
    )
    def log_probs(given: Array) -> Array:
        """A second softmax: the probabilities were taken for logits."""
        return log_softmax(np.exp(given))

    return log_probs


def _log_softmax_again() -> Rule:
    @rule(
        "Log-softmax, twice",
        r"\log p_{ic} - \log \sum_k p_{ik}",
        "F.log_softmax(F.log_softmax(logits, dim=1), dim=1)",
        CELL,
        numbers=r"{logits} - \log \sum e^{{z}}",
        sentence="The log-probability of class {class} is {log_probs}, once or twice.",
    )
    def log_probs(logits: Array) -> Array:
        """The exponentials of log-probabilities sum to 1 already, so the second log-softmax
        subtracts log 1 = 0."""
        return log_softmax(log_softmax(logits))

    return log_probs


def _log_of(source: str, title: str, why: str) -> Rule:
    def log_probs(logits: Array) -> Array:
        return np.log(logits)

    log_probs.__doc__ = why
    return rule(
        title,
        r"\log z_{ic}",
        f"{source}.log()",
        CELL,
        numbers=r"\log {logits}",
        sentence="The log of the given number {logits} of class {class} is {log_probs}.",
    )(log_probs)


def _renormalised(source: str) -> Rule:
    def of_logits(logits: Array) -> Array:
        return np.log(logits / logits.sum(axis=1, keepdims=True))

    def of_probs(probs: Array) -> Array:
        return np.log(probs / probs.sum(axis=1, keepdims=True))

    def of_given(given: Array) -> Array:
        return log_softmax(given)

    function = {"logits": of_logits, "probs": of_probs, "given": of_given}[source]
    function.__name__ = "log_probs"
    function.__doc__ = "Each row was divided by its sum before the log, so that it sums to 1."
    torch = {
        "logits": "(logits / logits.sum(dim=1, keepdim=True)).log()",
        "probs": "(probs / probs.sum(dim=1, keepdim=True)).log()",
        "given": "F.log_softmax(given, dim=1)",
    }[source]
    return rule(
        "Log of the shares of each row",
        r"\log \frac{x_{ic}}{\sum_k x_{ik}}",
        torch,
        CELL,
        numbers=rf"\log \frac{{{{{{{source}}}}}}}{{{{\sum x}}}}",
        sentence="The number of class {class} was divided by its row's sum; the log is "
        "{log_probs}.",
    )(function)


def _bare(source: str, letter: str, why: str) -> Rule:
    def of_logits(logits: Array) -> Array:
        return logits

    def of_probs(probs: Array) -> Array:
        return probs

    def of_given(given: Array) -> Array:
        return np.exp(given)

    function = {"logits": of_logits, "probs": of_probs, "given": of_given}[source]
    function.__name__ = "log_probs"
    function.__doc__ = why
    return rule(
        "Taken without a log",
        letter,
        {"logits": "logits", "probs": "probs", "given": "given.exp()"}[source],
        CELL,
        numbers=rf"{{{source}}}",
        sentence="The number of class {class} was used as it is, as if it were a "
        "log-probability: {log_probs}.",
    )(function)


def _softmax_over_batch() -> tuple[Rule, Rule]:
    @rule(
        "Softmax over the batch",
        r"p'_{ic} = \frac{e^{z_{ic}}}{\sum_j e^{z_{jc}}}",
        "F.softmax(logits, dim=0)",
        CELL,
        numbers=r"\frac{{e^{{{logits}}}}}{{\sum_j e^{{z_j}}}}",
        sentence="Class {class} of {row} was compared with the same class of the other rows: "
        "{probs}.",
    )
    def probs(logits: Array) -> Array:
        """The columns sum to 1 here, and the rows do not: samples compete instead of classes."""
        return np.exp(log_softmax(logits, axis=0))

    @rule(
        "Log-softmax over the batch",
        r"\log p'_{ic} = z_{ic} - \log \sum_j e^{z_{jc}}",
        "F.log_softmax(logits, dim=0)",
        CELL,
        numbers=r"{logits} - \log \sum_j e^{{z_j}}",
        sentence="Its log is {log_probs}.",
    )
    def log_probs(logits: Array) -> Array:
        """The log of the wrong probabilities."""
        return log_softmax(logits, axis=0)

    return probs, log_probs


def _softmax_over_all() -> tuple[Rule, Rule]:
    @rule(
        "Softmax over the whole tensor",
        r"p'_{ic} = \frac{e^{z_{ic}}}{\sum_j \sum_k e^{z_{jk}}}",
        "F.softmax(logits.flatten(), dim=0).reshape(logits.shape)",
        CELL,
        numbers=r"\frac{{e^{{{logits}}}}}{{\sum e^{{z}}}}",
        sentence="Class {class} of {row} has {probs} of the whole tensor.",
    )
    def probs(logits: Array) -> Array:
        """All entries together sum to 1 here, so every row is too small."""
        return np.exp(log_softmax(logits.reshape(1, -1))).reshape(logits.shape)

    @rule(
        "Log-softmax over the whole tensor",
        r"\log p'_{ic} = z_{ic} - \log \sum_j \sum_k e^{z_{jk}}",
        "F.log_softmax(logits.flatten(), dim=0).reshape(logits.shape)",
        CELL,
        numbers=r"{logits} - \log \sum e^{{z}}",
        sentence="Its log is {log_probs}.",
    )
    def log_probs(logits: Array) -> Array:
        """The log of the wrong probabilities."""
        return log_softmax(logits.reshape(1, -1)).reshape(logits.shape)

    return probs, log_probs


def _labels_row_by_row() -> tuple[Rule, ...]:
    @rule(
        "Class numbers times each row's log-probabilities",
        r"L_i = -\sum_c y_c \cdot \log p_{ic}",
        "-(target * log_probs).sum(dim=1)",
        ROW,
        numbers=r"-\sum {target} \cdot {log_probs}",
        sentence="The class numbers were multiplied with the log-probabilities of {row}.",
    )
    def losses(target: Array, log_probs: Array) -> Array:
        """The class numbers were read as a target distribution, the same for every row."""
        return -(target * log_probs).sum(axis=1)

    return (*_softmax_over_all(), losses)


def _labels_as_probabilities() -> tuple[Rule, ...]:
    @rule(
        "Class numbers times log-probabilities",
        r"L_i = -y_i \cdot \log p_{ii}",
        "-(target * log_probs.flatten()[: target.numel()].reshape(target.shape))",
        ROW,
        numbers=r"-{target} \cdot {log_probs}",
        sentence="The class number was multiplied with a log-probability as if it were one.",
    )
    def losses(target: Array, log_probs: Array) -> Array:
        """The class numbers were read as a target distribution."""
        return -(target * log_probs.reshape(-1)[: target.size].reshape(target.shape))

    return (*_softmax_over_all(), losses)


def _viewed() -> tuple[Rule, Rule]:
    def view(logits: Array) -> Array:
        classes = logits.shape[1]
        positions = logits.shape[:1] + logits.shape[2:]
        return np.moveaxis(logits.reshape(*positions, classes), -1, 1)

    torch = "logits.reshape(logits.shape[0], *logits.shape[2:], logits.shape[1]).movedim(-1, 1)"

    @rule(
        "Softmax of mixed-up rows",
        r"p'_{ic}",
        f"F.softmax({torch}, dim=1)",
        CELL,
        numbers=r"{logits}",
        sentence="The row that was read for {row} holds numbers of several positions: class "
        "{class} got {probs}.",
    )
    def probs(logits: Array) -> Array:
        """view(-1, C) cuts the memory into pieces of C numbers; with the classes on axis 1 such a
        piece holds numbers of several positions, not the classes of one."""
        return np.exp(log_softmax(view(logits)))

    @rule(
        "Log-softmax of mixed-up rows",
        r"\log p'_{ic}",
        f"F.log_softmax({torch}, dim=1)",
        CELL,
        numbers=r"{logits}",
        sentence="Its log is {log_probs}.",
    )
    def log_probs(logits: Array) -> Array:
        """The log of the wrong probabilities."""
        return log_softmax(view(logits))

    return probs, log_probs


def _without_ignored_class() -> tuple[Rule, Rule]:
    torch = (
        "logits.where(torch.arange(logits.shape[1], device=logits.device)"
        ".ne(int(ignore_index)).reshape(1, -1, *[1] * (logits.ndim - 2)), -torch.inf)"
    )

    def without(logits: Array, ignore_index: Array) -> Array:
        others = np.arange(logits.shape[1]) != ignore_index
        masked: Array = np.where(others.reshape(1, -1, *[1] * (logits.ndim - 2)), logits, -np.inf)
        return masked

    @rule(
        "Softmax without the ignored class",
        r"p'_{ic} = \frac{e^{z_{ic}}}{\sum_{k \ne g} e^{z_{ik}}}",
        f"F.softmax({torch}, dim=1)",
        CELL,
        numbers=r"\frac{{e^{{{logits}}}}}{{\sum_{{k \ne g}} e^{{z}}}}",
        sentence="Without the ignored class the probability of class {class} is {probs}.",
    )
    def probs(logits: Array, ignore_index: Array) -> Array:
        """ignore_index leaves out rows, never a class: the class stays in every row's softmax."""
        return np.exp(log_softmax(without(logits, ignore_index)))

    @rule(
        "Log-softmax without the ignored class",
        r"\log p'_{ic}",
        f"F.log_softmax({torch}, dim=1)",
        CELL,
        numbers=r"\log p'",
        sentence="Its log is {log_probs}.",
    )
    def log_probs(logits: Array, ignore_index: Array) -> Array:
        """The log of the wrong probabilities."""
        return log_softmax(without(logits, ignore_index))

    return probs, log_probs


def _log_odds() -> tuple[Rule, Rule]:
    def of_logits(logits: Array) -> Array:
        return log_softmax(np.log(logits / (1 - logits)))

    def of_probs(probs: Array) -> Array:
        return log_softmax(np.log(probs / (1 - probs)))

    made = []
    for function, source in ((of_logits, "logits"), (of_probs, "probs")):
        function.__name__ = "log_probs"
        function.__doc__ = (
            "log(p / (1 - p)) undoes a sigmoid. What undoes a softmax is log p, up to a constant."
        )
        made.append(
            rule(
                "Log-softmax of log-odds",
                r"\log p'_{ic} = o_{ic} - \log \sum_k e^{o_{ik}}, \quad o = \log \frac{x}{1 - x}",
                f"F.log_softmax({source}.logit(), dim=1)",
                CELL,
                numbers=rf"\log \frac{{{{{{{source}}}}}}}{{{{1 - {{{source}}}}}}}",
                sentence="Through log-odds the log-probability of class {class} became "
                "{log_probs}.",
            )(function)
        )
    return made[0], made[1]


def _holds_probabilities(case: Question) -> bool:
    if isinstance(case, NLLCase):
        return case.holds == "probs"
    return from_logits(case) and looks_like_probabilities(case)


def _view_differs(case: Question) -> bool:
    return isinstance(case, Case) and case.logits.ndim > 2


def _ignores_a_class(case: Question) -> bool:
    return has_ignored(case) and isinstance(case, Case) and 0 <= case.ignore_index < case.classes


def _not_like_probabilities(case: Question) -> bool:
    return from_logits(case) and not looks_like_probabilities(case)


def _unnormalised(case: Question) -> bool:
    if isinstance(case, NLLCase):
        return True
    return looks_like_probabilities(case) and not rows_sum_to_one(case)


def _square(case: Question) -> bool:
    if not isinstance(case, Case) or case.soft or case.single:
        return False
    return case.logits.shape == (case.classes, case.classes)


def _batch(case: Question) -> bool:
    return isinstance(case, Case) and not case.single


SOFTMAX_TWICE = Mistake(
    "softmax_twice",
    "Took the softmax twice",
    "The model ends in a softmax, and cross-entropy takes one as well.",
    "The loss never comes near 0: for C classes it stays above log(C - 1 + e) - 1, which is "
    "0.3133 for 2 classes, 0.5514 for 3 and 1.4612 for 10.",
    "Pass the raw scores: leave the softmax (or sigmoid) out of the model, or out of the line "
    "before the loss.",
    "A softmax or sigmoid stood before the loss.",
    Slot.PROBS,
    (
        Way(
            (_softmax_again(), _softmax_of_exps()),
            "F.cross_entropy(F.softmax(logits, dim=1), target, weight)",
            examples.WEIGHTED,
        ),
        Way(
            (_sigmoid_first(),),
            "F.cross_entropy(logits.sigmoid(), target, weight)",
            examples.WEIGHTED,
            detail="a sigmoid first",
        ),
    ),
    threads=20,
)
LOG_SOFTMAX_TWICE = Mistake(
    "log_softmax_twice",
    "Took log-softmax before cross-entropy",
    "The model ends in log_softmax, and cross-entropy takes one as well.",
    "Nothing is to be seen: the number is right.",
    "Nothing has to change. log_softmax with NLLLoss says the same more plainly.",
    "log_softmax stood before the loss.",
    Slot.PROBS,
    (
        Way(
            (_log_softmax_again(),),
            "F.cross_entropy(F.log_softmax(logits, dim=1), target, weight)",
            examples.WEIGHTED,
        ),
    ),
    threads=8,
    harmless=True,
)
PROBABILITIES_AS_LOGITS = Mistake(
    "probabilities_as_logits",
    "Took the inputs as probabilities",
    "The inputs look like probabilities, so one takes −log of the target's entry. Torch takes them "
    "as logits and applies a softmax first.",
    "Each row of the input lies in 0 to 1 and sums to 1. One-hot rows, which look perfect, cost "
    "torch more than 0.",
    "If they are probabilities, pass their log: F.nll_loss(p.log(), target). If they come out of a "
    "model that ends in softmax, pass what went into it.",
    "My inputs are probabilities.",
    Slot.PROBS,
    (
        Way(
            (
                _log_of(
                    "logits",
                    "Log of the inputs",
                    "The inputs were taken for probabilities, so no softmax was taken. Torch "
                    "takes them for logits.",
                ),
            ),
            "F.nll_loss(logits.log(), target, weight)",
            examples.PROBABILITIES,
            needs=lambda case: from_logits(case) and looks_like_probabilities(case),
        ),
        Way(
            (_softmax_again(),),
            "F.cross_entropy(probs, target, weight)",
            examples.GIVEN,
            detail="passed to cross-entropy",
            needs=lambda case: isinstance(case, NLLCase),
            combines=False,
        ),
    ),
    threads=9,
)
LOG_ODDS_AS_LOGITS = Mistake(
    "log_odds_as_logits",
    "Turned probabilities into log-odds",
    "'Logit' is the name of log(p / (1 − p)), so it seems to be what turns probabilities back "
    "into logits.",
    "The inputs are probabilities, and the number is neither −log p nor cross-entropy of p.",
    "The inverse of softmax is log p: F.cross_entropy(p.log(), target). Log-odds undo a sigmoid.",
    "I used log(p / (1 − p)).",
    Slot.PROBS,
    (
        Way(
            _log_odds(),
            "F.cross_entropy(logits.logit(), target, weight)",
            examples.PROBABILITIES,
            needs=_holds_probabilities,
        ),
    ),
    threads=1,
)
PROBABILITIES_RENORMALISED = Mistake(
    "probabilities_renormalised",
    "Divided each row by its sum first",
    "Some libraries make every row sum to 1 before the log and say nothing about it.",
    "The rows of the input do not sum to 1.",
    "NLLLoss takes the log of each entry as it is. Make the rows sum to 1 yourself if that is "
    "what you mean.",
    "The rows were made to sum to 1 before the log.",
    Slot.PROBS,
    (
        Way(
            (_renormalised("probs"), _renormalised("given"), _renormalised("logits")),
            "F.cross_entropy(probs.log(), target, weight)",
            examples.GIVEN,
            needs=_unnormalised,
        ),
    ),
    threads=4,
)
LOG_OF_RAW_LOGIT = Mistake(
    "log_of_raw_logit",
    "Took the log of the raw logit",
    "The formula says −log, and the number at hand is the logit.",
    "It works only where the target's logit is above 0; elsewhere the log is nan.",
    "Take the softmax first: the log is taken of the target's probability.",
    "I took −log of the model's output, without a softmax.",
    Slot.PROBS,
    (
        Way(
            (
                _log_of(
                    "logits",
                    "Log of the logits",
                    "The log was taken of the logits; it belongs to the probabilities.",
                ),
            ),
            "F.nll_loss(logits.log(), target, weight)",
            examples.SCORES,
            needs=_not_like_probabilities,
        ),
    ),
    threads=1,
)
NLL_ON_LOGITS = Mistake(
    "nll_on_logits",
    "Passed the logits to NLLLoss",
    "NLLLoss sounds as if it took the log itself. It only picks the target's entry and turns its "
    "sign.",
    "The number is minus the mean of the targets' logits, often below 0.",
    "Write F.cross_entropy(logits, target), or F.nll_loss(F.log_softmax(logits, dim=1), target).",
    "I called NLLLoss without log_softmax.",
    Slot.PROBS,
    (
        Way(
            (_bare("logits", r"z_{ic}", "NLLLoss takes what it is given for log-probabilities."),),
            "F.nll_loss(logits, target, weight)",
            examples.WEIGHTED,
        ),
    ),
    threads=11,
)
NLL_ON_PROBABILITIES = Mistake(
    "nll_on_probabilities",
    "Passed probabilities to NLLLoss",
    "The model ends in softmax where NLLLoss wants log_softmax.",
    "The number lies between −1 and 0, and the better the model the closer it is to −1.",
    "Use log_softmax instead of softmax, or F.cross_entropy on the raw scores.",
    "I called NLLLoss with softmax probabilities.",
    Slot.PROBS,
    (
        Way(
            (
                _bare("probs", r"p_{ic}", "NLLLoss takes what it is given for log-probabilities."),
                _bare("given", r"p_{ic}", "NLLLoss takes what it is given for log-probabilities."),
            ),
            "F.nll_loss(F.softmax(logits, dim=1), target, weight)",
            examples.WEIGHTED,
        ),
    ),
    threads=11,
)
WRONG_DIM = Mistake(
    "wrong_dim",
    "Took the softmax over the batch",
    "softmax(x, dim=0), or softmax(x) where an old torch guessed the axis.",
    "The columns of the probabilities sum to 1, and the rows do not.",
    "Take it over the classes: F.softmax(logits, dim=1).",
    "My softmax has dim=0.",
    Slot.PROBS,
    (
        Way(
            _softmax_over_batch(),
            "F.nll_loss(F.log_softmax(logits, dim=0), target, weight)",
            examples.WEIGHTED,
            needs=_batch,
        ),
    ),
    threads=11,
)
SOFTMAX_OVER_WHOLE_TENSOR = Mistake(
    "softmax_over_whole_tensor",
    "Took one softmax over the whole tensor",
    "np.exp(x) / np.exp(x).sum() without an axis takes all entries together.",
    "All probabilities of the batch sum to 1 instead of each row.",
    "Sum over the classes only: np.exp(x).sum(axis=1, keepdims=True).",
    "My sum of exponentials has no axis.",
    Slot.PROBS,
    (
        Way(
            _softmax_over_all(),
            "F.nll_loss(F.log_softmax(logits.flatten(), dim=0).reshape(logits.shape), target, "
            "weight)",
            examples.WEIGHTED,
            needs=_batch,
        ),
        Way(
            _labels_as_probabilities(),
            "-(target * F.log_softmax(logits.flatten(), dim=0)[: target.numel()]).sum() "
            "/ weight[target].sum()",
            examples.WEIGHTED,
            detail="and the class numbers read as probabilities",
            needs=index_target,
        ),
        Way(
            _labels_row_by_row(),
            "-(target * F.log_softmax(logits.flatten(), dim=0).reshape(logits.shape)).sum() "
            "/ weight[target].sum()",
            examples.SQUARE,
            detail="and the class numbers read as one distribution",
            needs=_square,
        ),
    ),
    threads=1,
)
PERMUTE_VS_VIEW = Mistake(
    "permute_vs_view",
    "Reshaped with view instead of moving the class axis",
    "view(-1, C) looks like it makes one row per position.",
    "No error and plausible numbers; a row then mixes classes and positions.",
    "Move the classes last first: logits.movedim(1, -1).reshape(-1, C). Or pass (N, C, d1, ..) as "
    "it is.",
    "I used view or reshape to get (-1, C).",
    Slot.PROBS,
    (
        Way(
            _viewed(),
            "F.cross_entropy(logits.reshape(-1, logits.shape[1]), target.flatten())",
            examples.SIGNAL,
            needs=_view_differs,
        ),
    ),
    threads=4,
)
IGNORED_CLASS_STILL_IN_SOFTMAX = Mistake(
    "ignored_class_still_in_softmax",
    "Took the ignored class out of the softmax",
    "ignore_index sounds as if it made torch forget the class.",
    "ignore_index is a real class here, and its logit still stands in every row's softmax.",
    "ignore_index leaves out rows. To remove a class set its logit to −inf: "
    "logits[:, k] = -torch.inf.",
    "I removed the ignored class from the softmax.",
    Slot.PROBS,
    (
        Way(
            _without_ignored_class(),
            "F.cross_entropy(logits.index_fill(1, torch.tensor([ignore_index]), -torch.inf), "
            "target, weight, ignore_index=ignore_index)",
            examples.IGNORED_CLASS,
            needs=_ignores_a_class,
        ),
    ),
    threads=2,
)

SOFTMAX_MISTAKES = (
    SOFTMAX_TWICE,
    NLL_ON_LOGITS,
    NLL_ON_PROBABILITIES,
    WRONG_DIM,
    PROBABILITIES_AS_LOGITS,
    LOG_SOFTMAX_TWICE,
    PROBABILITIES_RENORMALISED,
    PERMUTE_VS_VIEW,
    IGNORED_CLASS_STILL_IN_SOFTMAX,
    LOG_OF_RAW_LOGIT,
    LOG_ODDS_AS_LOGITS,
    SOFTMAX_OVER_WHOLE_TENSOR,
)
