"""Streamlit's box about a lost connection is kept away; the page itself says it in one line.

The box comes after some three seconds without a server and covers the page, though steps go on
without one. Streamlit asks its own endpoint whether it may show such boxes, but has no setting.
"""

import json

from starlette.types import ASGIApp, Message, Receive, Scope, Send

ASKED = "/_stcore/host-config"


class Quiet:
    """Answers that question with no; everything else passes through as it is."""

    def __init__(self, app: ASGIApp) -> None:
        """Take the app."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "http" or not scope["path"].endswith(ASKED):
            await self.app(scope, receive, send)
            return
        head: list[Message] = []
        body = bytearray()

        async def change(message: Message) -> None:
            if message["type"] == "http.response.start":
                head.append(message)
                return
            body.extend(message.get("body", b""))
            if not message.get("more_body"):
                await _send_changed(head[0], bytes(body), send)

        await self.app(scope, receive, change)


async def _send_changed(start: Message, body: bytes, send: Send) -> None:
    if start["status"] == 200 and body:
        body = json.dumps({**json.loads(body), "blockErrorDialogs": True}).encode()
        kept = [pair for pair in start["headers"] if pair[0].lower() != b"content-length"]
        start = {**start, "headers": [*kept, (b"content-length", str(len(body)).encode())]}
    await send(start)
    await send({"type": "http.response.body", "body": body})
