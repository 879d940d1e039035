"""An error in the log: its id, the page, its type and where it happened; nothing that was typed.

What an error says may quote a person's numbers, a file's name or a link, so no message is logged.
Only for development: `LOG_MESSAGES=1` in the environment logs the whole traceback too.
"""

import logging
import os
import secrets
import sys
import threading
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

LOG = logging.getLogger("app")
FORM = "%(asctime)s %(levelname)s %(name)s: %(message)s"
LETTERS = "34789CDFGHJKMNPQRTVWXY"  # none looks like another, and without A, E, I, O, U no words
LENGTH = 6  # some 110 million ids
MOST = 20  # frames of one error; those next to it are the ones that tell
ROOT = Path(__file__).parents[1]

counted: Counter[str] = Counter()  # errors by page since the start
_one_at_a_time = threading.Lock()


class Form(logging.Formatter):
    """A line of the log, its time in UTC."""

    converter = staticmethod(time.gmtime)
    default_time_format = "%Y-%m-%dT%H:%M:%S"
    default_msec_format = "%s.%03dZ"


class Record(logging.LogRecord):
    """A record that names an error and never quotes it, whoever logs it."""

    def __init__(self, *parts: Any, **more: Any) -> None:  # noqa: ANN401 - as logging calls it
        name, level, path, line, msg, args, exc_info, *rest = parts
        problem = exc_info[1] if isinstance(exc_info, tuple) else None
        if not _quoting():
            msg, args = _unquoted(msg), _unquoted(args)
            if problem is not None:  # the text beside it may hold its message too
                msg, args, exc_info = _line(problem, "-"), (), None
        super().__init__(name, level, path, line, msg, args, exc_info, *rest, **more)


def _quoting() -> bool:
    return os.environ.get("LOG_MESSAGES") == "1"


def _unquoted(part: Any) -> Any:  # noqa: ANN401 - whatever is logged
    """An error's type in place of the error, also among the values of a template."""
    if isinstance(part, BaseException):
        return type(part).__name__
    return tuple(_unquoted(value) for value in part) if isinstance(part, tuple) else part


def start() -> None:
    """Let every error of this process be logged so; a second call changes nothing."""
    if logging.getLogRecordFactory() is Record:
        return
    logging.setLogRecordFactory(Record)
    threading.excepthook = _of_thread
    handler = logging.StreamHandler()
    handler.setFormatter(Form(FORM))
    LOG.addHandler(handler)
    LOG.setLevel(logging.INFO)
    LOG.propagate = False


def _of_thread(stopped: threading.ExceptHookArgs) -> None:
    if isinstance(stopped.exc_value, Exception):
        report(stopped.exc_value, f"thread {getattr(stopped.thread, 'name', '?')}")


def report(problem: BaseException, page: str) -> str:
    """Log and count an error, once however often it is reported.

    Args:
        problem: the error.
        page: the page it happened on, or what else was at work.

    Returns:
        its id, which the page shows too.
    """
    with _one_at_a_time:
        known = getattr(problem, "reported", None)
        if known is not None:
            return str(known)
        name = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
        problem.reported = name  # type: ignore[attr-defined]
        counted[page] += 1
    LOG.error("%s %s", name, _line(problem, page))
    if _quoting():
        LOG.error("%s", "".join(traceback.format_exception(problem)))
    return name


def _line(problem: BaseException, page: str) -> str:
    return f"page={page} " + " caused by ".join(map(_told, _chain(problem)))


def _chain(problem: BaseException | None) -> Iterator[BaseException]:
    seen: list[BaseException] = []
    while problem is not None and problem not in seen:
        seen.append(problem)
        hidden = None if problem.__suppress_context__ else problem.__context__
        problem = problem.__cause__ or hidden
    yield from seen


def _told(problem: BaseException) -> str:
    """The type, and the places from the app's own first one to where it was raised."""
    walked = list(traceback.walk_tb(problem.__traceback__))
    places = [(Path(frame.f_code.co_filename), line, frame.f_code) for frame, line in walked]
    ours = [at for at, (path, _, _) in enumerate(places) if path.is_relative_to(ROOT)]
    shown = places[min(ours, default=0) :][-MOST:]
    frames = [f"{_short(path)}:{line} {code.co_name}" for path, line, code in shown]
    return f"{_type(type(problem))} at {' > '.join(frames) or 'no frame'}"


def _type(kind: type[BaseException]) -> str:
    return kind.__name__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__name__}"


def _short(path: Path) -> str:
    """The file as its package calls it, without the folders of this machine."""
    for place in sorted((Path(one) for one in [str(ROOT), *sys.path] if one), key=_depth):
        if path.is_relative_to(place):
            return path.relative_to(place).as_posix()
    return path.name


def _depth(place: Path) -> int:
    return -len(place.parts)
