"""What is claimed of every reader: its own short errors alone, and an answer within a second."""

import time
import warnings
from collections.abc import Callable
from typing import Any

SLOWEST = 1.0  # seconds of processor time
LONGEST_SAID = 1_200  # letters of a message; the longest lists all steps or mistakes by name


class BrokenClaimError(AssertionError):
    """A reader did what it must not do."""


def read_or_refused(
    read: Callable[[], Any], *errors: type[Exception], slowest: float = SLOWEST
) -> Any:
    """What was read, or None where it was refused in the reader's own words.

    A warning counts as an error: it goes to the log of the server and not to the person.
    """
    started = time.thread_time()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            found = read()
    except errors as problem:
        found = None
        if not 0 < len(str(problem)) <= LONGEST_SAID:
            raise BrokenClaimError(f"a message of {len(str(problem))} letters") from problem
    took = time.thread_time() - started
    if took > slowest:
        raise BrokenClaimError(f"{took:.1f} s of processor time")
    return found


def short(texts: Any) -> None:
    """Nothing that is said beside what was read is long either."""
    for text in texts:
        if len(str(text)) > LONGEST_SAID:
            raise BrokenClaimError(f"a note of {len(str(text))} letters")
