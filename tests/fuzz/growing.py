"""Pieces repeated up to the size that a reader is bound to: is any answer late?

A parser that goes back over what it read is quick on short texts and slow on long ones, so each
piece is timed at a part and the slowest at the whole of the bound.
"""

import time
from itertools import product

from tests.fuzz.claims import BrokenClaimError
from tests.fuzz.record import Target

FIRST = 40  # part of the bound that all pieces are tried at
MOST_SEEDS = 20
SLOWEST_SHORT = 12  # pieces that are tried at the whole bound


def grow(target: Target) -> None:
    """Print the slowest pieces, and what breaks a claim."""
    tried = product(target.starts, (*target.tokens, *target.seeds[:MOST_SEEDS]))
    short = [(_timed(target, grown(target, *pair, FIRST)), pair) for pair in tried]
    worst = sorted(short, reverse=True)[:SLOWEST_SHORT]
    for seconds, pair in sorted(
        ((_timed(target, grown(target, *pair)), pair) for _, pair in worst)
    ):
        print(f"{seconds:7.2f} s: {pair[0]!r} + {pair[1][:60]!r} * n")  # noqa: T201


def grown(target: Target, start: bytes, piece: bytes, part: int = 1) -> bytes:
    """The piece after the start, again and again, up to a part of what the target takes."""
    most = target.most // part
    return (start + piece * (most // max(len(piece), 1)))[: most - 1] + b"!"


def _timed(target: Target, data: bytes) -> float:
    started = time.thread_time()
    try:
        target.run(data)
    except BrokenClaimError as problem:
        print(f"{data[:30]!r}...: {problem}")  # noqa: T201
    return time.thread_time() - started
