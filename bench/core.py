"""Times `run` beside torch on 10,000 × 1,000 logits, and shows that its cost grows linearly.

Run it as `python -m bench.core`. The exit status is 1 where a limit is not kept.
"""

import sys
import tracemalloc
from collections.abc import Callable
from functools import partial
from statistics import median
from time import perf_counter

import numpy as np
import torch
from torch.nn import functional as F  # noqa: N812 - the name that torch's users know

from ce_core import Case, run
from ce_core.torch_check import check

N, C = 10_000, 1_000
ROUNDS = 7
SLOWEST = 10  # run may take this many times torch's forward and backward
LARGEST = 14  # and hold this many times the logits' memory at once
KINDS = ("class numbers", "smoothed class numbers", "class probabilities")


def made(kind: str, rows: int = N, classes: int = C) -> Case:
    """A random case with weights and reduction "mean"."""
    rng = np.random.default_rng(0)
    probabilities = kind == "class probabilities"
    return Case(
        rng.normal(size=(rows, classes)),
        rng.dirichlet(np.ones(classes), rows) if probabilities else rng.integers(0, classes, rows),
        rng.uniform(0.5, 2, classes),
        label_smoothing=0.1 if kind.startswith("smoothed") else 0.0,
    )


def torch_side(case: Case) -> Callable[[], None]:
    """Torch's loss and its gradient in float64, for a case."""
    logits = torch.tensor(case.logits, requires_grad=True)
    target, weight = torch.tensor(case.target), torch.tensor(case.weight)

    def forward_and_backward() -> None:
        logits.grad = None
        F.cross_entropy(logits, target, weight, label_smoothing=case.label_smoothing).backward()

    return forward_and_backward


def seconds(act: Callable[[], object]) -> float:
    """How long one call takes."""
    start = perf_counter()
    act()
    return perf_counter() - start


def memory(case: Case) -> float:
    """The most that `run` holds at once, its result included, in units of the logits' size.

    Counts what Python and NumPy allocate from the call on; the case itself is there before.
    """
    tracemalloc.start()
    trace = run(case)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    del trace
    return peak / case.logits.nbytes


def against_torch(kind: str) -> bool:
    """Print one line of the comparison; whether it keeps the limits."""
    case = made(kind)
    theirs = torch_side(case)
    # Alternating, so that what else the machine does falls on both.
    pairs = [(seconds(lambda: run(case)), seconds(theirs)) for _ in range(ROUNDS)]
    ours, torch_times = zip(*pairs, strict=True)
    ratio = median(ours) / median(torch_times)
    held = memory(case)
    kept = ratio <= SLOWEST and held <= LARGEST
    print(
        f"{kind:24}{min(ours):8.3f}{median(ours):8.3f}"
        f"{min(torch_times):10.3f}{median(torch_times):8.3f}"
        f"{min(ours) / min(torch_times):9.2f}{ratio:8.2f}{held:9.2f}"
        f"   {'kept' if kept else 'NOT KEPT'}"
    )
    return kept


def growth() -> None:
    """Print how the time grows with N and with C; per number it stays about the same."""
    for axis in ("N", "C"):
        for factor in (1, 2, 4):
            rows, classes = (2_500 * factor, 500) if axis == "N" else (2_500, 500 * factor)
            case = made("class numbers", rows, classes)
            best = min(seconds(partial(run, case)) for _ in range(ROUNDS))
            each = best / case.logits.size * 1e9
            print(
                f"{axis} × {factor}   {rows:6} × {classes:<5}{best:8.4f} s{each:8.2f} ns a number"
            )


def main() -> int:
    """All three tables."""
    print(f"{N:,} × {C:,} float64 logits, weights, mean; {torch.get_num_threads()} torch threads")
    print("seconds (best, median), ratio of these, peak memory of run in logits")
    print(f"{'':24}{'run':>8}{'':8}{'torch':>10}{'':8}{'ratio':>9}{'':8}{'memory':>9}")
    kept = [against_torch(kind) for kind in KINDS]
    print(f"limits: ratio of medians at most {SLOWEST}, memory at most {LARGEST}\n")
    growth()
    print()
    for kind in KINDS:
        trace = run(made(kind))
        times = [seconds(partial(check, trace, dtype="float32")) for _ in range(2)]
        print(f"check in float32, {kind:24}{min(times):8.2f} s")
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main())
