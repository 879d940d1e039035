"""Slips of the last step: what the losses are divided by, and how often."""

from collections.abc import Callable

from ce_core.binary import BinaryCase
from ce_core.case import Case
from ce_core.mistakes import examples
from ce_core.mistakes.logs import ROUNDING
from ce_core.mistakes.parts import (
    from_logits,
    has_ignored,
    index_target,
    kept_targets,
    mean_of,
    soft_target,
    weighted,
)
from ce_core.mistakes.record import Mistake, Question, Slot, Way, replaced, right_rules
from ce_core.mistakes.wrong import reductions as wrong
from ce_core.trace import Trace, run
from ce_core.words import words

NONE = "F.cross_entropy(logits, target, weight, ignore_index=ignore_index, reduction='none')"
RIGHT = "F.cross_entropy(logits, target, weight, ignore_index=ignore_index)"
BINARY = "F.binary_cross_entropy_with_logits(logits, target, weight, pos_weight=pos_weight{})"
SIZES = (2, 1, 3, 4, 5, 6, 8, 10, 16, 32)


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
        Way((wrong.divide_by_count(),), f"{NONE}.mean()", examples.WEIGHTED, needs=_plain_division),
        Way(
            (wrong.divide_by_kept(),),
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
            (wrong.target_weights(),),
            "F.cross_entropy(logits, target.argmax(dim=1), weight)",
            examples.ONE_HOT,
            needs=lambda case: mean_of(case) and soft_target(case) and weighted(case),
        ),
        Way(
            (wrong.divide_by_count(),),
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
            (wrong.divide_by_count(),),
            f"{NONE}.mean()",
            examples.WEIGHTED,
            detail="Keras loss, optax",
            needs=_weighted_mean,
            combines=False,
        ),
        Way(
            (wrong.target_weights(),),
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
            (wrong.divide_by_kept(),),
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
        Way((wrong.divide_by_count(),), f"{NONE}.mean()", examples.IGNORED, needs=_ignores),
        Way(
            (wrong.weights_of_all_rows(),),
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
            (wrong.not_divided("The losses were added, where their mean was asked for."),),
            RIGHT.replace(")", ", reduction='sum')"),
            examples.WEIGHTED,
            needs=_mean_of_classes,
        ),
        Way(
            (wrong.not_divided("The losses were added, where their mean was asked for."),),
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
            (wrong.mean_over_sum("sum_loss"),),
            f"{NONE}.mean()",
            examples.WEIGHTED.replace(reduction="sum"),
            detail="over the samples",
            needs=sum_of,
        ),
        Way(
            (wrong.weighted_mean_over_sum(),),
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
            (wrong.all_weights(),),
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
            (wrong.classes(),),
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
            (wrong.elements(),),
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
        Way(
            (wrong.twice(),), f"{RIGHT} / target.numel()", examples.WEIGHTED, needs=_mean_of_classes
        ),
        Way(
            (wrong.twice(),),
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
            (wrong.mean_of_means(size),),
            f"torch.stack([F.cross_entropy(z, y, weight) for z, y in zip(logits.split({size}), "
            f"target.split({size}))]).mean()",
            examples.rows(size + 2),
            detail=words("parts of {size}", size=size),
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
            (wrong.zero_for_nothing(),),
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
