"""A small picture whose pixels are samples: a made prediction, and masks to compare it with.

A mask is a text with a letter per pixel, row after row: "A", "B" and "C" for the classes and "-"
for a pixel that is ignored.
"""

from dataclasses import dataclass

import numpy as np

from ce_core.arrays import Array
from ce_core.case import Case
from ce_core.rule import ONE, ROW, rule
from ce_core.trace import Step, Trace, fold
from ce_core.words import Words, words

ROWS, COLUMNS = 10, 12
NAMES = (words("background"), words("road"), words("car"))
LETTERS, IGNORED = "ABC", "-"

SCENE = (
    "AAAAAAAAAAAA"
    "AAAAAAAAAAAA"
    "AAAAAAAAAAAA"
    "AAAAACCCAAAA"
    "AAAACCCCCAAA"
    "BBBBCCCCCBBB"
    "BBBBBCBCBBBB"
    "BBBBBBBBBBBB"
    "BBBBBBBBBBBB"
    "BBBBBBBBBBBB"
)
MISSED = 3 * COLUMNS + 5  # a car pixel that the made prediction takes for background
RARE = SCENE.replace("C", IGNORED)[:MISSED] + "C" + SCENE.replace("C", IGNORED)[MISSED + 1 :]


def _bordered(mask: str) -> str:
    """The mask with the pixels at its four edges ignored."""
    inside = [
        0 < k // COLUMNS < ROWS - 1 and 0 < k % COLUMNS < COLUMNS - 1 for k in range(len(mask))
    ]
    return "".join(letter if keep else IGNORED for letter, keep in zip(mask, inside, strict=True))


@dataclass(frozen=True)
class Start:
    """A mask to begin with: its key, its name on the screen, and the mask."""

    key: str
    title: Words
    mask: str


STARTS = (
    Start("scene", words("The scene"), SCENE),
    Start("background", words("All background"), "A" * len(SCENE)),
    Start("border", words("Border ignored"), _bordered(SCENE)),
    Start("rare", words("One car pixel"), RARE),
)


def numbers_of(mask: str) -> Array:
    """The mask as torch takes it, (1, ROWS, COLUMNS): class numbers, -100 for ignored pixels."""
    numbers = [LETTERS.find(letter) if letter != IGNORED else -100 for letter in mask]
    return np.array(numbers, dtype=np.int64).reshape(1, ROWS, COLUMNS)


def _prediction() -> Array:
    """(1, 3, ROWS, COLUMNS): the scene seen blurred and a pixel too far right, as a model might.

    Rounded to a tenth, so that the numbers are short; no chance is in them.
    """
    hot = np.eye(len(LETTERS))[numbers_of(SCENE)[0]]  # (rows, columns, classes)
    seen = np.pad(hot, ((1, 1), (2, 1), (0, 0)), mode="edge")
    blurred = sum(
        seen[r : r + ROWS, c : c + COLUMNS] * (2 if (r, c) == (1, 1) else 1)
        for r in range(3)
        for c in range(3)
    )
    ripple = np.sin(np.arange(hot.size) * 2.3).reshape(hot.shape)
    logits = np.round(0.45 * (blurred - 3) + 0.4 * ripple, 1) + 0.0
    return np.moveaxis(logits, -1, 0)[None]


LOGITS = _prediction()
LOGITS.flags.writeable = False


def picture(mask: str, weight: tuple[float, ...]) -> Case:
    """The made prediction against a mask, with a weight per class, and reduction "mean"."""
    return Case(LOGITS, numbers_of(mask), weight)


def _of(values: Array, target: Array, classes: int) -> Array:
    """The sum of the values of each class's pixels, (C,)."""
    return np.array([values[target == k].sum() for k in range(classes)], dtype=np.float64)


@rule(
    "Pixels of each class",
    r"n_c",
    "torch.bincount(target[kept], minlength=classes)",
    ROW,
    numbers=r"{pixels}",
    sentence="{pixels} pixels have this class as their target.",
)
def pixels(target: Array, weight: Array) -> Array:
    """Each pixel is a sample: a class with many pixels has many samples."""
    return _of(np.ones(target.shape), target, weight.size)


@rule(
    "Weight of each class's pixels",
    r"n_c \cdot w_c",
    "pixels * weight",
    ROW,
    numbers=r"{pixels} \cdot {weight}",
    sentence="Together they add {weighed} to what the mean divides by.",
)
def weighed(pixels: Array, weight: Array) -> Array:
    """What the class adds to the denominator of the mean."""
    return np.where(pixels == 0, 0.0, pixels * weight)


@rule(
    "Loss of each class's pixels",
    r"\sum_{i:\, y_i = c} L_i",
    "torch.stack([losses[target == k].sum() for k in range(classes)])",
    ROW,
    numbers=r"{losses}",
    sentence="Together they cost {cost}.",
)
def cost(losses: Array, target: Array, weight: Array) -> Array:
    """What the class adds to the numerator of the mean."""
    return _of(losses, target, weight.size)


@rule(
    "Share of the mean",
    r"\frac{\text{cost}_c}{W}",
    "cost / denominator",
    ROW,
    numbers=r"\frac{{{cost}}}{{{denominator}}}",
    sentence="That is {part} of the mean loss.",
)
def part(cost: Array, denominator: Array) -> Array:
    """The parts of all classes add up to the mean."""
    return cost / denominator


@rule(
    "Pixels that count",
    r"\sum_c n_c",
    "pixels.sum()",
    ONE,
    numbers=r"{pixels:+}",
    sentence="{all_pixels} pixels count.",
)
def all_pixels(pixels: Array) -> Array:
    """All but the ignored ones."""
    return np.asarray(pixels.sum())


def census(trace: Trace) -> tuple[Step, ...]:
    """What each class's pixels add to the mean: `pixels`, `weighed`, `cost`, `part`, (C,) each.

    And `all_pixels`, the number of pixels that count, ().
    """
    case = trace.case
    known = {
        "target": case.target.reshape(-1),
        "weight": case.inputs["weight"],
        "losses": trace["losses"].rows,
        "denominator": trace["denominator"].output,
    }
    return fold(known, (pixels, all_pixels, weighed, cost, part))
