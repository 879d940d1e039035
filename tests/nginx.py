"""A real nginx with the project's own template before copies of the app, all on loopback."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import yaml

ROOT = Path(__file__).parents[1]
TEMPLATE = ROOT / "deploy/nginx/nginx.conf.template"
COMPOSE = ROOT / "compose.yaml"
START_S = 20
MISSING = (
    "The tests need nginx. Install it (on Debian: apt install nginx-light), or name one: "
    "make test NGINX_PROGRAM=/path/to/nginx"
)
# What a test looks into; the template itself logs no request.
FORMAT = "$upstream_addr\t$request_method\t$uri\t$status\t$http_user_agent\t$browser"


class Seen(NamedTuple):
    """A request that nginx has answered; a WebSocket is one from when it is closed."""

    copy: str
    method: str
    path: str
    status: str
    agent: str
    key: str


def find() -> str | None:
    """Return the nginx that NGINX_PROGRAM names or this machine has.

    The variable NGINX is nginx's own: it hands open sockets on.
    """
    beside = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"])
    return os.environ.get("NGINX_PROGRAM") or shutil.which("nginx", path=beside)


def install() -> None:
    """Bring Debian's package to this machine, where that is allowed."""
    root = [] if os.geteuid() == 0 else ["sudo", "--non-interactive"]
    apt = [*root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    steps = (["update"], ["install", "-y", "--no-install-recommends", "nginx-light"])
    if shutil.which("apt-get") and (not root or shutil.which("sudo")):
        for step in steps:
            subprocess.run([*apt, *step], check=False)


def substitute(template: str, values: Mapping[str, str]) -> str:
    """Put values into a template as `envsubst` does: the names that are given, no others."""
    return re.sub(r"\$\{(\w+)\}", lambda found: values.get(found[1], found[0]), template)


def settings(**chosen: str) -> dict[str, str]:
    """What compose.yaml gives nginx, with an operator's own choices in it."""
    given = yaml.safe_load(COMPOSE.read_text())["services"]["proxy"]["environment"]
    word = re.compile(r"\$\{(\w+)(?::?-([^}]*))?\}")
    return {
        name: word.sub(lambda found: chosen.get(found[1], found[2] or ""), str(value))
        for name, value in given.items()
    }


class Nginx:
    """One nginx before the copies at some ports of this machine."""

    def __init__(self, folder: Path, ports: Sequence[int], **chosen: str) -> None:
        """Choose a free port and write the configuration; nothing runs yet.

        Args:
            folder: an empty one, for all that nginx writes.
            ports: of the copies.
            chosen: what an operator sets by environment, such as BASE_PATH="/loss".
        """
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.base = f"http://127.0.0.1:{self.port}{chosen.get('BASE_PATH', '')}"
        self.folder = folder
        self.log = folder / "log"
        self._seen = folder / "seen"
        self._process: subprocess.Popen[bytes] | None = None
        (folder / "nginx.conf").write_text(self._filled(ports, chosen))

    def start(self) -> "Nginx":
        """Start it and wait until it takes connections."""
        program = find()
        assert program, MISSING
        command = [program, "-e", "stderr", "-p", f"{self.folder}/", "-c", "nginx.conf"]
        if os.geteuid() == 0:  # else its workers become nobody, who may not enter the folder
            command += ["-g", "user root;"]
        with self.log.open("ab") as sink:
            self._process = subprocess.Popen(command, stdout=sink, stderr=sink)
        deadline = time.monotonic() + START_S
        while not self._listens():
            waits = self._process.poll() is None and time.monotonic() < deadline
            assert waits, f"nginx did not start:\n{self.log.read_text()}"
            time.sleep(0.02)
        return self

    def stop(self) -> None:
        """End it and all its connections."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            self._process.wait(timeout=10)
        self._process = None

    def restart(self) -> "Nginx":
        """End it and start it again at the same address."""
        self.stop()
        return self.start()

    def seen(self, least: int = 0, path: str = "") -> list[Seen]:
        """What it has answered until now below such paths, once that is the least number.

        A request is noted after it is answered.
        """
        deadline = time.monotonic() + START_S
        while True:
            lines = [Seen(*line.split("\t")) for line in self._seen.read_text().splitlines()]
            found = [one for one in lines if path in one.path]
            if len(found) >= least:
                return found
            assert time.monotonic() < deadline, f"{len(found)} of {least} requests"
            time.sleep(0.02)

    def _filled(self, ports: Sequence[int], chosen: Mapping[str, str]) -> str:
        values = settings(**chosen)
        # Where compose.yaml has a name that Docker resolves, there is an address of this machine;
        # whatever else its line says stays, but that a test does not wait so long.
        line = values["COPIES"].splitlines()[0].replace("fail_timeout=10s", "fail_timeout=2s")
        values["COPIES"] = "\n".join(
            re.sub(r"server \S+ resolve", f"server 127.0.0.1:{port}", line) for port in ports
        )
        values |= {"LISTEN": f"127.0.0.1:{self.port}", "NGINX_LOCAL_RESOLVERS": "127.0.0.1"}
        log = f"log_format seen '{FORMAT}';\naccess_log {self._seen} seen;"
        return substitute(TEMPLATE.read_text(), values).replace("access_log off;", log)

    def _listens(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0


@contextmanager
def nginx(ports: Sequence[int], **chosen: str) -> Iterator[Nginx]:
    """Run nginx before the copies at these ports, with an operator's choices such as BASE_PATH."""
    with tempfile.TemporaryDirectory(prefix="nginx-") as folder:
        front = Nginx(Path(folder), ports, **chosen)
        try:
            yield front.start()
        finally:
            front.stop()


if __name__ == "__main__":
    if find() is None:
        install()
    if find() is None:
        sys.exit(MISSING)
