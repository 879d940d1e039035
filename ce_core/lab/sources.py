"""Where the samples come from: made, measured long ago, or a person's own."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Source:
    """A kind of data.

    Attributes:
        key: in links.
        title: on the screen.
        says: what it is, in a sentence.
        uses: which of the plan's "share", "samples" and "spread" have a meaning for it.
        own: whether a person brings it.
        credit: who made it and under which licence; "" for data made here.
    """

    key: str
    title: str
    says: str
    uses: tuple[str, ...] = ("share", "samples", "spread")
    own: bool = False
    credit: str = ""


DATA = (
    Source("blobs", "Two clouds", "Two round clouds of points that overlap."),
    Source("three", "Three clouds", "Three round clouds, one of them rare."),
    Source("moons", "Two moons", "Two half circles that reach into each other."),
    Source("rings", "Two rings", "A rare ring inside a common one; no straight line parts them."),
    Source(
        "cancer",
        "Breast tumours",
        "Two measurements of cell nuclei in 569 tumours; the malignant ones are made rare.",
        ("share",),
        credit="Breast Cancer Wisconsin (Diagnostic): W. Wolberg, O. Mangasarian, N. Street, "
        "W. Street, 1993, UCI Machine Learning Repository, CC BY 4.0",
    ),
    Source(
        "wine",
        "Three wines",
        "Two measurements of 178 wines of three cultivars; the third is made rare.",
        ("share",),
        credit="Wine: S. Aeberhard, M. Forina, 1992, UCI Machine Learning Repository, CC BY 4.0",
    ),
    Source("own", "Your own table", "Two columns of numbers and a class.", (), own=True),
)


def source_of(key: str) -> Source:
    """The source of that key."""
    return next(source for source in DATA if source.key == key)
