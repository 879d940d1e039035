"""NLLLoss and the binary losses: their cases, steps and errors, with torch as witness."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as stnp
from torch.nn import functional as F  # noqa: N812 - the name that torch's users know

from ce_core import BinaryCase, CaseError, NLLCase, run
from ce_core.torch_check import DTYPES, check, script

REDUCTIONS = ("none", "sum", "mean")
each_reduction = pytest.mark.parametrize("reduction", REDUCTIONS)
each_dtype = pytest.mark.parametrize("dtype", DTYPES)
BINARY = BinaryCase([2.0, -1.0, 0.5], [1.0, 0.0, 0.3], [1.0, 2.0, 0.5], [4.0])
PROBS = BinaryCase([0.9, 0.0, 0.2], [1.0, 1.0, 0.0], holds="probs")
NLL = NLLCase(np.log([[0.2, 0.3, 0.5], [0.6, 0.3, 0.1]]), [1, -100], [1.0, 2.0, 5.0])


def test_binary_loss_by_hand():
    """One element: z = 0, y = 1, pos_weight 3, weight 2: 2 * 3 * ln 2 = 4.1589."""
    trace = run(BinaryCase([0.0], [1.0], [2.0], [3.0]))
    assert trace["probs"].output.item() == 0.5
    assert trace["positive_part"].output.item() == pytest.approx(3 * np.log(2))
    assert trace["negative_part"].output.item() == 0
    assert float(trace.answer) == pytest.approx(6 * np.log(2))


def test_binary_log_stops_at_minus_100():
    """A probability of 0 for a yes costs 100 in BCELoss, not infinity: (0.1054 + 100 + 0.2231)/3."""
    trace = run(PROBS)
    assert trace["losses"].output[1] == 100
    by_hand = (-np.log(0.9) + 100 - np.log(0.8)) / 3
    assert float(trace.answer) == pytest.approx(by_hand)


def test_nll_by_hand():
    """The second row is ignored; the first has p = 0.3 and weight 2: 2 * 1.2040 / 2."""
    assert float(run(NLL).answer) == pytest.approx(-np.log(0.3))


@pytest.mark.parametrize("case", [BINARY, PROBS, NLL], ids=["logits", "probs", "nll"])
@each_reduction
@each_dtype
def test_every_step_is_torch_s(case, reduction, dtype):
    """Each step, and the function itself, agrees with torch in every dtype."""
    rows = check(run(case.replace(reduction=reduction)), dtype=dtype)
    assert {row.key: row.note for row in rows if row.verdict != "agrees"} == {}


@given(
    stnp.arrays(float, st.sampled_from([(), (3,), (2, 3)]), elements=st.floats(-60, 60)),
    st.data(),
)
@settings(max_examples=150, deadline=None)
def test_binary_equals_torch(logits, data):
    """Any logits, soft targets, weights and pos_weight give torch's number in every reduction."""
    target = data.draw(stnp.arrays(float, logits.shape, elements=st.floats(0, 1)))
    weight = data.draw(st.none() | stnp.arrays(float, logits.shape, elements=st.floats(0, 5)))
    pos_weight = data.draw(st.none() | st.floats(0, 5).map(np.asarray))
    for reduction in REDUCTIONS:
        ours = run(BinaryCase(logits, target, weight, pos_weight, reduction)).answer
        theirs = F.binary_cross_entropy_with_logits(
            torch.tensor(logits),
            torch.tensor(target),
            None if weight is None else torch.tensor(weight),
            reduction=reduction,
            pos_weight=None if pos_weight is None else torch.tensor(pos_weight),
        )
        np.testing.assert_allclose(ours, theirs.numpy(), rtol=1e-12, atol=1e-11)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (([1.0, 2.0], [1.0]), "must have the same shape"),
        (([1.0], [1.0], [[1.0], [2.0]]), "weight has shape"),
        (([1.5], [1.0], None, None, "mean", "probs"), "takes probabilities"),
        (([0.5], [1.0], None, [2.0], "mean", "probs"), "only BCEWithLogitsLoss has it"),
        (([0.5], [1.0], None, None, "average"), "reduction is 'average'"),
        (([0.5], [1.0], None, None, "mean", "scores"), "holds is 'scores'"),
        ((["a"], [1.0]), "it must hold numbers"),
    ],
)
def test_binary_case_names_what_is_wrong(arguments, says):
    """An input that torch would refuse is named with its value, and what to do."""
    with pytest.raises(CaseError) as caught:
        BinaryCase(*arguments)
    assert says in str(caught.value)
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (([[0.1, 0.9]], [[0.0, 1.0]]), "takes class numbers only"),
        (([[0.1, 0.9]], [1], None, -100, "mean", "scores"), "holds is 'scores'"),
        (([[0.1, 0.9]], [2]), "target"),
    ],
)
def test_nll_case_names_what_is_wrong(arguments, says):
    """NLLLoss knows class numbers only, and an input is one of two things."""
    with pytest.raises(CaseError) as caught:
        NLLCase(*arguments)
    assert says in str(caught.value)


@pytest.mark.parametrize("case", [BINARY, PROBS, NLL], ids=["logits", "probs", "nll"])
def test_equal_cases_are_one(case):
    """Equal values make equal cases with one hash; another value or meaning makes another."""
    assert case == case.replace()
    assert hash(case) == hash(case.replace())
    assert case != case.replace(reduction="sum")


def test_what_the_input_holds_is_part_of_the_case():
    """The same numbers as log-probabilities and as probabilities are two cases."""
    one = NLLCase([[0.2, 0.8]], [0], holds="probs")
    assert one != one.replace(holds="log_probs")
    assert BinaryCase([0.5], [1.0]) != BinaryCase([0.5], [1.0], holds="probs")


@pytest.mark.parametrize("case", [BINARY, PROBS, NLL], ids=["logits", "probs", "nll"])
def test_script_runs_as_shown(case, capsys):
    """The script runs by itself and prints the same number twice."""
    exec(script(run(case)), {})  # noqa: S102 - the script under test, made by our own code
    by_hand, by_torch = [
        line.split(":", 1)[1].split() for line in capsys.readouterr().out.strip().splitlines()
    ]
    assert by_hand == by_torch
