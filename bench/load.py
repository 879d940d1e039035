"""Many people at once on one copy: how long an edit takes, and whether anything goes wrong.

Run it as `python -m bench.load`, or with the names of some scenarios. A copy is a process of its
own, the driver another; on a machine of two cores they share them. In `walk` a hundred people walk
and edit on two copies, since Python computes on one core; in `class` fifty do on one copy; in each
other scenario these fifty do, while a few more do something heavy all the time. The exit status is
1 where a limit is not kept.
"""

import asyncio
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from bench.crowd import Setting, Tally, crowd, together
from bench.heavy import HEAVY, uploads
from bench.proc import resident_mb
from tests.copies import copies

PEOPLE, COPIES = 100, 2  # in `walk`: half of them on each copy
FEWER, BUSY = 50, 4  # on one copy, alone or beside so many who do something heavy
SECONDS = 60.0
SLOWEST_MS = 1000.0  # that 95 of 100 edits may take
EDITS = ("cell", "weight", "reduction", "smoothing", "paste", "answer", "drag")
SCENARIOS = ("walk", "class", *HEAVY)


def scenario(name: str, seconds: float = SECONDS, people: int = 0) -> dict[str, Any]:
    """Measure one scenario on copies of its own; of so many people, where that is said."""
    if name == "upload":
        uploads()
    number = COPIES if name == "walk" else 1
    people = people or (PEOPLE if name == "walk" else FEWER)
    heavy = HEAVY.get(name)
    with tempfile.TemporaryDirectory() as folder, copies(number, Path(folder)) as some:
        settings = [
            Setting(
                copy.base,
                copy.pid,
                people // number,
                seconds,
                heavy=heavy,
                busy=BUSY if heavy else 0,
                seed=seed,
            )
            for seed, copy in enumerate(some, 1)
        ]
        tally = together(asyncio.run(_crowds(settings)))
        memory = sum(resident_mb(copy.pid) for copy in some)
    return told(settings, tally) | {"rss_mb": round(memory, 1)}


async def _crowds(settings: Sequence[Setting]) -> list[Tally]:
    return await asyncio.gather(*map(crowd, settings))


def told(settings: Sequence[Setting], tally: Tally) -> dict[str, Any]:
    """What a tally of some copies says, in plain numbers."""
    seconds = settings[0].seconds
    edits = [one for kind in EDITS for one in tally.took.get(kind, ())]
    acts = {kind: took for kind, took in tally.took.items() if kind != "heavy"}
    made = _spread(edits)
    runs = max(tally.runs, 1)
    return {
        "copies": len(settings),
        "people": sum(setting.people for setting in settings),
        "busy": sum(setting.busy for setting in settings),
        "seconds": seconds,
        "edits": len(edits),
        "acts_per_s": round(sum(map(len, acts.values())) / seconds, 2),
        **{f"edit_{name}": value for name, value in made.items() if name != "count"},
        "kinds": {kind: _spread(took) for kind, took in sorted(acts.items())},
        "heavy": _spread(tally.took["heavy"]) if "heavy" in tally.took else None,
        "errors": len(tally.errors),
        "error_texts": tally.errors[:5],
        "answers_checked": tally.checked,
        "answers_wrong": len(tally.wrong),
        "wrong_texts": tally.wrong[:5],
        "came": tally.came,
        "left": tally.left,
        "cpu_ms_per_run": round(1000 * tally.server_s / runs, 1),
        "server_cpu_share": round(tally.server_s / seconds, 3),
        "driver_cpu_share": round(tally.driver_s / seconds, 3),
        "bytes_down_per_run": tally.down // runs,
        "bytes_up_per_run": tally.up // runs,
        "kept": bool(edits)
        and made["p95_ms"] <= SLOWEST_MS
        and not tally.errors
        and not tally.wrong,
    }


def _spread(seconds: Sequence[float]) -> dict[str, float]:
    if not seconds:
        return {"count": 0}
    p50, p95, p99, most = (1000 * np.percentile(seconds, [50, 95, 99, 100])).tolist()
    return {
        "count": len(seconds),
        "p50_ms": round(p50, 1),
        "p95_ms": round(p95, 1),
        "p99_ms": round(p99, 1),
        "max_ms": round(most, 1),
    }


def measure(names: Sequence[str] = SCENARIOS, seconds: float = SECONDS) -> dict[str, Any]:
    """Measure scenarios one after another."""
    load = os.getloadavg()[0]
    done = {name: scenario(name, seconds) for name in names}
    return {
        "cores": os.cpu_count(),
        "load_before": round(load, 2),
        "scenarios": done,
        "kept": all(one["kept"] for one in done.values()),
    }


def main(names: Sequence[str]) -> int:
    """Print what each scenario gives."""
    unknown = set(names) - set(SCENARIOS)
    if unknown:
        print(f"no scenario {', '.join(sorted(unknown))}; there are {', '.join(SCENARIOS)}")
        return 2
    kept = True
    for name in names or SCENARIOS:
        one = scenario(name)
        kept = kept and one["kept"]
        _print(name, one)
    words = "kept" if kept else "NOT KEPT"
    print(f"limits: 95 of 100 edits under {SLOWEST_MS:.0f} ms, no error, no wrong answer: {words}")
    return 0 if kept else 1


def _print(name: str, one: dict[str, Any]) -> None:
    beside = f" beside {one['busy']} who do it" if one["busy"] else ""
    where = f"{one['copies']} copies" if one["copies"] > 1 else "one copy"
    load = os.getloadavg()[0]
    print(f"{name}: {one['people']} people on {where}{beside}, load average {load:.1f}")
    for kind, times in {"all edits": _times(one), **one["kinds"], "heavy": one["heavy"]}.items():
        if times and times["count"]:
            print(
                f"  {kind:<12}{times['count']:6}   p50{times['p50_ms']:8.0f}"
                f"   p95{times['p95_ms']:8.0f}   p99{times['p99_ms']:8.0f} ms"
            )
    print(
        f"  {one['acts_per_s']} acts a second, {one['cpu_ms_per_run']} ms of processor and "
        f"{one['bytes_down_per_run'] / 1024:.1f} kB down a run; of a core the server took "
        f"{one['server_cpu_share']:.0%}, the driver {one['driver_cpu_share']:.0%}; "
        f"{one['rss_mb']:.0f} MB"
    )
    print(
        f"  {one['came']} came, {one['answers_checked']} answers looked at, "
        f"{one['answers_wrong']} wrong, {one['errors']} errors",
        *one["error_texts"],
        *one["wrong_texts"],
        sep="\n    ",
    )


def _times(one: dict[str, Any]) -> dict[str, Any]:
    names = ("p50_ms", "p95_ms", "p99_ms")
    return {"count": one["edits"], **{name: one.get(f"edit_{name}", 0) for name in names}}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
