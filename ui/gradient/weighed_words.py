"""What other weights do to the gradient, in sentences for this very case."""

import numpy as np

from ce_core import Case
from ce_core.descent import Effect
from ui.figures import figure

NOTHING = (
    "Nothing moves: no row that counts asks for a class whose weight changed, or its gradient is "
    "0 already."
)
PROBABILITIES = (
    "**The probabilities** stay, whatever the weights: a weight comes in after the softmax. It "
    "changes the step alone, and only by many such steps what a model believes."
)


def told(
    case: Case, shown: tuple[Effect, ...], times: float, column: int | None
) -> tuple[str, ...]:
    """What the sum and the mean make of it, and whether any row's gradient turns.

    Args:
        case: with its own weights.
        shown: the effect under the sum and, if it was computed, under the mean.
        times: what the weight is multiplied by.
        column: the class whose weight it is; None for all.
    """
    if times == 1:
        return ("Multiplied by 1 every weight is what it was, and so is the gradient.",)
    if not any(effect.moves for effect in shown):
        return (NOTHING, PROBABILITIES)
    mean = (_mean(case, shown[1]),) if len(shown) > 1 else ()
    total = _total(case, shown[0], times, column)
    return (total, *mean, _direction(case, shown), PROBABILITIES)


def _total(case: Case, total: Effect, times: float, column: int | None) -> str:
    start = "**Under the sum, and with none,**"
    if column is None:
        return (
            f"{start} every row's gradient is {figure(times)} times as long: the same as a "
            "learning rate that is so many times larger."
        )
    if case.soft or case.smooths:
        return f"{start} each row feels the weight by as much as its target asks of the class."
    changed = int((total["factor_after"] != total["factor"]).sum())
    rows = "no row" if not changed else "1 row" if changed == 1 else f"{changed:,} rows"
    verb = "changes" if changed == 1 else "change"
    follows = "a row's gradient follows the weight of its own target alone"
    return f"{start} {follows}: {rows} {verb} here."


def _mean(case: Case, mean: Effect) -> str:
    if not np.isfinite(mean["whole_before"]):
        return "**Under the mean** the gradient was no finite number before, either."
    if not np.isfinite(mean["whole_after"]):
        return (
            "**Under the mean** the gradient is no longer a finite number: the weights that it is "
            "divided by sum to 0, or are too large."
        )
    if not mean.moves:
        return (
            "**Under the mean** nothing moves. The factor stands above the line and below it, and "
            "where all rows that count have the same factor it cancels."
        )
    ratios = mean["ratio"][np.isfinite(mean["ratio"])]
    least, most = figure(float(ratios.min())), figure(float(ratios.max()))
    if least == most:
        return f"**Under the mean** every row's gradient is {most} times as long."
    if case.smooths and not case.soft:
        return (
            f"**Under the mean** each gradient is between {least} and {most} times as long as "
            "before: the weight is in what a smoothed target weighs and in what divides that."
        )
    if case.soft:
        return (
            "**Under the mean** every row is divided by the number of samples, whatever it weighs: "
            f"from {least} to {most} times as long."
        )
    return (
        "**Under the mean** the rows share: what one gains, the others lose. Each gradient is "
        f"between {least} and {most} times as long as before."
    )


def _direction(case: Case, shown: tuple[Effect, ...]) -> str:
    mixed = case.soft or case.smooths
    if any(effect.turns for effect in shown):
        far = max(float(np.nan_to_num(effect["turned"]).max(initial=0)) for effect in shown)
        why = (
            "with a mixed target each class's part carries its own weight, so the weights also "
            "move what a row is pulled to"
            if mixed
            else "a negative weight turns the sign of what the mean is divided by"
        )
        return (
            f"**The direction** changes as well, by up to {figure(far, 2)} degrees in a row: {why}."
        )
    if mixed:
        return (
            "**The direction** of each row's gradient stays here. With a mixed target it turns as "
            "soon as the classes in it are weighed differently."
        )
    return (
        "**The direction** of each row's gradient stays: for class numbers without smoothing a "
        "weight makes a row's step longer or shorter and does not turn it."
    )
