"""Times the search for a mistake: the whole catalogue with its combinations on 4 × 5 cases.

Run it as `python -m bench.mistakes`. The exit status is 1 where the limit is not kept.
"""

import sys
from statistics import median
from time import perf_counter
from typing import Any

import numpy as np

from bench.printed import show
from ce_core import BinaryCase, Case, find_mistakes, run
from ce_core.mistakes.search import slips_of, together

ROUNDS = 21
LIMIT_MS = 50
NOTHING_GIVES = "0.123456789"  # so that every way and every combination is tried


def cases() -> dict[str, Case | BinaryCase]:
    """One case of each kind, 4 rows and 5 classes."""
    rng = np.random.default_rng(0)
    logits, weight = np.round(rng.normal(size=(4, 5)) * 2, 1), rng.integers(1, 9, 5) / 2
    target = [0, 2, 3, -100]
    return {
        "class numbers": Case(logits, target, weight),
        "smoothed class numbers": Case(logits, target, weight, label_smoothing=0.1),
        "class probabilities": Case(logits, rng.dirichlet(np.ones(5), 4), weight),
        "binary": BinaryCase(logits, rng.random((4, 5)), pos_weight=weight),
    }


def milliseconds(case: Case | BinaryCase) -> tuple[float, float]:
    """The median time of a search, and of `run` on the same case."""
    searched, ran = [], []
    for _ in range(ROUNDS):
        start = perf_counter()
        find_mistakes(case, NOTHING_GIVES)
        searched.append(perf_counter() - start)
        start = perf_counter()
        run(case)
        ran.append(perf_counter() - start)
    return 1000 * median(searched), 1000 * median(ran)


def measure() -> dict[str, Any]:
    """Each kind of case: how many ways are tried, how long that takes, how many times `run`."""
    rows: list[dict[str, Any]] = []
    for name, case in cases().items():
        slips = slips_of(case)
        took, alone = milliseconds(case)
        rows.append(
            {
                "case": name,
                "ways": len(slips),
                "together": sum(1 for _ in together(case, slips)),
                "ms": round(took, 1),
                "times_run": round(took / alone),
            }
        )
    return {"rows": rows, "most_ms": LIMIT_MS, "kept": all(row["ms"] <= LIMIT_MS for row in rows)}


if __name__ == "__main__":
    sys.exit(show(measure()))
