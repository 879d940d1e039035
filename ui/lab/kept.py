"""Finished experiments, kept for everyone on this server: the last used ones, within a bound."""

import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import Any

ENTRIES = 32
BYTES = 96 * 2**20


class Kept:
    """What was made for a key; the longest unused goes first when there is too much.

    Args:
        entries: how many may be kept.
        room: how many bytes they may take together.
    """

    def __init__(self, entries: int = ENTRIES, room: int = BYTES) -> None:
        self._entries, self._room = entries, room
        self._lock = threading.Lock()
        self._things: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()

    def get(self, key: Hashable) -> Any:  # noqa: ANN401 - whatever was kept
        """What is kept under the key, or None."""
        with self._lock:
            if key not in self._things:
                return None
            self._things.move_to_end(key)
            return self._things[key][0]

    def put(self, key: Hashable, thing: Any, size: int) -> None:  # noqa: ANN401 - the same
        """Keep a thing of so many bytes, and let the longest unused ones go for it."""
        with self._lock:
            self._things.pop(key, None)
            if size > self._room:
                return
            self._things[key] = thing, size
            while len(self._things) > self._entries or self._taken() > self._room:
                self._things.popitem(last=False)

    def _taken(self) -> int:
        return sum(size for _, size in self._things.values())
