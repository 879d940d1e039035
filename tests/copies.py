"""Real copies of the app as the image serves it: started, killed and started again at one place."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

ROOT = Path(__file__).parents[1]
# How the image tells the allocator to hold less memory.
ALLOCATOR = dict(re.findall(r"(MALLOC_\w+)=(\d+)", (ROOT / "Dockerfile").read_text()))
START_S = 120  # torch is imported before a copy answers; several on a busy machine wait in turn


class Copy:
    """One copy: `uvicorn asgi:app` in a process of its own, on one loopback port for good."""

    def __init__(self, log: Path, env: Mapping[str, str] | None = None, folder: Path = ROOT):
        """Choose a free port; nothing runs yet.

        Args:
            log: the file that its output is appended to.
            env: what its environment has beside or instead of this process's own.
            folder: where the app stands.
        """
        self.log, self.folder = log, folder
        self.port = _free_port()
        self.env = {**os.environ, **ALLOCATOR, **(env or {}), "UVICORN_PORT": str(self.port)}
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def base(self) -> str:
        """Its address, without a slash at the end."""
        return f"http://127.0.0.1:{self.port}{self.env.get('BASE_PATH', '')}"

    @property
    def pid(self) -> int:
        """The number of its process."""
        assert self._process is not None, "the copy has not been started"
        return self._process.pid

    def launch(self) -> "Copy":
        """Start it, without waiting until it answers."""
        assert not self.runs, "the copy runs already"
        with self.log.open("ab") as sink:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "uvicorn", "asgi:app", "--host", "127.0.0.1"],
                cwd=self.folder,
                env=self.env,
                stdout=sink,
                stderr=sink,
                start_new_session=True,
            )
        return self

    def ready(self) -> "Copy":
        """Wait until it answers."""
        deadline = time.monotonic() + START_S
        while not self.healthy():
            waits = self.runs and time.monotonic() < deadline
            assert waits, f"the copy did not start:\n{self.log.read_text(errors='replace')}"
            time.sleep(0.1)
        return self

    def start(self) -> "Copy":
        """Start it at its place, and wait until it answers."""
        return self.launch().ready()

    def kill(self) -> None:
        """End it as a machine that loses power does."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """End it as an operator does; what does not end in ten seconds is killed."""
        self._end(signal.SIGTERM)

    def restart(self) -> "Copy":
        """Stop it, and start it again at its place."""
        self.stop()
        return self.start()

    @contextmanager
    def asleep(self) -> Iterator[None]:
        """Let it stand still, with its connections open; it may be killed meanwhile."""
        os.killpg(self.pid, signal.SIGSTOP)
        try:
            yield
        finally:
            if self.runs:
                os.killpg(self.pid, signal.SIGCONT)

    @property
    def runs(self) -> bool:
        """Whether its process is there."""
        return self._process is not None and self._process.poll() is None

    def healthy(self) -> bool:
        """Whether it answers."""
        try:
            with urlopen(f"{self.base}/_stcore/health", timeout=5):
                return True
        except OSError:
            return False

    @property
    def visitors(self) -> int:
        """How many browser tabs are connected to it."""
        with urlopen(f"{self.base}/_stcore/metrics", timeout=5) as answer:
            found = re.search(r"^active_sessions (\d+)", answer.read().decode(), re.MULTILINE)
        return int(found[1]) if found else 0

    def _end(self, number: signal.Signals) -> None:
        if not self.runs or self._process is None:
            return
        os.killpg(self.pid, number)
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            os.killpg(self.pid, signal.SIGKILL)
            self._process.wait(timeout=10)


@contextmanager
def copies(
    count: int, logs: Path, env: Mapping[str, str] | None = None, folder: Path = ROOT
) -> Iterator[list[Copy]]:
    """So many copies, started side by side and all ready; ended at the end, whatever happened."""
    made = [Copy(logs / f"copy-{number}.log", env, folder) for number in range(count)]
    try:
        for copy in made:
            copy.launch()
        for copy in made:
            copy.ready()
        yield made
    finally:
        for copy in made:
            copy.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
