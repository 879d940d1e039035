"""Streamlit is told to show no box about a lost connection; nothing else of an answer changes."""

import json

import pytest

from server.quiet import Quiet
from tests.looping import finished

GIVEN = {"allowedOrigins": ["https://a.example"], "blockErrorDialogs": False, "metricsUrl": ""}
ASKED = "/_stcore/host-config"


def answer(path, status=200, body=None):
    """What the browser gets where the app answers this, in two pieces: status, headers, body."""
    text = json.dumps(GIVEN).encode() if body is None else body
    headers = [(b"content-type", b"x/y"), (b"content-length", str(len(text)).encode())]
    sent = []

    async def app(_scope, _receive, send):
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": text[:5], "more_body": True})
        await send({"type": "http.response.body", "body": text[5:]})

    async def send(message):
        sent.append(message)

    finished(Quiet(app)({"type": "http", "path": path}, None, send))
    start, *pieces = sent
    return start["status"], dict(start["headers"]), b"".join(one["body"] for one in pieces)


@pytest.mark.parametrize("base", ["", "/loss"])
def test_no_box(base):
    """The answer is as it was but for the one word, also below a base path."""
    status, headers, body = answer(f"{base}{ASKED}")
    assert (status, json.loads(body)) == (200, GIVEN | {"blockErrorDialogs": True})
    assert headers == {b"content-type": b"x/y", b"content-length": str(len(body)).encode()}


@pytest.mark.parametrize(
    ("path", "status", "body"),
    [("/other", 200, None), (ASKED, 503, b"not now"), (ASKED, 200, b"")],
)
def test_other_answers_pass(path, status, body):
    """Other paths, and answers that are no configuration, pass through as they are."""
    text = json.dumps(GIVEN).encode() if body is None else body
    length = str(len(text)).encode()
    expected = {b"content-type": b"x/y", b"content-length": length}
    assert answer(path, status, body) == (status, expected, text)
