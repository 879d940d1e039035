"""What can be practised: a topic is a row, with the steps to work and the mistakes it is about."""

from dataclasses import dataclass

MODES = ("watch", "complete", "solve")


@dataclass(frozen=True)
class Topic:
    """One thing to practise.

    Attributes:
        key: its name in links and codes.
        title: its name on the screen.
        says: what one can do after it.
        steps: the steps worth working by hand, in order; an item may have fewer.
        shapes: the (N, C) an item may have; N and C are never equal, so that dividing by the
            one is not dividing by the other.
        mistakes: the slips it is about; in each item they all give different numbers.
        also: other slips that are natural at its steps; they are named at the step they are made
            in, and in the rows that come of it.
        apart_from: more slips that none of these must be taken for; they may give the right number.
    """

    key: str
    title: str
    says: str
    steps: tuple[str, ...]
    shapes: tuple[tuple[int, int], ...]
    mistakes: tuple[str, ...]
    also: tuple[str, ...] = ()
    apart_from: tuple[str, ...] = ()


LOG_SOFTMAX = ("logit_not_shifted", "row_sum_without_log", "probability_without_log", "log2")
TOPICS = (
    Topic(
        "weighted_mean",
        "The weighted mean",
        "From the log-probabilities to the mean, and what it is divided by.",
        (
            "log_probs",
            "target_log_prob",
            "nll",
            "sample_weight",
            "losses",
            "sum_loss",
            "denominator",
            "mean_loss",
        ),
        ((2, 3), (3, 2), (2, 4), (4, 2), (3, 4)),
        (
            "divided_by_batch_size",
            "divided_by_all_weights",
            "sum_not_mean",
            "weight_left_out",
            "weight_indexed_by_position",
            "forgot_negation",
            "base_10",
            "softmax_twice",
        ),
        (*LOG_SOFTMAX, "divided_by_number_of_classes"),
    ),
    Topic(
        "smoothing",
        "Label smoothing",
        "What the target becomes, and which class's weight each part takes.",
        (
            "target_dist",
            "weighted_terms",
            "losses",
            "sum_loss",
            "sample_weight",
            "denominator",
            "mean_loss",
        ),
        ((2, 3), (3, 2), (2, 4), (4, 2)),
        (
            "label_smoothing_K_minus_1",
            "label_smoothing_row_not_1",
            "label_smoothing_uses_all_weights",
            "label_smoothing_left_out",
            "divided_by_batch_size",
            "sum_not_mean",
        ),
        (
            "label_smoothing_swapped_mass",
            "weight_indexed_by_position",
            "divided_by_all_weights",
            "divided_by_number_of_classes",
        ),
    ),
    Topic(
        "ignored_rows",
        "Ignored rows",
        "What a row that is ignored adds to the sum, and to what the sum is divided by.",
        (
            "target_log_prob",
            "nll",
            "sample_weight",
            "losses",
            "sum_loss",
            "denominator",
            "mean_loss",
        ),
        # all but one row count: in the first and third shape as many as classes, so no item has it
        ((3, 2), (4, 2), (4, 3), (3, 4)),
        (
            "divided_by_batch_size",
            "ignored_counted_in_mean",
            "divided_by_all_weights",
            "sum_not_mean",
            "weight_left_out",
            "forgot_negation",
            "base_10",
        ),
        ("ignored_row_counted", "probability_without_log", "log2", "weight_indexed_by_position"),
        ("divided_by_number_of_classes",),
    ),
    Topic(
        "reductions",
        "None, sum and mean",
        "What each reduction returns for the same samples.",
        ("nll", "sample_weight", "losses", "sum_loss", "denominator", "mean_loss"),
        ((2, 3), (3, 2), (4, 2), (4, 3), (3, 4)),
        (
            "divided_by_batch_size",
            "sum_not_mean",
            "mean_not_sum",
            "averaged_twice",
            "mean_over_elements",
            "weight_left_out",
            "forgot_negation",
        ),
        (
            "weight_indexed_by_position",
            "divided_by_all_weights",
            "divided_by_number_of_classes",
        ),
    ),
    Topic(
        "gradient",
        "The gradient",
        "How hard each sample pulls at each logit, and in which direction.",
        ("probs", "sample_weight", "denominator", "share", "gradient"),
        ((2, 3), (3, 2), (2, 4), (4, 2)),
        (
            "gradient_without_weight",
            "gradient_of_plain_mean",
            "gradient_divided_by_batch_size",
            "gradient_of_sum",
            "gradient_sign",
        ),
        (
            "divided_by_batch_size",
            "divided_by_all_weights",
            "divided_by_number_of_classes",
            "weight_left_out",
            "weight_indexed_by_position",
            "softmax_twice",
        ),
    ),
    Topic(
        "stability",
        "Large logits",
        "Why the largest logit is taken off first, and what happens without.",
        ("row_max", "shifted", "exps", "partition", "log_probs", "target_log_prob"),
        ((2, 3), (3, 2), (2, 4)),
        (
            "exponentials_not_shifted",
            "log_of_softmax_underflow",
            "logit_not_shifted",
            "row_sum_without_log",
        ),
        ("probability_without_log", "log2", "base_10"),
    ),
)


def topic(key: str) -> Topic:
    """The topic of that key.

    Raises:
        ValueError: there is none.
    """
    for one in TOPICS:
        if one.key == key:
            return one
    raise ValueError(f"topic is {key!r}, must be one of {', '.join(one.key for one in TOPICS)}")
