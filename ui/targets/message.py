"""What the picture in the browser sends, read with care: anything at all may come from there."""

from dataclasses import dataclass

from ce_core.targets.scene import IGNORED, LETTERS
from ui.targets.settings import is_mask

LONGEST = 60


@dataclass(frozen=True)
class Message:
    """What was painted.

    Attributes:
        mask: a letter per pixel.
        brush: the letter that is painted with.
        serial: the browser's name for the message, which it gets back with the answer.
        done: whether the stroke has ended, so that the link follows.
    """

    mask: str
    brush: str
    serial: str
    done: bool


def received(sent: object) -> Message | None:
    """The message; None where it is none."""
    if not isinstance(sent, dict):
        return None
    mask, brush, serial, done = (sent.get(key) for key in ("mask", "brush", "serial", "done"))
    if not isinstance(mask, str) or not is_mask(mask) or not isinstance(done, bool):
        return None
    if not isinstance(brush, str) or brush not in (*LETTERS, IGNORED):
        return None
    if not isinstance(serial, str) or len(serial) > LONGEST:
        return None
    return Message(mask, brush, serial, done)
