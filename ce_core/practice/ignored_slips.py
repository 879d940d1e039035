"""The slip of giving an ignored row numbers of its own."""

import numpy as np

from ce_core.arrays import Array
from ce_core.mistakes.parts import has_ignored, picked
from ce_core.practice.slip import Slip
from ce_core.rule import ROW, Rule, rule

MOST_CLASSES = 4  # of an item


def _log_prob_of(column: int) -> Rule:
    @rule(
        "Log-probability of an ignored row",
        r"\log p_{ic}",
        f"log_probs.gather(1, target.where(kept, {column}).unsqueeze(1)).squeeze(1)",
        ROW,
        numbers=r"\log p_{{{row_number}, c}}",
        sentence="{row:C} was given the log-probability {target_log_prob}.",
    )
    def target_log_prob(log_probs: Array, target: Array, kept: Array) -> Array:
        """A class of the ignored row was picked; where there are fewer classes, the last."""
        own = log_probs.take(column, axis=1, mode="clip")
        return np.where(kept, picked(log_probs, target, kept), own)

    return target_log_prob


def _weight_of(column: int) -> Rule:
    @rule(
        "Weight of an ignored row",
        "w_c",
        f"weight[target.where(kept, {column})]",
        ROW,
        numbers="w_c",
        sentence="{row:C} was given the weight {sample_weight}.",
    )
    def sample_weight(weight: Array, target: Array, kept: Array) -> Array:
        """A class's weight was taken for the ignored row; where there are fewer, the last."""
        return weight[np.where(kept, target, min(column, len(weight) - 1))]

    return sample_weight


_WAYS = tuple((_log_prob_of(column), _weight_of(column)) for column in range(MOST_CLASSES))
IGNORED_SLIPS = (
    Slip(
        "ignored_row_counted",
        "Counted an ignored row",
        "The row has logits like any other, so it is worked like any other.",
        "Its target equals ignore_index, and yet its number is not 0.",
        "Its target equals ignore_index, so it takes no part: each of its numbers is 0 here.",
        "F.cross_entropy(logits, target.where(target != ignore_index, 0), weight)",
        _WAYS[0],
        _WAYS[1:],
        has_ignored,
    ),
)
