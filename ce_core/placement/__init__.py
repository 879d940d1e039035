"""Where the weight goes: outside the log, inside it, or as a prior, and what each leads to."""

from ce_core.placement.believing import (
    Belief,
    all_equal,
    balanced,
    beliefs,
    scaled,
    weight_fault,
)
from ce_core.placement.comparing import Compared, Ignored, compare, prior_matters
from ce_core.placement.deciding import Decision, decide
from ce_core.placement.fitting import Fitted, Line, fit, fitted
from ce_core.placement.losses import PLACINGS, Placing, placed
from ce_core.placement.separable import Reached, separable
from ce_core.placement.worlds import WORLDS, World, apart, log_odds, world

__all__ = [
    "PLACINGS",
    "WORLDS",
    "Belief",
    "Compared",
    "Decision",
    "Fitted",
    "Ignored",
    "Line",
    "Placing",
    "Reached",
    "World",
    "all_equal",
    "apart",
    "balanced",
    "beliefs",
    "compare",
    "decide",
    "fit",
    "fitted",
    "log_odds",
    "placed",
    "prior_matters",
    "scaled",
    "separable",
    "weight_fault",
    "world",
]
