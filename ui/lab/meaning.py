"""What the numbers of an experiment say, in a few sentences made from them."""

from ce_core.lab import Outcome
from ui.figures import figure
from ui.lab.costs import longest_steps, step_times
from ui.lab.judging import NEAR, apart, hundred, name, of, unsure
from ui.lab.naming import named
from ui.lab.training import Experiment
from ui.messages import plain
from ui.words import tr


def meaning(experiment: Experiment) -> list[str]:
    """The sentences, as Markdown; each only where the strategies that it is about were trained."""
    told = (
        _broken(experiment),
        _found(experiment),
        _weights_or_sampler(experiment),
        _probabilities(experiment),
        longest_steps(experiment),
        step_times(experiment),
    )
    return [sentence for sentence in told if sentence]


def _broken(experiment: Experiment) -> str:
    broken = [one for one in experiment.outcomes if one.broken]
    if not broken:
        return ""
    names = ", ".join(f"{name(one.key)} ({one.broken})" for one in broken)
    return tr(
        "**Runs that broke:** {names}. Their numbers grew beyond all bounds; a smaller learning "
        "rate keeps them finite.",
        names=names,
    )


def _found(experiment: Experiment) -> str:
    """The rare class's recall, trained plainly and in the best way, and what it costs."""
    rare, names = experiment.split.rare, experiment.split.train.names
    plainly = of(experiment, "plain")
    best = max(experiment.outcomes, key=lambda one: one.interval("recall", rare).mean)
    found = best.interval("recall", rare)
    most = {
        "strategy": name(best.key),
        "found": hundred(found.mean),
        "name": plain(named(names[rare])),
    }
    if plainly is None or best is plainly or len(experiment.outcomes) == 1:
        return tr("**Most is found** with {strategy}: {found} of “{name}”.", **most)
    before = plainly.interval("recall", rare)
    said = tr(
        "**Most is found** with {strategy}: {found} of “{name}”, instead of {before} when trained "
        "plainly.",
        **most,
        before=hundred(before.mean),
    )
    chancy = found.known and not apart(found, before)
    chance = tr("Chance alone may do that much.") if chancy else ""
    told = (said, chance, _price(plainly, best), _balance(experiment, best))
    return " ".join(sentence for sentence in told if sentence)


def _price(plainly: Outcome, best: Outcome) -> str:
    """What the accuracy says of how the rare class's gain was got."""
    first, last = (figure(one.interval("accuracy").mean, 2) for one in (plainly, best))
    if first == last:
        return tr("Accuracy stays at {first}.", first=first)
    if last < first:
        return tr(
            "Accuracy goes from {first} to {last}: what is gained in the rare class is paid for in "
            "the others.",
            first=first,
            last=last,
        )
    return tr(
        "Accuracy goes from {first} to {last}: the gain in the rare class costs none of it.",
        first=first,
        last=last,
    )


def _balance(experiment: Experiment, most: Outcome) -> str:
    """Who finds the classes evenly, where that is not who finds most of the rare one."""
    best = max(experiment.outcomes, key=lambda one: one.interval("balanced_accuracy").mean)
    if best is most:
        return ""
    return tr(
        "The highest mean recall of all classes, {recall}, has {strategy}.",
        recall=figure(best.interval("balanced_accuracy").mean, 2),
        strategy=name(best.key),
    )


def _weights_or_sampler(experiment: Experiment) -> str:
    weighted, sampler = of(experiment, "weighted"), of(experiment, "sampler")
    if weighted is None or sampler is None:
        return ""
    one, other = (o.interval("recall", experiment.split.rare) for o in (weighted, sampler))
    numbers = {"weighted": hundred(one.mean), "sampled": hundred(other.mean)}
    if apart(one, other):
        return tr(
            "**Weights and sampler** do not end alike here: they find {weighted} and {sampled} of "
            "the rare class. In a small batch the weighted mean is divided by a sum that changes "
            "with the batch; the sampler's mean is not.",
            **numbers,
        )
    return tr(
        "**Weights and sampler** ask for the same thing, the one in the loss, the other in the "
        "draw. They find {weighted} and {sampled} of the rare class; whether they differ, "
        "{unsure}.",
        **numbers,
        unsure=unsure(one),
    )


def _probabilities(experiment: Experiment) -> str:
    weighted, plainly = of(experiment, "weighted"), of(experiment, "plain")
    if weighted is None:
        return ""
    share = float(experiment.split.prior[experiment.split.rare])
    said = weighted.interval("predicted_share").mean
    shares = {"share": hundred(share), "said": hundred(said)}
    if plainly is None:
        given = tr(
            "**Probabilities:** the rare class is {share}. With class weights the model gives it "
            "{said} on average.",
            **shares,
        )
    else:
        given = tr(
            "**Probabilities:** the rare class is {share}. With class weights the model gives it "
            "{said} on average; trained plainly it says {plainly}.",
            **shares,
            plainly=hundred(plainly.interval("predicted_share").mean),
        )
    if said > NEAR * share:
        means = tr(
            "The weights make it answer for a world in which the rare class is more common: do "
            "not read its outputs as probabilities of this one."
        )
    else:
        means = tr("So here the weights hardly raise the probability of the rare class.")
    return f"{given} {means}"
