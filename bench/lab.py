"""Times the lab's default experiment: all models in one stack beside one after another.

Run it as `python -m bench.lab`. The exit status is 1 where a limit is not kept.
"""

import sys
from statistics import median
from time import perf_counter

from ce_core.lab import MOST_WORK, Plan, measure, split_of, strategy_of
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


def default(plan: Plan) -> bool:
    """Print both times; whether they keep the limits."""
    # Alternating, so that what else the machine does falls on both.
    pairs = [(stacked(plan), one_after_another(plan)) for _ in range(ROUNDS)]
    ours, alone = zip(*pairs, strict=True)
    ratio = median(one / other for other, one in pairs)
    kept = median(ours) <= SLOWEST and ratio >= LEAST
    models = len(plan.strategies) * plan.runs
    print(f"{models} models, {plan.steps} steps each, seconds (best, median)")
    print(f"  in one stack       {min(ours):8.2f}{median(ours):8.2f}")
    print(f"  one after another  {min(alone):8.2f}{median(alone):8.2f}   {ratio:.1f} times")
    words = "kept" if kept else "NOT KEPT"
    print(f"limits: {SLOWEST} s, at least {LEAST} times as fast: {words}\n")
    return kept


def largest() -> None:
    """Print what the most work that a plan may hold would take, from a part of it."""
    plan = Plan(runs=10, steps=50, batch=1_000)
    seconds = stacked(plan)
    whole = seconds / plan.work * MOST_WORK
    print(f"the largest plan, judged from a part of it: about {whole:.0f} s")


def telling(plan: Plan) -> None:
    """Print what the measures take."""
    split = split_of(plan)
    results = train(plan, split)
    start = perf_counter()
    measure(results, split)
    print(f"the measures: {1000 * (perf_counter() - start):.0f} ms\n")


def main() -> int:
    """The default experiment, the largest, and what a step of each strategy costs alone."""
    plan = Plan()
    kept = default(plan)
    largest()
    telling(plan)
    times = time_steps(plan, split_of(plan))
    print("a step of one model alone, its part of the epoch's order included")
    for key, seconds in times.items():
        title = strategy_of(key).title
        print(f"  {title:<36}{1e6 * seconds:6.0f} µs{seconds / times['plain']:7.2f} × plain")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
