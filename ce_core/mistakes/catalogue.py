"""All mistakes, the frequent ones first within each part of the way."""

from dataclasses import replace

from ce_core.mistakes import binary
from ce_core.mistakes.binary import BINARY_MISTAKES
from ce_core.mistakes.gradients import GRADIENT_MISTAKES
from ce_core.mistakes.logs import LOG_MISTAKES
from ce_core.mistakes.record import Mistake
from ce_core.mistakes.reductions import REDUCTION_MISTAKES
from ce_core.mistakes.remarks import REMARKS
from ce_core.mistakes.softmax import SOFTMAX_MISTAKES
from ce_core.mistakes.targets import TARGET_MISTAKES
from ce_core.mistakes.weights import WEIGHT_MISTAKES

# what is the same mistake in a binary loss
ALSO = {
    "softmax_twice": (binary.SIGMOID_TWICE,),
    "probabilities_as_logits": (
        binary.INPUTS_AS_PROBABILITIES,
        binary.PROBABILITIES_PASSED_AS_LOGITS,
    ),
    "arguments_swapped": (binary.SWAPPED,),
    "weight_left_out": (binary.WEIGHT_LEFT_OUT_OF_ELEMENTS,),
}


def _whole(mistake: Mistake) -> Mistake:
    return replace(mistake, ways=mistake.ways + ALSO.get(mistake.key, ()))


MISTAKES: tuple[Mistake, ...] = tuple(
    map(
        _whole,
        (
            *REDUCTION_MISTAKES,
            *SOFTMAX_MISTAKES,
            *LOG_MISTAKES,
            *TARGET_MISTAKES,
            *WEIGHT_MISTAKES,
            *GRADIENT_MISTAKES,
            *BINARY_MISTAKES,
            *REMARKS,
        ),
    )
)


def mistake(key: str) -> Mistake:
    """The mistake of that key.

    Raises:
        KeyError: there is none.
    """
    return next(m for m in MISTAKES if m.key == key) if key in KEYS else _unknown(key)


def _unknown(key: str) -> Mistake:
    raise KeyError(f"no mistake {key!r}; there are {', '.join(KEYS)}")


KEYS = tuple(m.key for m in MISTAKES)
