"""Torch beside every step: right traces agree in all dtypes, wrong ones do not."""

import dataclasses
import subprocess
import sys
import threading

import numpy as np
import pytest
import torch
from hypothesis import assume, given
from hypothesis import strategies as st

from ce_core import Case, run
from ce_core.presets import PRESETS
from ce_core.rules import rules_for
from ce_core.torch_check import DTYPES, DeviceError, broken, check, devices, machine, script, values
from ce_core.torch_check.compare import compare
from ce_core.torch_check.dtypes import rounded
from ce_core.torch_check.lines import LITERALS, Line
from ce_core.torch_check.tolerance import TOLERANCES, Tolerance
from tests.strategies import cases

WIDE = ("float64", "float32")
SMALL = Case([[3, 4], [6, 9]], [1, 0], [0.4, 0.36])
SHAPES = ((5,), (7, 5), (300, 5), (40, 1000), (3, 5, 4), (2, 600, 3, 1))
MODES = [
    (kind, smoothing, reduction)
    for kind in ("index", "probabilities")
    for smoothing in (0.0, 0.1, 1.0)
    for reduction in ("none", "sum", "mean")
]

each_dtype = pytest.mark.parametrize("dtype", DTYPES)
each_wide = pytest.mark.parametrize("dtype", WIDE)
each_preset = pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.key)
each_mode = pytest.mark.parametrize(("kind", "smoothing", "reduction"), MODES)


def made(shape, kind, smoothing, reduction, *, scale=1.0, weight="random", seed=0):
    """A random case of a shape and mode; a third of the class numbers are ignored."""
    rng = np.random.default_rng(seed)
    axis = min(len(shape) - 1, 1)
    rows = shape[:axis] + shape[axis + 1 :]
    classes = shape[axis]
    if kind == "index":
        target = np.where(rng.random(rows) < 1 / 3, -100, rng.integers(0, classes, rows))
    else:
        target = np.moveaxis(rng.dirichlet(np.ones(classes), rows), -1, axis)
    weights = {
        "none": None,
        "random": rng.lognormal(0, 1, classes),
        "equal": np.full(classes, 0.1),
        "signed": rng.normal(size=classes),
    }
    logits = rng.normal(size=shape) * scale
    return Case(
        logits,
        target,
        weights[weight],
        label_smoothing=smoothing,
        reduction=reduction,
    )


def verdicts(rows):
    """The rows that do not agree, with their reasons."""
    return {row.key: (row.verdict, row.note) for row in rows if row.verdict != "agrees"}


def differing(rows):
    """The rows that differ, with what is said of them."""
    return {row.key: row.note for row in rows if row.verdict == "differs"}


@each_dtype
@each_preset
def test_preset_agrees(preset, dtype):
    """Every step of every preset is torch's, and so is the answer."""
    rows = check(run(preset.case), dtype=dtype)
    assert not differing(rows)
    if dtype in WIDE and preset.case.classes:
        assert not verdicts(rows)


@each_dtype
@each_preset
def test_values_are_what_is_compared(preset, dtype):
    """Torch's arrays alone are those that a check puts beside ours, of every step."""
    trace = run(preset.case)
    alone, rows = values(trace, dtype=dtype), check(trace, dtype=dtype)[:-1]
    assert list(alone) == [row.key for row in rows]
    for row in rows:
        assert np.array_equal(alone[row.key], row.torch, equal_nan=True), row.key


@each_dtype
@each_mode
@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_right_trace_never_differs(shape, kind, smoothing, reduction, dtype):
    """No mode, shape, scale or weight makes a right trace differ."""
    for seed, weight in enumerate(("none", "random", "equal", "signed")):
        for scale in (0.0, 1.0, 100.0):
            case = made(shape, kind, smoothing, reduction, scale=scale, weight=weight, seed=seed)
            rows = check(run(case), dtype=dtype)
            assert not differing(rows), (weight, scale)


@given(cases(), st.sampled_from(DTYPES))
def test_right_trace_never_differs_at_extremes(case, dtype):
    """Infinite, huge and missing logits, zero and cancelling weights: nothing differs.

    Smoothing by 1 is left out: torch then multiplies an infinite loss by 1 - 1 and gives nan.
    """
    assume(rounded(case, dtype).label_smoothing != 1)
    assert not differing(check(run(case), dtype=dtype))


@each_dtype
@pytest.mark.parametrize("reduction", ["none", "sum", "mean"])
@pytest.mark.parametrize("smoothing", [0.0, 0.1])
@pytest.mark.parametrize("logit", [np.nan, np.inf, -np.inf])
def test_ignored_row_may_hold_anything(logit, smoothing, reduction, dtype):
    """An ignored row that is not finite takes no other row's tolerance away."""
    case = Case(
        [[logit, 0, 0], [0, 1, 3]], [-100, 2], label_smoothing=smoothing, reduction=reduction
    )
    rows = check(run(case), dtype=dtype)
    assert not verdicts(rows)
    assert np.isfinite([row.atol for row in rows]).all()


@each_wide
@each_mode
def test_all_steps_are_held(kind, smoothing, reduction, dtype):
    """Ordinary cases agree at every step: "not held" is for what a dtype cannot show."""
    assert not verdicts(check(run(made((300, 5), kind, smoothing, reduction)), dtype=dtype))


@each_mode
def test_rows_are_the_steps_and_the_answer(kind, smoothing, reduction):
    """There is a row for each step, in order, and a last one for F.cross_entropy."""
    trace = run(made((7, 5), kind, smoothing, reduction))
    rows = check(trace)
    assert [row.key for row in rows] == [*trace.keys, "F.cross_entropy"]
    for row, step in zip(rows, trace, strict=False):
        assert row.title == step.rule.title
        assert row.code == f"{step.key} = {step.rule.torch}"
        assert np.array_equal(row.ours, step.output, equal_nan=True)
        assert row.torch.shape == step.output.shape
    assert rows[-1].ours.shape == rows[-1].torch.shape == trace.answer.shape


def test_every_step_has_a_tolerance():
    """The table of tolerances knows every rule's key."""
    keys = {rule.key for mode in MODES for rule in rules_for(made((3, 5), *mode))}
    assert keys == set(TOLERANCES) - {"answer"}


def slip(trace, key, change):
    """The trace with one step computed otherwise, though its torch text is right."""
    rules = [step.rule for step in trace]
    at = trace.keys.index(key)
    right = rules[at].function
    rules[at] = dataclasses.replace(rules[at], function=lambda **read: change(right, read))
    return run(trace.case, rules)


# What people get wrong: the step, how it is computed instead, and in which modes.
SLIPS = {
    "log2": ("log_probs", lambda right, read: right(**read) / np.log(2)),
    "softmax over the samples": (
        "probs",
        lambda _, read: read["exps"] / read["exps"].sum(axis=0, keepdims=True),
    ),
    "denominator N": ("denominator", lambda _, read: np.asarray(float(read["sample_weight"].size))),
    "unweighted losses": ("losses", lambda _, read: read["nll"]),
    "positive log": ("nll", lambda _, read: read["target_log_prob"]),
    "sum without the last": ("sum_loss", lambda _, read: np.asarray(read["losses"][:-1].sum())),
    "gradient without the weights": (
        "gradient",
        lambda right, read: right(**read | {"share": np.full_like(read["share"], 1 / 8)}),
    ),
    "ignored rows counted": ("kept", lambda _, read: np.ones(read["target"].shape, bool)),
}


@each_wide
@pytest.mark.parametrize("name", SLIPS)
def test_slip_differs(name, dtype):
    """A step that is computed wrongly differs from its torch text, and says by how much."""
    key, change = SLIPS[name]
    case = made((9, 5), "index", 0.0, "mean").replace(target=[1, 3, 0, 4, 3, 2, 0, 0, 1])
    case = case.replace(ignore_index=0)  # a class, so that an ignored row can be picked from
    rows = check(slip(run(case), key, change), dtype=dtype)
    assert "here" in differing(rows)[key]


@each_wide
@each_mode
def test_small_slip_differs(kind, smoothing, reduction, dtype):
    """The tolerance is no wider than it must be: 1e-4 or 1e-12 of a result is seen.

    For (9, 5) logits the widest is some hundred eps: 1e-5 and 1e-14.
    """
    part = {"float32": 1e-4, "float64": 1e-12}[dtype]
    trace = run(made((9, 5), kind, smoothing, reduction, weight="equal"))
    for key in ("log_probs", "losses", "sum_loss", "mean_loss", "gradient"):
        if key in trace:
            wrong = slip(trace, key, lambda right, read: right(**read) * (1 + part))
            assert key in differing(check(wrong, dtype=dtype)), key


def test_float32_inside_differs():
    """A step that passes through float32 is seen in float64, which assert_close would not see."""

    def narrow(right, read):
        return right(**read).astype(np.float32).astype(float)

    trace = slip(run(made((9, 5), "index", 0.0, "mean")), "log_probs", narrow)
    assert "log_probs" in differing(check(trace))


@each_wide
def test_wrong_rule_differs_in_the_answer(dtype):
    """A rule that is wrong in NumPy and in torch alike agrees with itself; the answer differs.

    By hand: SMALL's mean is 1.7529, its losses' sum over N = 2 is 0.6661.
    """
    rules = {rule.key: rule for rule in rules_for(SMALL)}
    rules["denominator"] = dataclasses.replace(
        rules["denominator"],
        torch="torch.as_tensor(sample_weight.numel(), dtype=losses.dtype)",
        function=lambda sample_weight: np.asarray(float(sample_weight.size)),
    )
    rows = check(run(SMALL, tuple(rules.values())), dtype=dtype)
    assert set(differing(rows)) == {"share", "gradient", "F.cross_entropy"} - {"share"}
    assert "0.666" in rows[-1].note
    assert "1.7529" in rows[-1].note


@pytest.mark.parametrize(
    ("ours", "theirs", "within"),
    [
        (np.nan, np.nan, True),
        (np.inf, np.inf, True),
        (np.inf, -np.inf, False),
        (np.nan, 1.0, False),
        (1.0, np.nan, False),
        (1.0, np.inf, False),
        (1e308, np.inf, False),
        (1.0, 1.5, True),
        (1.0, 2.5, False),
    ],
)
def test_nan_and_inf(ours, theirs, within):
    """Nan equals nan, inf equals inf of the same sign, and neither equals a number."""
    gap = compare(np.array([0.0, ours]), np.array([0.0, theirs]), Tolerance(0.0, 1.0, ""))
    assert gap.within is within


def test_units_and_place():
    """The difference is told at its worst place and counted in eps at a scale of 1 or more."""
    gap = compare(np.array([[0.5, 8.0]]), np.array([[0.75, 7.0]]), Tolerance(0.0, 0.0, ""))
    assert (gap.difference, gap.relative, gap.place) == (1.0, 0.25, (0, 0))
    assert gap.disagreement() == "Differs by 0.25 at [0, 0]: 0.5 here, 0.75 in torch."


def test_shapes_differ():
    """Another shape is a difference, whatever the numbers."""
    gap = compare(np.zeros((2, 1)), np.zeros((1, 2)), Tolerance(0.0, 1.0, ""))
    assert not gap.within
    assert gap.disagreement() == "The shapes differ: (2, 1) here, (1, 2) in torch."


def test_blocks_see_everything():
    """A single wrong number is found wherever it is, also past the first block."""
    ours, theirs = np.zeros((3, 50_000)), np.zeros((3, 50_000))
    theirs[2, 49_999] = 1
    assert compare(ours, theirs, Tolerance(0.0, 0.5, "")).place == (2, 49_999)


# (why not held, case, dtype, the row, words of the note)
NOT_HELD = {
    "logit too large": (Case([[70_000.0, 0]], [0]), "float16", "row_max", "logits holds 70000"),
    "smoothing too small": (
        Case([[0.0, -np.inf]], [0], label_smoothing=1e-9),
        "float16",
        "F.cross_entropy",
        "label_smoothing is 1e-09",
    ),
    "losses too large": (
        Case(np.tile([30_000.0, -30_000.0], (3, 1)), [1, 1, 1], reduction="sum"),
        "float16",
        "sum_loss",
        "65504",
    ),
    "sum too large": (
        Case(np.zeros((60_000, 3)), np.zeros(60_000, int)),
        "float16",
        "F.cross_entropy",
        "sum_loss reaches 65916.7",  # 60,000 ln 3
    ),
    "weights cancel": (
        Case(np.zeros((3, 3)), [0, 1, 2], [0.1, 0.2, -0.3]),  # 0.1 + 0.2 - 0.3 is an eps or 0
        "float32",
        "mean_loss",
        "cancel",
    ),
    "no class": (Case(np.zeros((2, 0)), np.zeros((2, 0))), "float64", "row_max", "amax()"),
    "after a refusal": (
        Case(np.zeros((2, 0)), np.zeros((2, 0))),
        "float64",
        "shifted",
        "row_max",
    ),
}


@pytest.mark.parametrize("why", NOT_HELD)
def test_not_held(why):
    """Where a dtype ends, or torch refuses, no verdict is given, and the reason is."""
    case, dtype, key, words = NOT_HELD[why]
    rows = {row.key: row for row in check(run(case), dtype=dtype)}
    note = rows[key].note
    assert not differing(rows.values())
    assert (rows[key].verdict, words in note) == ("not held", True), note


@pytest.mark.parametrize("case", [p.case for p in PRESETS], ids=[p.key for p in PRESETS])
@each_dtype
def test_script_runs_and_gives_the_same_numbers(case, dtype, capsys):
    """What is shown is what is run: the script's names hold the check's numbers, bit for bit."""
    trace = run(case)
    text = script(trace, dtype=dtype)
    if "..." in text:
        pytest.skip("too large to be written out")
    names = {}
    exec(compile(text, "script", "exec"), names)  # noqa: S102 - this is the claim
    rows = check(trace, dtype=dtype)
    refused = [row.key for row in rows if "refuses" in row.note or "did not give" in row.note]
    assert bool(refused) == (case.classes == 0)
    for row in rows:
        assert row.code in text
        if row.key not in refused:
            value = names["answer" if row.key == "F.cross_entropy" else row.key]
            assert np.array_equal(row.torch, value.double().numpy(), equal_nan=True), row.key
    assert "F.cross_entropy:" in capsys.readouterr().out


@pytest.mark.parametrize(
    "case",
    [
        Case([1.0, 2.0, np.nan], 1),
        Case([1.0, -np.inf, 3.0], [1]),
        Case([0.1, 0.2, 0.7], [0.5, 0.25, 0.25], label_smoothing=0.3),
        Case(np.zeros((0, 3)), np.zeros(0, int), [1, 2, 3]),
        Case(np.zeros((2, 3, 0)), np.zeros((2, 0), int)),
        Case([[1.0, np.inf]], [0], [1.0, np.nan], label_smoothing=float("nan"), ignore_index=3),
        Case(np.arange(24.0).reshape(2, 3, 2, 2), np.zeros((2, 2, 2), int), reduction="none"),
    ],
    ids=["nan", "one target", "one sample", "no sample", "no pixel", "nan options", "pixels"],
)
@each_dtype
def test_script_of_odd_cases(case, dtype):
    """Shapes and numbers that have no plain literal are written so that they come out the same."""
    trace = run(case)
    names = {}
    exec(compile(script(trace, dtype=dtype), "script", "exec"), names)  # noqa: S102
    last = check(trace, dtype=dtype)[-1]
    assert names["answer"].shape == trace.answer.shape
    assert np.array_equal(last.torch, names["answer"].double().numpy(), equal_nan=True)


def test_script_rounds_as_the_check_does():
    """Literals and arrays are rounded to a narrow dtype alike, also halfway between two."""
    numbers = np.concatenate([np.linspace(-3, 3, 997), [1 + 2**-11 + 2**-40, 2049.0, 1e-8, 7e4]])
    for dtype in DTYPES:
        listed = torch.tensor(numbers.tolist(), dtype=getattr(torch, dtype))
        case = rounded(Case(numbers, 0), dtype)
        assert np.array_equal(case.logits, listed.double().numpy())


def test_script_of_a_large_case():
    """Large tensors are named with their shapes and left to the person; small ones are written."""
    case = Case(np.zeros((LITERALS, 2)), np.zeros(LITERALS, int), [1, 2])
    text = script(run(case), "cuda:0", "float16")
    assert "logits = ...  # your (2000, 2) tensor" in text
    assert "target = ...  # your (2000,) tensor" in text
    assert "weight = torch.tensor([1.0, 2.0], dtype=dtype, device=device)" in text
    assert 'device, dtype = "cuda:0", torch.float16' in text


def test_script_makes_one_sample_a_batch():
    """A (C,) case is a batch of one for the steps; F.cross_entropy gets it as it was."""
    text = script(run(Case([1.0, 2.0], 1)))
    assert "logits = logits.unsqueeze(0)  # a batch of one" in text
    assert "target = target.unsqueeze(0)  # a batch of one" in text
    assert "F.cross_entropy(logits[0], target[0], ignore_index" in text


def test_cpu_is_always_there():
    """The CPU is the first device, by its name."""
    first = devices()[0]
    assert first.name == "cpu"
    assert first.title.startswith("CPU")


def test_broken_device_is_left_out(monkeypatch):
    """A device that is found but fails is not offered, and its failure is told in words."""
    right = machine.tiny_sum

    def fails(name):
        if name == "cuda:0":
            raise torch.AcceleratorError("CUDA error: no kernel image is available.\nMore.")
        return 3.0 if name == "mps" else right(name)

    monkeypatch.setattr(machine, "found", lambda: ("cpu", "cuda:0", "mps"))
    monkeypatch.setattr(machine, "tiny_sum", fails)
    assert [device.name for device in devices()] == ["cpu"]
    assert broken() == (
        "cuda:0 was found but does not work: CUDA error: no kernel image is available.",
        "mps was found but does not work: it adds 1 and 1 wrongly.",
    )
    with pytest.raises(DeviceError, match=r"no kernel image is available. Choose another device"):
        check(run(SMALL), "cuda")


def test_old_driver_is_told(monkeypatch):
    """A driver that torch only warns of is named, and nothing is warned."""

    def warns():
        import warnings

        warnings.warn("CUDA initialization: the driver is too old (found 1). Update.", stacklevel=1)
        return False

    monkeypatch.setattr(torch.cuda, "is_available", warns)
    assert broken() == (
        "CUDA does not start: CUDA initialization: the driver is too old (found 1).",
    )
    assert devices()[0].name == "cpu"


@pytest.mark.parametrize("device", ["cuda:7", "gpu", "", "meta", "cpu:1", "cuda:-1"])
def test_unknown_device(device):
    """A device that is not there is named beside those that are."""
    with pytest.raises(DeviceError, match="Choose one of these"):
        check(run(SMALL), device)
    with pytest.raises(DeviceError, match="Choose one of these"):
        values(run(SMALL), device)


def test_unknown_dtype():
    """A dtype that is not offered is named beside those that are."""
    with pytest.raises(DeviceError, match="dtype is 'float8', must be one of float64, float32"):
        check(run(SMALL), dtype="float8")


OUT_OF_MEMORY = (
    torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 7.45 GiB. GPU 0 has ..."),
    RuntimeError("[enforce fail] DefaultCPUAllocator: can't allocate memory: you tried"),
    MemoryError("Unable to allocate 7 GiB"),
)


@pytest.mark.parametrize("error", OUT_OF_MEMORY, ids=lambda error: type(error).__name__)
@pytest.mark.parametrize("where", ["steps", "inputs"])
def test_out_of_memory(error, where, monkeypatch):
    """Too little memory is told with its remedy, and the next check works."""

    def fails(*_args, **_kwargs):
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(Line, "run", fails) if where == "steps" else patch.setattr(
            "ce_core.torch_check.witness.inputs", fails
        )
        with pytest.raises(DeviceError, match=r"cpu has too little memory .* Take fewer rows"):
            check(run(SMALL))
    assert not verdicts(check(run(SMALL)))


def test_driver_that_fails_midway(monkeypatch):
    """A device that stops in the middle is told, not taken for a line that torch refuses."""

    def fails(*_args):
        raise torch.AcceleratorError("CUDA error: device-side assert triggered")

    monkeypatch.setattr(Line, "run", fails)
    with pytest.raises(DeviceError, match=r"cpu cannot compute this in float32 .*device-side"):
        check(run(SMALL), dtype="float32")


def test_nothing_global_changes():
    """A check leaves torch's settings, the random numbers and the case as they were."""
    seeds = torch.random.get_rng_state().clone(), np.random.get_state()[1].copy()  # noqa: NPY002
    before = torch.get_default_dtype(), torch.is_grad_enabled(), torch.get_num_threads()
    trace = run(made((7, 5), "index", 0.1, "mean"))
    digest = trace.case.digest
    for dtype in DTYPES:
        check(trace, dtype=dtype)
    after = torch.get_default_dtype(), torch.is_grad_enabled(), torch.get_num_threads()
    assert before == after
    assert torch.equal(seeds[0], torch.random.get_rng_state())
    assert np.array_equal(seeds[1], np.random.get_state()[1])  # noqa: NPY002
    assert Case(**trace.case.arguments).digest == digest


def test_threads_get_the_same():
    """Several checks at once, as several people at once make them, give the same numbers."""
    trace, told = run(made((40, 5), "probabilities", 0.1, "mean")), {}

    def work(name):
        told[name] = [row.note for row in check(trace, dtype=DTYPES[name % 4])]

    threads = [threading.Thread(target=work, args=(name,)) for name in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(told[name] == told[name + 4] for name in range(4))


def test_compiler_is_not_imported():
    """A check does not pull in torch's compiler, which takes seconds and hundreds of modules."""
    code = (
        "import sys; from ce_core import Case, run; from ce_core.torch_check import check;"
        "check(run(Case([[1.0, 2.0]], [0]))); assert 'torch._dynamo' not in sys.modules;"
        "assert 'streamlit' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
