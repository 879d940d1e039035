"""Thread 000: two samples, weights 0.4 and 0.36, and a mean of 1.7529 that came out as 0.6662."""

import numpy as np

from ce_core.claims.given import loss, numbers_of
from ce_core.claims.record import HOLDS, UNKNOWN, Claim, Evidence, Row, Said
from ce_core.trace import run
from ce_core.words import words


def _denominator() -> Evidence:
    case = numbers_of("weighted_mean")
    trace = run(case)
    total, weights = (float(trace[key].output) for key in ("sum_loss", "denominator"))
    one_hot = case.replace(target=np.eye(2)[case.target])
    rounded = run(case)["probs"].output.round(4)[np.arange(2), case.target]
    by_hand = float(-np.log(rounded) @ run(case)["sample_weight"].output) / 2
    return Evidence(
        "The thread's batch, once with class numbers and once with one-hot rows as target.",
        (
            Row("sum of the weighted losses", total),
            Row("sum of the targets' weights", weights),
            Row("one divided by the other", total / weights),
            Row("the weighted mean", loss(case)),
            Row("with one-hot rows as target", loss(one_hot)),
            Row("the sum divided by 2", total / 2),
            Row("the same from probabilities of four digits, as posted", by_hand),
        ),
    )


def _softmax() -> Evidence:
    probs = run(numbers_of("weighted_mean"))["probs"].output
    return Evidence(
        "The softmax of each row.",
        tuple(
            Row(words("row {row}, class {number}", row=i + 1, number=c + 1), float(probs[i, c]))
            for i in range(2)
            for c in range(2)
        ),
        (
            Said(
                "nn.Softmax()(torch.tensor([[3., 4.], [6., 9.]]))",
                "UserWarning: Implicit dimension choice for softmax has been deprecated. Change "
                "the call to include dim=X as an argument.",
            ),
        ),
    )


def _old_script() -> Evidence:
    return Evidence(
        "The script in its old words, run by today's torch.",
        torch=(
            Said(
                "F.cross_entropy(torch.autograd.Variable(torch.FloatTensor([[3, 4], [6, 9]])), "
                "torch.autograd.Variable(torch.LongTensor([1, 0])), "
                "torch.FloatTensor([0.4, 0.36]))",
                "tensor(1.7529)",
            ),
        ),
    )


WEIGHTED_MEAN_CLAIMS = (
    Claim(
        "mean-divides-by-weights",
        "000",
        "With weights, the mean divides by the sum of the weights of the samples' classes, not by "
        "the number of samples.",
        HOLDS,
        "It does, when the target holds class numbers. Give the same target as one-hot rows, and "
        "torch takes them for probabilities and divides by the number of samples.",
        _denominator,
        "reductions",
        "",
    ),
    Claim(
        "softmax-without-dim",
        "000",
        "nn.Softmax() without a dim gives the softmax of each row.",
        HOLDS,
        "For a table of two axes it still does, with a warning: say dim=1, since for three axes "
        "torch would guess axis 0.",
        _softmax,
        "steps",
        "step=probs",
    ),
    Claim(
        "old-script-runs",
        "000",
        "The script runs as it was posted, with autograd.Variable and torch.FloatTensor.",
        HOLDS,
        words(
            "Today's torch still takes those words. It prints the result in another form: {shown}.",
            shown="tensor(1.7529)",
        ),
        _old_script,
    ),
    Claim(
        "old-version-printed",
        "000",
        "The posted session was run with torch 0.3.0b0+591e73e.",
        UNKNOWN,
        "That version is from 2017 and cannot be run here. Its numbers are the same as today's.",
    ),
)
