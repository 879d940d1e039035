"""A page watched from inside: when it changed last after a press, what was sent, what ran."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page

from bench.serving import Server

WATCH = Path(__file__).with_name("watch.js").read_text()
MOST_MS = 90_000  # on a machine that is busy with other things, too
NEW_SESSION, SCRIPT_FINISHED = 4, 6  # numbers of ForwardMsg's fields
METRICS = ("TaskDuration", "ScriptDuration", "LayoutDuration", "RecalcStyleDuration")

SPLIT = (
    "ms",
    "sent_ms",
    "begun_ms",
    "finished_ms",
    "runs",
    "bytes_received",
    "bytes_sent",
    "messages",
    "changes",
    "long_tasks_ms",
    "browser_task_ms",
    "browser_script_ms",
    "browser_layout_ms",
    "browser_recalcstyle_ms",
    "server_cpu_ms",
)


@dataclass(frozen=True)
class Watched:
    """A page in a context of its own, so with an empty cache and a session of its own."""

    page: Page
    metrics: CDPSession

    def first(self, address: str) -> dict[str, Any]:
        """Go to an address, and wait until its first page is at rest."""
        self.page.goto(address, wait_until="commit")
        return self.rest()

    def rest(self) -> dict[str, Any]:
        """Wait until a run of the script is over and nothing moves."""
        return self.page.evaluate(f"bench.rest(1, {MOST_MS})")

    def act(self, press: Callable[[], object]) -> dict[str, Any]:
        """Press, and tell where the time went until the last change that followed.

        Returns:
            Milliseconds from the press to the last change, and in these: until the first message
            was sent, until the script began and was over as the browser heard it; then bytes and
            messages, long tasks, and the browser's own work.
        """
        self.page.evaluate("bench.arm()")
        before = self._metrics()
        press()
        noted = self.rest()
        after = self._metrics()
        return told(noted) | {
            f"browser_{name.removesuffix('Duration').lower()}_ms": 1000
            * (after[name] - before[name])
            for name in METRICS
        }

    def _metrics(self) -> dict[str, float]:
        found = self.metrics.send("Performance.getMetrics")["metrics"]
        return {one["name"]: one["value"] for one in found}

    def close(self) -> None:
        """Leave the page."""
        self.page.context.close()


def watched(browser: Browser) -> Watched:
    """A new page with an empty cache."""
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.set_default_timeout(MOST_MS)
    page.add_init_script(WATCH)
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    return Watched(page, session)


def told(noted: dict[str, Any]) -> dict[str, Any]:
    """What the page noted after a press, as numbers from the press on."""
    pressed = noted["pressed"]
    received = [frame for frame in noted["frames"] if frame["kinds"] is not None]
    sent = [frame for frame in noted["frames"] if frame["kinds"] is None]

    def until(frames: list[dict[str, Any]], kind: int | None = None) -> float:
        at = [frame["at"] for frame in frames if kind is None or kind in frame["kinds"]]
        return at[0 if kind != SCRIPT_FINISHED else -1] - pressed if at else float("nan")

    return {
        "ms": noted["last"] - pressed,
        "sent_ms": until(sent),
        "begun_ms": until(received, NEW_SESSION),
        "finished_ms": until(received, SCRIPT_FINISHED),
        "runs": noted["runs"],
        "bytes_received": sum(frame["bytes"] for frame in received),
        "bytes_sent": sum(frame["bytes"] for frame in sent),
        "messages": len(received),
        "changes": noted["changes"],
        "long_tasks_ms": sum(noted["long"]),
        "last_change": noted["what"],
    }


def opened(browser: Browser, address: str) -> Watched:
    """A page of a server, at rest."""
    tab = watched(browser)
    tab.first(address)
    return tab


def acted(server: Server, on: Watched, press: Callable[[], object]) -> dict[str, Any]:
    """One press, with what it cost the server."""
    before = server.cpu_s()
    noted = on.act(press)
    return noted | {"server_cpu_ms": 1000 * (server.cpu_s() - before)}


def middle(rows: list[dict[str, Any]]) -> dict[str, float]:
    """The medians of what was measured again and again; the server's processor time is a mean,
    since it is counted in hundredths of a second.

    Raises:
        ValueError: there is none.
    """
    if not rows:
        raise ValueError("nothing came to rest in time, on a machine that is too busy")
    found = {name: round(median(row[name] for row in rows), 1) for name in SPLIT[:-1]}
    return found | {
        "server_cpu_ms": round(sum(row["server_cpu_ms"] for row in rows) / len(rows), 1)
    }
