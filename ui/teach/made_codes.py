"""Codes of a class that never was, to see what the page makes of them."""

from ce_core.practice.codes import to_code
from ce_core.practice.reports import Report

# topic, seed, numbers right of how many, the slips that came up
CLASS = (
    *(("weighted_mean", seed, 9, 9, ()) for seed in (1, 2, 3, 4)),
    *(("weighted_mean", seed, 8, 9, ("divided_by_batch_size",)) for seed in (5, 6, 7, 8, 9, 10)),
    ("weighted_mean", 11, 7, 9, ("divided_by_batch_size", "base_10")),
    ("weighted_mean", 12, 8, 9, ("divided_by_all_weights",)),
    ("weighted_mean", 13, 8, 9, ("divided_by_all_weights",)),
    ("weighted_mean", 14, 6, 9, ("forgot_negation", "divided_by_batch_size")),
    ("weighted_mean", 15, 2, 9, ()),
    *(("ignored_rows", seed, 7, 7, ()) for seed in (1, 2, 3)),
    *(("ignored_rows", seed, 6, 7, ("ignored_counted_in_mean",)) for seed in (4, 5, 6, 7)),
    ("ignored_rows", 8, 6, 7, ("divided_by_batch_size",)),
)


def made_codes() -> str:
    """The codes, one a line."""
    lines = []
    for topic, seed, done, total, slips in CLASS:
        mark = "correct" if done == total else "mistake" if slips else "empty"
        marks = (("nll", "correct"), ("mean_loss", mark))
        lines.append(to_code(Report(seed, topic, "solve", done, total, marks, slips)))
    return "\n".join(lines)
