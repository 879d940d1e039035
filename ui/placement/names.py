"""Which classes are drawn, where there are many."""

import numpy as np

SHOWN = 10  # classes with bars


def few(names: tuple[str, ...], values: np.ndarray) -> tuple[list[str], np.ndarray]:
    """The classes to draw: all, or those whose values are largest, in their order."""
    kept = np.arange(len(values))
    if len(values) > SHOWN:
        size = np.nan_to_num(np.abs(values))
        kept = np.sort(np.argsort(-size, kind="stable")[:SHOWN])
    return [names[k] for k in kept], kept
