"""Thread 004: the arguments of CrossEntropyLoss, one by one."""

import numpy as np

from ce_core.claims.given import BATCH, SOFT_BATCH, loss
from ce_core.claims.record import HOLDS, PARTLY, Claim, Evidence, Row, Said
from ce_core.trace import run
from ce_core.words import Numeral, words

CALL = "F.cross_entropy(logits, target, {})"
SOFT_CALL = "F.cross_entropy(soft_logits, probs, {})"


def _said(options: str, answer: str, call: str = CALL) -> Said:
    return Said(call.format(options), answer)


def _defaults() -> Evidence:
    loss_of = "nn.CrossEntropyLoss()"
    return Evidence(
        "A loss made without arguments, and one made with some.",
        (Row("mean of the thread's batch", loss(BATCH)),),
        (
            Said(loss_of, "CrossEntropyLoss()"),
            Said(f"{loss_of}.weight", "None"),
            Said(f"{loss_of}.ignore_index", "-100"),
            Said(f"{loss_of}.reduction", "'mean'"),
            Said(f"{loss_of}.label_smoothing", "0.0"),
            Said("nn.CrossEntropyLoss(reduction='sum')", "CrossEntropyLoss()"),
        ),
    )


def _no_weight() -> Evidence:
    ones = BATCH.replace(weight=np.ones(4))
    bare, weighed = words("no weight"), words("weights of 1")
    rows = [
        Row(
            words("{reduction}, {weights}", reduction=reduction, weights=name),
            loss(case.replace(reduction=reduction)),
        )
        for reduction in ("mean", "sum")
        for name, case in ((bare, BATCH), (weighed, ones))
    ]
    return Evidence("The thread's batch without weights, and with a 1 for each class.", tuple(rows))


def _ignore_index() -> Evidence:
    return Evidence(
        "Class probabilities as target, with an ignore_index.",
        (Row("mean, ignore_index −1", loss(SOFT_BATCH.replace(ignore_index=-1))),),
        (
            _said(
                "ignore_index=2",
                "RuntimeError: ignore_index is not supported for floating point target",
                SOFT_CALL,
            ),
            _said("ignore_index=-1", "tensor(8.1203)", SOFT_CALL),
        ),
    )


def _smoothing() -> Evidence:
    smoothings = (0.0, -0.1, 1.0)
    return Evidence(
        "The thread's batch with values inside and outside 0 to 1.",
        tuple(
            Row(
                words("label_smoothing {part}", part=Numeral(s, f"{s:g}".replace("-", "−"))),
                loss(BATCH.replace(label_smoothing=s)),
            )
            for s in smoothings
        ),
        (
            _said(
                "label_smoothing=1.5",
                "RuntimeError: label_smoothing must be between 0.0 and 1.0. Got: 1.5",
            ),
            _said("label_smoothing=-0.1", "tensor(3.7154)"),
            _said("label_smoothing=float('nan')", "tensor(3.7154)"),
            Said("nn.CrossEntropyLoss(label_smoothing=1.5)", "CrossEntropyLoss()"),
        ),
    )


def _reduction() -> Evidence:
    each = run(BATCH.replace(reduction="none")).answer
    return Evidence(
        "The thread's batch with each reduction.",
        (
            *(
                Row(words("none, sample {number}", number=i + 1), float(value))
                for i, value in enumerate(each)
            ),
            Row("sum", loss(BATCH.replace(reduction="sum"))),
            Row("mean", loss(BATCH)),
        ),
        (
            _said(
                "reduction='batchmean'",
                "ValueError: batchmean is not a valid value for reduction",
            ),
            Said("nn.CrossEntropyLoss(reduction='batchmean')", "CrossEntropyLoss()"),
            _said(
                "reduction='elementwise_mean'",
                "UserWarning: reduction='elementwise_mean' is deprecated. Please use "
                "reduction='mean' instead.",
            ),
        ),
    )


def _old_options() -> Evidence:
    warns = "UserWarning: size_average and reduce args will be deprecated, please use "
    return Evidence(
        "The two old options, by their names.",
        torch=(
            _said("size_average=False", f"{warns}reduction='sum' instead."),
            _said("reduce=False", f"{warns}reduction='none' instead."),
        ),
    )


ARGUMENT_CLAIMS = (
    Claim(
        "smoothing-range",
        "004",
        "label_smoothing must be between 0 and 1.",
        PARTLY,
        "Only the upper end is checked, and only when the loss is computed. A negative value and "
        "nan count as 0, without a word.",
        _smoothing,
        "targets",
        "preset=heavy_smoothing",
    ),
    Claim(
        "ignore-index-negative",
        "004",
        "ignore_index is for class numbers: with class probabilities keep it negative, or there is "
        "an error.",
        HOLDS,
        "From 0 on torch refuses it, and a negative one has no effect: no row of probabilities is "
        "ever ignored.",
        _ignore_index,
        "targets",
        "preset=soft_targets",
    ),
    Claim(
        "defaults",
        "004",
        "Without arguments: weight None, ignore_index −100, reduction mean, label_smoothing 0. It "
        "prints as CrossEntropyLoss().",
        HOLDS,
        "All of them. It prints the same with arguments, too, so what it prints says nothing.",
        _defaults,
    ),
    Claim(
        "no-weight-is-one",
        "004",
        "If no weight is given, it is 1.",
        HOLDS,
        "Every result is the same as with a 1 for each class.",
        _no_weight,
        "reductions",
        "preset=plain_batch",
    ),
    Claim(
        "three-reductions",
        "004",
        "For reduction one can choose none, mean or sum.",
        HOLDS,
        "An older name of the mean is still taken, with a warning. Any other word is refused, but "
        "only when the loss is computed.",
        _reduction,
        "reductions",
        "preset=plain_batch",
    ),
    Claim(
        "old-options",
        "004",
        "size_average and reduce are deprecated.",
        HOLDS,
        "They are still taken, with a warning, and they win over reduction.",
        _old_options,
    ),
)
