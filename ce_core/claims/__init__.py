"""What was claimed in five public threads about cross-entropy, checked by computing it.

>>> from ce_core.claims import claim
>>> claim("weight-in-both-terms").verdict
'false'
>>> claim("weight-in-both-terms").experiment()["10 added: torch's loss changes by"]
0.0
"""

from ce_core.claims.arguments import ARGUMENT_CLAIMS
from ce_core.claims.empty import EMPTY_CLAIMS
from ce_core.claims.pixels import PIXEL_CLAIMS
from ce_core.claims.printed import PRINTED
from ce_core.claims.prior import PRIOR_CLAIMS
from ce_core.claims.record import (
    FALSE,
    HOLDS,
    PARTLY,
    UNKNOWN,
    VERDICTS,
    Claim,
    Evidence,
    Row,
    Said,
    Thread,
)
from ce_core.claims.sampling import SAMPLING_CLAIMS
from ce_core.claims.shapes import SHAPE_CLAIMS
from ce_core.claims.threads import THREADS
from ce_core.claims.weighted_mean import WEIGHTED_MEAN_CLAIMS
from ce_core.claims.where_it_goes import PLACEMENT_CLAIMS
from ce_core.claims.which_weights import CHOOSING_CLAIMS

__all__ = [
    "CLAIMS",
    "FALSE",
    "HOLDS",
    "PARTLY",
    "PRINTED",
    "THREADS",
    "UNKNOWN",
    "VERDICTS",
    "Claim",
    "Evidence",
    "Row",
    "Said",
    "Thread",
    "claim",
]

CLAIMS: tuple[Claim, ...] = (
    *WEIGHTED_MEAN_CLAIMS,
    *PLACEMENT_CLAIMS,
    *PRIOR_CLAIMS,
    *CHOOSING_CLAIMS,
    *SAMPLING_CLAIMS,
    *PIXEL_CLAIMS,
    *ARGUMENT_CLAIMS,
    *SHAPE_CLAIMS,
    *EMPTY_CLAIMS,
    *PRINTED,
)


def claim(key: str) -> Claim:
    """The claim of that key.

    Raises:
        KeyError: there is none.
    """
    for one in CLAIMS:
        if one.key == key:
            return one
    raise KeyError(f"no claim {key!r}; there are {', '.join(one.key for one in CLAIMS)}")
