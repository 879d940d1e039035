"""What multiplies a row's p − r in its gradient, for each kind of target and reduction."""

from ce_core.arrays import Array
from ce_core.rule import ROW, Rule, rule


def _factor_of_share() -> Rule:
    @rule(
        "Factor of the row",
        r"F_i = \frac{w_{y_i}}{W}",
        "share",
        ROW,
        numbers=r"\frac{{{sample_weight}}}{{{denominator}}}",
        sentence="The difference is multiplied by {factor}.",
    )
    def factor(share: Array) -> Array:
        """The weight of the target's class, divided by what the mean is divided by."""
        return share

    return factor


def _factor_of_weight() -> Rule:
    @rule(
        "Factor of the row",
        r"F_i = w_{y_i}",
        "sample_weight",
        ROW,
        numbers=r"{sample_weight}",
        sentence="The difference is multiplied by {factor}.",
    )
    def factor(sample_weight: Array) -> Array:
        """The weight of the target's class; a sum divides by nothing."""
        return sample_weight

    return factor


def _factor_of_smoothed() -> Rule:
    @rule(
        "Factor of the row",
        r"F_i = \frac{w_{q_i}}{W}",
        "share * carried",
        ROW,
        numbers=r"\frac{{{carried}}}{{{denominator}}}",
        sentence="The difference is multiplied by {factor}.",
    )
    def factor(share: Array, carried: Array) -> Array:
        """What the smoothed target weighs, divided by the sum of the targets' own weights."""
        return share * carried

    return factor


def _factor_of_mean() -> Rule:
    @rule(
        "Factor of the row",
        r"F_i = \frac{w_{q_i}}{N}",
        "carried / denominator",
        ROW,
        numbers=r"\frac{{{carried}}}{{{denominator}}}",
        sentence="The difference is multiplied by {factor}.",
    )
    def factor(carried: Array, denominator: Array) -> Array:
        """What the target weighs, divided by the number of samples."""
        return carried / denominator

    return factor


def _factor_of_carried() -> Rule:
    @rule(
        "Factor of the row",
        r"F_i = w_{q_i}",
        "carried",
        ROW,
        numbers=r"{carried}",
        sentence="The difference is multiplied by {factor}.",
    )
    def factor(carried: Array) -> Array:
        """What the target weighs; a sum divides by nothing."""
        return carried

    return factor


SHARE, WEIGHT = _factor_of_share(), _factor_of_weight()
CARRIED, CARRIED_MEAN = _factor_of_carried(), _factor_of_mean()
CARRIED_SHARE = _factor_of_smoothed()
