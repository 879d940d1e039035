"""What a teacher can leave out of a page by `hide=` in a link; it is not drawn at all."""

from dataclasses import dataclass

from ui.view import View


@dataclass(frozen=True)
class Hideable:
    """A part of a page.

    Attributes:
        key: what `hide=` calls it.
        title: what the teacher reads.
        pages: where it stands; () is everywhere.
    """

    key: str
    title: str
    pages: tuple[str, ...] = ()


HIDEABLE = (
    Hideable("title", "The page's heading"),
    Hideable("story", "The example's story"),
    Hideable("numbers", "The fields for other numbers"),
    Hideable("legend", "The legend of letters and marks", ("steps", "reductions", "practice")),
    Hideable("table", "The table", ("steps",)),
    Hideable("formula", "The formula", ("steps",)),
    Hideable("picture", "The picture", ("steps", "reductions")),
    Hideable("sentence", "The sentence below", ("steps",)),
    Hideable("why", "Why the step is done", ("steps",)),
    Hideable("torch", "What torch says", ("steps",)),
    Hideable("stepping", "The way to other steps", ("steps",)),
    Hideable("result", "The step's own numbers", ("steps",)),
    Hideable("none", "The card none", ("reductions",)),
    Hideable("sum", "The card sum", ("reductions",)),
    Hideable("mean", "The card mean", ("reductions",)),
    Hideable("plain", "The card plain average", ("reductions",)),
)


def hidden(view: View, key: str) -> bool:
    """Whether the view leaves the part out."""
    return key in view.hide
