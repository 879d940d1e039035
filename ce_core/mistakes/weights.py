"""Slips of the class weights: which of them a sample takes, and what it multiplies."""

from ce_core.case import Case
from ce_core.mistakes import examples
from ce_core.mistakes.parts import from_logits, index_target, weighted
from ce_core.mistakes.record import Mistake, Question, Slot, Way
from ce_core.mistakes.wrong import weights as wrong


def _fits_positions(case: Question) -> bool:
    return (
        weighted(case)
        and index_target(case)
        and isinstance(case, Case)
        and 0 < case.target.size <= case.classes
    )


def _weighted_logits(case: Question) -> bool:
    return weighted(case) and from_logits(case)


UNWEIGHTED = wrong.unweighted()
ONCE = UNWEIGHTED[0]

WEIGHT_INDEXED_BY_POSITION = Mistake(
    "weight_indexed_by_position",
    "Took the weights in the order of the samples",
    "There are as many weights as samples, or fewer samples than weights, so the first weight "
    "goes to the first sample.",
    "It goes unnoticed where sample i happens to have class i.",
    "A weight belongs to a class: sample i takes weight[target[i]]. For a weight per sample take "
    "reduction='none' and multiply yourself.",
    "I gave sample i the weight number i.",
    Slot.TARGET,
    (
        Way(
            (wrong.by_position(),),
            "(F.cross_entropy(logits, target, reduction='none') * weight[:target.numel()]).sum() "
            "/ weight[:target.numel()].sum()",
            examples.WEIGHTED,
            needs=_fits_positions,
        ),
    ),
    threads=5,
)
WEIGHTS_RENORMALISED = Mistake(
    "weights_renormalised",
    "Made the weights sum to a fixed number",
    "Weights that sum to 1, or to the number of classes, look tidy.",
    "The weighted mean stays the same; a sum, or a mean divided by N, is scaled.",
    "Under torch's weighted mean it changes nothing. Under 'sum', 'none' and class probabilities "
    "it scales the loss: scale the weights in torch, too.",
    "I divided the weights by their sum.",
    Slot.TARGET,
    (
        Way(
            wrong.renormalised(to_count=False),
            "F.cross_entropy(logits, target, weight / weight.sum(), reduction='sum')",
            examples.WEIGHTED.replace(reduction="sum"),
            detail="sum 1",
            needs=weighted,
        ),
        Way(
            wrong.renormalised(to_count=True),
            "F.cross_entropy(logits, target, weight / weight.mean(), reduction='sum')",
            examples.WEIGHTED.replace(reduction="sum"),
            detail="sum C",
            needs=weighted,
        ),
    ),
    threads=1,
)
WEIGHTS_INSIDE_SOFTMAX = Mistake(
    "weights_inside_softmax",
    "Put the weights inside the softmax",
    "−z + log Σ e^z has two terms, and the weight seems to belong to each class's own.",
    "Add 10 to all logits of a row: this number moves, torch's does not.",
    "The weight multiplies the finished loss: w · (−z + log Σ e^z).",
    "I have the weights inside the log of the sum.",
    Slot.TARGET,
    (
        Way(
            (wrong.inside(),),
            "(-weight[target] * logits.gather(1, target[:, None])[:, 0] "
            "+ (logits + weight.log()).logsumexp(1)).sum() / weight[target].sum()",
            examples.WEIGHTED,
            needs=_weighted_logits,
        ),
        Way(
            (*wrong.as_prior(), ONCE),
            "F.cross_entropy(logits + weight.log(), target)",
            examples.WEIGHTED,
            detail="as a prior",
            needs=_weighted_logits,
        ),
        Way(
            wrong.as_prior(),
            "F.cross_entropy(logits + weight.log(), target, weight)",
            examples.WEIGHTED,
            detail="as a prior, and outside as well",
            needs=_weighted_logits,
        ),
    ),
    threads=1,
)
WEIGHT_ON_LOGITS = Mistake(
    "weight_on_logits",
    "Multiplied the logits or the probabilities by the weights",
    "A weight sounds like something to multiply the scores with.",
    "The weight stands before or inside the log instead of in front of it.",
    "The weight multiplies the loss of a sample: w · (−log p).",
    "I multiplied the scores, or the probabilities, by the weights.",
    Slot.TARGET,
    (
        Way(
            (*wrong.on_logits(), ONCE),
            "F.cross_entropy(logits * weight, target)",
            examples.WEIGHTED,
            detail="the logits",
            needs=_weighted_logits,
        ),
        Way(
            (wrong.on_probabilities(), ONCE),
            "F.nll_loss((F.softmax(logits, dim=1) * weight).log(), target)",
            examples.WEIGHTED,
            detail="the probabilities",
            needs=weighted,
        ),
    ),
)
WEIGHT_LEFT_OUT = Mistake(
    "weight_left_out",
    "Left the class weights out",
    "The weight argument is easily forgotten, or put on another loss object.",
    "The number is the loss without weights.",
    "Pass weight= to the loss, and multiply each sample's −log p by its class's weight.",
    "I did not use the weights.",
    Slot.TARGET,
    (
        Way(
            UNWEIGHTED,
            "F.cross_entropy(logits, target)",
            examples.WEIGHTED,
            needs=weighted,
        ),
    ),
)

WEIGHT_MISTAKES = (
    WEIGHT_INDEXED_BY_POSITION,
    WEIGHT_LEFT_OUT,
    WEIGHTS_RENORMALISED,
    WEIGHTS_INSIDE_SOFTMAX,
    WEIGHT_ON_LOGITS,
)
