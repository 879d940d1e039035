"""The item of a seed, kept for a while: each click asks for it several times."""

from functools import lru_cache

from ce_core.practice import SEEDS, Item, item

FIRST = 1


@lru_cache(maxsize=64)
def made(seed: int, topic: str) -> Item:
    """The item of that seed in that topic."""
    return item(seed, topic)


def after(seed: int) -> int:
    """The seed that comes next; after the last, the first."""
    return (seed + 1) % SEEDS
