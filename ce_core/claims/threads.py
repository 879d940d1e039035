"""The five threads that this site goes back to."""

from ce_core.claims.record import Thread
from ce_core.presets import COUNTS_THREAD, PIXEL_THREAD, WEIGHT_THREAD

THREADS: tuple[Thread, ...] = (
    Thread("000", "A weighted mean by hand", WEIGHT_THREAD),
    Thread("001", "Where the weight goes"),
    Thread("002", "Which weights to choose", COUNTS_THREAD),
    Thread("003", "Probabilities passed as logits", PIXEL_THREAD),
    Thread("004", "Every argument by example"),
)
