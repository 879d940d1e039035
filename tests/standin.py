"""Stand-ins for copies of the app: they say what reached them, and start in no time."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SCRIPT = (
    b"const told = 'again and again';\n" * 1000
)  # 32 kB, as the browser's scripts are: much alike
FOREVER = "public, immutable, max-age=31536000"


class StandIn(ThreadingHTTPServer):
    """One stand-in at a port of this machine; it can go away and come back there."""

    request_queue_size = 512

    def __init__(self, port: int = 0, base_path: str = "") -> None:
        super().__init__(("127.0.0.1", port), Answer)
        self.base_path = base_path
        self.asked: list[tuple[str, str]] = []
        threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True).start()

    def leave(self) -> None:
        """Go away: from now on connections are refused."""
        self.shutdown()
        self.server_close()

    def back(self) -> "StandIn":
        """Another one at the same place."""
        return StandIn(self.server_port, self.base_path)


class Answer(BaseHTTPRequestHandler):
    """Which stand-in it was, what was asked and with which headers; as JSON."""

    protocol_version = "HTTP/1.1"
    server: StandIn

    def do_GET(self) -> None:
        """Answer as the app would, in the few ways that matter to a proxy."""
        self.server.asked.append((self.command, self.path))
        path = self.path.partition("?")[0].removeprefix(self.server.base_path)
        if self.headers.get("Upgrade"):
            return self._switch()
        if path.startswith("/static/") and path.endswith(".js"):
            return self._send(200, "text/javascript", SCRIPT, FOREVER)
        known = not path.endswith("/_stcore/health") or path == "/_stcore/health"
        asked = {"port": self.server.server_port, "path": self.path, "headers": dict(self.headers)}
        return self._send(200 if known else 404, "application/json", json.dumps(asked).encode())

    def do_PUT(self) -> None:
        """Take an upload."""
        left = int(self.headers["Content-Length"])
        while left:
            left -= len(self.rfile.read(min(left, 1 << 16)))
        self.do_GET()

    def _switch(self) -> None:
        self.send_response(101)
        self.send_header("Upgrade", "websocket")
        self.send_header("Connection", "Upgrade")
        self.end_headers()
        self.wfile.write(str(self.server.server_port).encode() + b"\n")
        self.rfile.read(1)  # open until the other side has gone
        self.close_connection = True

    def _send(self, status: int, kind: str, body: bytes, keep: str = "no-cache") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", keep)
        if self.close_connection:  # as asked; a server that does not say so seems to have failed
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@contextmanager
def standins(count: int, base_path: str = "") -> Iterator[list[StandIn]]:
    """So many stand-ins, gone at the end."""
    made = [StandIn(0, base_path) for _ in range(count)]
    try:
        yield made
    finally:
        for one in made:
            one.leave()
