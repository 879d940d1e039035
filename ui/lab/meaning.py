"""What the numbers of an experiment say, in a few sentences made from them."""

from ce_core.lab import Interval, Outcome, interval, strategy_of
from ui.figures import figure
from ui.lab.training import Experiment
from ui.messages import plain

NEAR = 1.25  # times; two durations nearer to each other than that are called about the same


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
        return f"**Most is found** with {_name(best.key)}: {_hundred(found.mean)} of {name}."
    before = plainly.interval("recall", rare)
    chance = "" if _apart(found, before) or not found.known else " Chance alone may do that much."
    first, last = (one.interval("accuracy").mean for one in (plainly, best))
    price = f"Accuracy goes from {figure(first, 2)} to {figure(last, 2)}"
    return (
        f"**Most is found** with {_name(best.key)}: {_hundred(found.mean)} of {name}, instead of "
        f"{_hundred(before.mean)} when trained plainly.{chance} {price}: what is gained in the "
        f"rare class is {'paid for' if last < first else 'not paid for'} in the common one."
        f"{_balance(experiment, best)}"
    )


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
    numbers = f"{_hundred(one.mean)} and {_hundred(other.mean)}"
    if _apart(one, other):
        return f"**Weights and sampler** do not end alike here: they find {numbers}."
    unknown = "" if one.known else " One run cannot tell them apart."
    return (
        f"**Weights and sampler** ask for the same thing, the one in the loss, the other in the "
        f"draw, and find {numbers} of the rare class.{unknown}"
    )


def _probabilities(experiment: Experiment) -> str:
    weighted, plainly = _of(experiment, "weighted"), _of(experiment, "plain")
    if weighted is None:
        return ""
    share = float(experiment.split.prior[experiment.split.rare])
    said = weighted.interval("predicted_share").mean
    beside = ""
    if plainly is not None:
        beside = f"; trained plainly it says {_hundred(plainly.interval('predicted_share').mean)}"
    return (
        f"**Probabilities:** the rare class is {_hundred(share)}. With class weights the model "
        f"gives it {_hundred(said)} on average{beside}. A weighted model's probabilities are "
        "those of a world in which the classes have their weighted shares."
    )


def _steps(experiment: Experiment) -> str:
    """Whether weights make rare huge steps, as is often said."""
    weighted, plainly = _of(experiment, "weighted"), _of(experiment, "plain")
    if weighted is None or plainly is None:
        return ""
    one, other = (interval(outcome.norms.ratio).mean for outcome in (weighted, plainly))
    usual = interval(plainly.norms.median).mean
    if not usual > 0:
        return ""
    longer = interval(weighted.norms.median).mean / usual
    if one > NEAR * other:
        said = "So here weights do make the longest steps stand out more"
    elif other > NEAR * one:
        said = "So here weights make the longest steps stand out less"
    else:
        said = "So here weights hardly change how far the longest steps stand out"
    return (
        f"**Once in a while a huge step?** The longest gradient was {figure(one, 1)} times the "
        f"median one with class weights, {figure(other, 1)} times when trained plainly. {said}; "
        f"the median itself is {figure(longer, 1)} times the plain one."
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
