"""What each scheme's weights make of the loss of one batch."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ce_core.arrays import Array
from ce_core.rule import Rule
from ce_core.trace import Step, Trace, fold
from ce_core.weighting.weighing import Weighing


@dataclass(frozen=True, eq=False)
class Effect:
    """The loss of a batch under a scheme's weights, as torch gives it.

    Attributes:
        weighing: the scheme and its weights.
        mean: what reduction="mean" gives.
        total: what reduction="sum" gives.
        divisor: what the mean is divided by.
    """

    weighing: Weighing
    mean: float
    total: float
    divisor: float


def effects(trace: Trace, weighings: Sequence[Weighing]) -> tuple[Effect, ...]:
    """The losses of the trace's case under each of the weights; those without weights are left out.

    Args:
        trace: of a case with reduction "mean" and as many classes as there are weights. What does
            not depend on the weights is taken from it and not computed again.
        weighings: the schemes' weights.
    """
    rules = _depending(trace)
    made = {step.key: step.output for step in trace if step.rule not in rules}
    return tuple(
        _effect(one, made, fold({**trace.case.inputs, **made, "weight": one.weights}, rules))
        for one in weighings
        if one.weights is not None
    )


def _depending(trace: Trace) -> tuple[Rule, ...]:
    """The rules that read the weights, or what was made of them, as far as the mean."""
    moved = {"weight"}
    rules: list[Rule] = []
    for step in trace:
        if moved & set(step.rule.reads):
            moved.add(step.key)
            rules.append(step.rule)
        if step.key == "mean_loss":
            break
    return tuple(rules)


def _effect(weighing: Weighing, kept: Mapping[str, Array], steps: tuple[Step, ...]) -> Effect:
    made = {**kept, **{step.key: step.output for step in steps}}
    total, mean = float(made["sum_loss"]), float(made["mean_loss"])
    return Effect(weighing, mean, total, float(made["denominator"]))
