"""Times `run` beside torch, NumPy and scikit-learn on growing N × C, and what each holds.

Run it as `python -m bench.losses`. The exit status is 1 where a limit is not kept.
"""

import sys
from collections.abc import Callable, Sequence
from statistics import median
from time import perf_counter
from typing import Any

import numpy as np
import torch

from bench.bounds import LARGEST, SLOWEST
from bench.holding import held, held_by_torch
from bench.printed import show
from bench.sides import KINDS, SIDES, by_run, by_torch, made

ROUNDS = 5
LARGE = (10_000, 1_000)
SIZES = (
    *((rows, 200) for rows in (1_000, 2_000, 4_000, 8_000, 16_000)),
    *((1_000, classes) for classes in (400, 800, 1_600, 3_200)),
)


def seconds(act: Callable[[], object]) -> float:
    """How long one call takes."""
    start = perf_counter()
    act()
    return perf_counter() - start


def slope(sizes: Sequence[float], values: Sequence[float | None]) -> float | None:
    """The power with which values grow with sizes, by least squares of the logarithms; 1 is linear.

    None where a value is missing, or nothing.
    """
    if not all(values):
        return None
    logs = np.log(np.asarray(values, dtype=float))
    return round(float(np.polyfit(np.log(np.asarray(sizes, dtype=float)), logs, 1)[0]), 2)


def growth(sizes: Sequence[tuple[int, int]], rounds: int) -> list[dict[str, Any]]:
    """Each size and side: the median time, and the memory held."""
    cases = {size: made("class numbers", *size) for size in sizes}
    acts = {(size, name): side(cases[size]) for size in sizes for name, side in SIDES.items()}
    took: dict[Any, list[float]] = {key: [] for key in acts}
    for _ in range(rounds):  # in turns, so that what else the machine does falls on all
        for key, act in acts.items():
            took[key].append(seconds(act))
    torchs = dict(zip(sizes, held_by_torch(sizes), strict=True))
    return [
        {
            "rows": size[0],
            "classes": size[1],
            "seconds": {name: round(median(took[size, name]), 6) for name in SIDES},
            "memory_in_logits": {
                name: torchs[size] if name == "torch" else held(name, cases[size]) for name in SIDES
            },
        }
        for size in sizes
    ]


def slopes(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """How time and memory grow with N, where C stays as it is, and with C, where N does."""
    found: dict[str, Any] = {}
    for letter, grows, stays in (("N", "rows", "classes"), ("C", "classes", "rows")):
        fixed = rows[0][stays]
        line = [row for row in rows if row[stays] == fixed]
        sizes = [row[grows] for row in line]
        cells = [row["rows"] * row["classes"] for row in line]
        found[letter] = {}
        for name in SIDES:
            memory = [row["memory_in_logits"][name] for row in line]
            bytes_held = [m if m is None else m * n for m, n in zip(memory, cells, strict=True)]
            times = [row["seconds"][name] for row in line]
            found[letter][name] = {"time": slope(sizes, times), "memory": slope(sizes, bytes_held)}
    return found


def large(kind: str, rounds: int, size: tuple[int, int]) -> dict[str, Any]:
    """`run` and torch on the large case, and whether the limits are kept."""
    case = made(kind, *size)
    ours, theirs = by_run(case), by_torch(case)
    pairs = [(seconds(ours), seconds(theirs)) for _ in range(rounds)]
    run_s, torch_s = (median(times) for times in zip(*pairs, strict=True))
    memory = held("run", case)
    return {
        "kind": kind,
        "run_s": round(run_s, 4),
        "torch_s": round(torch_s, 4),
        "ratio": round(run_s / torch_s, 2),
        "memory_in_logits": memory,
        "kept": run_s <= SLOWEST * torch_s and memory <= LARGEST,
    }


def measure(
    rounds: int = ROUNDS,
    sizes: Sequence[tuple[int, int]] = SIZES,
    size: tuple[int, int] = LARGE,
) -> dict[str, Any]:
    """All of it."""
    rows = growth(sizes, rounds)
    kinds = [large(kind, rounds, size) for kind in KINDS]
    return {
        "torch_threads": torch.get_num_threads(),
        "rounds": rounds,
        "growth": rows,
        "slopes": slopes(rows),
        "large": {"rows": size[0], "classes": size[1], "kinds": kinds},
        "most_ratio": SLOWEST,
        "most_memory_in_logits": LARGEST,
        "kept": all(kind["kept"] for kind in kinds),
    }


if __name__ == "__main__":
    sys.exit(show(measure()))
