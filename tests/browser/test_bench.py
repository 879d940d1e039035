"""The stopwatch of the benchmark: what it says a press took is what it took."""

import pytest

from bench.edits import EMPTY
from bench.serving import empty_folder
from bench.watching import WATCH, watched
from tests.browser.conftest import serve

DELAY_MS = 150
# A page at rest, whose button changes something inside a shadow root a while after the press.
LATE = f"""
<div data-testid="stApp" data-test-script-state="notRunning"><button>press</button><p></p></div>
<script>
  const root = document.querySelector("p").attachShadow({{ mode: "open" }});
  document.querySelector("button").onclick = () =>
    setTimeout(() => {{ root.textContent = "changed"; }}, {DELAY_MS});
</script>"""


def test_a_late_change_is_seen(page):
    """A change some time after the press, in a shadow root, is the one that counts."""
    page.add_init_script(WATCH)
    page.route(
        "http://127.0.0.1/late", lambda route: route.fulfill(body=LATE, content_type="text/html")
    )
    page.goto("http://127.0.0.1/late")
    page.evaluate("bench.arm()")
    page.get_by_role("button").click()
    page.wait_for_function("document.querySelector('p').shadowRoot.textContent === 'changed'")
    noted = page.evaluate("bench.rest(0, 60_000)")
    assert noted["last"] - noted["pressed"] >= DELAY_MS
    assert noted["what"].startswith("stApp")


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    """The empty page's address."""
    with (
        empty_folder() as folder,
        serve(folder, "app.py", tmp_path_factory.mktemp("empty") / "log") as base,
    ):
        yield base


@pytest.mark.parametrize("edit", EMPTY, ids=lambda edit: edit.like)
def test_each_widget_answers(browser, empty, edit):
    """A press on each widget is one run: sent, begun, over and drawn, in this order."""
    tab = watched(browser)
    tab.first(empty + edit.page)
    noted = tab.act(edit.ready(tab.page, 0))
    tab.close()
    assert noted["runs"] == 1
    assert 0 <= noted["sent_ms"] <= noted["begun_ms"] <= noted["finished_ms"]
    assert noted["ms"] >= noted["begun_ms"]
    assert noted["bytes_received"] > noted["messages"] > 0 < noted["bytes_sent"]
