"""All messages that are known. Of two rows that fit the same place the earlier one is taken."""

from ce_core.refusals import (
    binary,
    calls,
    classes,
    indexing,
    logits,
    options,
    shapes,
    targets,
    weights,
)
from ce_core.refusals.record import Refusal

REFUSALS: tuple[Refusal, ...] = (
    *shapes.ROWS,
    *targets.ROWS,
    *classes.ROWS,
    *logits.ROWS,
    *weights.ROWS,
    *options.ROWS,
    *binary.ROWS,
    *indexing.ROWS,
    *calls.ROWS,
)
