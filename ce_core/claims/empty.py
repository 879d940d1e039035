"""Thread 004: what comes out when nothing goes in."""

import numpy as np

from ce_core.case import Case
from ce_core.claims.given import loss
from ce_core.claims.record import FALSE, HOLDS, Claim, Evidence, Row, Said
from ce_core.trace import run

EMPTY = "F.cross_entropy(torch.zeros({}), {}, reduction='{}')"
NO_ROWS = (np.zeros((0, 3)), np.zeros(0, dtype=np.int64))


def _empty() -> Evidence:
    numbers, soft, bare = "torch.zeros(0, dtype=torch.long)", "torch.zeros(0, 3)", "torch.zeros(0)"
    none = Case(*NO_ROWS, reduction="none")
    return Evidence(
        "Empty batches: class probabilities of shape (0,), as in the thread, then of (0, 3), and "
        "class numbers.",
        (
            Row("class numbers: how many losses none gives", float(run(none).answer.size)),
            Row("class numbers: the sum", loss(none.replace(reduction="sum"))),
        ),
        (
            Said(EMPTY.format("0", bare, "sum"), "tensor(-0.)"),
            Said(EMPTY.format("0", bare, "none"), "tensor(-0.)"),
            Said(EMPTY.format("0, 3", soft, "sum"), "tensor(-0.)"),
            Said(EMPTY.format("0, 3", soft, "none"), "tensor([])"),
            Said(EMPTY.format("0, 3", numbers, "sum"), "tensor(0.)"),
            Said(EMPTY.format("0, 3", numbers, "none"), "tensor([])"),
        ),
    )


def _empty_mean() -> Evidence:
    return Evidence(
        "The mean of two empty lists, and of a batch of no rows and three classes.",
        (
            Row("class probabilities", loss(Case([], []))),
            Row("class numbers", loss(Case(*NO_ROWS))),
        ),
        (
            Said(
                "F.cross_entropy(torch.zeros(2, 0), torch.tensor([0, 0]))",
                "IndexError: Target 0 is out of bounds.",
            ),
        ),
    )


EMPTY_CLAIMS = (
    Claim(
        "empty-is-minus-zero",
        "004",
        "Empty tensors with reduction sum or none return −0.",
        FALSE,
        "True for the empty list of the thread, and for every sum with class probabilities. With "
        "class numbers the sum is 0 without the minus, and none gives an empty tensor.",
        _empty,
        "steps",
        "preset=empty_probs",
    ),
    Claim(
        "empty-mean-is-nan",
        "004",
        "Empty tensors with reduction mean return nan.",
        HOLDS,
        "Nothing divided by nothing is nan. Where the classes are what is missing, class numbers "
        "are refused instead.",
        _empty_mean,
        "reductions",
        "preset=empty_probs",
    ),
)
