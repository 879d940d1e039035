"""What the numbers say of a step: how much the longest ones stand out, and what one takes."""

from dataclasses import dataclass
from math import isfinite

from ce_core.lab import Interval
from ce_core.words import Words, words
from ui.figures import figure
from ui.lab.judging import NEAR, apart, of, unsure
from ui.lab.training import Experiment
from ui.words import tr


@dataclass(frozen=True)
class Other:
    """A strategy beside class weights: its key, its name, and the words for training by it."""

    key: str
    name: Words
    when: Words
    by: Words


OTHERS = (
    Other("sampler", words("the sampler"), words("with the sampler"), words("with the sampler")),
    Other(
        "plain",
        words("plain training"),
        words("when trained plainly"),
        words("with plain training"),
    ),
)


def longest_steps(experiment: Experiment) -> str:
    """Whether weights make rare huge steps, as is often said."""
    weighted = of(experiment, "weighted")
    others = [(other, of(experiment, other.key)) for other in OTHERS]
    theirs = [(other, one.norms.interval("ratio")) for other, one in others if one]
    if weighted is None or not theirs:
        return ""
    ours = weighted.norms.interval("ratio")
    if not all(isfinite(one.mean) for one in (ours, *(one for _, one in theirs))):
        return ""
    beside = ", ".join(
        tr("{ratio} times {when}", ratio=figure(one.mean, 1), when=other.when)
        for other, one in theirs
    )
    said = tr(
        "**Once in a while a huge step?** In the second half of the training the longest gradient "
        "was {ratio} times the median one with class weights, {beside}.",
        ratio=figure(ours.mean, 1),
        beside=beside,
    )
    return f"{said} {_verdict(ours, *theirs[0])}"


def _verdict(ours: Interval, other: Other, theirs: Interval) -> str:
    """Whether the longest steps stand out more with weights than by another strategy."""
    if not apart(ours, theirs):
        return tr(
            "Whether weights and {name} differ in that, {unsure}.",
            name=other.name,
            unsure=unsure(ours),
        )
    if ours.mean > theirs.mean:
        return tr("So here the longest steps stand out more with weights than {by}.", by=other.by)
    return tr("So here the longest steps stand out less with weights than {by}.", by=other.by)


def step_times(experiment: Experiment) -> str:
    """What a step took with weights and with the sampler."""
    weighted, sampler = (experiment.times.get(key) for key in ("weighted", "sampler"))
    if not weighted or not sampler:
        return ""
    took = {"weighted": figure(1000 * weighted, 3), "sampled": figure(1000 * sampler, 3)}
    if 1 / NEAR < weighted / sampler < NEAR:
        return tr(
            "**More training time for weights?** A step took {weighted} ms with weights, "
            "{sampled} ms with the sampler: about the same. Both took the same number of steps.",
            **took,
        )
    if weighted > sampler:
        return tr(
            "**More training time for weights?** A step took {weighted} ms with weights, "
            "{sampled} ms with the sampler: more. Both took the same number of steps.",
            **took,
        )
    return tr(
        "**More training time for weights?** A step took {weighted} ms with weights, "
        "{sampled} ms with the sampler: less. Both took the same number of steps.",
        **took,
    )
