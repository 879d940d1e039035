"""Trainings in the background: one at a time on this server, and none that nobody watches."""

import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Any, Literal

from ce_core.words import words
from ui.reporting import report

LONGEST = 60.0  # seconds that one training may run
UNWATCHED = 10.0  # seconds that nobody asks about a training until it is given up
WAITING = 20  # trainings that may wait for their turn

Tell = Callable[[Any], bool]  # takes how far the training is; False says that it must stop
Ended = Literal["", "done", "stopped", "unwatched", "too long", "failed"]


class FullError(RuntimeError):
    """So many trainings wait that one more would not be reached in good time."""


class Job:
    """One training. The thread that runs it writes here, the page that shows it reads.

    Args:
        make: does the work; it hands on how far it is, and stops when it is told to.
        clock: the time in seconds.

    Attributes:
        progress: how far it is, as it said last; None before that.
        result: what it made, also when it was stopped on the way; None before that.
        problem: the error that ended it, if one did.
    """

    def __init__(
        self, make: Callable[[Tell], Any], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._make, self._clock = make, clock
        self._asked, self._began = clock(), None  # type: float, float | None
        self._cancelled = False
        self._why: Ended = ""
        self._ended: Ended = ""
        self.progress: Any = None
        self.result: Any = None
        self.problem: Exception | None = None

    @property
    def ended(self) -> Ended:
        """How it ended; "" while it waits or runs. Once it is given up it does not come back."""
        if not self._ended and self._began is None:
            self._ended = self.reason()
        return self._ended

    @property
    def running(self) -> bool:
        """Whether its turn has come and it has not ended."""
        return self._began is not None and not self._ended

    def watch(self) -> None:
        """Say that somebody still looks at it."""
        self._asked = self._clock()

    def cancel(self) -> None:
        """Let it end at its next step."""
        self._cancelled = True

    def reason(self) -> Ended:
        """Why it must end now; "" if it may go on."""
        now = self._clock()
        if self._cancelled:
            return "stopped"
        if now - self._asked > UNWATCHED:
            return "unwatched"
        return "too long" if self._began is not None and now - self._began > LONGEST else ""

    def tell(self, progress: Any) -> bool:  # noqa: ANN401 - what the training says of itself
        """Take how far it is; False where it must stop."""
        self.progress = progress
        self._why = self.reason()
        return not self._why

    def run(self) -> None:
        """Do the work in this thread; an error is kept and not raised."""
        if self.ended:
            return
        self._began = self._clock()
        try:
            self.result = self._make(self.tell)
        except Exception as problem:  # noqa: BLE001 - whatever it is, the page must hear of it
            report(problem, "training")
            self.problem, self._ended = problem, "failed"
        else:
            self._ended = self._why or "done"


class Queue:
    """The trainings that wait, in order, and the one thread that runs them.

    Args:
        most: how many may wait.
    """

    def __init__(self, most: int = WAITING) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._waiting: deque[Job] = deque()
        self._busy = False
        self._running: Job | None = None

    def submit(self, job: Job) -> None:
        """Put a training at the end of the queue.

        Raises:
            FullError: too many wait already.
        """
        with self._lock:
            self._prune()
            if len(self._waiting) >= self._most:
                raise FullError(
                    words(
                        "{count} trainings are waiting on this server already, the most that may "
                        "wait. Try again in a few minutes.",
                        count=self._most,
                    )
                )
            self._waiting.append(job)
            if not self._busy:
                self._busy = True
                threading.Thread(target=self._work, name="lab", daemon=True).start()

    def ahead(self, job: Job) -> int:
        """How many trainings come before this one, the running one included; 0 once it runs."""
        with self._lock:
            self._prune()
            waiting, running = list(self._waiting), int(self._running is not None)
        return waiting.index(job) + running if job in waiting else 0

    def counts(self) -> tuple[int, int]:
        """How many run, and how many wait."""
        with self._lock:
            self._prune()
            return int(self._running is not None), len(self._waiting)

    def _prune(self) -> None:
        """Take out those that nobody waits for any more."""
        self._waiting = deque(job for job in self._waiting if not job.ended)

    def _next(self) -> Job | None:
        with self._lock:
            self._prune()
            job = self._waiting.popleft() if self._waiting else None
            self._running, self._busy = job, job is not None
        return job

    def _work(self) -> None:
        """Run one after another until none waits; the next submit starts a thread anew."""
        while (job := self._next()) is not None:
            job.run()
