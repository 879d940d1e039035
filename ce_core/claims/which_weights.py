"""Thread 002: which class weights to choose, and what they do."""

import numpy as np

from ce_core.case import Case
from ce_core.claims.given import loss, numbers_of
from ce_core.claims.record import HOLDS, UNKNOWN, Claim, Evidence, Row
from ce_core.trace import run
from ce_core.words import words

IMAGES = np.array([9_000, 41_000])
FIVE = np.array([2_741, 37_919, 22_858, 31_235, 5_499])
NEGATIVES, POSITIVES = 900, 100


def _one_over_count() -> Evidence:
    case = numbers_of("two_counts")
    schemes = (
        (words("1 / count"), 1 / IMAGES),
        (words("all / (2 · count)"), IMAGES.sum() / (2 * IMAGES)),
        (words("largest count / count"), IMAGES.max() / IMAGES),
    )
    return Evidence(
        "A small batch of the two classes. Weights that differ by a common factor only have the "
        "same mean.",
        (
            Row("one weight by the other", IMAGES[1] / IMAGES[0]),
            *(
                Row(words("mean with {weights}", weights=name), loss(case.replace(weight=w)))
                for name, w in schemes
            ),
            *(
                Row(
                    words("sum with {weights}", weights=name),
                    loss(case.replace(weight=w, reduction="sum")),
                )
                for name, w in schemes
            ),
        ),
    )


def _largest_over_count() -> Evidence:
    return Evidence(
        "The thread's five counts: 37919 divided by each of them.",
        tuple(
            Row(words("weight for {count:,}", count=int(n)), float(FIVE.max() / n)) for n in FIVE
        ),
    )


def _small_losses() -> Evidence:
    counts = np.array([NEGATIVES, POSITIVES])
    weight = 1 / counts
    return Evidence(
        "900 samples of one class and 100 of the other, each weighed by 1 / its class's count.",
        (
            Row("weight of a sample of the larger class", float(weight[0])),
            Row("weight of a sample of the smaller class", float(weight[1])),
            Row("one by the other", float(weight[1] / weight[0])),
            Row("all weights of the larger class", float((weight * counts)[0])),
            Row("all weights of the smaller class", float((weight * counts)[1])),
        ),
    )


def _costs() -> Evidence:
    def believed(p: float) -> float:
        """What a model ends at where class 0 has the probability p, with the weights 2 and 1."""
        weighed = np.array([2.0, 1.0]) * [p, 1 - p]
        return float(weighed[0] / weighed.sum())

    case = Case(np.log([[believed(1 / 3), 1 - believed(1 / 3)]]), [[1 / 3, 2 / 3]], [2, 1])
    slope = float(np.abs(run(case).gradient).max())
    return Evidence(
        "A class that is right with probability p, and costs twice as much to miss. With the "
        "weights 2 and 1 a model ends at 2p / (2p + 1 − p).",
        (
            Row("at p = 0.3 it ends at", believed(0.3)),
            Row("at p = 1/3 it ends at", believed(1 / 3)),
            Row("there the gradient is", round(slope, 12)),
            Row("at p = 0.4 it ends at", believed(0.4)),
            Row("at p = 1/3, cost of missing the class", 2 * (1 / 3)),
            Row("at p = 1/3, cost of the opposite mistake", 1 - 1 / 3),
        ),
    )


def _punished() -> Evidence:
    case = numbers_of("one_sample").replace(reduction="sum")
    light, heavy = run(case.replace(weight=[1, 1, 1])), run(case)
    alone = case.replace(reduction="mean")
    return Evidence(
        "One sample whose class weighs 5 instead of 1.",
        (
            Row("sum: the loss grows by the factor", float(heavy.answer / light.answer)),
            *(
                Row(
                    words("sum: gradient of class {number} grows by the factor", number=c + 1),
                    float(factor),
                )
                for c, factor in enumerate((heavy.gradient / light.gradient)[0])
            ),
            Row(
                "mean of this sample alone: the factor",
                loss(alone) / loss(alone.replace(weight=None)),
            ),
        ),
    )


def _balanced() -> Evidence:
    case = numbers_of("plain_batch")
    equal = case.replace(weight=np.full(case.classes, 1 / 250))
    return Evidence(
        "Four classes of 250 samples each, so that each weighs 1/250.",
        (Row("mean with the weights", loss(equal)), Row("mean without", loss(case))),
    )


CHOOSING_CLAIMS = (
    Claim(
        "one-over-count",
        "002",
        "With 9,000 images of one class and 41,000 of the other, the weights may be 1/9000 and "
        "1/41000.",
        HOLDS,
        "They may. So may any multiple of them: in a weighted mean a common factor cancels. In a "
        "sum it does not.",
        _one_over_count,
        "choose",
        "counts=9000,41000",
    ),
    Claim(
        "largest-over-count",
        "002",
        "Weights of largest count / count “led to very good results”.",
        UNKNOWN,
        "The weights are computed rightly; their results were not posted. By the mean they are the "
        "same weights as 1 / count.",
        _largest_over_count,
        "choose",
        "counts=2741,37919,22858,31235,5499",
    ),
    Claim(
        "rare-class-is-a-jolt",
        "002",
        "With such weights more than 90% of the samples have small losses, and once in a while the "
        "other class comes with a huge one.",
        HOLDS,
        "A sample of the rare class weighs as many times more as it is rarer. So both classes have "
        "the same say, but the rare one in few samples that cost much. Whether the steps of a "
        "training are larger for it is another question, which the lab measures.",
        _small_losses,
        "reductions",
        "preset=rare_class",
    ),
    Claim(
        "costs-two-to-one",
        "002",
        "If missing class a costs twice as much as missing class b, the weights are 2 and 1.",
        HOLDS,
        "A model that is trained so calls for class a from p = 1/3 on, which is where both "
        "mistakes cost the same. It holds where the cost depends on the true class alone.",
        _costs,
        "choose",
        "counts=500,500&costs=0,2;1,0&scheme=cost",
    ),
    Claim(
        "rare-class-is-punished-more",
        "002",
        "A class of few images gets more weight, so that the network is punished more for missing "
        "it.",
        HOLDS,
        "Loss and gradient of a sample grow in proportion to its weight. In a mean this holds "
        "against the other samples only: alone, its weight cancels.",
        _punished,
        "gradient",
        "preset=one_sample",
    ),
    Claim(
        "balanced-needs-none",
        "002",
        "A roughly balanced problem needs no weights; else 1 / class size is a typical choice.",
        HOLDS,
        "Equal counts give equal weights, and these leave the mean as it is. That 1 / class size "
        "is typical is advice, which no number can check.",
        _balanced,
        "choose",
        "counts=250,250,250,250",
    ),
)
