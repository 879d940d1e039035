"""Where floating point breaks: each threshold recomputed, by formula, by NumPy and by torch."""

from fractions import Fraction
from math import exp, inf, isinf, isnan, log, nan

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from ce_core.stability import (
    EQUAL,
    NAIVE,
    NUMBER_TYPES,
    SHIFTED,
    THRESHOLDS,
    chains,
    equal_formulas,
    fixed_point,
    gaps,
    keeps_digits,
    number_type,
    reach,
    sums,
)
from ce_core.stability.adding import pairwise, sequential
from ce_core.torch_check.machine import DeviceError
from ce_core.torch_check.narrow import TRIALS, narrow

NAMES = [kind.name for kind in NUMBER_TYPES]
each_type = pytest.mark.parametrize("name", NAMES)
# Bits of the significand with the leading one, and the largest exponent: IEEE 754, and the upper
# half of a float32 for bfloat16.
SHAPES = {"float16": (11, 15), "bfloat16": (8, 127), "float32": (24, 127), "float64": (53, 1023)}


def least(name):
    """The type's smallest number above 0: 2^(1 - largest exponent) times its last bit."""
    bits, top = SHAPES[name]
    return Fraction(2) ** (1 - top - (bits - 1))


def all_numbers(name):
    """All 65,536 numbers of a narrow type, as torch has them."""
    bits = torch.arange(65_536, dtype=torch.int32).to(torch.uint16)
    return bits.view(getattr(torch, name))


def unequal(ours, theirs):
    """How many numbers differ; nan is nan."""
    other = theirs.double().numpy()
    return int(np.count_nonzero(~((ours == other) | (np.isnan(ours) & np.isnan(other)))))


@each_type
def test_a_type_is_as_torch_says(name):
    """Eps and the largest number are what torch.finfo says, and what the type's bits give."""
    kind, info = number_type(name), torch.finfo(getattr(torch, name))
    bits, top = SHAPES[name]
    assert kind.eps == info.eps == 2.0 ** (1 - bits)
    assert kind.largest == info.max == float((2 - Fraction(2) ** (1 - bits)) * Fraction(2) ** top)
    assert kind.number(1) == float(least(name))
    assert kind.number(kind.count) == inf


@each_type
def test_spacing_doubles_at_a_power_of_two(name):
    """Numbers stand eps apart from 1 to 2 and 2 eps from 2 to 4."""
    kind = number_type(name)
    assert (kind.spacing(1.0), kind.spacing(1.5), kind.spacing(2.0)) == (
        kind.eps,
        kind.eps,
        2 * kind.eps,
    )
    assert np.isfinite(kind.spacing(kind.largest))


@pytest.mark.parametrize("name", ["float16", "bfloat16"])
def test_rounding_is_torchs(name):
    """A float32 is rounded to the type as torch rounds it, ties and nan and infinity included."""
    kind = number_type(name)
    bits = np.random.default_rng(1).integers(0, 2**32, 200_000, dtype=np.uint64)
    # ties: half-way between two neighbours, which random bits hardly hit
    halves = (bits[:50_000] >> np.uint64(16) << np.uint64(16)) | np.uint64(0x8000)
    values = np.concatenate([bits, halves]).astype(np.uint32).view(np.float32)
    wanted = torch.from_numpy(values.copy()).to(getattr(torch, name))
    assert unequal(kind.round(values), wanted) == 0


@pytest.mark.parametrize("name", ["float16", "bfloat16"])
@pytest.mark.parametrize("act", ["add", "subtract", "divide", "multiply"])
def test_a_narrow_step_is_torchs(name, act):
    """Adding, subtracting and dividing in float32 and rounding once is what torch does."""
    kind, numbers = number_type(name), all_numbers(name)
    rng = np.random.default_rng(2)
    left, right = (numbers[rng.integers(0, 65_536, 100_000)] for _ in range(2))
    with np.errstate(all="ignore"):
        ours = kind.round(getattr(np, act)(left.float().numpy(), right.float().numpy()))
    assert unequal(ours, getattr(torch, act)(left, right)) == 0


@pytest.mark.parametrize("name", ["float16", "bfloat16"])
@pytest.mark.parametrize("act", ["exp", "log"])
def test_exp_and_log_of_all_numbers_are_torchs_but_for_a_few(name, act):
    """Of the 65,536 numbers at most a few differ, by one step: the float32 function beneath may
    lie on the other side of a tie."""
    kind, numbers = number_type(name), all_numbers(name)
    with np.errstate(all="ignore"):
        ours = kind.round(getattr(np, act)(numbers.float().numpy()))
    theirs = getattr(torch, act)(numbers)
    assert unequal(ours, theirs) <= 8
    other = theirs.float().numpy()
    both = np.isfinite(ours) & np.isfinite(other) & (np.abs(other) > float(least(name)) * 1e3)
    assert (np.abs(ours[both] - other[both]) <= 2 * kind.eps * np.abs(other[both])).all()


# Where a type gives up: eps, from which logit e^z is inf; from which common logit the sum of 10,
# 1,000 and 100,000 equal e^z is inf; from which gap log(softmax) is -inf; from which lead a right
# answer costs exactly 0. Measured against torch 2.13 by another program.
MEASURED = {
    "float16": (9.77e-4, 11.0938, 8.79, 4.18, -0.42, 17.34, 7.625),
    "bfloat16": (7.81e-3, 89, 86.5, 82, 77.5, 93, 5.5625),
    "float32": (1.19e-7, 88.7228, 86.4, 81.8, 77.2, 103.972, 16.6355),
    "float64": (2.22e-16, 709.783, 707, 703, 698, 745.133, 36.74),
}
KEYS = ("eps", "exp", "equal_10", "equal_1000", "equal_100000", "log", "zero")
FIND = {one.key: one.find for one in THRESHOLDS}


@each_type
@pytest.mark.parametrize("key", KEYS)
def test_thresholds_are_those_measured(name, key):
    """Each threshold rounds to the number measured by another program, to the digits it gave."""
    wanted = MEASURED[name][KEYS.index(key)]
    digits = len(f"{wanted:g}".replace("-", "").replace(".", "").split("e")[0].lstrip("0"))
    assert FIND[key](number_type(name)) == pytest.approx(wanted, rel=0.6 * 10.0 ** (1 - digits))


@each_type
@pytest.mark.parametrize("key", KEYS[1:])
def test_thresholds_follow_from_the_type(name, key):
    """Each threshold is a logarithm of the type's limits, up to the numbers' spacing there.

    e^z is inf from half a step above the largest number; C of them from that over C; e^-g is 0
    below half the smallest number; and it leaves 1 as it is below half the gap above 1.
    """
    kind, (bits, top) = number_type(name), SHAPES[name]
    over = (top + 1) * log(2) + log(1 - 2.0 ** -(bits + 1))
    derived = {
        "exp": over,
        "equal_10": over - log(10),
        "equal_1000": over - log(1_000),
        "equal_100000": over - log(100_000),
        "log": -(log(least(name).numerator) - log(least(name).denominator) - log(2)),
        "zero": bits * log(2),
    }[key]
    found = FIND[key](kind)
    # e^z is itself rounded, which moves the sum of C by eps / 2; NumPy's exp is off by 1 eps
    room = kind.spacing(abs(found)) + 2 * kind.eps
    assert derived - 2 * kind.eps - room <= found <= derived + room


@each_type
@pytest.mark.parametrize(("key", "read"), [("exp", "exp"), ("log", "log"), ("zero", "zero")])
def test_thresholds_are_torchs(name, key, read):
    """At the threshold torch gives inf, -inf or 0 as well, and one step before it does not."""
    kind, dtype = number_type(name), getattr(torch, name)
    found = FIND[key](kind)
    before = found - kind.spacing(found / 2 if found == 2 ** round(np.log2(found)) else found)

    def breaks(value):
        if read == "exp":
            return torch.tensor([value], dtype=dtype).exp().isinf().item()
        logits = torch.tensor([[0.0, -value]], dtype=dtype)
        if read == "log":
            return logits.softmax(dim=1).log()[0, 1].isinf().item()
        loss = torch.nn.functional.cross_entropy(logits, torch.tensor([0]))
        return loss.item() == 0

    # one more step of room: torch's exp and NumPy's may differ in the last bit
    assert breaks(found + kind.spacing(found))
    assert not breaks(before - kind.spacing(before))


@each_type
def test_the_naive_chain_breaks_where_the_threshold_says(name):
    """At the threshold the naive chain of two equal logits is nan, below it ln 2; shifted never."""
    kind = number_type(name)
    found = FIND["exp"](kind)
    both = chains(np.zeros((1, 2)), found, kind)
    assert np.isnan(both.naive[-1].output).all()
    assert both.broken.all()
    assert both.shifted[-1].output == pytest.approx(log(2), rel=kind.eps)
    fine = chains(np.zeros((1, 2)), 0.9 * found, kind)
    assert fine.naive[-1].output == pytest.approx(log(2), rel=2 * kind.eps)
    assert not fine.broken.any()


@each_type
def test_both_chains_agree_where_nothing_breaks(name):
    """For logits near 0 both chains give the costs up to the type's rounding."""
    kind = number_type(name)
    logits = np.random.default_rng(3).normal(size=(20, 5))
    both = chains(logits, 0.0, kind)
    wanted = -(logits - np.log(np.exp(logits).sum(axis=1))[:, None])
    np.testing.assert_allclose(both.true, wanted, rtol=1e-12)
    for steps in (both.naive, both.shifted):
        # 8 roundings, each of half an eps of numbers up to |z| + ln C + 1
        off = 8 * kind.eps * (np.abs(logits).max() + log(5) + 1)
        assert both.off(steps) <= off


@given(st.floats(-80, 80), st.integers(0, 2**32 - 1))
def test_the_shift_is_exact_in_float64_but_for_the_adding(offset, seed):
    """A constant changes the shifted chain's costs by no more than adding it rounds the logits."""
    logits = np.random.default_rng(seed).normal(size=(3, 4))
    both = chains(logits, offset, number_type("float64"))
    assert both.off(both.shifted) <= 4 * 2.0**-52 * (abs(offset) + 10)


def test_a_constant_too_large_for_the_type_loses_all():
    """In float16 a million is inf, and inf - inf is nan by either chain."""
    both = chains(np.array([[3.0, 4.0]]), 1e6, number_type("float16"))
    assert both.beyond
    assert np.isnan(both.shifted[-1].output).all()
    assert both.off(both.shifted) == inf
    assert not both.broken.any()  # the shift does not mend it


def test_a_large_constant_takes_the_digits_of_the_logits():
    """Near 10,000 float16 holds every eighth number: 3 and 4 become the same logit."""
    kind = number_type("float16")
    both = chains(np.array([[3.0, 4.0]]), 1e4, kind)
    assert kind.spacing(both.highest) == 8
    # 10,003 is nearest to 10,000; 10,004 lies half-way, and of 1250 and 1251 eights 1250 is even
    assert both.naive[0].output.tolist() == [[10_000, 10_000]]
    assert both.off(both.shifted) > 0.1


@pytest.mark.parametrize("shape", [(0, 3), (3, 0), (0, 0)])
@each_type
def test_empty_cases_stand(name, shape):
    """Without a row or a class there are no numbers, and no error."""
    both = chains(np.zeros(shape), 1.0, number_type(name))
    assert both.naive[-1].output.shape == shape
    assert both.highest == (0.0 if 0 in shape else 1.0)
    assert both.off(both.shifted) == 0
    assert reach(np.zeros(shape)) == {}


@pytest.mark.parametrize("odd", [inf, -inf, nan])
def test_odd_logits_stand(odd):
    """Infinite logits and nan go through both chains as they are."""
    both = chains(np.array([[odd, 1.0]]), 1.0, number_type("float32"))
    assert both.naive[-1].output.shape == (1, 2)
    assert reach(np.array([[odd, 1.0], [2.0, 5.0]])) == {
        "largest logit": 5.0,
        "largest gap": 3.0,
        "largest lead": 3.0,
    }


def test_a_forbidden_class_has_not_broken():
    """A logit of −inf costs inf on paper, too: only what else is lost counts as broken."""
    both = chains(np.array([[1.2, 0.4, -inf]]), 89.0, number_type("float32"))
    assert both.meant.tolist() == [[True, True, False]]
    assert (both.lost(both.naive), both.lost(both.shifted)) == (2, 0)
    assert both.broken.all()  # the shift saves both costs that are numbers
    assert not chains(np.array([[1.2, 0.4, -inf]]), 0.0, number_type("float32")).broken.any()


def test_a_forbidden_class_is_no_gap():
    """Beside a logit of −inf the gaps and leads are those of the others; alone there is none."""
    found = reach(np.array([[1.2, 0.4, -inf], [-inf, 7.0, -inf], [-inf, -inf, -inf]]))
    assert found["largest logit"] == 7
    assert found["largest gap"] == found["largest lead"] == pytest.approx(0.8)


def test_reach_of_a_case():
    """Largest logit 9; gaps 1, 8 and 4; leads 1, 2 and 4."""
    found = reach(np.array([[3.0, 4.0, 4.0], [9.0, 7.0, 1.0], [0.0, -4.0, -4.0]]))
    assert found == {"largest logit": 9.0, "largest gap": 8.0, "largest lead": 4.0}
    assert reach(np.array([[3.0]])) == {"largest logit": 3.0}


@pytest.mark.parametrize(
    ("name", "gap", "wanted"),
    # float16: e^-15 = 3.06e-7 is stored as 5 * 2^-24 = 2.98e-7, whose log is -15.026, rounded
    # -15.0234; e^-17 = 4.14e-8 as 2^-24, whose log is -16.6355, rounded -16.64.
    # float32: e^-100 = 3.72e-44 as 27 * 2^-149 = 3.78e-44, whose log is -99.983.
    [("float16", 15, 15.0234), ("float16", 17, 16.64), ("float32", 100, 99.983)],
)
def test_log_of_softmax_is_wrong_before_it_breaks(name, gap, wanted):
    """Few digits are left of a probability near 0, and its log shows that; log-softmax does not."""
    kind = number_type(name)
    both = chains(np.array([[0.0, -gap]]), 0.0, kind)
    assert -both.naive[4].output[0, 1] == pytest.approx(wanted, rel=1e-4)
    assert -both.shifted[-2].output[0, 1] == pytest.approx(gap, rel=kind.eps)
    logits = torch.tensor([[0.0, -gap]], dtype=getattr(torch, name))
    assert -logits.softmax(dim=1).log()[0, 1].item() == pytest.approx(wanted, rel=1e-4)


@each_type
def test_the_curves_end_where_the_threshold_says(name):
    """log(softmax) is finite before the threshold and -inf from it on; log-softmax is -gap."""
    kind = number_type(name)
    both = gaps(kind)
    assert both.breaks == FIND["log"](kind)
    np.testing.assert_array_equal(np.isinf(both.of_softmax), both.gap >= both.breaks)
    np.testing.assert_allclose(both.log_softmax, -both.gap, rtol=kind.eps)


# F.cross_entropy, logsumexp(x) - x[y] and -log(softmax(x)) of [v, v] in float32, true 0.693147.
# float32 numbers stand 2^-14 apart near 1,000, 1/16 near a million, 1 near 1e7 and 8 near 1e8, so
# that v + 0.693147 is rounded to v + 0.693176, v + 0.6875, v + 1 and v.
IN_FLOAT32 = {0: 0.693147, 1e3: 0.693176, 1e6: 0.6875, 1e7: 1.0, 1e8: 0.0}


@pytest.mark.parametrize(("common", "wanted"), IN_FLOAT32.items())
def test_three_equal_formulas_in_float32(common, wanted):
    """Only log-sum-exp minus the logit loses the digits, as many as v has."""
    found = equal_formulas(np.array([common]), number_type("float32"))
    assert found["less_logit"][0] == pytest.approx(wanted, abs=5e-7)
    assert found["cross_entropy"][0] == found["minus_log"][0] == np.float32(log(2))
    both = torch.full((1, 2), float(common), dtype=torch.float32)
    assert float(both.logsumexp(1) - both[:, 0]) == found["less_logit"][0]
    assert keeps_digits(float(found["cross_entropy"][0]))
    assert keeps_digits(float(found["less_logit"][0])) == (common <= 1e6)


@each_type
@pytest.mark.parametrize("common", [0, 100, 1e3, 1e4])
def test_three_equal_formulas_are_torchs(name, common):
    """Each formula gives what torch gives, but for the last bit."""
    kind, dtype = number_type(name), getattr(torch, name)
    found = equal_formulas(np.array([common], dtype=float), kind)
    x = torch.full((1, 2), float(common), dtype=dtype)
    theirs = {
        "cross_entropy": torch.nn.functional.cross_entropy(x, torch.tensor([0])),
        "less_logit": x.logsumexp(1) - x[:, 0],
        "minus_log": -x.softmax(1)[:, 0].log(),
    }
    assert tuple(found) == tuple(one.key for one in EQUAL)
    for key, value in theirs.items():
        assert float(found[key][0]) == pytest.approx(float(value), abs=2 * kind.eps)


def test_adding_ones_stops_where_a_number_and_one_are_that_number():
    """2^24 in float32, 2^11 in float16, 2^8 in bfloat16, 2^53 in float64: 2 / eps."""
    wanted = {"float16": 2_048, "bfloat16": 256, "float32": 16_777_216, "float64": 2**53}
    for kind in NUMBER_TYPES:
        stop = fixed_point(kind)
        assert stop == wanted[kind.name] == 2 / kind.eps
        n = torch.tensor(stop, dtype=getattr(torch, kind.name))
        assert (n + 1 == n).item()
        assert (n - 1 + 1 == n).item()


@pytest.mark.parametrize("name", ["float16", "bfloat16"])
def test_adding_ones_gets_to_the_stop_and_stays(name):
    """3,000 ones added one after another give 2,048 in float16 and 256 in bfloat16."""
    kind = number_type(name)
    assert sequential(np.ones(3_000, dtype=np.float32), kind) == fixed_point(kind)
    assert pairwise(np.ones(3_000, dtype=np.float32), kind) == pytest.approx(3_000, rel=kind.eps)


@each_type
def test_cumsum_adds_one_after_another(name):
    """A loop in Python that rounds each sum gives the same."""
    kind = number_type(name)
    values = kind.round(np.random.default_rng(4).exponential(size=500))
    total = kind.round(0.0)
    for value in values:
        total = kind.round(total + value)
    assert sequential(values, kind) == float(total)


@each_type
def test_pairs_lose_least(name):
    """The largest first loses most, one after another less, pairs least; in pairs an eps or two."""
    found = sums(number_type(name), 4_000)
    off = {order: abs(found.off(order)) for order in ("sequential", "descending", "pairwise")}
    assert off["pairwise"] <= 2 * number_type(name).eps
    assert off["pairwise"] <= off["sequential"]
    if name in ("float16", "bfloat16"):
        assert off["sequential"] < off["descending"]
    assert found.count == 4_000


@pytest.mark.parametrize("values", [(), (2.0,), (1.0, 2.0, 4.0)])
@each_type
def test_few_numbers_are_added_exactly(name, values):
    """None, one and three."""
    array = np.array(values, dtype=np.float32)
    assert sequential(array, number_type(name)) == sum(values)
    assert pairwise(array, number_type(name)) == sum(values)


@each_type
def test_the_rules_torch_text_gives_the_same_steps(name):
    """The torch line of every step, run, gives the step's array up to a few roundings."""
    kind, dtype = number_type(name), getattr(torch, name)
    logits = np.array([[3.0, 4.0, -1.0], [6.0, 9.0, 2.0]])
    both = chains(logits, 0.5, kind)
    for steps in (both.naive, both.shifted):
        known = {"given": torch.tensor(logits, dtype=dtype), "v": torch.tensor(0.5, dtype=dtype)}
        for step in steps:
            known[step.key] = eval(step.rule.torch, {}, known)  # noqa: S307 - our own text
            np.testing.assert_allclose(
                step.output, known[step.key].double().numpy(), rtol=8 * kind.eps, atol=4 * kind.eps
            )


@pytest.mark.parametrize("one", [*NAIVE, *SHIFTED, *EQUAL], ids=lambda one: one.key)
def test_each_rule_says_why(one):
    """A step has a title, a formula and a reason."""
    assert one.title
    assert one.formula
    assert one.why.endswith(".")


# What torch 2.13 gives on the CPU, measured: the losses are added in the narrow type itself, where
# 60,000 times ln 3 is beyond 65,504, and 65,520 is rounded to infinity.
def test_float16_means_break_on_the_cpu():
    """The mean of 60,000 losses is inf, of 65,520 nan; taken of the rows' losses it is right."""
    many, large, count, wide = narrow("cpu", "float16")
    assert many.right(many.by_rows)
    assert isinf(large.mean)
    assert large.right(large.by_rows)
    assert isnan(count.mean)
    assert count.right(count.by_rows)
    assert isinf(wide.mean)
    assert wide.true == pytest.approx(11.0901, abs=5e-5)  # ln 65,520


def test_bfloat16_means_are_off_on_the_cpu():
    """Of 10,000 losses of 1.0986 the mean comes out as 1.125: 2.4% more."""
    first, *_ = narrow("cpu", "bfloat16")
    assert first.mean == 1.125
    assert first.off(first.mean) == pytest.approx(0.024, abs=5e-4)
    assert not first.right(first.mean)
    assert first.right(first.by_rows)


@pytest.mark.parametrize("name", ["float32", "float64"])
def test_wide_types_give_every_mean(name):
    """float32 and float64 are right but for rounding."""
    answers = narrow("cpu", name)
    assert len(answers) == len(TRIALS)
    for one in answers:
        assert one.off(one.mean) < 32 * one.eps
        assert one.off(one.by_rows) < 32 * one.eps
        assert one.right(one.mean)
        assert one.right(one.by_rows)
        assert one.true == pytest.approx(log(one.trial.classes))
        assert exp(one.true) == pytest.approx(one.trial.classes)


@pytest.mark.parametrize(("device", "dtype"), [("cpu", "float8"), ("tpu", "float16")])
def test_unknown_devices_and_types_are_named(device, dtype):
    """What torch has not is said in a sentence."""
    with pytest.raises(DeviceError, match=device if dtype == "float16" else dtype):
        narrow(device, dtype)
