"""What stands around the app: its settings, its headers, its metrics, its health, its version."""

import re
import threading
import time
from base64 import b64encode
from contextlib import suppress
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from prometheus_client.openmetrics.parser import text_string_to_metric_families
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from streamlit.runtime.stats import StatsManager
from streamlit.web.server.starlette.starlette_routes import _stats_to_text

from server import headers, healthy, metrics, settings
from server.version import version
from tests.browser.conftest import ROOT
from tests.looping import finished
from tests.test_layers import LAYERS, roots, sources
from ui import reporting
from ui.lab.jobs import Job
from ui.lab.training import queue

BASES = {"": "", "/": "", "/loss": "/loss", "/loss/": "/loss", " /a/b-c_d.~1 ": "/a/b-c_d.~1"}
NO_BASES = ["loss", "//x", "/a b", "/ä", "/a?b", "/a;b", "/<script>", "https://x"]
SITES = {
    "": (),
    "'self'": ("'self'",),
    "'self' https://canvas.example.edu": ("'self'", "https://canvas.example.edu"),
    "*.example.org\nhttps://x.org:8443": ("*.example.org", "https://x.org:8443"),
    "https://*.example.org:* http: 'none' *": ("https://*.example.org:*", "http:", "'none'", "*"),
}
NO_SITES = [
    "https://a,https://b",
    "'self'; script-src *",
    "self'",
    "'unsafe-inline'",
    "a;b",
    "https://",
]


def test_the_app_needs_no_server():
    """Nothing of the app imports what serves it, so `streamlit run app.py` works alone."""
    files = [path for layer in LAYERS for path in sources(layer)]
    assert len(files) > 100
    assert not [path for path in files if roots(path) & {"server", "asgi"}]


@pytest.mark.parametrize(("text", "base"), BASES.items())
def test_base_path(text, base):
    """A base path is taken with or without its last slash."""
    assert settings.read({"BASE_PATH": text}).base_path == base


@pytest.mark.parametrize("text", NO_BASES)
def test_no_base_path(text):
    """What is no path is refused, with what was expected."""
    with pytest.raises(settings.SettingError, match=r"BASE_PATH is .*, must begin with / .*/loss"):
        settings.read({"BASE_PATH": text})


@pytest.mark.parametrize(("text", "sites"), SITES.items())
def test_frame_ancestors(text, sites):
    """Sites are parted by white space."""
    assert settings.read({"FRAME_ANCESTORS": text}).frame_ancestors == sites


@pytest.mark.parametrize("text", NO_SITES)
def test_no_frame_ancestors(text):
    """What could end the header's rule or name no site is refused."""
    with pytest.raises(settings.SettingError, match=r"FRAME_ANCESTORS holds .* parted by spaces"):
        settings.read({"FRAME_ANCESTORS": text})


def rules(text):
    """A policy as a table."""
    return {name: sources for name, *sources in (rule.split() for rule in text.split("; "))}


def test_policy():
    """Scripts run from this site and its components only; frames are free unless sites are named."""
    page = "<script>\n  a = 1 // ä\n</script><script type='module' src='x'></script>"
    digest = b64encode(sha256("\n  a = 1 // ä\n".encode()).digest()).decode()
    free = rules(headers.policy(page))
    assert free["script-src"] == ["'self'", "blob:", "'wasm-unsafe-eval'", f"'sha256-{digest}'"]
    assert free["default-src"] == ["'self'"]
    anybody = {"'unsafe-eval'", "*", "http:", "https:", "ws:", "wss:"}
    assert not [name for name, sources in free.items() if anybody & set(sources)]
    assert "frame-ancestors" not in free
    named = rules(headers.policy(page, ["'self'", "https://x.org"]))
    assert named["frame-ancestors"] == ["'self'", "https://x.org"]


def test_installed_page():
    """Streamlit's page has one script in it, whose hash the policy holds."""
    assert len(headers.hashes(headers.installed_page())) == 1


def failing(_):
    """Fail as an app does."""
    raise RuntimeError


def answer(app, path):
    """The status of an answer, and its headers as they were sent."""
    sent = []

    async def receive():
        return {"type": "http.request"}

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": path, "headers": [], "query_string": b""}
    with suppress(RuntimeError):  # a server would log it; the answer has been sent
        finished(app(scope, receive, send))
    return sent[0]["status"], [
        (name.decode(), value.decode()) for name, value in sent[0]["headers"]
    ]


@pytest.mark.parametrize(("path", "status"), [("/", 200), ("/none", 404), ("/fails", 500)])
def test_headers_on_every_answer(path, status):
    """A page, a missing one and a failure all carry the headers, each once."""
    routes = [Route("/", lambda _: PlainTextResponse("x")), Route("/fails", failing)]
    got, lines = answer(headers.Headers(Starlette(routes=routes), ["'self'"]), path)
    assert got == status
    told = dict(lines)
    assert told["content-security-policy"].endswith("frame-ancestors 'self'")
    assert told["x-content-type-options"] == "nosniff"
    assert told["referrer-policy"] == "no-referrer"
    assert "camera=()" in told["permissions-policy"]
    assert len(lines) == len(told)


@pytest.mark.parametrize("needed", ["clipboard-write", "fullscreen"])
def test_what_the_page_needs_is_not_denied(needed):
    """Copy buttons and the full screen go on working."""
    assert needed not in headers.DENIED


@pytest.fixture
def measured():
    """Our numbers as Streamlit's endpoint writes them, read by Prometheus's own parser."""

    def measure():
        manager = StatsManager()
        manager.register_provider(metrics.Metrics())
        text = _stats_to_text(manager.get_stats())
        families = text_string_to_metric_families(text)
        return {
            (sample.name, *sample.labels.values()): sample.value
            for family in families
            for sample in family.samples
        }

    return measure


def test_metrics(measured):
    """Errors are counted by page; memory and start are those of this process."""
    before = measured()
    reporting.report(ValueError(), "steps")
    after = measured()
    errors = ("app_errors_total", "steps")
    assert after[errors] == before.get(errors, 0) + 1
    assert 50e6 < after["process_resident_memory_bytes",] < 50e9  # torch alone takes some 200 MB
    assert 0 < time.time() - after["process_start_time_seconds",] < 24 * 3600


def test_metrics_of_trainings(measured):
    """A training that runs and one that waits are counted."""
    begun, gate = threading.Event(), threading.Event()

    def train(_):
        begun.set()
        assert gate.wait(60)

    first, second = Job(train), Job(lambda _: None)
    queue().submit(first)
    assert begun.wait(60)
    queue().submit(second)
    assert measured()["app_trainings", "running"] == 1
    assert measured()["app_trainings", "waiting"] == 1
    gate.set()
    for _ in range(600):
        if second.ended:
            break
        threading.Event().wait(0.1)
    assert second.ended == "done"


def test_some_metrics():
    """Who asks for some families gets these alone."""
    assert list(metrics.Metrics().get_stats(["app_errors"])) == ["app_errors"]


ADDRESSES = {
    "http://127.0.0.1:8000": {},
    "http://127.0.0.1:8501": {"UVICORN_HOST": "0.0.0.0", "UVICORN_PORT": "8501"},  # noqa: S104
    "http://[::1]:80/loss": {"UVICORN_HOST": "::", "UVICORN_PORT": "80", "BASE_PATH": "/loss/"},
    "http://[fe80::1]:8000": {"UVICORN_HOST": "fe80::1"},
    "http://10.0.0.7:8000": {"UVICORN_HOST": "10.0.0.7"},
}


@pytest.mark.parametrize(("base", "environment"), ADDRESSES.items(), ids=ADDRESSES)
def test_where_health_is_asked(base, environment):
    """The check follows the address, the port and the base path of its environment."""
    assert healthy.address(environment) == f"{base}{healthy.PATH}"


ANSWERS = {
    "drawn": (200, b"ok", ""),
    "not drawn": (503, b"error", "HTTPError"),
    "another page": (200, b"<!DOCTYPE html>", "the answer is not ok"),
}


@pytest.mark.parametrize(("status", "body", "found"), ANSWERS.values(), ids=ANSWERS)
def test_health(monkeypatch, capsys, status, body, found):
    """A copy is well only if it says that it drew its page; else the reason is told."""

    class Copy(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(status)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    with HTTPServer(("127.0.0.1", 0), Copy) as copy:
        threading.Thread(target=copy.handle_request, daemon=True).start()
        monkeypatch.setenv("UVICORN_HOST", "127.0.0.1")
        monkeypatch.setenv("UVICORN_PORT", str(copy.server_port))
        assert healthy.main() == bool(found)
    assert found in capsys.readouterr().err


def test_health_of_none(monkeypatch):
    """Where nothing listens, or the setting is no path, the copy is not well."""
    with HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as closed:
        port = closed.server_port
    monkeypatch.setenv("UVICORN_PORT", str(port))
    assert healthy.main() == 1
    monkeypatch.setenv("BASE_PATH", "loss")
    assert healthy.main() == 1


def test_version():
    """The version is the one that is cited."""
    assert re.fullmatch(r"\d+\.\d+\.\d+", version())
    assert f"version: {version()}\n" in (ROOT / "CITATION.cff").read_text()
