"""From a plan to its samples: the same ones wherever the plan is opened."""

from functools import lru_cache

from ce_core.errors import CaseError
from ce_core.lab.bundled import TABLES, bundled
from ce_core.lab.made import made_split
from ce_core.lab.parting import own_split, real_split
from ce_core.lab.plan import Plan
from ce_core.lab.samples import Samples, Split
from ce_core.words import words

OF_DATA = ("data", "share", "samples", "spread", "seed", "batch")


def split_of(plan: Plan, own: Samples | None = None) -> Split:
    """What the plan trains and tests on; made from its seed alone, the same for all its runs.

    Args:
        plan: says which data, and how unbalanced.
        own: from `read_own`, for a plan whose data is "own".

    Raises:
        CaseError: the plan's data is "own" and there is no table.
    """
    if plan.data != "own":
        return _known_split(Plan(**{name: getattr(plan, name) for name in OF_DATA}))
    if own is None:
        raise CaseError(
            "data",
            words("your own data needs a table"),
            words("data is 'own' and there is no table"),
            words("Paste or upload a table, or choose other data."),
        )
    return own_split(plan, own)


@lru_cache(maxsize=8)
def _known_split(plan: Plan) -> Split:
    """The last few, so that a page that is drawn again need not make them again."""
    return real_split(plan, bundled(plan.data)) if plan.data in TABLES else made_split(plan)
