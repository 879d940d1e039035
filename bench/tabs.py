"""All edits in a browser, round after round, ours and the empty page's in turns."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, Error

from bench.edits import EMPTY, OURS, Edit
from bench.serving import Server
from bench.watching import Watched, acted, middle, opened

WARM = 2  # rounds before the first that counts
PAUSE_MS = 50  # after the press was got ready


@dataclass
class Tabs:
    """The pages that are edited, each open in a tab of its own all the time."""

    browser: Browser
    app: Server
    empty: Server
    opened: dict[str, Watched] = field(default_factory=dict)
    noted: dict[Edit, list[dict[str, Any]]] = field(default_factory=dict)

    def act(self, edit: Edit, n: int) -> None:
        """Make an edit and note what it took; one that never comes to rest counts for nothing."""
        server = self.empty if edit in EMPTY else self.app
        try:
            if edit.page not in self.opened:
                self.opened[edit.page] = opened(self.browser, server.base + edit.page)
            tab = self.opened[edit.page]
            edit.open(tab.page)
            press = edit.ready(tab.page, n)
            tab.page.wait_for_timeout(PAUSE_MS)
            row = acted(server, tab, press)
        except Error as problem:
            print(f"{edit.what} on {edit.page}: {str(problem)[:300]}", file=sys.stderr)
            if edit.page in self.opened:
                self.opened.pop(edit.page).close()
        else:
            self.noted.setdefault(edit, []).append(row)

    def close(self) -> None:
        """Close them all."""
        for tab in self.opened.values():
            tab.close()


def edits(browser: Browser, app: Server, empty: Server, rounds: int) -> list[dict[str, Any]]:
    """Each edit, and each widget of the empty page, once a round."""
    tabs = Tabs(browser, app, empty)
    for n in range(-WARM, rounds):
        if n == 0:
            tabs.noted.clear()
        for edit in turns():
            tabs.act(edit, n)
    tabs.close()
    noted = {edit: middle(tabs.noted.get(edit, [])) for edit in (*EMPTY, *OURS)}
    widgets = {edit.like: noted[edit] for edit in EMPTY}
    return [
        {
            "page": edit.page,
            "what": edit.what,
            "like": edit.like,
            "times": len(tabs.noted[edit]),
            "app": noted[edit],
            "empty": widgets[edit.like],
            "ratio": round(noted[edit]["ms"] / widgets[edit.like]["ms"], 2),
            "ratio_to_click": round(noted[edit]["ms"] / widgets["number"]["ms"], 2),
        }
        for edit in OURS
    ]


def turns() -> Iterator[Edit]:
    """All edits of a round, the empty page's between ours."""
    places = {len(OURS) * k // len(EMPTY): edit for k, edit in enumerate(EMPTY)}
    for k, edit in enumerate(OURS):
        if k in places:
            yield places[k]
        yield edit
