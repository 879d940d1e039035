"""Times the lab's default experiment: all models in one stack beside one after another.

Run it as `python -m bench.lab`. The exit status is 1 where a limit is not kept.
"""

import sys
from statistics import median
from time import perf_counter
from typing import Any

from bench.printed import show
from ce_core.lab import MOST_WORK, Plan, split_of, strategy_of
from ce_core.lab import measure as measures
from ce_core.torch_train import time_steps, train
from ce_core.torch_train.course import trained
from ce_core.torch_train.threads import one_core
from ce_core.torch_train.timing import Alone

ROUNDS = 3
SLOWEST = 20  # seconds that the default experiment may take
LEAST = 3  # times as fast in one stack as one after another


def stacked(plan: Plan) -> float:
    """Seconds that all strategies and runs take together."""
    start = perf_counter()
    train(plan, split_of(plan))
    return perf_counter() - start


def one_after_another(plan: Plan) -> float:
    """Seconds of the same steps by ordinary modules and losses, each model alone."""
    split, start = split_of(plan), perf_counter()
    an_epoch = len(split.train) // plan.batch
    with one_core():
        for run in range(plan.runs):
            for key in trained(plan.strategies):
                alone = Alone(key, plan.replace(seed=plan.seed + run), split, "cpu")
                for step in range(plan.steps):
                    if step % an_epoch == 0:
                        alone.order()
                    alone.step()
    return perf_counter() - start


def largest() -> float:
    """Seconds that the most work a plan may hold would take, judged from a part of it."""
    plan = Plan(runs=10, steps=50, batch=1_000)
    return stacked(plan) / plan.work * MOST_WORK


def telling(plan: Plan) -> float:
    """Milliseconds that the measures take."""
    split = split_of(plan)
    results = train(plan, split)
    start = perf_counter()
    measures(results, split)
    return 1000 * (perf_counter() - start)


def measure(plan: Plan | None = None) -> dict[str, Any]:
    """The default experiment, the largest, and what a step of each strategy costs alone."""
    plan = plan or Plan()
    # Alternating, so that what else the machine does falls on both.
    pairs = [(stacked(plan), one_after_another(plan)) for _ in range(ROUNDS)]
    ours, alone = (median(times) for times in zip(*pairs, strict=True))
    ratio = median(other / one for one, other in pairs)
    times = time_steps(plan, split_of(plan))
    return {
        "models": len(plan.strategies) * plan.runs,
        "steps": plan.steps,
        "stacked_s": round(ours, 2),
        "one_after_another_s": round(alone, 2),
        "times_as_fast": round(ratio, 1),
        "largest_s": round(largest()),
        "measures_ms": round(telling(plan)),
        "step_us": {key: round(1e6 * seconds) for key, seconds in times.items()},
        "titles": {key: str(strategy_of(key).title) for key in times},
        "most_s": SLOWEST,
        "least_times": LEAST,
        "kept": ours <= SLOWEST and ratio >= LEAST,
    }


if __name__ == "__main__":
    sys.exit(show(measure()))
