"""What to say of a number that is neither right nor a known slip, without giving the right one."""

from collections.abc import Mapping
from math import inf, isinf, isnan

from ce_core.practice.cells import Cell
from ce_core.practice.following import Own
from ce_core.practice.precision import DECIMALS, SMALL, needed, same
from ce_core.practice.reading import Reading
from ce_core.practice.wording import listed, quoted
from ce_core.words import Words, words

NAN = words(
    "Not yet: nan is not a number. It comes of 0/0, of inf − inf or of the log of a negative "
    "number, and the right numbers lead to none of these."
)
INF = words(
    "Not yet: inf stands for more than any float can hold. It comes of e to a very large number, "
    "of a division by 0 or, as −inf, of the log of 0, and the right numbers lead to none of "
    "these."
)
NEAR = 0.02  # of a number: a slip in the last digits, not in the way
PROBABILITY = (0.0, 1.0, words("It lies between 0 and 1, ends included."))
LOG = (-inf, 0.0, words("A log of a probability is never above 0."))
COST = (0.0, inf, words("It is never below 0: the minus sign makes a cost of a log."))
RANGES: Mapping[str, tuple[float, float, Words]] = {
    "shifted": (-inf, 0.0, words("Nothing is above 0 once the largest is taken off.")),
    "exps": (0.0, 1.0, words("e to the power of 0 or less lies between 0 and 1, ends included.")),
    "partition": (1.0, inf, words("The largest exponential alone is 1, so the sum is not less.")),
    "probs": PROBABILITY,
    "log_probs": LOG,
    "target_log_prob": LOG,
    "nll": COST,
    "losses": COST,
    "sum_loss": COST,
    "mean_loss": COST,
    "target_dist": PROBABILITY,
    "weighted_terms": COST,
    "share": PROBABILITY,
}
# What a rule reads that has no title of its own, or one that says little here.
INPUTS = {
    "logits": words("the logits"),
    "target": words("the targets"),
    "weight": words("the class weights"),
    "label_smoothing": words("label_smoothing"),
    "kept": words("which rows count"),
}


def point(own: Own, cell: Cell, text: Reading) -> Words:
    """One sentence that says where to look.

    Args:
        own: the person's numbers.
        cell: the one to look at.
        text: what stands in it.
    """
    typed = text.value if text.value is not None else 0.0
    if isnan(typed) or isinf(typed):
        return NAN if isnan(typed) else INF
    aims = [cell.of(own.truth), *(result.value for result in own.results(cell))]
    if any(same(-typed, aim) for aim in aims):
        return words("Not yet: look at the sign.")
    if any(needed(aim) < text.tolerance >= abs(typed - aim) for aim in aims):
        return words(
            "Not yet: this may be right but is rounded too far; give at least two decimals, and "
            "three significant digits below {small:.1f}.",
            small=SMALL,
        )
    if any(abs(typed - aim) <= NEAR * abs(aim) + DECIMALS for aim in aims):
        return words("Not yet, but close: keep more digits on the way.")
    low, high, why = RANGES.get(cell.key, (-inf, inf, words("")))
    if not low <= typed <= high:
        return words("Not yet: it cannot be this. {why}", why=why)
    titles = {rule.key: quoted(rule.title) for rule in own.rules} | INPUTS
    made_from = [titles[name] for name in own.truth[cell.key].rule.reads if name in titles]
    return words("Not yet: look again at what it is made from, {parts}.", parts=listed(made_from))
