"""How much memory a calculation holds at once: NumPy's by tracemalloc, torch's in a process alone.

Torch's memory is not Python's, so tracemalloc does not see it. A fresh process
runs torch once (what it makes only once stays out), makes the case, sets the kernel's high-water
mark of its memory back, runs torch again, and reads the mark.
"""

import os
import subprocess
import sys
import tracemalloc
from collections.abc import Callable, Sequence
from pathlib import Path

from bench.sides import SIDES, made
from ce_core import Case

# Every larger block comes from the kernel and goes back at once, so that the mark tells the truth.
ENVIRONMENT = {"MALLOC_MMAP_THRESHOLD_": "65536", "MALLOC_TRIM_THRESHOLD_": "65536"}
STATUS, MARK = Path("/proc/self/status"), Path("/proc/self/clear_refs")


def held(side: str, case: Case) -> float:
    """The most that a NumPy side holds at once with its result, in units of the logits' size."""
    return round(traced(SIDES[side](case)) / case.logits.nbytes, 2)


def traced(act: Callable[[], object]) -> int:
    """The bytes that a call holds at most, by what Python and NumPy allocate from it on."""
    tracemalloc.start()
    act()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def held_by_torch(sizes: Sequence[tuple[int, int]]) -> list[float | None]:
    """The same for torch, for random cases of these sizes; None where the kernel cannot tell."""
    texts = [f"{rows}x{classes}" for rows, classes in sizes]
    done = subprocess.run(  # noqa: S603 - this very module
        [sys.executable, "-m", "bench.holding", *texts],
        env=os.environ | ENVIRONMENT,
        capture_output=True,
        text=True,
        check=True,
    )
    peaks = [int(line) for line in done.stdout.split()]
    if not peaks:
        return [None] * len(sizes)
    return [
        round(peak / (8 * rows * classes), 2)
        for peak, (rows, classes) in zip(peaks, sizes, strict=True)
    ]


def _kilobytes(name: str) -> int:
    line = next(line for line in STATUS.read_text().splitlines() if line.startswith(name))
    return int(line.split()[1])


def main(sizes: Sequence[str]) -> int:
    """Print the bytes that torch holds at most for each case; nothing where nobody can tell."""
    if not MARK.exists():
        return 0
    SIDES["torch"](made("class numbers", 10, 10))()
    for size in sizes:
        rows, classes = map(int, size.split("x"))
        act = SIDES["torch"](made("class numbers", rows, classes))
        before = _kilobytes("VmRSS:")
        MARK.write_text("5")
        act()
        print(1024 * max(_kilobytes("VmHWM:") - before, 0))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
