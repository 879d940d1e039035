"""What the benchmark's parts could give, in round numbers: for the tests of its report."""

from functools import cache

from bench import gpu
from bench.machine import machine
from bench.sides import SIDES


def split(ms):
    """Where the time of an act went."""
    return {
        "ms": ms,
        "server_cpu_ms": 9,
        "browser_task_ms": 30,
        "bytes_received": 2000,
        "messages": 7,
    }


def arrival(seconds):
    """One first visit."""
    return {"s": seconds, "first_s": seconds, "healthy_s": 1, "files_mb": 3, "memory_mb": 200}


def pages():
    """What the browser's part gives, in round numbers."""
    both = {"app": arrival(3.0), "empty": arrival(2.0), "ratio": 1.5}
    change = {"app": split(56), "empty": split(40), "ratio": 1.4}
    return {
        "start": {"uvicorn": both, "streamlit run": both},
        "torch_import_s": 2.0,
        "first_visit": both,
        "step": {"ms": 12.0, "most_ms": 20.0, "sent_before_drawn": 0},
        "edits": [{"page": "/steps", "what": "the reduction", **change}],
        "page_changes": [{"page": "/lab", **change}],
    }


def crowd():
    """What the load's part gives."""
    one = {
        "copies": 2,
        "people": 100,
        "busy": 0,
        "edits": 300,
        "edit_p50_ms": 40.0,
        "edit_p95_ms": 80.0,
        "errors": 0,
        "answers_wrong": 0,
        "cpu_ms_per_run": 20.0,
        "bytes_down_per_run": 9000,
        "rss_mb": 400.0,
        "kept": True,
    }
    fewer = one | {"copies": 1, "people": 50}
    return {"scenarios": {"walk": one, "class": fewer, "lab": fewer | {"busy": 4}}}


def half_an_hour():
    """What the soak gives."""
    return {
        "minutes": 30.0,
        "people": 8,
        "came": 480,
        "errors": 0,
        "warm_minutes": 10.0,
        "warm_mb": 400.0,
        "end_mb": 401.0,
        "most_mb": 402.0,
        "slope_mb_per_hour": 1.0,
        "slope_low": -1.0,
        "slope_high": 3.0,
        "kb_per_person": 300,
        "kept": True,
    }


def trainings():
    """What the lab's part gives."""
    return {
        "models": 18,
        "steps": 600,
        "stacked_s": 4.0,
        "one_after_another_s": 28.0,
        "times_as_fast": 7.0,
        "largest_s": 40,
        "measures_ms": 90,
        "step_us": {"plain": 100, "focal": 150},
        "titles": {"plain": "Plain", "focal": "Focal loss"},
        "kept": True,
    }


def sums():
    """What the losses' part gives."""
    row = {
        "rows": 1000,
        "classes": 200,
        "seconds": dict.fromkeys(SIDES, 0.01),
        "memory_in_logits": {**dict.fromkeys(SIDES, 3.0), "torch": None},
    }
    line = {name: {"time": 1.0, "memory": None} for name in SIDES}
    kind = {"kind": "class numbers", "run_s": 2, "torch_s": 1, "ratio": 2.0, "memory_in_logits": 5}
    return {
        "torch_threads": 2,
        "growth": [row],
        "slopes": {"N": line, "C": line},
        "large": {"rows": 10_000, "classes": 1_000, "kinds": [kind]},
        "kept": True,
    }


@cache
def witnessed():
    """What the GPU's part gives on this machine, for a small case."""
    return gpu.measure((6, 9))


def everything():
    """All parts, as they are saved."""
    search = {"case": "binary", "ways": 9, "together": 30, "ms": 12.5, "times_run": 40}
    found = {
        "browser": pages(),
        "load": crowd(),
        "soak": half_an_hour(),
        "losses": sums(),
        "mistakes": {"rows": [search], "kept": True},
        "lab": trainings(),
        "gpu": witnessed(),
    }
    about = {"date": "2026-01-01", "machine": machine() | {"cores": 2}}
    return {name: about | {"found": one} for name, one in found.items()}
