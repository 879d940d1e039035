"""From nothing to the first page: servers that start cold, and visitors with an empty cache."""

import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Browser

from bench.serving import ROOT, WAYS, Server, served
from bench.watching import watched


def visits(browser: Browser, app: Server, empty: Server, rounds: int) -> dict[str, Any]:
    """First visits to a warm server, with an empty cache, in turns."""
    found: dict[str, list[dict[str, float]]] = {"app": [], "empty": []}
    for _ in range(rounds):
        for name, server in (("app", app), ("empty", empty)):
            found[name].append(visit(browser, server.base + "/", time.time()))
    return compared(found)


def compared(found: dict[str, list[dict[str, float]]]) -> dict[str, Any]:
    """Medians of both sides and the ratio of their seconds."""
    middles = {
        name: {key: round(median(row[key] for row in rows), 3) for key in rows[0]}
        for name, rows in found.items()
    }
    return {**middles, "ratio": round(middles["app"]["s"] / middles["empty"]["s"], 2)}


def visit(browser: Browser, address: str, since: float) -> dict[str, float]:
    """Seconds from a moment until the page at an address is drawn, and what came meanwhile."""
    tab = watched(browser)
    noted = tab.first(address)
    loaded = tab.page.evaluate(
        "performance.getEntriesByType('resource').reduce((sum, one) => sum + one.transferSize, 0)"
    )
    tab.close()
    return {
        "s": (noted["origin"] + noted["last"]) / 1000 - since,
        "files_mb": loaded / 1e6,
        "messages_kb": sum(one["bytes"] for one in noted["frames"] if one["kinds"]) / 1000,
    }


def starts(browser: Browser, folder: Path, rounds: int) -> dict[str, Any]:
    """From the start of the server's process to the first page drawn, both ways of serving."""
    found: dict[str, dict[str, list[dict[str, float]]]] = {
        way: {"app": [], "empty": []} for way in WAYS
    }
    for _ in range(rounds):
        for way in WAYS:
            for name, place in (("app", ROOT), ("empty", folder)):
                with served(place, way) as server:
                    row = visit(browser, server.base + "/", server.began)
                    row |= {
                        "healthy_s": server.healthy_s,
                        "first_s": row["s"] - server.healthy_s,
                        "memory_mb": server.memory_mb(),
                    }
                    found[way][name].append(row)
    return {way: compared(both) for way, both in found.items()}


def import_of_torch() -> float:
    """Seconds that importing torch takes in a fresh process, beyond starting it."""
    took = {}
    for line in ("pass", "import torch"):
        began = time.perf_counter()
        subprocess.run([sys.executable, "-c", line], check=True)  # noqa: S603 - our own line
        took[line] = time.perf_counter() - began
    return round(took["import torch"] - took["pass"], 2)
