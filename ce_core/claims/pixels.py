"""Thread 003: an image's class probabilities passed as logits, 0.9488 against 2.8824."""

import numpy as np

from ce_core.arrays import Array
from ce_core.case import Case
from ce_core.claims.given import PIXEL_CLASSES, PIXELS, loss, numbers_of
from ce_core.claims.record import FALSE, HOLDS, Claim, Evidence, Row
from ce_core.nll import NLLCase
from ce_core.trace import run
from ce_core.words import words

EPS = 1e-7  # what the thread adds before the log
TARGET = np.array(PIXEL_CLASSES)


def _log_odds(probs: Array) -> Array:
    with np.errstate(divide="ignore"):
        return np.log(probs / (1 - probs))


def _distribution() -> Evidence:
    classes, batch = PIXELS.sum(axis=1)[0], PIXELS.sum(axis=0)
    places = [(i, j) for i in range(2) for j in range(2)]
    return Evidence(
        "An image of 2 by 2 pixels and three classes: sums over the classes, which is what was "
        "meant, and over the batch of one image, which is what was printed.",
        (
            *(
                Row(
                    words("over classes, pixel {row},{place}", row=i, place=j), float(classes[i, j])
                )
                for i, j in places
            ),
            *(
                Row(
                    words(
                        "over the batch, class {number}, pixel {row},{place}",
                        number=c,
                        row=i,
                        place=j,
                    ),
                    float(batch[c, i, j]),
                )
                for c in range(3)
                for i, j in places
            ),
        ),
    )


def _binary_logit() -> Evidence:
    probs = np.array([[0.3, 0.7]])
    back = run(Case(_log_odds(probs), [0]))["probs"].output[0]
    two = Case(_log_odds(PIXELS), PIXEL_CLASSES, reduction="sum")
    right = run(NLLCase(PIXELS, PIXEL_CLASSES, holds="probs", reduction="sum"))
    return Evidence(
        "The thread's four pixels, and two classes with the probabilities 0.3 and 0.7.",
        (
            Row("cross-entropy of log(p / (1 − p))", loss(two)),
            Row("cross-entropy of log p", loss(numbers_of("pixels_log"))),
            Row("sum of −log p by hand", float(right.answer)),
            Row("softmax of log(p / (1 − p)), where p = 0.3", float(back[0])),
            Row("softmax of log(p / (1 − p)), where p = 0.7", float(back[1])),
        ),
    )


def _three_sums() -> Evidence:
    one_hot = np.moveaxis(np.eye(3)[TARGET], -1, 1)
    picked = np.take_along_axis(PIXELS, TARGET[:, None], axis=1)
    nll = run(NLLCase(PIXELS, PIXEL_CLASSES, holds="probs", reduction="sum"))
    return Evidence(
        "The thread's four pixels, summed in its three ways.",
        (
            Row("NLLLoss of log p", float(nll.answer)),
            Row(
                "one-hot rows times log(p + 0.0000001)",
                float(-(one_hot * np.log(PIXELS + EPS)).sum()),
            ),
            Row("gather, then log", float(-np.log(picked).sum())),
        ),
    )


def _log_of_softmax() -> Evidence:
    def naive(gap: float) -> float:
        exps = np.exp(np.array([0, -gap], dtype=np.float32))
        with np.errstate(divide="ignore"):
            return float(np.log(exps / exps.sum())[1])

    def stable(gap: float) -> float:
        return float(run(Case([[0, -gap]], [0]))["log_probs"].output[0, 1])

    return Evidence(
        "Two logits that are 100 or 104 apart: the lower one's log-probability, in 32 bits.",
        (
            Row("100 apart: log of the softmax", naive(100)),
            Row("100 apart: log-softmax", stable(100)),
            Row("104 apart: log of the softmax", naive(104)),
            Row("104 apart: log-softmax", stable(104)),
        ),
    )


def _average() -> Evidence:
    case = numbers_of("pixels_log")
    weighted = case.replace(weight=[1, 2, 3], reduction="mean")
    return Evidence(
        "The four pixels, and then with weights of 1, 2 and 3, whose targets' weights sum to 9.",
        (
            Row("sum", loss(case)),
            Row("mean", loss(case.replace(reduction="mean"))),
            Row("sum divided by 4", loss(case) / 4),
            Row("with weights: sum", loss(weighted.replace(reduction="sum"))),
            Row("with weights: mean", loss(weighted)),
            Row("with weights: sum divided by 9", loss(weighted.replace(reduction="sum")) / 9),
        ),
    )


def _raw_logits() -> Evidence:
    return Evidence(
        "The thread's probabilities passed as logits; and then the best that can be passed so: "
        "certain and right, probability 1.",
        (
            Row("mean, probabilities as logits", loss(numbers_of("pixels_twice"))),
            Row(
                "mean, log-probabilities as logits",
                loss(numbers_of("pixels_log").replace(reduction="mean")),
            ),
            Row("mean, probability 1 as logit", loss(numbers_of("perfect_probs"))),
            Row("log(1 + 2/e)", float(np.log(1 + 2 / np.e))),
        ),
    )


PIXEL_CLAIMS = (
    Claim(
        "log-odds-as-logits",
        "003",
        "To pass probabilities, apply the logit function log(p / (1 − p)) and run the result "
        "through CrossEntropyLoss.",
        FALSE,
        "The softmax turns log p back into p; log(p / (1 − p)) is what the sigmoid turns back. "
        "For two classes, too, it gives other probabilities.",
        _binary_logit,
        "mistake",
        "preset=pixels_log&answer=2.5287",
    ),
    Claim(
        "pixels-are-distributions",
        "003",
        "For each pixel the three numbers along the channels are a distribution.",
        HOLDS,
        "They sum to 1 over axis 1. The line that was posted sums over axis 0, the batch, which "
        "shows nothing: of one image each sum is the number itself.",
        _distribution,
        "targets",
        "preset=pixels_twice",
    ),
    Claim(
        "three-sums-agree",
        "003",
        "NLLLoss, the one-hot product and the gathered probabilities give the same sum.",
        HOLDS,
        "They do, to about 0.0000007: that is what the small number inside the log changes.",
        _three_sums,
        "steps",
        "preset=pixels_log&step=sum_loss",
    ),
    Claim(
        "log-softmax-is-stabler",
        "003",
        "torch.log(torch.softmax()) is less stable numerically than F.log_softmax.",
        HOLDS,
        "The softmax can round to 0 before the log is taken. A little earlier it is already off.",
        _log_of_softmax,
        "check",
        "logits=0,-104&target=1&part=floats",
    ),
    Claim(
        "default-averages",
        "003",
        "The default reduction is the average over the observations.",
        HOLDS,
        "Without weights it is, and each pixel is an observation. With weights it divides by the "
        "sum of the targets' weights.",
        _average,
        "reductions",
        "preset=pixels_log&reduction=mean",
    ),
    Claim(
        "takes-raw-logits",
        "003",
        "CrossEntropyLoss wants raw logits and applies the softmax itself.",
        HOLDS,
        "So probabilities that are passed to it go through a softmax they do not need, and the "
        "loss of three classes never falls below 0.5514.",
        _raw_logits,
        "steps",
        "preset=perfect_probs&step=probs",
    ),
)
