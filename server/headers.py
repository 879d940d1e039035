"""What every answer says to the browser: what may run, who may frame it, what nobody is told.

The page may run its own scripts and those of its components (`blob:`), and ask its own server. So
even a hostile text that became markup could neither run nor send anything anywhere.
"""

import re
from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
DENIED = (
    *("accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "geolocation"),
    *("gyroscope", "hid", "magnetometer", "microphone", "midi", "payment"),
    *("publickey-credentials-get", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking"),
)  # clipboard-write stays for the copy buttons, fullscreen for a lesson shown to a room


def hashes(page: str) -> list[str]:
    """The scripts that stand in the page itself, as a policy names them."""
    return [
        f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
        for text in INLINE.findall(page)
    ]


def policy(page: str, frame_ancestors: Sequence[str] = ()) -> str:
    """The Content-Security-Policy for Streamlit's page.

    Args:
        page: its HTML as installed; what it runs inline changes from version to version.
        frame_ancestors: the sites that may frame it; none named means every one.
    """
    rules = {
        "default-src": ["'self'"],
        # Streamlit's protobuf counts whole numbers of 64 bits by WebAssembly.
        "script-src": ["'self'", "blob:", "'wasm-unsafe-eval'", *hashes(page)],
        "style-src": ["'self'", "'unsafe-inline'"],  # Streamlit's own styles are made as it runs
        "img-src": ["'self'", "data:", "blob:"],
        "font-src": ["'self'", "data:"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
        "object-src": ["'none'"],
    }
    if frame_ancestors:
        rules["frame-ancestors"] = list(frame_ancestors)
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in rules.items())


def installed_page() -> str:
    """Streamlit's page as it is installed here."""
    from streamlit import file_util

    return (Path(file_util.get_static_dir()) / "index.html").read_text(encoding="utf-8")


class Headers:
    """An ASGI app around another one: its answers, errors too, with these headers.

    Cross-Origin-Resource-Policy and -Embedder-Policy are not among them: they would keep the app
    out of the pages of other sites that it is made for.
    """

    def __init__(self, app: ASGIApp, frame_ancestors: Sequence[str] = ()) -> None:
        self._app = app
        self._headers = {
            "Content-Security-Policy": policy(installed_page(), frame_ancestors),
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",  # an address holds what a person typed
            "Permissions-Policy": ", ".join(f"{name}=()" for name in DENIED),
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the app does."""

        async def told(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(self._headers)
            await send(message)

        await self._app(scope, receive, told if scope["type"] == "http" else send)
