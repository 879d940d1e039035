"""Slips of the last step: what the losses are divided by, and how often."""

from collections.abc import Callable

import numpy as np

from ce_core.arrays import Array
from ce_core.binary import BinaryCase
from ce_core.case import Case
from ce_core.mistakes import examples
from ce_core.mistakes.logs import ROUNDING
from ce_core.mistakes.parts import (
    divided,
    from_logits,
    has_ignored,
    index_target,
    kept_targets,
    mean_of,
    soft_target,
    weighted,
)
from ce_core.mistakes.record import Mistake, Question, Slot, Way, replaced, right_rules
from ce_core.rule import ONE, Rule, rule
from ce_core.rules.blending import per_class
from ce_core.trace import Trace, run

NONE = "F.cross_entropy(logits, target, weight, ignore_index=ignore_index, reduction='none')"
RIGHT = "F.cross_entropy(logits, target, weight, ignore_index=ignore_index)"
BINARY = "F.binary_cross_entropy_with_logits(logits, target, weight, pos_weight=pos_weight{})"
SIZES = (2, 1, 3, 4, 5, 6, 8, 10, 16, 32)


def divide_by_count() -> Rule:
    """The denominator N, all rows counted."""

    @rule(
        "Number of samples",
        r"N",
        "torch.as_tensor(losses.numel(), dtype=losses.dtype, device=losses.device)",
        ONE,
        numbers=r"{denominator}",
        sentence="There are {denominator} samples.",
    )
    def denominator(losses: Array) -> Array:
        """Dividing by the number of samples is the plain mean; torch's weighted mean divides by
        the sum of the targets' weights."""
        return np.asarray(float(losses.size))

    return denominator


def _divide_by_kept() -> Rule:
    @rule(
        "Number of samples that count",
        r"K",
        "kept.sum().to(losses.dtype)",
        ONE,
        numbers=r"{denominator}",
        sentence="There are {denominator} samples that count.",
    )
    def denominator(losses: Array, kept: Array) -> Array:  # noqa: ARG001 - says its dtype
        """Dividing by the rows that count is the plain mean; torch's weighted mean divides by the
        sum of their targets' weights."""
        return np.asarray(float(kept.sum()))

    return denominator


def _all_weights() -> Rule:
    @rule(
        "Sum of all class weights",
        r"\sum_c w_c",
        "weight.sum()",
        ONE,
        numbers=r"{denominator}",
        sentence="The class weights sum to {denominator}.",
    )
    def denominator(weight: Array) -> Array:
        """Each class was counted once. Torch adds a weight for each sample: that of its target."""
        return np.asarray(weight.sum())

    return denominator


def _weights_of_all_rows() -> Rule:
    @rule(
        "Rows, ignored ones included",
        r"W + \text{ignored rows}",
        "sample_weight.sum() + (~kept).sum()",
        ONE,
        numbers=r"{denominator}",
        sentence="With 1 for each ignored row the divisor is {denominator}.",
    )
    def denominator(sample_weight: Array, kept: Array) -> Array:
        """The ignored rows were counted in the mean; torch leaves them out of both sums."""
        return np.asarray(sample_weight.sum() + (~kept).sum())

    return denominator


def _classes() -> Rule:
    @rule(
        "Number of classes",
        r"C",
        "torch.as_tensor(log_probs.shape[1], dtype=log_probs.dtype, device=log_probs.device)",
        ONE,
        numbers=r"{denominator}",
        sentence="There are {denominator} classes.",
    )
    def denominator(log_probs: Array) -> Array:
        """The sum was divided by the number of classes; a mean is over the samples."""
        return np.asarray(float(log_probs.shape[1]))

    return denominator


def _elements() -> Rule:
    @rule(
        "Number of entries, N times C",
        r"N \cdot C",
        "torch.as_tensor(log_probs.numel(), dtype=log_probs.dtype, device=log_probs.device)",
        ONE,
        numbers=r"{denominator}",
        sentence="The logits have {denominator} entries.",
    )
    def denominator(log_probs: Array) -> Array:
        """The mean was taken over all entries, as .mean() does over an (N, C) table; each sample
        has one loss, not C."""
        return np.asarray(float(log_probs.size))

    return denominator


def _target_weights() -> Rule:
    @rule(
        "Sum of the targets' weights",
        r"\sum_i \sum_c w_c \cdot q_{ic}",
        "target_dist.movedim(1, -1).mul(weight).sum()",
        ONE,
        numbers=r"{denominator}",
        sentence="The targets' weights sum to {denominator}.",
    )
    def denominator(target_dist: Array, weight: Array) -> Array:
        """With class numbers torch would divide by the targets' weights; with probabilities it
        divides by the number of samples."""
        return np.asarray((target_dist * per_class(weight, target_dist)).sum())

    return denominator


def _not_divided(why: str) -> Rule:
    def mean_loss(sum_loss: Array) -> Array:
        return sum_loss

    mean_loss.__doc__ = why
    return rule(
        "The sum, not divided",
        r"\sum_i L_i",
        "sum_loss + 0",
        ONE,
        numbers=r"{sum_loss}",
        sentence="The sum {sum_loss} was not divided.",
    )(mean_loss)


def _twice() -> Rule:
    @rule(
        "Mean, divided by N again",
        r"\frac{1}{N} \cdot \frac{\sum_i L_i}{W}",
        "sum_loss / denominator / losses.numel()",
        ONE,
        numbers=r"\frac{{{sum_loss}}}{{{denominator} \cdot N}}",
        sentence="The mean was divided by the number of samples once more: {mean_loss}.",
    )
    def mean_loss(sum_loss: Array, denominator: Array, losses: Array) -> Array:
        """It was a mean already; dividing again makes it too small."""
        return divided(divided(sum_loss, denominator), losses.size)

    return mean_loss


def _zero_for_nothing() -> Rule:
    @rule(
        "Mean, 0 where nothing counts",
        r"L = 0",
        "torch.where(denominator == 0, 0, sum_loss / denominator)",
        ONE,
        numbers=r"0",
        sentence="No row counts, so the loss was taken as {mean_loss}.",
    )
    def mean_loss(sum_loss: Array, denominator: Array) -> Array:
        """Before version 1.11 torch gave 0 where every row is ignored; 0/0 is nan now."""
        return np.where(denominator == 0, 0.0, divided(sum_loss, denominator))

    return mean_loss


def _parts_of(losses: Array, size: int) -> range:
    return range(0, max(len(losses), 1), size)


def _mean_of_means(size: int) -> Rule:
    @rule(
        f"Mean of the means of parts of {size}",
        r"\frac{1}{B} \sum_b L_b",
        f"torch.stack([a.sum() / b.sum() for a, b in zip(losses.split({size}),"
        f" sample_weight.split({size}))]).mean()",
        ONE,
        numbers=r"\frac{{1}}{{B}} \sum L_b",
        sentence=f"The means of parts of {size} average to {{mean_loss}}.",
    )
    def mean_loss(losses: Array, sample_weight: Array) -> Array:
        """Each part divided by its own weights, and then every part counted the same."""
        parts = [
            divided(losses[k : k + size].sum(), sample_weight[k : k + size].sum())
            for k in _parts_of(losses, size)
        ]
        return np.asarray(np.mean(parts))

    return mean_loss


def _mean_over_sum(key: str) -> Rule:
    def sum_loss(losses: Array) -> Array:
        return divided(losses.sum(), losses.size)

    sum_loss.__name__ = key
    sum_loss.__doc__ = "The losses were averaged, where their sum was asked for."
    return rule(
        "Average of the losses",
        r"\frac{1}{N} \sum_i L_i",
        "losses.mean()",
        ONE,
        numbers=r"\frac{{{losses:+}}}{{N}}",
        sentence="The losses average to {sum_loss}.",
    )(sum_loss)


def _weighted_mean_over_sum() -> Rule:
    @rule(
        "Weighted mean of the losses",
        r"\frac{\sum_i L_i}{W}",
        "losses.sum() / sample_weight.sum()",
        ONE,
        numbers=r"\frac{{{losses:+}}}{{{sample_weight:+}}}",
        sentence="The weighted mean is {sum_loss}.",
    )
    def sum_loss(losses: Array, sample_weight: Array) -> Array:
        """The weighted mean was taken, where the sum was asked for."""
        return divided(losses.sum(), sample_weight.sum())

    return sum_loss


def sum_of(case: Question) -> bool:
    """Whether one sum is asked for."""
    return case.reduction == "sum"


def _one_class(case: Question) -> bool:
    if not (mean_of(case) and weighted(case) and index_target(case)) or not isinstance(case, Case):
        return False
    return len(set(kept_targets(case).tolist())) == 1


def _more_rows_than(size: int) -> Callable[[Question], bool]:
    def more(case: Question) -> bool:
        fits = isinstance(case, Case) and mean_of(case) and not case.single
        return fits and len(case.target) > size

    return more


def _weighted_mean(case: Question) -> bool:
    return mean_of(case) and index_target(case) and weighted(case)


def _plain_division(case: Question) -> bool:
    return mean_of(case) and index_target(case)


def _nothing_counts(case: Question) -> bool:
    if not (mean_of(case) and index_target(case)) or not isinstance(case, Case):
        return False
    return not kept_targets(case).size


def _ignores(case: Question) -> bool:
    return mean_of(case) and has_ignored(case)


def _mean_of_elements(case: Question) -> bool:
    return mean_of(case) and isinstance(case, BinaryCase)


def _mean_of_classes(case: Question) -> bool:
    return mean_of(case) and isinstance(case, Case)


DIVIDED_BY_BATCH_SIZE = Mistake(
    "divided_by_batch_size",
    "Divided by the number of samples",
    "A mean usually divides by how many numbers there are.",
    "The sum of the weighted losses divided by your number is N, not the sum of the targets' "
    "weights.",
    "Divide by the sum of the targets' weights: loss.sum() / weight[target].sum(). Or take "
    "reduction='sum' and divide by N on purpose.",
    "I divided by the number of samples, or took .mean() of reduction='none'.",
    Slot.REDUCTION,
    (
        Way((divide_by_count(),), f"{NONE}.mean()", examples.WEIGHTED, needs=_plain_division),
        Way(
            (_divide_by_kept(),),
            f"{NONE}.sum() / (target != ignore_index).sum()",
            examples.IGNORED,
            detail="those that count",
            needs=_ignores,
        ),
    ),
    threads=26,
)
BY_HAND = Mistake(
    "divided_by_batch_size_by_hand",
    "By hand: four-digit probabilities, divided by the number of samples",
    "One copies the printed softmax and divides by how many samples there are.",
    DIVIDED_BY_BATCH_SIZE.see,
    DIVIDED_BY_BATCH_SIZE.remedy,
    DIVIDED_BY_BATCH_SIZE.tell,
    Slot.REDUCTION,
    (
        Way(
            (*ROUNDING.instead, *DIVIDED_BY_BATCH_SIZE.instead),
            "F.nll_loss(F.softmax(logits, dim=1).round(decimals=4).log(), target, weight, "
            "reduction='none').mean()",
            examples.WEIGHTED,
        ),
    ),
)


def by_count(case: Case) -> Trace:
    """The case with its mean divided by the number of samples, whatever the target is."""
    return run(case, replaced(right_rules(case), DIVIDED_BY_BATCH_SIZE.instead, case.inputs))


CLASS_PROBS_MEAN_DIVIDES_BY_N = Mistake(
    "class_probs_mean_divides_by_N",
    "Took class numbers and one-hot targets to have the same mean",
    "The same labels written as class numbers or as one-hot floats give the same 'none' and the "
    "same 'sum'.",
    "With weights only the mean differs: class numbers divide by the sum of the targets' weights, "
    "class probabilities by N.",
    "Use one form of the target throughout. For the weighted mean pass class numbers: "
    "target.argmax(dim=1).",
    "My target was given in the other form: one-hot floats, or class numbers.",
    Slot.REDUCTION,
    (
        Way(
            (_target_weights(),),
            "F.cross_entropy(logits, target.argmax(dim=1), weight)",
            examples.ONE_HOT,
            needs=lambda case: mean_of(case) and soft_target(case) and weighted(case),
        ),
        Way(
            (divide_by_count(),),
            "F.cross_entropy(logits, F.one_hot(target, logits.shape[1]).to(logits.dtype), weight)",
            examples.WEIGHTED,
            detail="one-hot floats",
            needs=lambda case: _weighted_mean(case) and from_logits(case),
            combines=False,
        ),
    ),
    threads=4,
)
FRAMEWORK_DIFFERENCE = Mistake(
    "framework_difference",
    "Took another framework's mean",
    "Keras losses, optax and torch's own BCE losses divide the weighted sum by N; torch's "
    "CrossEntropyLoss, Keras metrics and scikit-learn divide by the sum of the weights.",
    "The number is right in the other framework.",
    "To match Keras or optax in torch: reduction='none', then .mean().",
    "My number comes from Keras, optax or a binary loss.",
    Slot.REDUCTION,
    (
        Way(
            (divide_by_count(),),
            f"{NONE}.mean()",
            examples.WEIGHTED,
            detail="Keras loss, optax",
            needs=_weighted_mean,
            combines=False,
        ),
        Way(
            (_target_weights(),),
            "F.cross_entropy(logits, target, weight, reduction='sum') / (target * weight).sum()",
            examples.SOFT,
            detail="Keras metric, scikit-learn, Paddle",
            needs=lambda case: mean_of(case) and soft_target(case) and weighted(case),
            combines=False,
        ),
    ),
    threads=6,
)
WEIGHT_CANCELS = Mistake(
    "weight_cancels",
    "Expected a weight to change the mean of one class",
    "A sample of a heavy class should cost more.",
    "All targets that count have the same class, so every loss has the same weight as the "
    "divisor: w · l / w = l.",
    "In a mean a weight only shifts attention between classes. Use reduction='sum' if the size of "
    "the weight shall count.",
    "I expected weight times loss for a batch of one class.",
    Slot.REDUCTION,
    (
        Way(
            (_divide_by_kept(),),
            f"{NONE}.sum() / (target != ignore_index).sum()",
            examples.ONE_CLASS,
            needs=_one_class,
            combines=False,
        ),
    ),
    threads=6,
)
IGNORED_COUNTED_IN_MEAN = Mistake(
    "ignored_counted_in_mean",
    "Counted ignored rows in the mean",
    "Ignored losses were set to 0, and then .mean() divided by all rows.",
    "The number is too small by the part of the rows that is ignored.",
    "Divide by the rows that count: loss.sum() / (target != ignore_index).sum(), or by their "
    "weights.",
    "I set ignored losses to 0 and took the mean over all rows.",
    Slot.REDUCTION,
    (
        Way((divide_by_count(),), f"{NONE}.mean()", examples.IGNORED, needs=_ignores),
        Way(
            (_weights_of_all_rows(),),
            f"{NONE}.sum() / (weight[target.clamp(min=0)] * (target != ignore_index) "
            "+ (target == ignore_index)).sum()",
            examples.IGNORED,
            detail="with weight 1",
            needs=_ignores,
        ),
    ),
    threads=7,
)
SUM_NOT_MEAN = Mistake(
    "sum_not_mean",
    "Added the losses without dividing",
    "The formula on paper is a sum.",
    "Your number divided by torch's is the sum of the targets' weights (without weights: the "
    "number of samples).",
    "Divide by the sum of the targets' weights, or pass reduction='sum' to torch.",
    "I took the sum.",
    Slot.REDUCTION,
    (
        Way(
            (_not_divided("The losses were added, where their mean was asked for."),),
            RIGHT.replace(")", ", reduction='sum')"),
            examples.WEIGHTED,
            needs=_mean_of_classes,
        ),
        Way(
            (_not_divided("The losses were added, where their mean was asked for."),),
            BINARY.format(", reduction='sum'"),
            examples.BINARY,
            needs=_mean_of_elements,
        ),
    ),
    threads=8,
)
MEAN_NOT_SUM = Mistake(
    "mean_not_sum",
    "Averaged the losses where the sum was asked for",
    "Most libraries average unless told otherwise.",
    "Torch's number divided by yours is the number of samples, or the sum of their weights.",
    "Leave out reduction='sum', or add the losses up.",
    "I took a mean.",
    Slot.REDUCTION,
    (
        Way(
            (_mean_over_sum("sum_loss"),),
            f"{NONE}.mean()",
            examples.WEIGHTED.replace(reduction="sum"),
            detail="over the samples",
            needs=sum_of,
        ),
        Way(
            (_weighted_mean_over_sum(),),
            RIGHT,
            examples.WEIGHTED.replace(reduction="sum"),
            detail="weighted",
            needs=lambda case: sum_of(case) and weighted(case),
        ),
    ),
)
DIVIDED_BY_ALL_WEIGHTS = Mistake(
    "divided_by_all_weights",
    "Divided by the sum of all class weights",
    "'Sum of the weights' reads like the sum of the weight list.",
    "The divisor does not change with the batch.",
    "Divide by a weight for each sample: weight[target].sum().",
    "I divided by weight.sum().",
    Slot.REDUCTION,
    (
        Way(
            (_all_weights(),),
            f"{NONE}.sum() / weight.sum()",
            examples.WEIGHTED,
            needs=_weighted_mean,
        ),
    ),
)
DIVIDED_BY_NUMBER_OF_CLASSES = Mistake(
    "divided_by_number_of_classes",
    "Divided by the number of classes",
    "len(p) or shape[1] was taken for the number of samples.",
    "The sum divided by your number is C.",
    "Divide by the sum of the targets' weights.",
    "I divided by the number of classes.",
    Slot.REDUCTION,
    (
        Way(
            (_classes(),),
            f"{NONE}.sum() / logits.shape[1]",
            examples.WEIGHTED,
            needs=_mean_of_classes,
        ),
    ),
)
MEAN_OVER_ELEMENTS = Mistake(
    "mean_over_elements",
    "Averaged over all entries, N times C",
    ".mean() was taken of the whole (N, C) table of products.",
    "Without weights the number is torch's divided by C.",
    "Sum over the classes first, then average over the samples.",
    "I took .mean() over samples and classes.",
    Slot.REDUCTION,
    (
        Way(
            (_elements(),),
            f"{NONE}.sum() / logits.numel()",
            examples.WEIGHTED,
            needs=_mean_of_classes,
        ),
    ),
    threads=4,
)
AVERAGED_TWICE = Mistake(
    "averaged_twice",
    "Divided the mean by the number of samples again",
    "The loss is divided by the batch size in the training loop, though it is a mean already.",
    "Torch's number divided by yours is N.",
    "Divide once: leave the default reduction alone, or take reduction='sum'.",
    "I divided torch's mean by the batch size.",
    Slot.REDUCTION,
    (
        Way((_twice(),), f"{RIGHT} / target.numel()", examples.WEIGHTED, needs=_mean_of_classes),
        Way(
            (_twice(),),
            BINARY.format("") + " / target.numel()",
            examples.BINARY,
            needs=_mean_of_elements,
        ),
    ),
    threads=3,
)
MEAN_OF_BATCH_MEANS = Mistake(
    "mean_of_batch_means",
    "Averaged the means of parts of the batch",
    "Gradient accumulation, several workers, or a running average over batches.",
    "The parts' targets do not weigh the same.",
    "Add up the weighted losses and the weights of all parts, and divide once at the end.",
    "My number is an average over several batches.",
    Slot.REDUCTION,
    tuple(
        Way(
            (_mean_of_means(size),),
            f"torch.stack([F.cross_entropy(z, y, weight) for z, y in zip(logits.split({size}), "
            f"target.split({size}))]).mean()",
            examples.rows(size + 2),
            detail=f"parts of {size}",
            needs=_more_rows_than(size),
            combines=size == 2,
        )
        for size in SIZES
    ),
    threads=13,
)
IGNORED_ALL_NAN = Mistake(
    "ignored_all_nan",
    "Expected 0 where every row is ignored",
    "Nothing to learn from should cost nothing, and torch before 1.11 gave 0.",
    "Every target equals ignore_index: the mean is 0/0, which is nan.",
    "Skip such a batch, or take reduction='sum' and divide by max(1, rows that count).",
    "Every row is ignored.",
    Slot.REDUCTION,
    (
        Way(
            (_zero_for_nothing(),),
            "torch.nan_to_num(F.cross_entropy(logits, target, ignore_index=ignore_index))",
            examples.ALL_IGNORED,
            needs=_nothing_counts,
            combines=False,
        ),
    ),
    threads=3,
)

REDUCTION_MISTAKES = (
    DIVIDED_BY_BATCH_SIZE,
    MEAN_OF_BATCH_MEANS,
    SUM_NOT_MEAN,
    IGNORED_COUNTED_IN_MEAN,
    FRAMEWORK_DIFFERENCE,
    WEIGHT_CANCELS,
    CLASS_PROBS_MEAN_DIVIDES_BY_N,
    MEAN_OVER_ELEMENTS,
    AVERAGED_TWICE,
    IGNORED_ALL_NAN,
    DIVIDED_BY_ALL_WEIGHTS,
    DIVIDED_BY_NUMBER_OF_CLASSES,
    MEAN_NOT_SUM,
)
