"""What is fuzzed: a reader with its claims, texts that it knows, and the size it is bound to."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Target:
    """One reader.

    Attributes:
        name: what the command calls it.
        run: reads the bytes and asserts the claims; raises for nothing else than a broken claim.
        seeds: real inputs, from which others are made by small changes.
        tokens: what such inputs are made of.
        most: bytes that the reader takes.
        starts: what stands before a piece that is repeated up to that size.
    """

    name: str
    run: Callable[[bytes], None]
    seeds: tuple[bytes, ...]
    tokens: tuple[bytes, ...]
    most: int
    starts: tuple[bytes, ...] = (b"", b"a", b"1", b"[")


def encoded(*texts: str) -> tuple[bytes, ...]:
    """The texts as bytes."""
    return tuple(text.encode() for text in texts)
