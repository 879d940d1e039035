"""Measures what is asked for, keeps it in bench/results, and writes docs/benchmarks.md.

`python -m bench` measures all but the soak, `python -m bench browser load` these parts; with
SOAK_MINUTES=30 in the environment people come and go for so many minutes as well, and with
LOAD_SECONDS=60 all scenarios of the load are measured so long, not three of them shortly. The exit
status is 1 where a limit is not kept.
"""

import json
import math
import os
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from importlib import import_module
from typing import Any

from bench.machine import machine
from bench.report import PARTS, RESULTS, write

SHORT: dict[str, Any] = {"names": ("walk", "class", "lab", "upload"), "seconds": 15.0}  # the load's


def _measure(name: str) -> dict[str, Any]:
    """One part; imported only now, since some of them import what others do not need."""
    of: Callable[..., dict[str, Any]] = import_module(f"bench.{name}").measure
    if name == "soak":
        return of(minutes=float(os.environ["SOAK_MINUTES"]))
    if name == "load":
        asked = os.environ.get("LOAD_SECONDS")
        return of(seconds=float(asked)) if asked else of(**SHORT)
    return of()


def plain(value: Any) -> Any:  # noqa: ANN401 - whatever JSON may hold
    """The value as JSON has it: null for a number that is none."""
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def keep(name: str) -> bool:
    """Measure a part and keep what it gave; whether its limits are kept."""
    about = {"date": datetime.now(UTC).date().isoformat(), "machine": machine()}
    began = time.perf_counter()
    found = _measure(name)
    RESULTS.mkdir(exist_ok=True)
    text = json.dumps(plain(about | {"found": found}), indent=1, ensure_ascii=False)
    (RESULTS / f"{name}.json").write_text(text + "\n")
    words = "kept" if found["kept"] else "NOT KEPT"
    print(f"{name:<10}{time.perf_counter() - began:6.0f} s   limits {words}", flush=True)
    return bool(found["kept"])


def main(names: Sequence[str]) -> int:
    """Measure the parts named, or all; a part that fails does not stop the others."""
    known = [part.name for part in PARTS]
    if unknown := set(names) - set(known):
        print(f"no part {', '.join(sorted(unknown))}; there are {', '.join(known)}")
        return 2
    soaking = bool(os.environ.get("SOAK_MINUTES"))
    if "soak" in names and not soaking:
        print("the soak needs SOAK_MINUTES, such as SOAK_MINUTES=30")
        return 2
    kept = True
    for name in names or [one for one in known if one != "soak" or soaking]:
        try:
            kept = keep(name) and kept
        except Exception as problem:  # noqa: BLE001 - told, and the other parts still count
            print(f"{name:<10}failed: {type(problem).__name__}: {problem}", flush=True)
            kept = False
    write()
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
