"""Runs of the page take turns: a few at a time, in the order in which they were asked for.

Python lets one thread compute at a time. Streamlit starts a thread for each click, and fifty at
once all go on a little by little, so that each ends late: when a class opens a link, nobody sees
anything until nearly all are served. In turns, sixty people's openings took 1.2 s instead of 2.8 s
in the median and 1.8 s instead of 4.8 s in the 95th percentile, on two busy cores.

What takes long, such as a file of 20 MB, steps aside, so that short runs do not wait for it; there
is one place aside, so that it does not take all the time either. And it is asked more often than
Python does by itself to let others compute: a run lets go at each of its fifty messages, and would
wait 5 ms each time to go on.

Streamlit has no public way to that. The name used here is held by a test for the pinned version.
"""

import sys
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from streamlit.runtime.scriptrunner.script_runner import ScriptRunner

AT_ONCE = 2  # runs; one may wait for a lock or for torch while the other computes
ASIDE = 1  # of what takes long
HOLDS = 0.001  # seconds that one thread computes while another waits
PATIENCE = 30.0  # seconds; then one goes whoever else does, so that nobody can be locked out


class Turns:
    """So many may go at a time; the others wait, and who came first goes first.

    Args:
        most: how many.
        patience: seconds after which one waits no longer.
    """

    def __init__(self, most: int, patience: float = PATIENCE) -> None:
        self._lock = threading.Lock()
        self._free, self._patience = most, patience
        self._waiting: deque[threading.Lock] = deque()

    @property
    def waiting(self) -> int:
        """How many wait."""
        return len(self._waiting)

    def take(self) -> None:
        """Wait for one's turn."""
        with self._lock:
            if self._free > 0:
                self._free -= 1
                return
            mine = threading.Lock()
            mine.acquire()
            self._waiting.append(mine)
        if not mine.acquire(timeout=self._patience):  # released by who gives a turn back
            self._leave(mine)

    def _leave(self, mine: threading.Lock) -> None:
        with self._lock, suppress(ValueError):  # given just now
            self._waiting.remove(mine)
            self._free -= 1

    def take_at_once(self) -> None:
        """Go on without waiting, as one more than may; the next ones wait for it."""
        with self._lock:
            self._free -= 1

    def give(self) -> None:
        """Give one's turn back: the first of those who wait has it."""
        with self._lock:
            self._free += 1
            if self._free > 0 and self._waiting:
                self._free -= 1
                self._waiting.popleft().release()


_runs, _places = Turns(AT_ONCE), Turns(ASIDE)
_mine = threading.local()  # whether this thread has a turn
_run_script = ScriptRunner._run_script  # noqa: SLF001 - see above


def start() -> None:
    """Let runs take turns from now on; a second call changes nothing."""
    sys.setswitchinterval(HOLDS)
    setattr(ScriptRunner, "_run_script", _in_turn)  # noqa: B010 - for the type checker


def _in_turn(runner: ScriptRunner, rerun_data: Any) -> None:  # noqa: ANN401 - Streamlit's own
    _runs.take()
    _mine.turn = True
    try:
        _run_script(runner, rerun_data)
    finally:
        _mine.turn = False
        _runs.give()


@contextmanager
def resting() -> Iterator[None]:
    """Wait here for something: others have their turns meanwhile.

    One goes on without waiting for a turn: who waits for what this run holds, such as a cache's
    lock, may have them all.
    """
    if not getattr(_mine, "turn", False):  # no run of a page, or one that rests already
        yield
        return
    _mine.turn = False
    _runs.give()
    try:
        yield
    finally:
        _runs.take_at_once()
        _mine.turn = True


@contextmanager
def aside() -> Iterator[None]:
    """Do here what takes long; a few such things are done at a time."""
    if not getattr(_mine, "turn", False):
        yield
        return
    with resting():
        _places.take()
        try:
            yield
        finally:
            _places.give()
