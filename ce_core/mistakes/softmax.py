"""Slips on the way to the log-probabilities: one softmax too many, none, or the wrong one."""

from math import e, log

from ce_core.case import Case
from ce_core.mistakes import examples
from ce_core.mistakes.parts import (
    from_logits,
    has_ignored,
    index_target,
    looks_like_probabilities,
    rows_sum_to_one,
)
from ce_core.mistakes.record import Mistake, Question, Slot, Way
from ce_core.mistakes.wrong import softmax as wrong
from ce_core.nll import NLLCase
from ce_core.words import words


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
    words(
        "The loss never comes near 0: for C classes it stays above log(C - 1 + e) - 1, which is "
        "{two:.4f} for 2 classes, {three:.4f} for 3 and {ten:.4f} for 10.",
        two=log(1 + e) - 1,
        three=log(2 + e) - 1,
        ten=log(9 + e) - 1,
    ),
    "Pass the raw scores: leave the softmax (or sigmoid) out of the model, or out of the line "
    "before the loss.",
    "A softmax or sigmoid stood before the loss.",
    Slot.PROBS,
    (
        Way(
            (wrong.softmax_again(), wrong.softmax_of_exps()),
            "F.cross_entropy(F.softmax(logits, dim=1), target, weight)",
            examples.WEIGHTED,
        ),
        Way(
            (wrong.sigmoid_first(),),
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
            (wrong.log_softmax_again(),),
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
                wrong.log_of(
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
            (wrong.softmax_again(),),
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
            wrong.log_odds(),
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
            (
                wrong.renormalised("probs"),
                wrong.renormalised("given"),
                wrong.renormalised("logits"),
            ),
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
                wrong.log_of(
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
            (
                wrong.bare(
                    "logits", r"z_{ic}", "NLLLoss takes what it is given for log-probabilities."
                ),
            ),
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
                wrong.bare(
                    "probs", r"p_{ic}", "NLLLoss takes what it is given for log-probabilities."
                ),
                wrong.bare(
                    "given", r"p_{ic}", "NLLLoss takes what it is given for log-probabilities."
                ),
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
            wrong.softmax_over_batch(),
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
            wrong.softmax_over_all(),
            "F.nll_loss(F.log_softmax(logits.flatten(), dim=0).reshape(logits.shape), target, "
            "weight)",
            examples.WEIGHTED,
            needs=_batch,
        ),
        Way(
            wrong.labels_as_probabilities(),
            "-(target * F.log_softmax(logits.flatten(), dim=0)[: target.numel()]).sum() "
            "/ weight[target].sum()",
            examples.WEIGHTED,
            detail="and the class numbers read as probabilities",
            needs=index_target,
        ),
        Way(
            wrong.labels_row_by_row(),
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
            wrong.viewed(),
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
            wrong.without_ignored_class(),
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
