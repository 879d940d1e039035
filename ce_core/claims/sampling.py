"""Thread 002: weights for two classes in one output, and drawing the rare class more often."""

import numpy as np

from ce_core.binary import BinaryCase
from ce_core.case import Case
from ce_core.claims.given import numbers_of
from ce_core.claims.record import FALSE, HOLDS, UNKNOWN, Claim, Evidence, Row, Said
from ce_core.claims.which_weights import IMAGES, NEGATIVES, POSITIVES
from ce_core.trace import run

POS_WEIGHT = NEGATIVES / POSITIVES


def _one_output(case: Case) -> BinaryCase:
    """Two outputs as one: the second logit less the first."""
    logits = case.logits[:, 1] - case.logits[:, 0]
    return BinaryCase(logits, case.target.astype(float), pos_weight=[POS_WEIGHT])


def _pos_weight() -> Evidence:
    case = numbers_of("pos_weight")
    one, two = run(_one_output(case)), run(case)
    apart = np.abs(one["losses"].output - two["losses"].output).max()
    factor = float(two["denominator"].output) / len(case.target)
    return Evidence(
        "Four negatives and a positive, once as one output with pos_weight 9 and once as two "
        "outputs with the weights 1 and 9.",
        (
            Row("900 negatives / 100 positives", POS_WEIGHT),
            Row("losses of the samples differ by", float(apart.round(12))),
            Row("mean of BCEWithLogitsLoss", float(one.answer)),
            Row("mean of CrossEntropyLoss", float(two.answer)),
            Row("sum of the weights / number of samples", factor),
            Row("mean of CrossEntropyLoss times that", float(two.answer) * factor),
        ),
    )


def _binary_function() -> Evidence:
    with_logits = _one_output(numbers_of("pos_weight"))
    probs = 1 / (1 + np.exp(-with_logits.given))
    weight = np.where(with_logits.target == 1, POS_WEIGHT, 1.0)
    by_element = BinaryCase(probs, with_logits.target, weight=weight, holds="probs")
    return Evidence(
        "What can be done with F.binary_cross_entropy: a weight for each element, 9 where the "
        "target is 1.",
        (
            Row("binary_cross_entropy with that weight", float(run(by_element).answer)),
            Row("BCEWithLogitsLoss with pos_weight 9", float(run(with_logits).answer)),
        ),
        (
            Said(
                "F.binary_cross_entropy_loss",
                "AttributeError: module 'torch.nn.functional' has no attribute "
                "'binary_cross_entropy_loss'",
            ),
            Said(
                "F.binary_cross_entropy(probs, target, pos_weight=torch.tensor(9.0))",
                "TypeError: binary_cross_entropy() got an unexpected keyword argument 'pos_weight'",
            ),
        ),
    )


def _sampler() -> Evidence:
    drawn = (1 / IMAGES) * IMAGES / (2.0)
    return Evidence(
        "9,000 and 41,000 images, each drawn with a weight of one over its class's count.",
        (
            Row("chance that a draw gives the smaller class", float(drawn[0])),
            Row("without weights", float(IMAGES[0] / IMAGES.sum())),
        ),
        (Said("hasattr(torch.utils.data, 'WeightedRandomSampler')", "True"),),
    )


def _time() -> Evidence:
    return Evidence(
        "9,000 and 41,000 images: how many of them one pass goes through.",
        (
            Row("weighted loss", float(IMAGES.sum())),
            Row("sampler that draws as many as there are", float(IMAGES.sum())),
            Row("smaller class repeated until it has 41,000", float(2 * IMAGES.max())),
        ),
    )


SAMPLING_CLAIMS = (
    Claim(
        "binary-function-by-that-name",
        "002",
        "pos_weight can be used in F.binary_cross_entropy_loss.",
        FALSE,
        "There is no function of that name, and F.binary_cross_entropy has no pos_weight. "
        "F.binary_cross_entropy_with_logits has it; or give each element a weight of its own.",
        _binary_function,
        "choose",
        "preset=pos_weight&counts=900,100",
    ),
    Claim(
        "pos-weight-for-two-classes",
        "002",
        "For two classes take BCEWithLogitsLoss with pos_weight = negatives / positives, here 9.",
        HOLDS,
        "Each sample then costs what it costs in CrossEntropyLoss with the weights 1 and 9. The "
        "means differ: the binary one divides by the number of elements.",
        _pos_weight,
        "choose",
        "preset=pos_weight&counts=900,100",
    ),
    Claim(
        "weighted-samplers",
        "002",
        "Draw the rare class more often, with the weighted sampler that comes with PyTorch.",
        HOLDS,
        "torch.utils.data.WeightedRandomSampler does that. With weights of one over the count, "
        "each class is as likely as the other.",
        _sampler,
        "lab",
    ),
    Claim(
        "weights-take-longer",
        "002",
        "A weighted loss takes more training time than oversampling.",
        UNKNOWN,
        "It was asked, not claimed, and depends on the machine: the lab measures a step of each. A "
        "weight adds no samples; repeating the rare class until it is as large as the other does.",
        _time,
        "lab",
    ),
    Claim(
        "weights-to-the-gpu",
        "002",
        "Make the weights with torch.FloatTensor(weights).cuda().",
        UNKNOWN,
        "It needs a GPU and a torch made for it. weight.to(device) does the same wherever the "
        "model is, and runs everywhere.",
    ),
)
