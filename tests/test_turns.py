"""Runs take turns in order, and what takes long keeps no short run waiting."""

import sys
import threading
import time
from inspect import getsource

import pytest
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner

from ui import turns
from ui.turns import Turns

LONG = 20  # seconds, a safety limit


def begun(work, *arguments):
    """A thread that does this."""
    thread = threading.Thread(target=work, args=arguments, daemon=True)
    thread.start()
    return thread


def until(true):
    """Wait until this is so."""
    deadline = time.monotonic() + LONG
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.005)


@pytest.mark.parametrize("most", [1, 2])
def test_in_order(most):
    """No more than may go at a time go; one by one, they have their turns as they came."""
    some, order, at_once = Turns(most), [], []
    going, lock, gate = set(), threading.Lock(), threading.Event()

    def work(number):
        some.take()
        with lock:
            going.add(number)
            order.append(number)
            at_once.append(len(going))
        gate.wait(LONG)
        with lock:
            going.discard(number)
        some.give()

    threads = []
    for number in range(6):
        threads.append(begun(work, number))
        until(lambda n=number: len(order) + some.waiting == n + 1)
    assert (order, some.waiting) == ([*range(most)], 6 - most)
    gate.set()
    for thread in threads:
        thread.join(LONG)
    assert order == [0, 1, 2, 3, 4, 5] if most == 1 else sorted(order) == [0, 1, 2, 3, 4, 5]
    assert max(at_once) == most


def test_nobody_is_locked_out():
    """Who has waited long enough goes all the same, and turns are counted right afterwards."""
    some = Turns(1, patience=0.05)
    some.take()
    some.take()  # after 0.05 s: two go where one may
    some.give()
    third = begun(some.take)
    third.join(LONG)  # it too went by its patience, since the first still goes
    assert some.waiting == 0
    some.give()
    some.give()
    assert some._free == 1


@pytest.fixture
def runs(monkeypatch):
    """Runs that take turns, each doing what its data says, and fresh turns for them."""
    monkeypatch.setattr(turns, "_runs", Turns(1, patience=LONG))
    monkeypatch.setattr(turns, "_places", Turns(1, patience=LONG))
    monkeypatch.setattr(turns, "_run_script", lambda _, work: work())
    return lambda work: begun(turns._in_turn, None, work)


def test_aside(runs):
    """While one does what takes long, another's short run is served; a second long one waits."""
    gate, said = threading.Event(), []

    def long(name):
        with turns.aside():
            said.append(f"{name} begins")
            gate.wait(LONG)
        said.append(f"{name} ends")

    first = runs(lambda: long("first"))
    until(lambda: said == ["first begins"])
    second = runs(lambda: long("second"))
    until(lambda: turns._places.waiting == 1)
    runs(lambda: said.append("short")).join(LONG)
    assert said == ["first begins", "short"]
    gate.set()
    first.join(LONG)
    second.join(LONG)
    assert {"first ends", "second begins", "second ends"} <= set(said)
    assert (turns._runs._free, turns._places._free) == (1, 1)


def test_a_lock_over_what_takes_long(runs):
    """A run that goes aside while it holds a lock ends, though another has its turn and waits."""
    lock, gate, said = threading.Lock(), threading.Event(), []

    def holder():
        with lock, turns.aside():
            said.append("aside")
            gate.wait(LONG)

    def waiter():
        said.append("waits")
        with lock:
            said.append("has it")

    first = runs(holder)
    until(lambda: said == ["aside"])
    second = runs(waiter)
    until(lambda: said == ["aside", "waits"])
    gate.set()
    first.join(LONG)
    second.join(LONG)
    assert said == ["aside", "waits", "has it"]


def test_errors_give_turns_back(runs):
    """A run that fails, aside or not, gives back what it had."""

    def fail():
        with turns.aside():
            raise KeyError

    for _ in range(2):
        with pytest.raises(KeyError):
            turns._in_turn(None, fail)
    runs(lambda: None).join(LONG)
    assert (turns._runs._free, turns._places._free) == (1, 1)


def test_outside_of_runs():
    """What is no run of a page neither waits nor gives a turn away."""
    before = turns._runs._free
    with turns.aside(), turns.resting():
        assert turns._runs._free == before
    assert turns._runs._free == before


def test_streamlit_has_the_name(monkeypatch):
    """The pinned Streamlit runs each script by the function that is stood in for."""
    called = []
    monkeypatch.setattr(ScriptRunner, "_run_script", ScriptRunner._run_script)  # as it was, after
    monkeypatch.setattr(turns, "_run_script", lambda *given: called.append(given))
    turns.start()
    turns.start()
    ScriptRunner._run_script("runner", "data")
    assert called == [("runner", "data")]
    assert "self._run_script(request.rerun_data)" in getsource(ScriptRunner._run_script_thread)


def test_nobody_computes_long(monkeypatch):
    """A thread that another waits for lets go after a millisecond, not after Python's five."""
    monkeypatch.setattr(ScriptRunner, "_run_script", ScriptRunner._run_script)
    before = sys.getswitchinterval()
    sys.setswitchinterval(0.005)
    try:
        turns.start()
        assert sys.getswitchinterval() == pytest.approx(turns.HOLDS)
    finally:
        sys.setswitchinterval(before)
