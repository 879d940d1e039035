"""Thread 001: why the weight multiplies the whole log term, and what cross-entropy holds."""

import numpy as np

from ce_core.arrays import Array
from ce_core.case import Case
from ce_core.claims.given import numbers_of
from ce_core.claims.record import FALSE, HOLDS, Claim, Evidence, Row
from ce_core.nll import NLLCase
from ce_core.trace import run

SHIFT = 10.0
GAP = 200.0


def _losses(case: Case) -> Array:
    return run(case.replace(reduction="none")).answer


def _documented(case: Case, logits: Array) -> Array:
    """The formula of torch's documentation: w_y (−z_y + log Σ e^z)."""
    rows = np.arange(len(logits))
    weight = case.inputs["weight"][case.target]
    return weight * (-logits[rows, case.target] + np.log(np.exp(logits).sum(axis=1)))


def _proposed(case: Case, logits: Array) -> Array:
    """What the thread asks for instead: −w_y z_y + log Σ w_c e^z_c."""
    rows, weight = np.arange(len(logits)), case.inputs["weight"]
    picked = weight[case.target] * logits[rows, case.target]
    return -picked + np.log((weight * np.exp(logits)).sum(axis=1))


def _formula() -> Evidence:
    case = numbers_of("weight_outside")
    ours, written = _losses(case), _documented(case, case.logits)
    return Evidence(
        "Two samples of three classes with the weights 1, 3 and 2.",
        (
            Row("loss of sample 1 by the formula", float(written[0])),
            Row("loss of sample 1, as torch computes it", float(ours[0])),
            Row("loss of sample 2 by the formula", float(written[1])),
            Row("loss of sample 2, as torch computes it", float(ours[1])),
        ),
    )


def _proposal() -> Evidence:
    case = numbers_of("weight_outside")
    moved = case.logits + SHIFT
    ours, theirs = _losses(case), _proposed(case, case.logits)
    shifted = _losses(case.replace(logits=moved)) - ours
    strayed = _proposed(case, moved) - theirs
    return Evidence(
        "The second of two samples: its class weighs 3. Then 10 is added to all its logits, which "
        "changes no probability.",
        (
            Row("torch's loss", float(ours[1])),
            Row("the proposed loss", float(theirs[1])),
            Row("10 added: torch's loss changes by", float(shifted[1].round(12))),
            Row("10 added: the proposed loss changes by", float(strayed[1].round(12))),
        ),
    )


def _two_parts() -> Evidence:
    case = numbers_of("weight_outside")
    log_probs = run(case)["log_probs"].output
    parts = run(NLLCase(log_probs, case.target, case.weight))
    whole = run(case)
    apart = abs(float(parts.answer) - float(whole.answer))
    return Evidence(
        "Log-softmax first, and NLLLoss of what it gives.",
        (
            Row("NLLLoss of the log-softmax", float(parts.answer)),
            Row("cross-entropy", float(whole.answer)),
            Row("difference", apart),
        ),
    )


def _coupled() -> Evidence:
    logits = np.array([GAP, 0.0], dtype=np.float32)
    with np.errstate(divide="ignore"):
        naive = -np.log(np.exp(logits - GAP) / np.exp(logits - GAP).sum())[1]
    return Evidence(
        "Two logits that are 200 apart; the target is the lower one. Numbers of 32 bits.",
        (
            Row("minus log of the finished softmax", float(naive)),
            Row(
                "cross-entropy, log-softmax in one step", float(run(Case([[GAP, 0.0]], [1])).answer)
            ),
        ),
    )


def _independent() -> Evidence:
    case = numbers_of("weight_outside").replace(weight=None)
    probs = run(case)["probs"].output
    from_probs = run(NLLCase(probs, case.target, holds="probs"))
    return Evidence(
        "NLLLoss takes the log of probabilities that are given and makes no softmax.",
        (
            Row("−log p of given probabilities, averaged", float(from_probs.answer)),
            Row("cross-entropy of the logits they came from", float(run(case).answer)),
        ),
    )


PLACEMENT_CLAIMS = (
    Claim(
        "weight-outside-the-log",
        "001",
        "The loss of a sample is weight[class] · (−x[class] + log Σ exp x[j]).",
        HOLDS,
        "This is what torch computes for each sample. What the line leaves out is the mean, which "
        "then divides by the sum of those weights.",
        _formula,
        "placement",
        "preset=weight_outside",
    ),
    Claim(
        "weight-in-both-terms",
        "001",
        "It should be −weight[class] · x[class] + log Σ weight[j] · exp x[j].",
        FALSE,
        "Adding the same number to all logits changes no probability, and must not change a loss. "
        "This one it changes. The person who proposed it took it back later in the thread.",
        _proposal,
        "placement",
        "preset=weight_outside",
    ),
    Claim(
        "log-softmax-and-nll",
        "001",
        "CrossEntropyLoss is LogSoftmax and then NLLLoss.",
        HOLDS,
        "The two give the same number, to the last bit.",
        _two_parts,
        "check",
        "preset=weight_outside",
    ),
    Claim(
        "coupled-for-stability",
        "001",
        "For numerical stability, softmax and cross-entropy are one function in PyTorch.",
        HOLDS,
        "Taken apart, a probability can round to 0, and its log is minus infinity. Taken "
        "together, no such log is needed.",
        _coupled,
        "check",
        "logits=200,0&target=1&part=floats",
    ),
    Claim(
        "independent-of-softmax",
        "001",
        "Cross-entropy as such does not need a softmax.",
        HOLDS,
        "It compares two distributions, wherever they come from. Torch's cross_entropy always "
        "takes the softmax itself; nll_loss is the part without it.",
        _independent,
        "steps",
        "preset=weight_outside&step=log_probs",
    ),
)
