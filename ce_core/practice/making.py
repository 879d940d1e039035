"""The cases of each topic: small, with numbers that are nice to look at."""

from collections.abc import Callable, Mapping

from ce_core.case import Case
from ce_core.practice.dice import Dice
from ce_core.practice.topics import Topic

WEIGHTS = (0.5, 1, 2, 3, 5)
SMOOTHINGS = (0.1, 0.2, 0.3)
IGNORED = (-100, -100, -1)  # mostly the one that torch ignores without being told
MIDDLES = (1000, -1000, 0)  # of a row that overflows, of one that vanishes, of a harmless one
FAR = 1000  # e to the power of it is no float64, and e to minus it is stored as 0


def make(topic: Topic, dice: Dice) -> Case:
    """A case for a topic; whether it is good practice is looked at afterwards."""
    return MAKERS[topic.key](topic, dice)


def _weighted_mean(topic: Topic, dice: Dice) -> Case:
    samples, classes = dice.choice(topic.shapes)
    return Case(
        [_row(dice, classes) for _ in range(samples)],
        [dice.below(classes) for _ in range(samples)],
        weight=dice.several(WEIGHTS, classes),
    )


def _smoothing(topic: Topic, dice: Dice) -> Case:
    return _weighted_mean(topic, dice).replace(label_smoothing=dice.choice(SMOOTHINGS))


def _ignored_rows(topic: Topic, dice: Dice) -> Case:
    case, ignored = _weighted_mean(topic, dice), dice.choice(IGNORED)
    target = case.target.tolist()
    target[dice.below(len(target))] = ignored
    return case.replace(target=target, ignore_index=ignored)


def _reductions(topic: Topic, dice: Dice) -> Case:
    return _weighted_mean(topic, dice).replace(
        reduction=dice.choice(("none", "sum", "mean", "mean"))
    )


def _stability(topic: Topic, dice: Dice) -> Case:
    samples, classes = dice.choice(topic.shapes)
    kinds = dice.several(range(len(MIDDLES)), samples)
    rows = [_far_row(dice, classes, kind) for kind in kinds]
    return Case(rows, [dice.below(classes) for _ in range(samples)])


def _row(dice: Dice, classes: int) -> list[float]:
    """Different logits from -2 to 3, all whole or all with one decimal."""
    parts = dice.choice((1, 10))
    return [k / parts for k in dice.several(range(-2 * parts, 3 * parts + 1), classes)]


def _far_row(dice: Dice, classes: int, kind: int) -> list[float]:
    """Large logits close together, and perhaps one far below the others."""
    middle = MIDDLES[kind]
    row = [float(middle + k) for k in dice.several(range(-2, 3), classes)]
    if dice.below(2):
        row[dice.below(classes)] = float(middle - FAR)
    return row


MAKERS: Mapping[str, Callable[[Topic, Dice], Case]] = {
    "weighted_mean": _weighted_mean,
    "smoothing": _smoothing,
    "ignored_rows": _ignored_rows,
    "reductions": _reductions,
    "gradient": _weighted_mean,
    "stability": _stability,
}
