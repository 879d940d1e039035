"""What the numbers of an experiment say, in a few sentences made from them."""

from math import isfinite

from ce_core.lab import Interval, Outcome, strategy_of
from ui.figures import figure
from ui.lab.training import Experiment
from ui.messages import plain

NEAR = 1.25  # times; two durations or shares nearer than that are called about the same
OTHERS = (
    ("sampler", "the sampler", "with the sampler"),
    ("plain", "plain training", "when trained plainly"),
)


def meaning(experiment: Experiment) -> list[str]:
    """The sentences, as Markdown; each only where the strategies that it is about were trained."""
    told = (
        _broken(experiment),
        _found(experiment),
        _weights_or_sampler(experiment),
        _probabilities(experiment),
        _steps(experiment),
        _time(experiment),
    )
    return [sentence for sentence in told if sentence]


def _of(experiment: Experiment, key: str) -> Outcome | None:
    return next((one for one in experiment.outcomes if one.key == key), None)


def _name(key: str) -> str:
    title = strategy_of(key).title
    return title[:1].lower() + title[1:]


def _hundred(value: float) -> str:
    return f"{100 * value:.0f} in 100"


def _apart(one: Interval, other: Interval) -> bool:
    """Whether two intervals are known and do not touch."""
    return one.known and other.known and (one.low > other.high or other.low > one.high)


def _broken(experiment: Experiment) -> str:
    broken = [one for one in experiment.outcomes if one.broken]
    if not broken:
        return ""
    names = ", ".join(f"{_name(one.key)} ({one.broken})" for one in broken)
    return (
        f"**Runs that broke:** {names}. Their numbers grew beyond all bounds; a smaller learning "
        "rate keeps them finite."
    )


def _found(experiment: Experiment) -> str:
    """The rare class's recall, trained plainly and in the best way, and what it costs."""
    rare, names = experiment.split.rare, experiment.split.train.names
    plainly = _of(experiment, "plain")
    best = max(experiment.outcomes, key=lambda one: one.interval("recall", rare).mean)
    found = best.interval("recall", rare)
    name = plain(names[rare])
    if plainly is None or best is plainly or len(experiment.outcomes) == 1:
        return f"**Most is found** with {_name(best.key)}: {_hundred(found.mean)} of “{name}”."
    before = plainly.interval("recall", rare)
    chance = "" if _apart(found, before) or not found.known else " Chance alone may do that much."
    return (
        f"**Most is found** with {_name(best.key)}: {_hundred(found.mean)} of “{name}”, instead of "
        f"{_hundred(before.mean)} when trained plainly.{chance} {_price(plainly, best)}"
        f"{_balance(experiment, best)}"
    )


def _price(plainly: Outcome, best: Outcome) -> str:
    """What the accuracy says of how the rare class's gain was got."""
    first, last = (figure(one.interval("accuracy").mean, 2) for one in (plainly, best))
    if first == last:
        return f"Accuracy stays at {first}."
    if last < first:
        return (
            f"Accuracy goes from {first} to {last}: what is gained in the rare class is paid for "
            "in the others."
        )
    return f"Accuracy goes from {first} to {last}: the gain in the rare class costs none of it."


def _balance(experiment: Experiment, most: Outcome) -> str:
    """Who finds the classes evenly, where that is not who finds most of the rare one."""
    best = max(experiment.outcomes, key=lambda one: one.interval("balanced_accuracy").mean)
    if best is most:
        return ""
    recall = figure(best.interval("balanced_accuracy").mean, 2)
    return f" The highest mean recall of all classes, {recall}, has {_name(best.key)}."


def _weights_or_sampler(experiment: Experiment) -> str:
    weighted, sampler = _of(experiment, "weighted"), _of(experiment, "sampler")
    if weighted is None or sampler is None:
        return ""
    one, other = (o.interval("recall", experiment.split.rare) for o in (weighted, sampler))
    numbers = f"{_hundred(one.mean)} and {_hundred(other.mean)} of the rare class"
    if _apart(one, other):
        return (
            f"**Weights and sampler** do not end alike here: they find {numbers}. In a small batch "
            "the weighted mean is divided by a sum that changes with the batch; the sampler's "
            "mean is not."
        )
    return (
        "**Weights and sampler** ask for the same thing, the one in the loss, the other in the "
        f"draw. They find {numbers}; whether they differ, {_unsure(one)}."
    )


def _unsure(one: Interval) -> str:
    return "one run cannot tell" if one.runs == 1 else f"these {one.runs} runs cannot tell"


def _probabilities(experiment: Experiment) -> str:
    weighted, plainly = _of(experiment, "weighted"), _of(experiment, "plain")
    if weighted is None:
        return ""
    share = float(experiment.split.prior[experiment.split.rare])
    said = weighted.interval("predicted_share").mean
    beside = ""
    if plainly is not None:
        beside = f"; trained plainly it says {_hundred(plainly.interval('predicted_share').mean)}"
    if said > NEAR * share:
        means = (
            "The weights make it answer for a world in which the rare class is more common: do "
            "not read its outputs as probabilities of this one."
        )
    else:
        means = "So here the weights hardly raise the probability of the rare class."
    return (
        f"**Probabilities:** the rare class is {_hundred(share)}. With class weights the model "
        f"gives it {_hundred(said)} on average{beside}. {means}"
    )


def _steps(experiment: Experiment) -> str:
    """Whether weights make rare huge steps, as is often said."""
    weighted = _of(experiment, "weighted")
    others = [(name, says, _of(experiment, key)) for key, name, says in OTHERS]
    theirs = [(name, says, one.norms.interval("ratio")) for name, says, one in others if one]
    if weighted is None or not theirs:
        return ""
    ours = weighted.norms.interval("ratio")
    if not all(isfinite(one.mean) for one in (ours, *(one for _, _, one in theirs))):
        return ""
    beside = ", ".join(f"{figure(one.mean, 1)} times {says}" for _, says, one in theirs)
    name, _, other = theirs[0]
    if not _apart(ours, other):
        verdict = f"Whether weights and {name} differ in that, {_unsure(ours)}"
    else:
        more = "more" if ours.mean > other.mean else "less"
        verdict = f"So here the longest steps stand out {more} with weights than with {name}"
    return (
        "**Once in a while a huge step?** In the second half of the training the longest gradient "
        f"was {figure(ours.mean, 1)} times the median one with class weights, {beside}. {verdict}."
    )


def _time(experiment: Experiment) -> str:
    weighted, sampler = (experiment.times.get(key) for key in ("weighted", "sampler"))
    if not weighted or not sampler:
        return ""
    numbers = f"{figure(1000 * weighted, 3)} ms with weights, {figure(1000 * sampler, 3)} ms with"
    ratio = weighted / sampler
    said = "about the same" if 1 / NEAR < ratio < NEAR else "more" if ratio > 1 else "less"
    return (
        f"**More training time for weights?** A step took {numbers} the sampler: {said}. Both "
        "took the same number of steps."
    )
