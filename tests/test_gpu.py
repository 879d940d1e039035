"""On a CUDA device: every step agrees there too, and its failures are told in words."""

import numpy as np
import pytest
import torch

from ce_core import Case, run
from ce_core.torch_check import DTYPES, DeviceError, check, devices, script

pytestmark = [
    pytest.mark.gpu,
    pytest.mark.skipif(not torch.cuda.is_available(), reason="needs a CUDA device"),
]

GPU = "cuda:0"
SHAPES = ((5,), (7, 5), (300, 5), (64, 1000), (3, 5, 4), (2, 600, 3, 2))
MODES = [
    (kind, smoothing, reduction)
    for kind in ("index", "probabilities")
    for smoothing in (0.0, 0.1)
    for reduction in ("none", "sum", "mean")
]


def made(shape, kind, smoothing, reduction, *, scale, weighted):
    """A random case of a shape and mode; a third of the class numbers are ignored."""
    rng = np.random.default_rng(0)
    axis = min(len(shape) - 1, 1)
    rows, classes = shape[:axis] + shape[axis + 1 :], shape[axis]
    if kind == "index":
        target = np.where(rng.random(rows) < 1 / 3, -100, rng.integers(0, classes, rows))
    else:
        target = np.moveaxis(rng.dirichlet(np.ones(classes), rows), -1, axis)
    return Case(
        rng.normal(size=shape) * scale,
        target,
        rng.lognormal(0, 1, classes) if weighted else None,
        label_smoothing=smoothing,
        reduction=reduction,
    )


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize(("kind", "smoothing", "reduction"), MODES)
@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_right_trace_never_differs(shape, kind, smoothing, reduction, dtype):
    """No mode, shape or scale makes a right trace differ."""
    for scale in (0.0, 1.0, 100.0):
        for weighted in (False, True):
            case = made(shape, kind, smoothing, reduction, scale=scale, weighted=weighted)
            rows = check(run(case), GPU, dtype)
            wrong = {row.key: row.note for row in rows if row.verdict == "differs"}
            assert not wrong, (scale, weighted)


@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_ordinary_case_is_held(dtype):
    """Every step of an ordinary case agrees."""
    rows = check(run(Case([[3, 4], [6, 9]], [1, 0], [0.4, 0.36])), GPU, dtype)
    assert {row.verdict for row in rows} == {"agrees"}


def test_wrong_trace_differs():
    """A trace that divides by the number of samples differs in its answer."""
    trace = run(Case([[3, 4], [6, 9]], [1, 0], [0.4, 0.36]))
    mean_of_none = run(trace.case.replace(weight=None), [step.rule for step in trace])
    wrong = type(trace)(trace.case, mean_of_none.steps)
    assert check(wrong, GPU)[-1].verdict == "differs"


def test_device_is_listed_by_name():
    """The GPU is offered with the name on its box."""
    titles = {device.name: device.title for device in devices()}
    assert titles[GPU] == f"{torch.cuda.get_device_name(0)} ({GPU})"


def test_short_name():
    """Plain "cuda" is the first one."""
    assert check(run(Case([[1.0, 2.0]], [0])), "cuda")[-1].verdict == "agrees"


def test_script_runs_there():
    """The script for the GPU gives the check's answer."""
    trace = run(Case([[3, 4], [6, 9]], [1, 0], [0.4, 0.36]))
    names = {}
    exec(compile(script(trace, GPU, "float32"), "script", "exec"), names)  # noqa: S102
    assert names["answer"].device.type == "cuda"
    assert names["answer"].item() == check(trace, GPU, "float32")[-1].torch


def test_too_little_memory(monkeypatch):
    """A tensor that no GPU can hold is told with its remedy; the GPU and the CPU work after it."""
    trace = run(Case([[1.0, 2.0]], [0]))
    with monkeypatch.context() as patch:
        patch.setattr(
            "ce_core.torch_check.witness.inputs",
            lambda *_: torch.empty(1 << 50, device=GPU),
        )
        with pytest.raises(DeviceError, match="has too little memory"):
            check(trace, GPU)
    assert check(trace, GPU)[-1].verdict == "agrees"
    assert check(trace, "cpu")[-1].verdict == "agrees"


def test_memory_is_handed_back():
    """Checks leave no tensors on the GPU."""
    trace = run(made((300, 5), "index", 0.1, "mean", scale=1.0, weighted=True))
    check(trace, GPU)
    before = torch.cuda.memory_allocated()
    check(trace, GPU)
    assert torch.cuda.memory_allocated() == before
