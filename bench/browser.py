"""Times the app in a real browser beside an empty Streamlit page: start, step, edit, page change.

Run it as `python -m bench.browser`. Everything is done in turns with the empty page, so that what
else the machine does falls on both; what counts is the ratio. The exit status is 1 where a bound
is not kept.
"""

import sys
from collections.abc import Callable
from statistics import median
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from bench.arriving import import_of_torch, starts, visit, visits
from bench.bounds import EDIT_RATIO, STEP_MS
from bench.printed import show
from bench.serving import ROOT, Server, empty_folder, served
from bench.tabs import edits
from bench.watching import acted, middle, opened
from tests.browser import chromium

ROUNDS = 15
STARTS = 3
VISITS = 7
PAGES = {
    "/": "Start",
    "/steps": "Steps",
    "/reductions": "Reductions",
    "/targets": "Targets",
    "/gradient": "Gradient",
    "/check": "Check",
    "/mistake": "Find my mistake",
    "/placement": "Where the weight goes",
    "/choose": "Choose weights",
    "/lab": "Imbalance lab",
    "/practice": "Practice",
    "/teach": "Teach",
}


def steps(browser: Browser, app: Server, rounds: int) -> dict[str, Any]:
    """Steps forward in the walk: how long until each is drawn, and what was sent before."""
    tab = opened(browser, f"{app.base}/steps")
    tab.page.locator(".wce-ledger .screen").wait_for()
    took, sent = [], 0
    for _ in range(rounds):
        waiting = tab.page.evaluate_handle("() => ({ step: bench.step() })")
        tab.page.keyboard.press("ArrowRight")
        noted = waiting.evaluate("({ step }) => step")
        if not noted["changes"]:
            raise RuntimeError("a step changed nothing")
        took.append(noted["took"])
        sent += noted["sent"]
    tab.close()
    return {"ms": round(median(took), 1), "most_ms": round(max(took), 1), "sent_before_drawn": sent}


def changes(browser: Browser, app: Server, empty: Server, rounds: int) -> list[dict[str, Any]]:
    """A click in the menu to another page: each of ours once a round, the empty app's between."""
    ours, theirs = opened(browser, f"{app.base}/teach"), opened(browser, f"{empty.base}/second")
    noted: dict[str, list[dict[str, Any]]] = {page: [] for page in (*PAGES, "empty")}
    for _ in range(rounds):
        for k, (page, title) in enumerate(PAGES.items()):
            noted[page].append(acted(app, ours, link(ours.page, title)))
            if k % 2:
                for name in ("First", "Second"):
                    noted["empty"].append(acted(empty, theirs, link(theirs.page, name)))
    ours.close()
    theirs.close()
    empties = middle(noted.pop("empty"))
    return [
        {"page": page, "app": middle(rows), "empty": empties}
        | {"ratio": round(middle(rows)["ms"] / empties["ms"], 2)}
        for page, rows in noted.items()
    ]


def link(page: Page, title: str) -> Callable[[], object]:
    """The press on a page's link in the menu."""
    found = page.get_by_test_id("stSidebar").get_by_role("link", name=title, exact=True)
    found.scroll_into_view_if_needed()
    return found.click


def measure(rounds: int = ROUNDS) -> dict[str, Any]:
    """All of it."""
    with sync_playwright() as playwright, empty_folder() as folder:
        browser = chromium.launch(playwright)
        found: dict[str, Any] = {"start": starts(browser, folder, STARTS)}
        with served(ROOT, "uvicorn") as app, served(folder, "uvicorn") as empty:
            visit(browser, app.base + "/", 0)  # the first visitor's imports are not timed here
            visit(browser, empty.base + "/", 0)
            found["torch_import_s"] = import_of_torch()
            found["first_visit"] = visits(browser, app, empty, VISITS)
            found["step"] = steps(browser, app, rounds)
            found["edits"] = edits(browser, app, empty, rounds)
            found["page_changes"] = changes(browser, app, empty, max(rounds // 5, 1))
        browser.close()
    return found | {"kept": kept(found)}


def kept(found: dict[str, Any]) -> bool:
    """Whether the bounds are."""
    quick = found["step"]["ms"] <= STEP_MS and found["step"]["sent_before_drawn"] == 0
    return quick and all(edit["ratio"] <= EDIT_RATIO for edit in found["edits"])


if __name__ == "__main__":
    sys.exit(show(measure()))
