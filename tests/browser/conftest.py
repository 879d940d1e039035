"""The app's own server, a real browser, and gates that every page opened in it must pass."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import urlopen
from weakref import WeakKeyDictionary, WeakSet

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, WebSocket, sync_playwright
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.browser import chromium

ROOT = Path(__file__).parents[2]
HERE = {"127.0.0.1", "localhost"}
START_S = 60  # a first start on a cold disk, with another worker's beside it

# For @pytest.mark.parametrize("page", [DARK, MOBILE], indirect=True), or new_page(**DARK).
DARK = {"color_scheme": "dark"}
MOBILE = {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True}
STILL = {"reduced_motion": "reduce"}

# Streamlit's page is at rest when it has been connected, idle and without placeholders for a while.
AT_REST = """() => {
  const app = document.querySelector('[data-testid=stApp]');
  const busy = !app || app.dataset.testConnectionState !== 'CONNECTED'
    || app.dataset.testScriptState !== 'notRunning'
    || document.querySelector(
         '[data-testid=stAppSkeleton], [data-testid=stSkeleton], [data-stale=true]');
  if (busy) { delete window.restingSince; return false; }
  window.restingSince ??= performance.now();
  return performance.now() - window.restingSince > 150;
}"""

# How many script runs each page has seen the end of: the attribute read above alone may still
# show the rest before a click when the click's run has not begun.
_runs: WeakKeyDictionary[Page, int] = WeakKeyDictionary()

# The pages whose server is to go away: what Streamlit says of that in the console is no fault.
_losing: WeakSet[Page] = WeakSet()
LOSSES = (
    "Cannot send rerun backMessage when disconnected from server.",
    "Client Error: WebSocket onerror",
    "Client Error: response received with status 50",
    "Client Error in reaching server endpoint",
    "Client error: DoInitPings timed out",
    "Connection failed with status 50",
    "Connection timed out.",
    "Streamlit server is not responding.",
    "Is Streamlit still running?",
)
LOST_AT = ("/_stcore/health", "/_stcore/host-config", "/_stcore/stream")


def settle(page: Page) -> None:
    """Wait until the page shows what the last script run drew, and no error box."""
    page.wait_for_function(AT_REST, timeout=START_S * 1000)
    assert page.get_by_test_id("stException").count() == 0, "the page shows an exception"


def rerun(page: Page, act: Callable[[], object]) -> None:
    """Do what makes the script run again, and wait until that run is drawn."""
    settle(page)  # a run that is still under way, of a tab just opened, is not the one waited for
    before = _runs[page]
    deadline = time.monotonic() + START_S
    act()
    while _runs[page] == before:
        assert time.monotonic() < deadline, "no script run followed"
        page.wait_for_timeout(10)
    settle(page)


def open_page(page: Page, base: str, path: str = "/") -> None:
    """Go to a path of the app, query included, and wait until it is drawn."""
    page.goto(base + path)
    settle(page)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a browser, so that -m "not browser" leaves it out; it has a second try."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")
            item.add_marker(pytest.mark.flaky(reruns=1))


@contextmanager
def serve(folder: Path, script: str, log: Path) -> Iterator[str]:
    """Serve a script as `make run` does, on a free port, and give its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    base = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "streamlit", "run", script]
    options = ["--server.port", str(port), "--server.headless", "true"]
    with log.open("wb") as sink:
        process = subprocess.Popen(
            [*command, *options], cwd=folder, stdout=sink, stderr=sink, start_new_session=True
        )
    try:
        deadline = time.monotonic() + START_S
        while not _healthy(base):
            running = process.poll() is None and time.monotonic() < deadline
            assert running, f"the server did not start:\n{log.read_text()}"
            time.sleep(0.1)
        yield base
    finally:
        _end(process)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app's address, served for all tests."""
    with serve(ROOT, "app.py", tmp_path_factory.mktemp("server") / "log") as base:
        yield base


def _healthy(base: str) -> bool:
    try:
        with urlopen(f"{base}/_stcore/health", timeout=5):
            return True
    except OSError:
        return False


def _end(process: subprocess.Popen[bytes]) -> None:
    for number in (signal.SIGTERM, signal.SIGKILL):
        if process.poll() is None:
            os.killpg(process.pid, number)
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                continue


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the machine's browser once; a missing one is an error, never a skip."""
    with sync_playwright() as playwright:
        browser = chromium.launch(playwright)
        yield browser
        browser.close()


@pytest.fixture
def new_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open pages, each in a context of its own made with the options given, all under the gates.

    The gates, read when the test ends: no console error, no uncaught error, no request to a host
    other than the server's.
    """
    faults: list[str] = []
    contexts = []

    def make(**options: Any) -> Page:
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(START_S * 1000)
        _watch(page, faults)
        return page

    yield make
    for context in contexts:
        context.close()
    assert not faults, "\n".join(faults)


@pytest.fixture
def page(new_page: Callable[..., Page], request: pytest.FixtureRequest) -> Page:
    """Open a page in a fresh context; an indirect parameter holds the context's options."""
    return new_page(**getattr(request, "param", {}))


def _watch(page: Page, faults: list[str]) -> None:
    _runs[page] = 0

    def console(message: ConsoleMessage) -> None:
        if message.type == "error" and not (_is_probe(message) or _is_loss(page, message)):
            faults.append(f"console: {message.text} ({message.location['url']})")

    def host(url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.hostname not in HERE:
            faults.append(f"request to another host: {url}")

    def received(frame: str | bytes) -> None:
        message = ForwardMsg.FromString(frame) if isinstance(frame, bytes) else ForwardMsg()
        _runs[page] += message.WhichOneof("type") == "script_finished"

    def websocket(socket: WebSocket) -> None:
        host(socket.url)
        socket.on("framereceived", received)

    page.on("console", console)
    page.on("pageerror", lambda error: faults.append(f"uncaught: {error}"))
    page.on("websocket", websocket)
    page.context.on("request", lambda request: host(request.url))


def loses_its_server(page: Page) -> Page:
    """Allow in this page what Streamlit says when its server is gone."""
    _losing.add(page)
    return page


def _is_loss(page: Page, message: ConsoleMessage) -> bool:
    """Tell whether Streamlit says that its server is gone, in a page where it is to go."""
    failed = ("Failed to load resource:", "WebSocket connection to")
    at = f"{message.location['url']} {message.text}"
    unreached = message.text.startswith(failed) and any(path in at for path in LOST_AT)
    return page in _losing and (unreached or message.text.startswith(LOSSES))


def _is_probe(message: ConsoleMessage) -> bool:
    """Tell whether Streamlit looks for its server below a page's own path, as it does on links."""
    parts = urlsplit(message.location["url"]).path.strip("/").split("/")
    known = parts[1:][-2:] in (["_stcore", "health"], ["_stcore", "host-config"])
    return known and "404" in message.text
