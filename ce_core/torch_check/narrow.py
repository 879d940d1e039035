"""Where torch itself loses digits: large batches of equal losses, and very many equal logits."""

from dataclasses import dataclass
from math import inf, isfinite, log

import torch
from torch.nn import functional as F  # noqa: N812 - what torch's own manual calls it

from ce_core.torch_check.dtypes import DTYPES, format_of
from ce_core.torch_check.machine import DeviceError, first_sentence, unknown_dtype, usable
from ce_core.words import Words, words

RIGHT = 1  # eps; half of one is a single rounding
SEEN = 1e-3  # of the value: less than that shows in no digit worth a word


@dataclass(frozen=True)
class Trial:
    """So many rows of so many logits, all 0; the target is the first class.

    Attributes:
        rows: N.
        classes: C; each row costs ln C.
        says: what the trial asks for.
    """

    rows: int
    classes: int
    says: Words


@dataclass(frozen=True)
class Answer:
    """What torch gave.

    Attributes:
        trial: the question.
        mean: `F.cross_entropy(logits, target)`.
        by_rows: `F.cross_entropy(logits, target, reduction="none").mean()`.
        true: ln C.
        eps: of the dtype.
    """

    trial: Trial
    mean: float
    by_rows: float
    true: float
    eps: float

    def off(self, value: float) -> float:
        """By which part of ln C a value is off; infinite where it is no number."""
        return abs(value - self.true) / self.true if isfinite(value) else inf

    def right(self, value: float) -> bool:
        """Whether a value is off by rounding alone, or by less than anyone would see."""
        return self.off(value) <= max(RIGHT * self.eps, SEEN)


TRIALS = (
    Trial(10_000, 3, words("many rows")),
    Trial(60_000, 3, words("losses that add up to more than {most:,}", most=65_504)),
    Trial(65_520, 3, words("more rows than float16 can count")),
    Trial(1, 65_520, words("very many classes")),
)


def narrow(device: str = "cpu", dtype: str = "float16") -> tuple[Answer, ...]:
    """Torch's answer to each trial, on a device and in a dtype.

    Raises:
        DeviceError: no such device or dtype, one that does not work, or too little memory on it.
    """
    if dtype not in DTYPES:
        raise unknown_dtype(dtype)
    place = usable(device)
    try:
        return tuple(_ask(trial, place, dtype) for trial in TRIALS)
    except (RuntimeError, TypeError, MemoryError) as error:
        said = first_sentence(error)
    raise DeviceError(
        words(
            "{device} cannot compute this in {dtype} ({message}).",
            device=place,
            dtype=dtype,
            message=said,
        )
    )


def _ask(trial: Trial, device: str, dtype: str) -> Answer:
    form = format_of(dtype)
    logits = torch.zeros(trial.rows, trial.classes, dtype=form.torch, device=device)
    target = torch.zeros(trial.rows, dtype=torch.int64, device=device)
    with torch.no_grad():
        mean = F.cross_entropy(logits, target)
        by_rows = F.cross_entropy(logits, target, reduction="none").mean()
    return Answer(trial, float(mean), float(by_rows), log(trial.classes), form.eps)
