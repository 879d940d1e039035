"""Servers to measure: the app or the empty page, behind uvicorn or by `streamlit run`."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from urllib.request import urlopen

ROOT = Path(__file__).parents[1]
EMPTY = Path(__file__).parent / "empty"
START_S = 180  # on a machine that is busy with other things, too
WAYS = {
    "uvicorn": ("uvicorn", "asgi:app", "--no-access-log", "--no-server-header", "--port"),
    "streamlit run": ("streamlit", "run", "app.py", "--server.port"),
}


@dataclass(frozen=True)
class Server:
    """A server that answers."""

    base: str
    pid: int
    began: float  # time.time() before its process was started
    healthy_s: float  # from then until it said that it is healthy

    def cpu_s(self) -> float:
        """The processor time that its process has used so far; not a number outside Linux."""
        try:
            parts = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            return float("nan")
        return (int(parts[11]) + int(parts[12])) / os.sysconf("SC_CLK_TCK")

    def memory_mb(self) -> float:
        """The memory that its process holds; not a number outside Linux."""
        try:
            pages = int(Path(f"/proc/{self.pid}/statm").read_text().split()[1])
        except OSError:
            return float("nan")
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


@contextmanager
def empty_folder() -> Iterator[Path]:
    """The empty page in a folder of its own, under the app's own settings."""
    with TemporaryDirectory() as folder:
        shutil.copytree(EMPTY, folder, dirs_exist_ok=True)
        shutil.copytree(ROOT / ".streamlit", Path(folder) / ".streamlit")
        yield Path(folder)


@contextmanager
def served(folder: Path, way: str) -> Iterator[Server]:
    """Serve a folder's app on a free port of this machine until the block ends."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    base, began, ticks = f"http://127.0.0.1:{port}", time.time(), time.perf_counter()
    with TemporaryFile() as log:
        process = subprocess.Popen(  # noqa: S603 - our own server
            [sys.executable, "-m", *WAYS[way], str(port)], cwd=folder, stdout=log, stderr=log
        )
        try:
            while not _healthy(base):
                if process.poll() is not None or time.perf_counter() - ticks > START_S:
                    log.seek(0)
                    said = log.read().decode(errors="replace")[-1_000:]
                    raise RuntimeError(f"{' '.join(WAYS[way])} did not start:\n{said}")
                time.sleep(0.02)
            yield Server(base, process.pid, began, time.perf_counter() - ticks)
        finally:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _healthy(base: str) -> bool:
    try:
        with urlopen(f"{base}/_stcore/health", timeout=5):  # noqa: S310 - our own address
            return True
    except OSError:
        return False
