"""The real server: what it logs from start to stop, what it answers, and when it does not start."""

import os
import re
import signal
import subprocess
import sys
from urllib.request import ProxyHandler, build_opener

import pytest
from prometheus_client.openmetrics.parser import text_string_to_metric_families
from websockets.sync.client import connect

from server import healthy
from server.version import version
from tests.browser.conftest import ROOT
from tests.copies import START_S, Copy

BASE = "/loss"
TYPED = "0.31415"
FRAMES = "'self' https://canvas.example.edu"
TIME = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"
STARTED = re.compile(
    rf"{TIME} INFO app: started: version {re.escape(version())}, torch 2\.13\.0\S* on cpu.*, "
    r"pid (\d+), ready after \d+\.\d s"
)
STOPPED = re.compile(rf"{TIME} INFO app: stopped after \d+ s, pid (\d+)")


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """A copy under a base path, as an operator starts it."""
    log = tmp_path_factory.mktemp("server") / "log"
    made = Copy(log, env={"BASE_PATH": BASE, "FRAME_ANCESTORS": FRAMES}).start()
    yield made
    made.stop()


def got(address):
    """An answer: its headers and its text."""
    with build_opener(ProxyHandler({})).open(address, timeout=START_S) as answer:
        return answer.headers, answer.read().decode()


@pytest.mark.parametrize("path", ["/", f"/steps?logits={TYPED}", "/_stcore/health"])
def test_headers(copy, path):
    """Below the base path the app answers, and each answer carries the headers."""
    lines, _ = got(copy.base + path)
    assert lines["Content-Security-Policy"].endswith(f"frame-ancestors {FRAMES}")
    assert lines["Referrer-Policy"] == "no-referrer"
    assert lines["X-Content-Type-Options"] == "nosniff"


def test_metrics(copy):
    """Prometheus can read all numbers; no error and nobody's training since the start."""
    lines, text = got(f"{copy.base}/_stcore/metrics")
    assert lines.get_content_type() == "application/openmetrics-text"
    families = {family.name: family for family in text_string_to_metric_families(text)}
    assert [sample.value for sample in families["app_errors"].samples] == [0]
    assert [sample.value for sample in families["app_trainings"].samples] == [0, 0]
    assert {"active_sessions", "process_resident_memory_bytes"} <= set(families)


def test_health(copy, monkeypatch):
    """The image's check finds this copy well at its port and base path, and none without it."""
    monkeypatch.setenv("UVICORN_HOST", "0.0.0.0")  # noqa: S104 - as in the image
    monkeypatch.setenv("UVICORN_PORT", str(copy.port))
    monkeypatch.setenv("BASE_PATH", BASE)
    assert healthy.main() == 0
    monkeypatch.delenv("BASE_PATH")
    assert healthy.main() == 1


def test_log(copy):
    """From start to stop the log has two lines, and no address; an open page does not delay the end."""
    got(f"{copy.base}/steps?logits={TYPED}")
    (started,) = copy.log.read_text().splitlines()
    assert STARTED.fullmatch(started)[1] == str(copy.pid)
    stream = f"ws://127.0.0.1:{copy.port}{BASE}/_stcore/stream"
    with connect(stream, subprotocols=["streamlit"], proxy=None):
        process = copy._process
        copy.stop()  # kills what has not ended after ten seconds
    assert process.returncode == -signal.SIGTERM
    first, last = copy.log.read_text().splitlines()
    assert first == started
    assert STOPPED.fullmatch(last)[1] == STARTED.fullmatch(started)[1]


def linked(folder, *, without):
    """The app in another folder, without one of its parts."""
    for name in ("asgi.py", "CITATION.cff", "ce_core", "ui", "server", ".streamlit", "pages"):
        if name != without:
            (folder / name).symlink_to(ROOT / name)
    (folder / "app.py").write_text((ROOT / "app.py").read_text())
    return folder


def run(folder, **env):
    """Start a server that will end by itself: its exit code and its log."""
    command = [sys.executable, "-m", "uvicorn", "asgi:app", "--port", "0"]
    ended = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, **env},
        capture_output=True,
        text=True,
        timeout=START_S,
        check=False,
    )
    return ended.returncode, (ended.stdout + ended.stderr).splitlines()


def test_page_missing(tmp_path):
    """A copy of which a page cannot be drawn does not start, and says which, and where it broke."""
    folder = linked(tmp_path, without="pages")
    (folder / "pages").mkdir()
    for page in (ROOT / "pages").glob("*.py"):
        (folder / "pages" / page.name).write_text(page.read_text())
    (folder / "pages/steps.py").write_text("import not_there\n")
    code, (error, last) = run(folder)
    assert code == 3
    assert re.search(
        r" ERROR app: \S+ page=steps ModuleNotFoundError at .*pages/steps\.py:1 ", error
    )
    assert last.endswith(" CRITICAL app: not started: the page /steps cannot be drawn")


def test_package_missing(tmp_path):
    """A copy without one of its libraries does not start, and says in one line which is missing."""
    folder = linked(tmp_path, without=None)
    (folder / "segno.py").write_text("import not_there\n")
    code, (line,) = run(folder)
    assert code == 3
    assert re.search(
        r" CRITICAL app: not started: \S+ cannot be imported: No module named 'not_there'$", line
    )


def test_setting_refused(tmp_path):
    """A setting that cannot be meant keeps the copy from starting, in one line."""
    code, (line,) = run(linked(tmp_path, without=None), BASE_PATH="loss")
    assert code == 1
    assert line.startswith("not started: BASE_PATH is 'loss', must begin with /")
