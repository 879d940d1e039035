"""Thread 004: what a target may be, by its type and its shape."""

import numpy as np

from ce_core.case import Case
from ce_core.claims.given import BATCH, SOFT_BATCH, loss
from ce_core.claims.record import HOLDS, PARTLY, Claim, Evidence, Row, Said
from ce_core.trace import run


def _integers() -> Evidence:
    return Evidence(
        "The thread's batch with class numbers of several types.",
        (Row("mean, int64", loss(BATCH)),),
        (
            Said("F.cross_entropy(logits, target.byte())", "tensor(3.7154)"),
            Said(
                "F.cross_entropy(logits, target.int())",
                "RuntimeError: expected target dtype to be Long or Byte, but got Int",
            ),
            Said(
                "F.cross_entropy(torch.zeros(1, 3, 2), torch.zeros(1, 2, dtype=torch.uint8))",
                "RuntimeError: expected scalar type Long but found Byte",
            ),
        ),
    )


def _other_size() -> Evidence:
    return Evidence(
        "The thread's batch: logits of shape (3, 4), target of shape (3,).",
        (Row("mean, class numbers", loss(BATCH)),),
        (
            Said(
                "F.cross_entropy(logits, target.float())",
                "RuntimeError: expected target dtype to be Long or Byte, but got Float",
            ),
        ),
    )


def _same_size() -> Evidence:
    doubled = SOFT_BATCH.replace(target=2 * SOFT_BATCH.target)
    return Evidence(
        "The thread's two rows of class probabilities; and the same doubled: each sums to 2.",
        (
            Row("mean", loss(SOFT_BATCH)),
            Row("mean, target doubled", loss(doubled)),
        ),
        (
            Said(
                "F.cross_entropy(soft_logits, torch.ones(2, 3, dtype=torch.long))",
                "RuntimeError: Expected floating point type for target with class "
                "probabilities, got Long",
            ),
        ),
    )


def _softmax_again() -> Evidence:
    again = run(Case(SOFT_BATCH.target, [0, 0]))["probs"].output
    twice = SOFT_BATCH.replace(target=again)
    return Evidence(
        "The thread's target, which is a softmax already, and the softmax of that.",
        (
            Row("mean, with the probabilities", loss(SOFT_BATCH)),
            Row("mean, with their softmax", loss(twice)),
            Row("largest probability of row 1", float(SOFT_BATCH.target[0].max())),
            Row("the same after another softmax", float(again[0].max())),
        ),
    )


def _more_axes() -> Evidence:
    image = Case(np.zeros((2, 3, 4, 5)), np.zeros((2, 4, 5), dtype=int), reduction="none")
    return Evidence(
        "Logits of shape (2, 3, 4, 5): two images of 4 by 5 pixels. All logits are 0, so that each "
        "pixel costs log 3.",
        (
            Row("losses of shape (2, 4, 5)", float(run(image).answer.size)),
            Row("the loss of each", float(run(image).answer.max())),
        ),
        (
            Said("F.cross_entropy(torch.zeros(3), torch.tensor(1))", "tensor(1.0986)"),
            Said(
                "F.cross_entropy(torch.zeros(2, 3, 4, 5), "
                "torch.zeros(2, 4, 5, dtype=torch.long), reduction='none').shape",
                "torch.Size([2, 4, 5])",
            ),
        ),
    )


def _axes() -> Evidence:
    return Evidence(
        "From no axis on.",
        (Row("one sample without a batch, (4,)", loss(Case(BATCH.logits[0], 3))),),
        (
            Said("F.cross_entropy(logits[0], target[0]).shape", "torch.Size([])"),
            Said("F.cross_entropy(logits, target, reduction='none').shape", "torch.Size([3])"),
            Said(
                "F.cross_entropy(torch.tensor(1.0), torch.tensor(0))",
                "RuntimeError: Expected floating point type for target with class "
                "probabilities, got Long",
            ),
        ),
    )


SHAPE_CLAIMS = (
    Claim(
        "integer-targets",
        "004",
        "For class numbers the target is a tensor of int.",
        PARTLY,
        "It must be int64; uint8 is taken for logits of one or two axes. int32, which torch calls "
        "Int, is refused.",
        _integers,
    ),
    Claim(
        "softmax-for-the-target",
        "004",
        "softmax() should be used for a target of class probabilities.",
        PARTLY,
        "Only where the target comes as scores. Probabilities are ready as they are: another "
        "softmax makes them flatter, and the loss another one.",
        _softmax_again,
        "targets",
        "preset=soft_targets",
    ),
    Claim(
        "target-of-one-axis",
        "004",
        "Class numbers can be a tensor of 0 or 1 axes.",
        PARTLY,
        "And of more: for images each pixel has its class number.",
        _more_axes,
        "targets",
        "preset=pixels_twice",
    ),
    Claim(
        "other-size-is-numbers",
        "004",
        "A target of another size than the input is taken for class numbers.",
        HOLDS,
        "The shape alone decides. So a target of class numbers that are floats is refused, and "
        "never taken for probabilities.",
        _other_size,
        "targets",
        "preset=plain_batch",
    ),
    Claim(
        "same-size-is-probabilities",
        "004",
        "A target of the input's size is taken for class probabilities, between 0 and 1 and with "
        "the sum 100%.",
        HOLDS,
        "It is taken for that, but not checked: rows that sum to 2 double the loss.",
        _same_size,
        "targets",
        "preset=soft_targets",
    ),
    Claim(
        "axes-in-and-out",
        "004",
        "From an input of 1 or more axes it computes a tensor of 0 or more axes.",
        HOLDS,
        "With none, the result has the shape of the class numbers; sum and mean give one number. "
        "An input without any axis is refused.",
        _axes,
        "reductions",
        "preset=single_vector&reduction=none",
    ),
)
