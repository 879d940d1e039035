"""What the threads claimed: each verdict is computed again, and each line of torch is run."""

import doctest
import warnings
from collections import Counter
from math import e, inf, isclose, isinf, isnan, log

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn import functional as F  # noqa: N812 - the name that torch's users know

import ce_core.claims
from ce_core.claims import (
    CLAIMS,
    FALSE,
    HOLDS,
    PARTLY,
    PRINTED,
    THREADS,
    UNKNOWN,
    VERDICTS,
    claim,
)
from ce_core.claims.prior import PRIOR, learned
from ce_core.presets import BATCH, PRESETS, SOFT_BATCH
from ui.figures import digits
from ui.link import decode
from ui.menu import PAGES

KEYS = [one.key for one in CLAIMS]
COMPUTED = [one for one in CLAIMS if one.experiment and one.experiment().rows]
LINES = [(one.key, said) for one in CLAIMS if one.experiment for said in one.experiment().torch]


def near(a, b):
    """Equal but for rounding in the last places."""
    return isclose(a, b, rel_tol=1e-9, abs_tol=1e-9)


def evidence(key):
    """The evidence of a claim."""
    return claim(key).experiment()


def values(found, part):
    """The numbers of the rows whose label holds this text."""
    return [row.value for row in found.rows if part in row.label]


# ------------------------------------------------------------------ the table


def test_every_claim_is_there():
    """44 claims were counted in the five threads, and three printed numbers that do not hold."""
    claims = [one for one in CLAIMS if one not in PRINTED]
    assert Counter(one.verdict for one in claims) == {HOLDS: 31, FALSE: 5, PARTLY: 4, UNKNOWN: 4}
    assert Counter(one.thread for one in claims) == {
        "000": 4,
        "001": 9,
        "002": 11,
        "003": 6,
        "004": 14,
    }
    assert len(PRINTED) == 3
    assert {one.verdict for one in PRINTED} == {FALSE}
    assert len(set(KEYS)) == len(KEYS) == 47


@pytest.mark.parametrize("one", CLAIMS, ids=KEYS)
def test_claim_is_told(one):
    """Each claim is a sentence of a known thread, with a verdict and a why."""
    assert one.thread in [thread.key for thread in THREADS]
    assert one.verdict in VERDICTS
    for text in (one.said, one.why):
        assert text.endswith((".", "”"))
    assert one.experiment or one.verdict == UNKNOWN


@pytest.mark.parametrize("one", CLAIMS, ids=KEYS)
def test_labels_differ(one):
    """A row of the evidence is found by its label."""
    if one.experiment:
        labels = [row.label for row in one.experiment().rows]
        assert len(set(labels)) == len(labels)


@pytest.mark.parametrize("one", CLAIMS, ids=KEYS)
def test_experiment_gives_the_same_twice(one):
    """An experiment has no dice in it."""
    if one.experiment:
        np.testing.assert_equal(
            [row.value for row in one.experiment().rows],
            [row.value for row in one.experiment().rows],
        )


@pytest.mark.parametrize("one", [one for one in CLAIMS if one.page], ids=lambda one: one.key)
def test_link_can_be_read(one):
    """The page to try it on is there, and nothing of the link is left out."""
    assert one.page in [name for group in PAGES.values() for name, _ in group]
    query = dict(part.split("=", 1) for part in one.query.split("&") if part)
    assert [item.name for item in decode(query)[1]] == []


def test_unknown_names_are_refused():
    """A claim or a row that is not there is named."""
    with pytest.raises(KeyError, match="no claim 'other'"):
        claim("other")
    with pytest.raises(KeyError, match="no row 'other'"):
        evidence("one-over-count")["other"]


def test_threads_of_the_examples():
    """The examples from the thread about class counts say where they come from."""
    counts = next(thread for thread in THREADS if thread.key == "002")
    of_it = {one.key for one in PRESETS if one.source == counts.source}
    assert of_it == {"two_counts", "one_over_count", "max_over_count", "pos_weight"}


def test_example_in_the_first_lines_runs():
    """The example that opens the package gives what it says."""
    ran = doctest.testmod(ce_core.claims)
    assert ran.attempted == 3
    assert not ran.failed


# ------------------------------------------------------------------ the verdicts, computed

# For each claim that numbers decide: whether its numbers bear it out.
BORNE_OUT = {
    "mean-divides-by-weights": lambda x: near(
        x["the weighted mean"], x["sum of the weighted losses"] / x["sum of the targets' weights"]
    ),
    "softmax-without-dim": lambda x: (
        near(sum(values(x, "row 1")), 1) and near(sum(values(x, "row 2")), 1)
    ),
    "weight-outside-the-log": lambda x: (
        near(*values(x, "sample 1")) and near(*values(x, "sample 2"))
    ),
    # What is right stays where it is when all logits are shifted.
    "weight-in-both-terms": lambda x: near(x["10 added: the proposed loss changes by"], 0),
    "log-softmax-and-nll": lambda x: x["difference"] == 0,
    "coupled-for-stability": lambda x: (
        isinf(x["minus log of the finished softmax"])
        and x["cross-entropy, log-softmax in one step"] == 200
    ),
    "independent-of-softmax": lambda x: near(*(row.value for row in x.rows)),
    "prior-is-a-constant": lambda x: near(x["q above and below: the gradient changes by up to"], 0),
    "prior-is-a-bias": lambda x: near(*values(x, "sample 1")) and near(*values(x, "sample 2")),
    "logits-make-up-for-it": lambda x: np.allclose(
        np.subtract(values(x, "plain loss"), values(x, "log q inside")),
        np.log(PRIOR) - np.log(PRIOR).mean(),
        rtol=0,
        atol=1e-8,
    ),
    "weights-leave-the-softmax": lambda x: x["weights change a probability by"] == 0,
    "one-over-count": lambda x: (
        np.ptp(values(x, "mean with")) < 1e-12 and np.ptp(values(x, "sum with")) > 1
    ),
    "rare-class-is-a-jolt": lambda x: near(*values(x, "all weights")) and x["one by the other"] > 1,
    "costs-two-to-one": lambda x: (
        near(x["at p = 1/3 it ends at"], 0.5)
        and near(*values(x, "cost of"))
        and x["there the gradient is"] == 0
    ),
    "rare-class-is-punished-more": lambda x: all(near(v, 5) for v in values(x, "sum: ")),
    "balanced-needs-none": lambda x: near(*(row.value for row in x.rows)),
    "pos-weight-for-two-classes": lambda x: (
        near(x["losses of the samples differ by"], 0) and x["900 negatives / 100 positives"] == 9
    ),
    "weighted-samplers": lambda x: near(x["chance that a draw gives the smaller class"], 0.5),
    "log-odds-as-logits": lambda x: near(
        x["cross-entropy of log(p / (1 − p))"], x["sum of −log p by hand"]
    ),
    "pixels-are-distributions": lambda x: all(near(v, 1) for v in values(x, "over classes")),
    "three-sums-agree": lambda x: np.ptp([row.value for row in x.rows]) < 1e-6,
    "log-softmax-is-stabler": lambda x: (
        x["104 apart: log of the softmax"] == -inf and near(x["104 apart: log-softmax"], -104)
    ),
    "default-averages": lambda x: near(x["mean"], x["sum divided by 4"]),
    "takes-raw-logits": lambda x: near(x["mean, probability 1 as logit"], x["log(1 + 2/e)"]),
    "no-weight-is-one": lambda x: near(*values(x, "mean")) and near(*values(x, "sum")),
    "three-reductions": lambda x: (
        near(sum(values(x, "none")), x["sum"]) and near(x["mean"], x["sum"] / 3)
    ),
    "softmax-for-the-target": lambda x: near(*values(x, "mean, with")),
    "empty-mean-is-nan": lambda x: all(isnan(row.value) for row in x.rows),
    # −0 has a sign that 0 has not, and one loss is not none.
    "empty-is-minus-zero": lambda x: (
        np.signbit(x["class numbers: the sum"])
        and x["class numbers: how many losses none gives"] == 1
    ),
    "first-product": lambda x: same_digits(x, 5),
    "third-product": lambda x: same_digits(x, 5),
    "sum-of-addends": lambda x: round(x["0.00004578 + 0.0678 + 7.857"], 4) == 7.9249,
}


def same_digits(found, count):
    """Whether all rows are the same when written with so many digits."""
    return len({digits(row.value, count) for row in found.rows}) == 1


@pytest.mark.parametrize("key", BORNE_OUT)
def test_verdict_is_what_the_numbers_say(key):
    """Numbers that bear a claim out make it hold; numbers that do not make it false or half so."""
    one = claim(key)
    borne_out = bool(BORNE_OUT[key](one.experiment()))
    assert one.verdict in ((HOLDS,) if borne_out else (FALSE, PARTLY))


@pytest.mark.parametrize("one", CLAIMS, ids=KEYS)
def test_verdict_has_evidence(one):
    """What is said to be false or half true, or to hold, has numbers or torch's words to show."""
    if one.verdict != UNKNOWN:
        found = one.experiment()
        assert one.key in BORNE_OUT or found.torch or len(found.rows) > 1


# ------------------------------------------------------------------ the numbers, derived


def test_weighted_mean_by_hand():
    """0.36 · log(1 + 1/e) + 0.4 · log(1 + e³), divided by 0.76, by 2, and from rounded digits."""
    found = evidence("mean-divides-by-weights")
    total = 0.36 * log(1 + 1 / e) + 0.4 * log(1 + e**3)
    assert near(found["the weighted mean"], total / (0.36 + 0.4))
    assert near(found["with one-hot rows as target"], total / 2)
    posted = -(0.36 * log(0.7311) + 0.4 * log(0.0474)) / 2
    assert near(found["the same from probabilities of four digits, as posted"], posted)
    assert round(posted, 4) == 0.6662


def test_proposed_loss_by_hand():
    """Shifted by 10, −w z moves by −10 w and the log of the sum by 10: for w = 3 by −20."""
    found = evidence("weight-in-both-terms")
    assert near(found["10 added: the proposed loss changes by"], 10 * (1 - 3))
    assert found["10 added: torch's loss changes by"] == 0
    right = 3 * (-1.5 + log(e**0.5 + e**1.5 + e**2.5))
    assert near(found["torch's loss"], right)
    proposed = -3 * 1.5 + log(e**0.5 + 3 * e**1.5 + 2 * e**2.5)
    assert near(found["the proposed loss"], proposed)


def test_prior_above_the_line_adds_a_constant():
    """It adds −log 0.6 − log 0.3 whatever the logits; below the line it depends on them."""
    found = evidence("prior-is-a-constant")
    constant = -log(0.6) - log(0.3)
    assert near(found["q above only: it grows by"], constant)
    assert near(found["q above only, logits doubled: by"], constant)
    both = found["q above and below: by"]
    assert abs(both - found["q above and below, logits doubled: by"]) > 0.1


@pytest.mark.parametrize("weight", [None, 1 / PRIOR, [4.0, 3.0, 2.0, 1.0]])
def test_learned_scores(weight):
    """A model without inputs ends at log(w π), but for a constant: torch's gradient is 0 there."""
    scores = learned(PRIOR, None if weight is None else np.asarray(weight))
    wanted = np.log(PRIOR) + np.log(np.ones(4) if weight is None else weight)
    np.testing.assert_allclose(scores, wanted - wanted.mean(), rtol=0, atol=1e-9)
    logits = torch.tensor(scores[None], requires_grad=True)
    given = None if weight is None else torch.tensor(weight)
    F.cross_entropy(logits, torch.tensor(PRIOR[None]), given).backward()
    np.testing.assert_allclose(logits.grad, 0, atol=1e-9)


def test_log_odds_by_hand():
    """softmax(log-odds) is p/(1−p) over its sum: 0.3 becomes (3/7)/(3/7 + 7/3) = 9/58."""
    found = evidence("log-odds-as-logits")
    assert near(found["softmax of log(p / (1 − p)), where p = 0.3"], 9 / 58)
    assert near(found["sum of −log p by hand"], -log(0.7 * 0.4 * 0.4 * 0.5))
    ratios = {p: p / (1 - p) for p in (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.7)}
    pixels = [(0.1, 0.2, 0.7), (0.3, 0.3, 0.4), (0.4, 0.4, 0.2), (0.5, 0.5, 0.0)]
    picked = [0.7, 0.4, 0.4, 0.5]
    odds = [
        ratios[p] / sum(ratios[q] for q in pixel) for p, pixel in zip(picked, pixels, strict=True)
    ]
    assert near(found["cross-entropy of log(p / (1 − p))"], -sum(map(log, odds)))


def test_printed_numbers():
    """What the thread prints comes from its rounded factors; the digits of the whole differ."""
    for key, printed in (("first-product", -4.3139e-7), ("third-product", -3.7198e-7)):
        exact, rounded = (row.value for row in evidence(key).rows)
        assert float(f"{rounded:.4e}") == printed
        assert float(f"{exact:.4e}") != printed


# ------------------------------------------------------------------ torch as witness


def answer_of(line):
    """What torch answers to a line: a warning if it gives one, else the value or the error."""
    known = {
        "torch": torch,
        "nn": nn,
        "F": F,
        "logits": torch.tensor(BATCH.logits),
        "target": torch.tensor(BATCH.target),
        "soft_logits": torch.tensor(SOFT_BATCH.logits, dtype=torch.float32),
        "probs": torch.tensor(SOFT_BATCH.target, dtype=torch.float32),
    }
    known["logits"] = known["logits"].float()
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        try:
            value = eval(line, known)  # noqa: S307 - a line of this site's own
        except Exception as problem:  # noqa: BLE001 - the message is the answer
            return f"{type(problem).__name__}: {problem}"
    if warned:
        return f"{warned[0].category.__name__}: {warned[0].message}"
    return repr(value)


@pytest.mark.parametrize(("key", "said"), LINES, ids=[f"{k}-{i}" for i, (k, _) in enumerate(LINES)])
def test_torch_says_so(key, said):  # noqa: ARG001 - names the test
    """Torch answers to the line what the evidence quotes."""
    assert answer_of(said.line) == said.answer


def test_torch_gives_the_numbers():
    """The evidence's numbers are torch's own, where torch gives them."""
    logits = torch.tensor([[3.0, 4.0], [6.0, 9.0]], dtype=torch.float64)
    target, weight = torch.tensor([1, 0]), torch.tensor([0.4, 0.36], dtype=torch.float64)
    found = evidence("mean-divides-by-weights")
    assert near(float(F.cross_entropy(logits, target, weight)), found["the weighted mean"])
    one_hot = F.one_hot(target, 2).double()
    assert near(
        float(F.cross_entropy(logits, one_hot, weight)), found["with one-hot rows as target"]
    )
    with_log_odds = evidence("log-odds-as-logits")
    probs = torch.tensor([[0.3, 0.7]], dtype=torch.float64)
    back = torch.logit(probs).softmax(1)[0]
    assert near(float(back[0]), with_log_odds["softmax of log(p / (1 − p)), where p = 0.3"])
