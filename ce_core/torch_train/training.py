"""Train a plan, and tell how it goes."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter, sleep

from ce_core.lab import Plan, Results, Split
from ce_core.torch_check.machine import DeviceError, first_sentence, usable
from ce_core.torch_train.course import Course
from ce_core.torch_train.progress import Progress, Told
from ce_core.torch_train.threads import one_core
from ce_core.words import joined, words

EVERY = 0.2  # seconds between two tellings
SHARE = 0.1  # of the time that telling may take: it waits longer where it is dear


def train(plan: Plan, split: Split, device: str = "cpu", *, told: Told | None = None) -> Results:
    """Train every strategy of a plan, all runs at once.

    Runs of the same seed start from the same parameters and see the same batches, but for those
    of the sampler. Optimiser: stochastic gradient descent with momentum 0.9. Everything is
    float32; torch's own seed is left alone, and so is its number of threads in all threads but
    the calling one, which computes on one core. The same plan on the same device gives the same
    numbers.

    Args:
        plan: what to train.
        split: from `split_of(plan)`.
        device: the name of one of `ce_core.torch_check.devices()`.
        told: is called after the first step and then about 5 times a second. Training stops
            where it returns False.

    Returns:
        The results; not `finished` where `told` stopped it.

    Raises:
        DeviceError: no such device, one that does not work, or too little memory on it.
    """
    place = usable(device)
    with one_core():
        with in_words(place):
            course = Course(plan, split, place)
        return _run(course, told)


def _run(course: Course, told: Told | None) -> Results:
    following = 0.0
    while course.step < course.plan.steps:
        with in_words(course.device):
            course.advance()
        sleep(0)  # lets the other threads of the server run
        if told is None or perf_counter() < following or course.step == course.plan.steps:
            continue
        asked = perf_counter()
        with in_words(course.device):
            progress = _progress(course)
        if not told(progress):
            return progress.results
        now = perf_counter()
        following = now + max(EVERY, (now - asked) / SHARE)
    with in_words(course.device):
        return course.results()


def _progress(course: Course) -> Progress:
    results = course.results()
    steps = course.plan.steps
    left = results.seconds / course.step * (steps - course.step)
    return Progress(course.step, steps, results.seconds, left, results)


@contextmanager
def in_words(device: str) -> Iterator[None]:
    """What torch raises, as a sentence with its remedy."""
    try:
        yield
    except (RuntimeError, MemoryError) as error:
        found = words(
            "{device} cannot train this plan: {message}.",
            device=device,
            message=first_sentence(error),
        )
        remedy = words("Choose another device, a smaller batch, or fewer runs.")
        raise DeviceError(joined([found, remedy])) from error
