"""Times `check` on a large case in each floating-point type: on the GPU, else smaller on the CPU.

Run it as `python -m bench.gpu`; it needs torch and NumPy alone. The exit status is 1 where a step
differs from torch's.
"""

import sys
from time import perf_counter
from typing import Any

import numpy as np
import torch

from bench.printed import show
from ce_core import Case, run
from ce_core.torch_check import DTYPES, check

ON_GPU, ON_CPU = (1_000, 50_000), (200, 10_000)


def made(rows: int, classes: int) -> Case:
    """Random logits, class numbers and weights, reduction "mean"."""
    rng = np.random.default_rng(0)
    return Case(
        rng.normal(size=(rows, classes)),
        rng.integers(0, classes, rows),
        rng.uniform(0.5, 2, classes),
    )


def device() -> str:
    """The first GPU, else the CPU."""
    return "cuda:0" if torch.cuda.is_available() else "cpu"


def timed(case: Case, where: str, dtype: str) -> dict[str, Any]:
    """One check: seconds, the GPU's memory, and how far the steps lie apart."""
    on_gpu = where != "cpu"
    if on_gpu:
        torch.cuda.synchronize()
        torch.cuda.reset_peak_memory_stats()
    start = perf_counter()
    trace = run(case)
    ran = perf_counter()
    rows = check(trace, where, dtype)
    if on_gpu:
        torch.cuda.synchronize()
    held = torch.cuda.max_memory_allocated() / 1e9 if on_gpu else None
    told = [row for row in rows if row.verdict != "not held"]
    far = max(told, key=lambda row: row.eps_units, default=None)
    return {
        "dtype": dtype,
        "run_s": round(ran - start, 3),
        "check_s": round(perf_counter() - ran, 3),
        "gpu_gb": None if held is None else round(held, 3),
        "steps": len(rows),
        "agree": sum(row.verdict == "agrees" for row in rows),
        "not_held": sum(row.verdict == "not held" for row in rows),
        "differ": [row.key for row in rows if row.verdict == "differs"],
        "most_eps": None if far is None else round(far.eps_units, 2),
        "most_eps_at": None if far is None else far.key,
    }


def measure(size: tuple[int, int] | None = None) -> dict[str, Any]:
    """Every type, on the device that is there."""
    where = device()
    rows, classes = size or (ON_CPU if where == "cpu" else ON_GPU)
    case = made(rows, classes)
    timed(made(10, 10), where, "float32")  # what the first call sets up is not timed
    found = [timed(case, where, dtype) for dtype in DTYPES]
    return {
        "device": "CPU" if where == "cpu" else torch.cuda.get_device_name(0),
        "on_gpu": where != "cpu",
        "rows": rows,
        "classes": classes,
        "dtypes": found,
        "kept": not any(row["differ"] for row in found),
    }


if __name__ == "__main__":
    sys.exit(show(measure()))
