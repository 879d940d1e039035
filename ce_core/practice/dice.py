"""Choices from a seed that are the same on any machine, in any version of Python, for ever."""

from collections.abc import Sequence
from hashlib import sha256
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """A stream of choices: number k is the SHA-256 of "name:k".

    NumPy does not promise that a seed gives the same numbers in its next version; a hash does.
    """

    def __init__(self, name: str) -> None:
        self.name, self.thrown = name, 0

    def below(self, limit: int) -> int:
        """A whole number from 0 to limit - 1; 2^256 is so large that each is equally likely."""
        digest = sha256(f"{self.name}:{self.thrown}".encode()).digest()
        self.thrown += 1
        return int.from_bytes(digest, "big") % limit

    def choice(self, options: Sequence[T]) -> T:
        """One of them."""
        return options[self.below(len(options))]

    def several(self, options: Sequence[T], count: int) -> tuple[T, ...]:
        """So many different ones, in a random order."""
        left = list(options)
        return tuple(left.pop(self.below(len(left))) for _ in range(count))
