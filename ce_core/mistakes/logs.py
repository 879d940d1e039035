"""Slips of the logarithm: its base, its sign, and what is done so that it never meets 0."""

from collections.abc import Callable
from math import log

import numpy as np

from ce_core.arrays import Array
from ce_core.binary import BinaryCase
from ce_core.mistakes import examples
from ce_core.mistakes.parts import from_logits, one_hot
from ce_core.mistakes.record import Mistake, Question, Slot, Way
from ce_core.nll import NLLCase
from ce_core.rule import CELL, ROW, Rule, rule
from ce_core.rules.binary import LEAST_LOG

NAIVE = "({0}.exp() / {0}.exp().sum(1, True))"
EPS = (
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
    ("1.19e-7, float32's eps", float(np.finfo(np.float32).eps)),
    ("2.22e-16, float64's eps", float(np.finfo(float).eps)),
    ("1 − (1 − 1e-15)", 1 - (1 - 1e-15)),
    ("1e-37", 1e-37),
    ("1e-11", 1e-11),
    ("1e-13", 1e-13),
    ("1e-18", 1e-18),
    ("1.18e-38, float32's smallest", float(np.finfo(np.float32).tiny)),
)


def _scaled(
    factor: float, base: str, unit: str, title: str, why: str, how: str
) -> tuple[Rule, ...]:
    """The loss in another unit of logarithm, wherever the log enters the loss."""

    def nll(target_log_prob: Array) -> Array:
        return -target_log_prob * factor

    def terms(target_dist: Array, log_probs: Array, weight: Array) -> Array:
        shape = (1, -1, *[1] * (log_probs.ndim - 2))
        return -(target_dist * log_probs * weight.reshape(shape)) * factor

    def losses(weight: Array, positive_part: Array, negative_part: Array) -> Array:
        return weight * (positive_part + negative_part) * factor

    terms.__name__ = "weighted_terms"
    for function in (nll, terms, losses):
        function.__doc__ = why
    torch, sign, turned = repr(factor), "-" if factor > 0 else "", "" if factor > 0 else "-"
    return (
        rule(
            title,
            rf"\ell_i = {base} p_{{i y_i}}",
            f"-target_log_prob * {torch}",
            ROW,
            numbers=unit.format(sign + "({target_log_prob})"),
            sentence=f"{how}, {{row}} costs {{nll}}.",
        )(nll),
        rule(
            title,
            rf"t_{{ic}} = w_c \cdot q_{{ic}} \cdot ({base} p_{{ic}})",
            f"-(target_dist * log_probs).movedim(1, -1).mul(weight).movedim(-1, 1) * {torch}",
            CELL,
            numbers=unit.format(sign + r"{weight} \cdot {target_dist} \cdot {log_probs}"),
            sentence=f"{how}, class {{class}} adds {{weighted_terms}}.",
        )(terms),
        rule(
            title,
            "L_i = "
            + unit.format(turned + r"w_i \cdot (a_i + b_i)").replace("{{", "{").replace("}}", "}"),
            f"weight * (positive_part + negative_part) * {torch}",
            ROW,
            numbers=unit.format(turned + r"{weight} \cdot ({positive_part} + {negative_part})"),
            sentence=f"{how}, the element costs {{losses}}.",
        )(losses),
    )


def _log_ways(
    factor: float, base: str, unit: str, heading: str, why: str, how: str
) -> tuple[Way, ...]:
    *of_classes, of_elements = _scaled(factor, base, unit, heading, why, how)
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


def _of_probs(
    title: str, formula: str, torch: str, change: Callable[..., Array], why: str
) -> tuple[Rule, ...]:
    """A changed log of the probabilities: of classes, of yes and of no."""

    def log_probs(probs: Array) -> Array:
        made: Array = change(probs)
        return made

    def log_others(probs: Array) -> Array:
        made: Array = change(1 - probs)
        return made

    def from_given(given: Array) -> Array:
        made: Array = change(np.exp(given))
        return made

    from_given.__name__ = "log_probs"
    for made in (log_probs, log_others, from_given):
        made.__doc__ = why
    yes = "The log of {probs} became {log_probs}."
    return (
        rule(title, formula, torch.format("probs"), CELL, numbers=r"\log {probs}", sentence=yes)(
            log_probs
        ),
        rule(
            title,
            formula,
            torch.format("given.exp()"),
            CELL,
            numbers=r"\log {given}",
            sentence="The log became {log_probs}.",
        )(from_given),
        rule(title, formula, torch.format("probs"), ROW, numbers=r"\log {probs}", sentence=yes)(
            log_probs
        ),
        rule(
            title,
            formula,
            torch.format("(1 - probs)"),
            ROW,
            numbers=r"\log (1 - {probs})",
            sentence="The log of 1 minus {probs} became {log_others}.",
        )(log_others),
    )


def _clipped(eps: float) -> tuple[Rule, ...]:
    # the upper end is computed as NumPy and torch do it: 1 - eps may round to 1
    return _of_probs(
        "Log of clipped probabilities",
        r"\log \min(\max(p, \varepsilon), 1 - \varepsilon)",
        f"{{}}.clamp({eps!r}, 1 - {eps!r}).log()",
        lambda probs: np.log(np.clip(probs, eps, 1 - eps)),
        "The probabilities were cut off near 0 and 1 before the log, so no sample can cost more "
        f"than {-log(eps):.4f}.",
    )


def _clipped_in_float32() -> tuple[Rule, ...]:
    low, high = np.float32(EPS[0][1]), np.float32(1) - np.float32(EPS[0][1])

    def log_of(probs: Array) -> Array:
        return np.log(np.clip(probs.astype(np.float32), low, high)).astype(np.float64)

    return _of_probs(
        "Log of probabilities clipped in float32",
        r"\log \min(\max(p, \varepsilon), 1 - \varepsilon)",
        "{}.to(torch.float32).clamp(1e-7, 1 - 1e-7).log().to(torch.float64)",
        log_of,
        "In float32 the number below 1 by 1e-7 is 0.99999988, so a perfect prediction costs "
        "1.19e-7.",
    )


def _stopped_at_100() -> tuple[Rule, Rule]:
    @rule(
        "Log of the sigmoid, not below -100",
        r"\max(\log p_i, -100)",
        "logits.sigmoid().log().clamp(min=-100)",
        ROW,
        numbers=r"\log {probs}",
        sentence="The log of {probs}, but not below -100, is {log_probs}.",
    )
    def log_probs(logits: Array) -> Array:
        """BCELoss takes the log of a finished sigmoid and stops at -100."""
        return np.maximum(np.log(1 / (1 + np.exp(-logits))), LEAST_LOG)

    @rule(
        "Log of 1 minus the sigmoid, not below -100",
        r"\max(\log (1 - p_i), -100)",
        "(-logits.sigmoid()).log1p().clamp(min=-100)",
        ROW,
        numbers=r"\log (1 - {probs})",
        sentence="The log of 1 minus {probs}, but not below -100, is {log_others}.",
    )
    def log_others(logits: Array) -> Array:
        """BCELoss takes the log of what a finished sigmoid leaves and stops at -100."""
        return np.maximum(np.log1p(-1 / (1 + np.exp(-logits))), LEAST_LOG)

    return log_probs, log_others


def _added(eps: float) -> tuple[Rule, ...]:
    return _of_probs(
        "Log of the probabilities plus a little",
        r"\log (p + \varepsilon)",
        f"({{}} + {eps!r}).log()",
        lambda probs: np.log(probs + eps),
        "A little was added so that the log never meets 0; no sample can cost more than "
        f"{-log(eps):.4f}, and a perfect one costs slightly less than 0.",
    )


def _underflow(dtype: type, *, shifts: bool) -> tuple[Rule, ...]:
    name = np.dtype(dtype).name

    def softmax(logits: Array) -> Array:
        z: Array = logits.astype(dtype)
        if shifts:
            z = z - z.max(axis=1, keepdims=True)
        raised = np.exp(z)
        probs: Array = raised / raised.sum(axis=1, keepdims=True, dtype=dtype)
        return probs

    how = "" if shifts else ", without the shift"
    cast = f"logits.to(torch.{name})"
    inside = f"F.softmax({cast}, dim=1)" if shifts else f"{cast}.exp()"
    inside = inside if shifts else f"({inside} / {inside}.sum(dim=1, keepdim=True))"

    @rule(
        f"Softmax in {name}{how}",
        r"p_{ic} = \frac{e^{z_{ic}}}{\sum_k e^{z_{ik}}}",
        f"{inside}.to(logits.dtype)",
        CELL,
        numbers=r"\frac{{e^{{{logits}}}}}{{\sum e^{{z}}}}",
        sentence="Stored as a float the probability of class {class} is {probs}.",
    )
    def probs(logits: Array) -> Array:
        """A float holds nothing below about 1e-45 in float32, so a small probability becomes
        exactly 0; and e to a large number overflows."""
        return softmax(logits).astype(np.float64)

    @rule(
        f"Log of the softmax in {name}",
        r"\log p_{ic}",
        f"{inside}.log().to(logits.dtype)",
        CELL,
        numbers=r"\log {probs}",
        sentence="Its log is {log_probs}.",
    )
    def log_probs(logits: Array) -> Array:
        """The log of 0 is minus infinity, where log-softmax gives a finite number."""
        return np.log(softmax(logits)).astype(np.float64)

    return probs, log_probs, *_binary_underflow(dtype)


def _binary_underflow(dtype: type) -> tuple[Rule, ...]:
    name = np.dtype(dtype).name

    def sigmoid(logits: Array) -> Array:
        one = dtype(1)
        made: Array = one / (one + np.exp(-logits.astype(dtype)))
        return made

    made = f"(1 / (1 + (-logits.to(torch.{name})).exp()))"

    @rule(
        f"Log of the sigmoid in {name}",
        r"\log p_i",
        f"{made}.log().to(logits.dtype)",
        ROW,
        numbers=r"\log {probs}",
        sentence="Its log is {log_probs}.",
    )
    def log_probs(logits: Array) -> Array:
        """The sigmoid of a very negative logit is stored as 0, and its log is minus infinity."""
        return np.log(sigmoid(logits)).astype(np.float64)

    @rule(
        f"Log of 1 minus the sigmoid in {name}",
        r"\log (1 - p_i)",
        f"(1 - {made}).log().to(logits.dtype)",
        ROW,
        numbers=r"\log (1 - {probs})",
        sentence="Its log is {log_others}.",
    )
    def log_others(logits: Array) -> Array:
        """The sigmoid of a large logit is stored as 1, and the log of what is left, 0, is minus
        infinity."""
        return np.log(dtype(1) - sigmoid(logits)).astype(np.float64)

    return log_probs, log_others


def _times_one_hot() -> tuple[Rule, ...]:
    @rule(
        "One-hot row times logs, all classes",
        r"-\sum_c y_{ic} \cdot \log p_{ic}",
        "-(F.one_hot(target.where(kept, 0), probs.shape[1]).movedim(-1, 1).to(probs.dtype)"
        " * probs.log()).sum(dim=1).where(kept, 0)",
        ROW,
        numbers=r"-\sum y \cdot \log p",
        sentence="All classes' products together are {nll}.",
    )
    def nll(probs: Array, target: Array, kept: Array) -> Array:
        """0 times minus infinity is nan: one class with probability 0 spoils the row, though its
        y is 0."""
        hot = one_hot(target, kept, probs.shape[1])
        return np.where(kept, -(hot * np.log(probs)).sum(axis=1), 0.0)

    @rule(
        "Log of yes, unprotected",
        r"\log p_i",
        "probs.log()",
        ROW,
        numbers=r"\log {probs}",
        sentence="Its log is {log_probs}.",
    )
    def log_probs(probs: Array) -> Array:
        """Without torch's limit of -100 the log of 0 is minus infinity, and 0 times that is nan."""
        return np.log(probs)

    @rule(
        "Log of no, unprotected",
        r"\log (1 - p_i)",
        "(1 - probs).log()",
        ROW,
        numbers=r"\log (1 - {probs})",
        sentence="Its log is {log_others}.",
    )
    def log_others(probs: Array) -> Array:
        """Without torch's limit of -100 the log of 0 is minus infinity, and 0 times that is nan."""
        return np.log(1 - probs)

    return nll, log_probs, log_others


def _rounded_probs() -> tuple[Rule, ...]:
    @rule(
        "Log of probabilities copied with four digits",
        r"\log p_{ic}",
        "probs.round(decimals=4).log()",
        CELL,
        numbers=r"\log {probs}",
        sentence="Copied with four digits the probability of class {class} has the log "
        "{log_probs}.",
    )
    def log_probs(probs: Array) -> Array:
        """Printed tensors show four digits; going on from them shifts the last digit."""
        return np.log(np.round(probs, 4))

    return (log_probs,)


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
    "The number is torch's divided by ln 2, 1.4427 times as large.",
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
    "The number is torch's divided by ln 10, 0.4343 times as large.",
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
CLIPPED_BY = {"1e-7": ", as in Keras", "1e-15": ", as in older scikit-learn"}
ADDED_BY = {"1e-12": ", as in torch 0.3"}


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
            detail=f"eps = {name}{by.get(name, '')}",
            combines=name == "1e-7" or name in by,
        )
        for part, code, shows in kinds
        for name, eps in EPS
    )


CLIPPED = _eps_ways(
    _clipped,
    (
        "F.nll_loss(F.softmax(logits, dim=1).clamp({eps}, 1 - {eps}).log(), target, weight)",
        "F.binary_cross_entropy(probs.clamp({eps}, 1 - {eps}), target)",
    ),
    CLIPPED_BY,
)
ADDED = _eps_ways(
    _added,
    (
        "F.nll_loss((F.softmax(logits, dim=1) + {eps}).log(), target, weight)",
        "-(target * (probs + {eps}).log() + (1 - target) * (1 - probs + {eps}).log()).mean()",
    ),
    ADDED_BY,
)
CLIPPED_IN_FLOAT32 = Way(
    _clipped_in_float32(),
    "F.nll_loss(F.softmax(logits, dim=1).float().clamp(1e-7, 1 - 1e-7).log(), target).double()",
    examples.SURE,
    detail="eps = 1e-7 in float32",
    combines=False,
)
STOPPED_AT_100 = Way(
    _stopped_at_100(),
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
    "No sample costs more than −log eps: 16.118 for 1e-7, 27.631 for 1e-12, 34.539 for 1e-15.",
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
            _underflow(dtype, shifts=shifts),
            code,
            examples.EXTREME if dtype is np.float32 else examples.FAR,
            detail=np.dtype(dtype).name + ("" if shifts else ", without the shift"),
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
            _times_one_hot(),
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
            _rounded_probs(),
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
