"""What Prometheus may ask beside Streamlit's own numbers: errors, trainings, memory, the start.

They stand at `/_stcore/metrics` with Streamlit's. Nothing in them is about a person.
"""

import os
import resource
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from streamlit.runtime.stats import CounterStat, GaugeStat, Stat

from ui import reporting
from ui.lab.training import queue

PROC = Path("/proc/self")
_IMPORTED = time.time()


def started() -> float:
    """When this process began, in seconds since 1970; where that is not told, when it came here."""
    try:
        begun = int((PROC / "stat").read_text().rpartition(")")[2].split()[19])
        booted = next(
            int(line.split()[1])
            for line in Path("/proc/stat").read_text().splitlines()
            if line.startswith("btime")
        )
    except (OSError, ValueError, StopIteration):
        return _IMPORTED
    return min(booted + begun / os.sysconf("SC_CLK_TCK"), _IMPORTED)


def resident() -> int:
    """The memory of this process in bytes; where that is not told, the most that it has had."""
    try:
        return int((PROC / "statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return most if sys.platform == "darwin" else most * 1024


def _errors() -> list[Stat]:
    said = "Errors since the start, by the page they happened on."
    counts = dict(reporting.counted) or {"start": 0}
    return [
        CounterStat("app_errors", count, {"page": page}, help=said)
        for page, count in sorted(counts.items())
    ]


def _trainings() -> list[Stat]:
    running, waiting = queue().counts()
    said = "Trainings in the imbalance lab."
    return [
        GaugeStat("app_trainings", running, {"state": "running"}, help=said),
        GaugeStat("app_trainings", waiting, {"state": "waiting"}, help=said),
    ]


def _memory() -> list[Stat]:
    said = "Memory of the process."
    return [GaugeStat("process_resident_memory_bytes", resident(), unit="bytes", help=said)]


def _start() -> list[Stat]:
    said = "When the process began, since 1970."
    begun = round(started())
    return [GaugeStat("process_start_time_seconds", begun, unit="seconds", help=said)]


FAMILIES: Mapping[str, Callable[[], list[Stat]]] = {
    "app_errors": _errors,
    "app_trainings": _trainings,
    "process_resident_memory_bytes": _memory,
    "process_start_time_seconds": _start,
}


class Metrics:
    """These numbers, as Streamlit asks for them."""

    @property
    def stats_families(self) -> Sequence[str]:
        """Their names."""
        return tuple(FAMILIES)

    def get_stats(self, family_names: Sequence[str] | None = None) -> Mapping[str, Sequence[Stat]]:
        """Those asked for, or all."""
        return {
            name: measure()
            for name, measure in FAMILIES.items()
            if family_names is None or name in family_names
        }
