"""Counts that people asked about, and two that show what the rarer schemes do."""

from dataclasses import dataclass, replace

from ce_core.presets import preset
from ui.choose.settings import Choosing, Table
from ui.view import View


@dataclass(frozen=True, kw_only=True)
class Example:
    """Counts with their story.

    Attributes:
        key: its name.
        title: what the button says.
        story: what was asked or shown.
        counts: the samples of each class.
        names: of the classes, or ().
        scheme: the scheme that it is about.
        preset: the example of the same thread whose numbers go with it, or "".
        costs: a row for each class, or ().
        images: a row for each image, or ().
    """

    key: str
    title: str
    story: str
    counts: tuple[int, ...]
    scheme: str
    names: tuple[str, ...] = ()
    preset: str = ""
    costs: Table = ()
    images: Table = ()


EXAMPLES = (
    Example(
        key="two_counts",
        title="9,000 and 41,000 images",
        story="Someone asked whether 1/9000 and 1/41000 are right. Under the mean they are as good "
        "as any of their multiples: only the ratio counts, and that is 4.5556 to 1.",
        counts=(9_000, 41_000),
        scheme="inverse",
        preset="two_counts",
    ),
    Example(
        key="five_counts",
        title="Five classes, one over the count",
        story="The counts were 1016, 12852, 12888, 3380 and 296, the weights one over each, and "
        "the results got worse. One sample of the rarest class has as much to say as 43.5405 of "
        "the commonest.",
        counts=(1_016, 12_852, 12_888, 3_380, 296),
        scheme="inverse",
        preset="one_over_count",
    ),
    Example(
        key="max_over_count",
        title="Five classes, largest over count",
        story="Another took the largest count over each, 13.83, 1.0, 1.66, 1.21 and 6.9, and was "
        "content. Under the mean these do exactly what one over the count does.",
        counts=(2_741, 37_919, 22_858, 31_235, 5_499),
        scheme="largest",
        preset="max_over_count",
    ),
    Example(
        key="pos_weight",
        title="900 negatives, 100 positives",
        story="With one output the usual answer is pos_weight = 900/100 = 9; with two outputs the "
        "weights 1 and 9.",
        counts=(900, 100),
        names=("negative", "positive"),
        scheme="largest",
        preset="pos_weight",
    ),
    Example(
        key="four_images",
        title="Four small images",
        story="Images of 100 pixels. Three hold 60 of sky and 40 of tree, the fourth 60 of sky and "
        "40 of boat. By its count the boat weighs 3 times as much as the tree; by median "
        "frequency both weigh the same, since each fills 40 of 100 pixels where it occurs.",
        counts=(240, 120, 40),
        names=("sky", "tree", "boat"),
        scheme="median_frequency",
        images=((60, 40, 0), (60, 40, 0), (60, 40, 0), (60, 0, 40)),
    ),
    Example(
        key="two_to_one",
        title="One mistake costs twice the other",
        story="Missing a sick patient costs 2, alarming a healthy one 1: the weights are 2 and 1, "
        "whatever the counts. The model then says sick from a probability of 1/3 on.",
        counts=(500, 500),
        names=("sick", "healthy"),
        scheme="cost",
        costs=((0, 2), (1, 0)),
    ),
)


def with_example(view: View, example: Example) -> View:
    """The view with an example's counts; and its numbers, unless a person's own are there."""
    chosen = preset(example.preset)
    if chosen is not None and view.preset:
        view = view.of_case(chosen.case, preset=chosen.key, names=chosen.classes)
    choosing = Choosing(
        counts=example.counts,
        counted=example.names,
        beta=view.choosing.beta,
        costs=example.costs,
        images=example.images,
        scheme=example.scheme,
    )
    return replace(view, choosing=choosing)
