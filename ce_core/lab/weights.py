"""The schemes that give class weights from the training samples' counts alone."""

from ce_core.arrays import Array
from ce_core.weighting import SCHEMES as ALL
from ce_core.weighting import ClassCounts, Scheme, scheme_of

# The others need costs, or the counts of each image.
SCHEMES: tuple[Scheme, ...] = tuple(row for row in ALL if {*row.needs} <= {"counts", "beta"})


def weights_of(scheme: str, counts: Array, beta: float) -> Array:
    """The weights (C,) that a scheme gives to classes of these counts, all above 0."""
    return scheme_of(scheme).weights(ClassCounts(counts, beta))
