"""What other weights do to the gradient, in sentences for this very case."""

import numpy as np

from ce_core import Case
from ce_core.descent import Effect
from ui.figures import figure
from ui.words import Words, words

NOTHING = words(
    "Nothing moves: no row that counts asks for a class whose weight changed, or its gradient is "
    "0 already."
)
PROBABILITIES = words(
    "**The probabilities** stay, whatever the weights: a weight comes in after the softmax. It "
    "changes the step alone, and only by many such steps what a model believes."
)


def told(
    case: Case, shown: tuple[Effect, ...], times: float, column: int | None
) -> tuple[Words, ...]:
    """What the sum and the mean make of it, and whether any row's gradient turns.

    Args:
        case: with its own weights.
        shown: the effect under the sum and, if it was computed, under the mean.
        times: what the weight is multiplied by.
        column: the class whose weight it is; None for all.
    """
    if times == 1:
        return (words("Multiplied by 1 every weight is what it was, and so is the gradient."),)
    if not any(effect.moves for effect in shown):
        return (NOTHING, PROBABILITIES)
    mean = (_mean(case, shown[1]),) if len(shown) > 1 else ()
    total = _total(case, shown[0], times, column)
    return (total, *mean, _direction(case, shown), PROBABILITIES)


def _total(case: Case, total: Effect, times: float, column: int | None) -> Words:
    if column is None:
        return words(
            "**Under the sum, and with none,** every row's gradient is {times} times as long: the "
            "same as a learning rate that is so many times larger.",
            times=figure(times),
        )
    if case.soft or case.smooths:
        return words(
            "**Under the sum, and with none,** each row feels the weight by as much as its target "
            "asks of the class."
        )
    changed = int((total["factor_after"] != total["factor"]).sum())
    return words(
        "**Under the sum, and with none,** a row's gradient follows the weight of its own target "
        "alone: {change} here.",
        change=_change(changed),
    )


def _change(rows: int) -> Words:
    if not rows:
        return words("no row change")
    return words("1 row changes") if rows == 1 else words("{count:,} rows change", count=rows)


def _mean(case: Case, mean: Effect) -> Words:
    if not np.isfinite(mean["whole_before"]):
        return words("**Under the mean** the gradient was no finite number before, either.")
    if not np.isfinite(mean["whole_after"]):
        return words(
            "**Under the mean** the gradient is no longer a finite number: the weights that it is "
            "divided by sum to 0, or are too large."
        )
    if not mean.moves:
        return words(
            "**Under the mean** nothing moves. The factor stands above the line and below it, and "
            "where all rows that count have the same factor it cancels."
        )
    ratios = mean["ratio"][np.isfinite(mean["ratio"])]
    least, most = figure(float(ratios.min())), figure(float(ratios.max()))
    if least == most:
        return words("**Under the mean** every row's gradient is {most} times as long.", most=most)
    ends = {"least": least, "most": most}
    if case.smooths and not case.soft:
        return words(
            "**Under the mean** each gradient is between {least} and {most} times as long as "
            "before: the weight is in what a smoothed target weighs and in what divides that.",
            **ends,
        )
    if case.soft:
        return words(
            "**Under the mean** every row is divided by the number of samples, whatever it weighs: "
            "from {least} to {most} times as long.",
            **ends,
        )
    return words(
        "**Under the mean** the rows share: what one gains, the others lose. Each gradient is "
        "between {least} and {most} times as long as before.",
        **ends,
    )


def _direction(case: Case, shown: tuple[Effect, ...]) -> Words:
    mixed = case.soft or case.smooths
    if any(effect.turns for effect in shown):
        far = max(float(np.nan_to_num(effect["turned"]).max(initial=0)) for effect in shown)
        why = (
            words(
                "with a mixed target each class's part carries its own weight, so the weights also "
                "move what a row is pulled to"
            )
            if mixed
            else words("a negative weight turns the sign of what the mean is divided by")
        )
        return words(
            "**The direction** changes as well, by up to {degrees} degrees in a row: {why}.",
            degrees=figure(far, 2),
            why=why,
        )
    if mixed:
        return words(
            "**The direction** of each row's gradient stays here. With a mixed target it turns as "
            "soon as the classes in it are weighed differently."
        )
    return words(
        "**The direction** of each row's gradient stays: for class numbers without smoothing a "
        "weight makes a row's step longer or shorter and does not turn it."
    )
