"""Trainings in the background: in turn, watched, bounded, stopped, and kept when finished."""

import threading

import pytest

from ui.lab.jobs import LONGEST, UNWATCHED, WAITING, FullError, Job, Queue
from ui.lab.kept import Kept

SOON = 10.0  # seconds within which a thread must have done what takes it no time


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self):
        self.now = 0.0

    def __call__(self):
        """The time in seconds."""
        return self.now


class Training:
    """A training that stands still between its steps until the test lets it go on."""

    def __init__(self, steps=3):
        self.steps, self.step = steps, 0
        self.begun, self.gate, self.left = (threading.Event() for _ in range(3))

    def __call__(self, told):
        """Take the steps, each when the gate is open; say how far it came."""
        try:
            self.begun.set()
            while self.step < self.steps:
                assert self.gate.wait(SOON)
                self.step += 1
                if not told(self.step):
                    break
            return self.step
        finally:
            self.left.set()


def wait_for(holds):
    """Wait until something holds that another thread is about to bring about."""
    pause = threading.Event()
    for _ in range(int(SOON / 0.005)):
        if holds():
            return
        pause.wait(0.005)
    raise AssertionError("it did not come about")


def started(queue, *, clock=None, steps=3):
    """A training that has begun and stands before its first step."""
    training = Training(steps)
    job = Job(training, clock or Clock())
    queue.submit(job)
    assert training.begun.wait(SOON)
    return training, job


def test_a_training_runs_to_its_end():
    """A training tells how far it is on the way, and its result at the end."""
    training, job = started(Queue())
    assert job.running
    assert not job.ended
    training.gate.set()
    wait_for(lambda: job.ended)
    assert (job.ended, job.result, job.progress, job.running) == ("done", 3, 3, False)


def test_one_at_a_time():
    """A second training waits for the first, knows its place, and follows it."""
    queue = Queue()
    first, running = started(queue)
    second, third = Training(), Training()
    jobs = [Job(training, Clock()) for training in (second, third)]
    for job in jobs:
        queue.submit(job)
    assert [queue.ahead(job) for job in (running, *jobs)] == [0, 1, 2]
    assert not second.begun.is_set()
    for training in (first, second, third):
        training.gate.set()
    wait_for(lambda: all(job.ended == "done" for job in (running, *jobs)))
    assert [queue.ahead(job) for job in jobs] == [0, 0]


def test_nothing_is_ahead_of_the_first(monkeypatch):
    """A training whose thread has not begun yet waits for no other one."""
    monkeypatch.setattr(threading.Thread, "start", lambda _: None)
    queue, first, second = Queue(), Job(lambda _: None, Clock()), Job(lambda _: None, Clock())
    queue.submit(first)
    queue.submit(second)
    assert [queue.ahead(job) for job in (first, second)] == [0, 1]


def test_stop_ends_it_within_a_step():
    """Stop ends a training at its next step, and what it had by then is kept."""
    training, job = started(Queue(), steps=1_000_000)
    job.cancel()
    training.gate.set()
    wait_for(lambda: job.ended)
    assert (job.ended, job.result) == ("stopped", 1)


def test_a_waiting_training_is_stopped_at_once():
    """A training that is stopped while it waits never begins, and those behind it move up."""
    queue = Queue()
    first, _ = started(queue)
    second, third = Training(), Training()
    waiting, behind = Job(second, Clock()), Job(third, Clock())
    queue.submit(waiting)
    queue.submit(behind)
    waiting.cancel()
    assert waiting.ended == "stopped"
    assert queue.ahead(behind) == 1
    first.gate.set()
    third.gate.set()
    wait_for(lambda: behind.ended == "done")
    assert not second.begun.is_set()


@pytest.mark.parametrize(("seconds", "ended"), [(UNWATCHED, "done"), (UNWATCHED + 1, "unwatched")])
def test_it_ends_when_nobody_watches(seconds, ended):
    """A training nobody asked about for ten seconds is given up; one asked about goes on."""
    clock = Clock()
    training, job = started(Queue(), clock=clock, steps=1)
    clock.now = 30.0
    job.watch()
    clock.now += seconds
    training.gate.set()
    wait_for(lambda: job.ended)
    assert job.ended == ended


def test_an_unwatched_training_does_not_begin():
    """Who left while waiting takes no turn, and coming back does not bring the place back."""
    queue, clock = Queue(), Clock()
    first, _ = started(queue)
    training = Training()
    job = Job(training, clock)
    queue.submit(job)
    clock.now = UNWATCHED + 1
    assert job.ended == "unwatched"
    job.watch()
    assert job.ended == "unwatched"
    first.gate.set()
    wait_for(first.left.is_set)
    last = Training()
    last.gate.set()
    after = Job(last, Clock())
    queue.submit(after)
    wait_for(lambda: after.ended == "done")
    assert not training.begun.is_set()


def test_it_takes_no_longer_than_a_minute():
    """A training is stopped after its longest time, though somebody watches; waiting is free."""
    queue, clock = Queue(), Clock()
    first, _ = started(queue)
    training = Training(steps=1_000_000)
    job = Job(training, clock)
    queue.submit(job)
    clock.now = 10 * LONGEST  # it waited long
    job.watch()
    first.gate.set()
    assert training.begun.wait(SOON)
    clock.now += LONGEST + 1
    job.watch()
    training.gate.set()
    wait_for(lambda: job.ended)
    assert (job.ended, job.result) == ("too long", 1)


def test_an_error_ends_the_training_alone():
    """An error in one training is kept for its page, and the next one runs."""
    queue = Queue()

    def broken(told):
        told(1)
        raise RuntimeError("CUDA out of memory")

    job = Job(broken, Clock())
    queue.submit(job)
    wait_for(lambda: job.ended)
    assert job.ended == "failed"
    assert str(job.problem) == "CUDA out of memory"
    assert job.progress == 1
    training, after = started(queue)
    training.gate.set()
    wait_for(lambda: after.ended == "done")


def test_the_queue_has_an_end():
    """So many may wait and no more; places of those who gave up are free again."""
    queue = Queue()
    first, _ = started(queue)
    waiting = [Job(lambda _: None, Clock()) for _ in range(WAITING)]
    for job in waiting:
        queue.submit(job)
    late = Job(lambda _: None, Clock())
    with pytest.raises(FullError, match=r"20 trainings are waiting .* Try again"):
        queue.submit(late)
    waiting[3].cancel()
    queue.submit(late)
    assert queue.ahead(late) == WAITING
    first.gate.set()
    wait_for(lambda: late.ended == "done")


def test_a_new_thread_runs_after_a_pause():
    """The thread ends when nothing waits, and the next training finds one again."""
    queue = Queue()
    for _ in range(3):
        training, job = started(queue)
        training.gate.set()
        wait_for(lambda job=job: job.ended == "done")
        wait_for(lambda: not any(thread.name == "lab" for thread in threading.enumerate()))


def test_kept_lets_the_longest_unused_go():
    """Of more than may be kept the one goes that was not asked for the longest."""
    kept = Kept(entries=2)
    kept.put("a", 1, 8)
    kept.put("b", 2, 8)
    assert kept.get("a") == 1
    kept.put("c", 3, 8)
    assert [kept.get(name) for name in "abc"] == [1, None, 3]


def test_kept_is_bounded_in_bytes():
    """Things that take more room together than there is go; one too large is not kept at all."""
    kept = Kept(room=100)
    kept.put("a", 1, 60)
    kept.put("b", 2, 60)
    assert [kept.get(name) for name in "ab"] == [None, 2]
    kept.put("c", 3, 101)
    assert [kept.get(name) for name in "bc"] == [2, None]
    kept.put("b", 4, 30)
    assert kept.get("b") == 4
