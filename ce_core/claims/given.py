"""The threads' own numbers, where several experiments use them."""

from ce_core.case import Case
from ce_core.presets import BATCH, PIXEL_CLASSES, PIXELS, SOFT_BATCH, preset
from ce_core.trace import run

__all__ = ["BATCH", "PIXELS", "PIXEL_CLASSES", "SOFT_BATCH", "loss", "numbers_of"]


def numbers_of(key: str) -> Case:
    """The case of the preset of that key.

    Raises:
        KeyError: there is none.
    """
    chosen = preset(key)
    if chosen is None:
        raise KeyError(f"no preset {key!r}")
    return chosen.case


def loss(case: Case) -> float:
    """The one number that a sum or a mean gives."""
    return float(run(case).answer)
