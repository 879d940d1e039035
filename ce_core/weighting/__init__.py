"""How class weights are chosen: the usual schemes on given counts, and what they do to a loss."""

from ce_core.weighting.alike import Alike, alike
from ce_core.weighting.batch import MOST_MADE, made_batch
from ce_core.weighting.binary import Twins, pos_weight, twins
from ce_core.weighting.counts import MAX_CLASSES, ClassCounts
from ce_core.weighting.effect import Effect, effects
from ce_core.weighting.nines import beta_of, nines_of
from ce_core.weighting.record import Scheme
from ce_core.weighting.schemes import SCHEMES, scheme_of
from ce_core.weighting.weighing import Weighing, weigh

__all__ = [
    "MAX_CLASSES",
    "MOST_MADE",
    "SCHEMES",
    "Alike",
    "ClassCounts",
    "Effect",
    "Scheme",
    "Twins",
    "Weighing",
    "alike",
    "beta_of",
    "effects",
    "made_batch",
    "nines_of",
    "pos_weight",
    "scheme_of",
    "twins",
    "weigh",
]
