"""Slips of the logarithm: its base, its sign, and what is done so that it never meets 0."""

from collections.abc import Callable
from math import log

import numpy as np

from ce_core.binary import BinaryCase
from ce_core.mistakes import examples
from ce_core.mistakes.parts import from_logits
from ce_core.mistakes.record import Mistake, Question, Slot, Way
from ce_core.mistakes.wrong import logs as wrong
from ce_core.nll import NLLCase
from ce_core.rule import Rule
from ce_core.words import words

NAIVE = "({0}.exp() / {0}.exp().sum(1, True))"
EPS = (  # as people write it
    ("1e-7", 1e-7),
    ("1e-8", 1e-8),
    ("1e-12", 1e-12),
    ("1e-15", 1e-15),
    ("1e-10", 1e-10),
    ("1e-9", 1e-9),
    ("1e-6", 1e-6),
    ("1e-5", 1e-5),
    ("1e-4", 1e-4),
    ("1e-3", 1e-3),
    ("0.01", 1e-2),
    ("1e-14", 1e-14),
    ("1e-16", 1e-16),
    ("1e-20", 1e-20),
    ("1e-30", 1e-30),
    (words("1.19e-7, float32's eps"), float(np.finfo(np.float32).eps)),
    (words("2.22e-16, float64's eps"), float(np.finfo(float).eps)),
    ("1 − (1 − 1e-15)", 1 - (1 - 1e-15)),
    ("1e-37", 1e-37),
    ("1e-11", 1e-11),
    ("1e-13", 1e-13),
    ("1e-18", 1e-18),
    (words("1.18e-38, float32's smallest"), float(np.finfo(np.float32).tiny)),
)


def _log_ways(
    factor: float, base: str, unit: str, heading: str, why: str, how: str
) -> tuple[Way, ...]:
    *of_classes, of_elements = wrong.scaled(factor, base, unit, heading, why, how)
    return (
        Way(
            tuple(of_classes),
            f"F.cross_entropy(logits, target, weight) * {factor!r}",
            examples.WEIGHTED,
        ),
        Way(
            (of_elements,),
            "F.binary_cross_entropy_with_logits(logits, target, weight, pos_weight=pos_weight)"
            f" * {factor!r}",
            examples.BINARY,
        ),
    )


def has_zero(case: Question) -> bool:
    """Whether some probability is stored as exactly 0, or 1 for an element of a binary case."""
    with np.errstate(all="ignore"):
        if isinstance(case, BinaryCase):
            return case.holds == "probs" and bool(np.isin(case.given, (0, 1)).any())
        if isinstance(case, NLLCase):
            zero = 0.0 if case.holds == "probs" else -np.inf
            return bool((case.logits == zero).any())
        z = case.inputs["logits"]
        gap = z.max(axis=1, keepdims=True, initial=-np.inf) - z
        return bool((gap > 745).any())


def _far(case: Question) -> bool:
    """Whether logits lie so far apart, or so far out, that float32 loses some."""
    if isinstance(case, BinaryCase):
        return case.holds == "logits" and bool((np.abs(case.given) > 15).any())
    if not from_logits(case):
        return False
    z = case.inputs["logits"]
    with np.errstate(all="ignore"):
        gap = z.max(axis=1, initial=-np.inf) - z.min(axis=1, initial=np.inf)
    return bool((gap > 80).any() or (np.abs(z) > 80).any())


LOG2 = Mistake(
    "log2",
    "Took the logarithm to base 2",
    "Information theory measures in bits, and np.log2 is at hand.",
    words("The number is torch's divided by ln 2, {times:.4f} times as large.", times=1 / log(2)),
    "Take the natural logarithm: torch.log, np.log, math.log.",
    "I used log2, or measured in bits.",
    Slot.LOG,
    _log_ways(
        1 / log(2),
        r"-\log_2",
        r"\frac{{{{{}}}}}{{{{\ln 2}}}}",
        "Surprise in bits",
        "The logarithm was taken to base 2; torch takes the natural one.",
        "To base 2",
    ),
    threads=4,
)
BASE_10 = Mistake(
    "base_10",
    "Took the logarithm to base 10",
    "LOG() of a spreadsheet and the log key of a calculator have base 10.",
    words("The number is torch's divided by ln 10, {times:.4f} times as large.", times=1 / log(10)),
    "Take the natural logarithm: LN() in a spreadsheet, ln on a calculator.",
    "I used base 10: LOG() of a spreadsheet, or log10.",
    Slot.LOG,
    _log_ways(
        1 / log(10),
        r"-\log_{10}",
        r"\frac{{{{{}}}}}{{{{\ln 10}}}}",
        "Surprise to base 10",
        "The logarithm was taken to base 10; torch takes the natural one.",
        "To base 10",
    ),
    threads=4,
)
FORGOT_NEGATION = Mistake(
    "forgot_negation",
    "Forgot the minus sign",
    "The log of a probability is at most 0, and the sign in front of it is easily lost.",
    "The number is torch's with the other sign.",
    "Put the minus back: the loss is −log p.",
    "I left the minus sign out.",
    Slot.LOG,
    _log_ways(
        -1.0,
        r"\log",
        "{}",
        "Log-probability, not negated",
        "The minus is missing, so a good prediction counts as a bad one.",
        "Without the minus",
    ),
    threads=6,
)
# whose number it is
CLIPPED_BY = {"1e-7": "eps = {eps}, as in Keras", "1e-15": "eps = {eps}, as in older scikit-learn"}
ADDED_BY = {"1e-12": "eps = {eps}, as in torch 0.3"}


def _eps_ways(
    make: Callable[[float], tuple[Rule, ...]], codes: tuple[str, str], by: dict[str, str]
) -> tuple[Way, ...]:
    """A way for each eps, of several classes and of yes and no; the usual ones combine."""
    kinds = (
        (slice(2), codes[0], examples.near),
        (slice(2, None), codes[1], examples.near_in_binary),
    )
    return tuple(
        Way(
            make(eps)[part],
            code.format(eps=repr(eps)),
            shows(eps),
            detail=words(by.get(name, "eps = {eps}"), eps=name),
            combines=name == "1e-7" or name in by,
        )
        for part, code, shows in kinds
        for name, eps in EPS
    )


CLIPPED = _eps_ways(
    wrong.clipped,
    (
        "F.nll_loss(F.softmax(logits, dim=1).clamp({eps}, 1 - {eps}).log(), target, weight)",
        "F.binary_cross_entropy(probs.clamp({eps}, 1 - {eps}), target)",
    ),
    CLIPPED_BY,
)
ADDED = _eps_ways(
    wrong.added,
    (
        "F.nll_loss((F.softmax(logits, dim=1) + {eps}).log(), target, weight)",
        "-(target * (probs + {eps}).log() + (1 - target) * (1 - probs + {eps}).log()).mean()",
    ),
    ADDED_BY,
)
CLIPPED_IN_FLOAT32 = Way(
    wrong.clipped_in_float32(1e-7),
    "F.nll_loss(F.softmax(logits, dim=1).float().clamp(1e-7, 1 - 1e-7).log(), target).double()",
    examples.SURE,
    detail="eps = 1e-7 in float32",
    combines=False,
)
STOPPED_AT_100 = Way(
    wrong.stopped_at_100(),
    "F.binary_cross_entropy(logits.sigmoid(), target)",
    examples.BINARY_OUT,
    detail="BCELoss stops at −100",
    needs=_far,
    combines=False,
)
PROBABILITIES_CLIPPED = Mistake(
    "probabilities_clipped",
    "Clipped the probabilities before the log",
    "Keras and older scikit-learn keep probabilities away from 0 and 1 so that the log stays "
    "finite.",
    words(
        "No sample costs more than −log eps: {keras:.3f} for 1e-7, {torch:.3f} for 1e-12, "
        "{sklearn:.3f} for 1e-15.",
        keras=-log(1e-7),
        torch=-log(1e-12),
        sklearn=-log(1e-15),
    ),
    "Take log-softmax from the logits: it is finite without clipping.",
    "The probabilities were clipped, as Keras does.",
    Slot.PROBS,
    (*CLIPPED, CLIPPED_IN_FLOAT32, STOPPED_AT_100),
    threads=12,
)
EPS_ADDED_TO_LOG = Mistake(
    "eps_added_to_log",
    "Added a small number inside the log",
    "log(p + eps) never meets log 0.",
    "No sample costs more than −log eps, and a perfect prediction costs slightly less than 0.",
    "Take log-softmax from the logits: it needs no eps.",
    "There is an eps inside the log.",
    Slot.PROBS,
    ADDED,
    threads=9,
)
LOG_OF_SOFTMAX_UNDERFLOW = Mistake(
    "log_of_softmax_underflow",
    "Took the log of the finished softmax",
    "log(softmax(x)) is what the formula says.",
    "The number is inf or nan, or rounded badly, where the logits lie far apart or far from 0.",
    "Use F.log_softmax or F.cross_entropy, which subtract before they take the exponential.",
    "I wrote log(softmax(x)) or exp(x) / sum(exp(x)).",
    Slot.PROBS,
    tuple(
        Way(
            wrong.underflow(dtype, shifts=shifts),
            code,
            examples.EXTREME if dtype is np.float32 else examples.FAR,
            detail=words(
                "{dtype}" if shifts else "{dtype}, without the shift", dtype=np.dtype(dtype).name
            ),
            needs=_far,
            combines=shifts and dtype is np.float32,
        )
        for dtype, shifts, code in (
            (np.float32, True, "F.nll_loss(F.softmax(logits.float(), dim=1).log(), target)"),
            (np.float32, False, f"F.nll_loss({NAIVE.format('logits.float()')}.log(), target)"),
            (np.float64, True, "F.nll_loss(F.softmax(logits, dim=1).log(), target)"),
            (np.float64, False, f"F.nll_loss({NAIVE.format('logits')}.log(), target)"),
        )
    ),
    threads=3,
)
ZERO_TIMES_LOG_ZERO = Mistake(
    "zero_times_log_zero",
    "Multiplied 0 by log 0",
    "The sum over all classes contains y · log p with y = 0 and p = 0.",
    "The number is nan: 0 · (−∞) is not 0 for a computer.",
    "Pick the target's entry, or use torch.xlogy(y, p), which gives 0 for y = 0.",
    "I summed y · log p over all classes, zeros included.",
    Slot.PROBS,
    (
        Way(
            wrong.times_one_hot(),
            "-(F.one_hot(target, logits.shape[1]) * F.softmax(logits, dim=1).log()).sum(1).mean()",
            examples.MASKED,
            needs=has_zero,
            combines=False,
        ),
    ),
    threads=2,
)
ROUNDING = Mistake(
    "rounding",
    "Rounded on the way",
    "Intermediate numbers were copied with four digits.",
    "Only the last one or two digits differ.",
    "Nothing has to change; keep more digits on the way if you want the last one right.",
    "I copied rounded numbers.",
    Slot.PROBS,
    (
        Way(
            wrong.rounded_probs(),
            "F.nll_loss(F.softmax(logits, dim=1).round(decimals=4).log(), target, weight)",
            examples.WEIGHTED,
            needs=lambda case: not isinstance(case, NLLCase),
            combines=False,
        ),
    ),
    threads=2,
    harmless=True,
)

LOG_MISTAKES = (
    PROBABILITIES_CLIPPED,
    EPS_ADDED_TO_LOG,
    FORGOT_NEGATION,
    LOG2,
    BASE_10,
    LOG_OF_SOFTMAX_UNDERFLOW,
    ZERO_TIMES_LOG_ZERO,
    ROUNDING,
)
