"""Two pictures of a nudge: the curve close up, and how far off the slope is for each size."""

from math import isfinite, log10

from ce_core.descent import Nudge
from ui.plot import Axis, Curve, Dots, chart
from ui.words import tr

VAST = 1e15  # from here on the digits of a loss are too few to show a slope


def close_up(one: Nudge, near: tuple[Nudge, ...]) -> None:
    """The loss over the logit, and the line through the two nudged points.

    Args:
        one: the nudge.
        near: more of them, smallest first, for the curve.
    """
    points = [
        *((-each["size"], each["below"]) for each in reversed(near)),
        (0.0, one["at"]),
        *((each["size"], each["above"]) for each in near),
    ]
    known = [loss for _, loss in points if abs(loss) < VAST]
    if len(known) < len(points):
        return
    ends, heights = (-one["size"], one["size"]), (one["below"], one["above"])
    reach = near[-1]["size"]
    chart(
        [
            Curve([at for at, _ in points], [loss for _, loss in points], "loss", "L"),
            Curve(ends, heights, label=tr("from −h to +h"), dash=True),
            Dots((*ends, 0.0), (*heights, one["at"]), "logits"),
        ],
        Axis(tr("change of the logit"), -reach, reach),
        Axis(tr("loss"), min(known), max(known)),
        alt=tr(
            "The loss while the logit is moved: close up it is nearly the straight line through "
            "the two points that were measured."
        ),
        height=170,
    )


def valley(made: tuple[Nudge, ...]) -> None:
    """How far the slope is off for each h: down with h², and up again where rounding shows."""
    drawn = [one for one in made if isfinite(one["apart"])]
    heights = [_log(abs(one[key])) for one in drawn for key in ("apart", "bend", "rounding")]
    known = [height for height in heights if isfinite(height)]
    if not known:
        return
    low, high = min(known) // 2 * 2, max(known) + 0.5
    xs = [_log(one["size"]) for one in drawn]
    powers = range(int(low), int(high) + 1, 2 if high - low < 14 else 4)
    chart(
        [
            Curve(xs, _logs(drawn, "bend"), label=tr("the bend, h²"), dash=True),
            Curve(xs, _logs(drawn, "rounding"), label=tr("rounding, 1/h")),
            Dots(xs, _logs(drawn, "apart"), "logits", tr("difference"), "square"),
        ],
        Axis("h", -8.3, 0.3, tuple((float(k), _power(k)) for k in (-8, -6, -4, -2, 0))),
        Axis(
            tr("difference from the gradient"),
            low,
            high,
            tuple((float(k), _power(k)) for k in powers),
        ),
        alt=tr(
            "The difference between the measured slope and the gradient: it falls with h, and "
            "rises again where h is so small that rounding is all there is."
        ),
        height=240,
    )


def _logs(made: list[Nudge], key: str) -> list[float]:
    return [_log(abs(one[key])) for one in made]


def _log(value: float) -> float:
    return log10(value) if value > 0 and isfinite(value) else float("nan")


def _power(exponent: int) -> str:
    return "1" if exponent == 0 else f"1e{exponent}".replace("-", "−")
