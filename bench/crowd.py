"""A class full of people on one copy: they come, walk and edit, leave, and others come."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random

from bench.people import Person, WrongAnswerError
from bench.proc import cpu_seconds
from bench.wire import Wire, WireError

MOST = 500  # people; more is no test of a page but of a machine
COUNTED = ("came", "left", "checked", "runs", "down", "up", "server_s")  # of a Tally
Heavy = Callable[["Setting", Random, "Tally"], Awaitable[None]]


@dataclass(frozen=True)
class Setting:
    """Who comes to which copy, and how they behave.

    Attributes:
        base: the copy's address.
        pid: its process.
        people: how many are there at once.
        seconds: how long is measured, after all have come.
        arriving: seconds in which they come.
        think: seconds between an answer and the next act, from and to.
        stays: seconds that a person stays on average.
        heavy: what some others do all the time, or None.
        busy: how many others do that.
        seed: of all that is drawn by chance.
    """

    base: str
    pid: int
    people: int
    seconds: float
    arriving: float = 20.0
    think: tuple[float, float] = (3.0, 8.0)
    stays: float = 90.0
    heavy: Heavy | None = None
    busy: int = 0
    seed: int = 1

    def __post_init__(self) -> None:
        if not 0 < self.people + self.busy <= MOST:
            raise ValueError(f"{self.people + self.busy} people, must be 1 to {MOST}")


@dataclass
class Tally:
    """What was measured. Times and bytes count once everybody has come, faults at any time."""

    counting: bool = False
    took: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    came: int = 0
    left: int = 0
    checked: int = 0
    runs: int = 0
    down: int = 0
    up: int = 0
    server_s: float = 0.0
    driver_s: float = 0.0

    def note(self, act: str, seconds: float) -> None:
        """Take the time of an act."""
        if self.counting:
            self.took[act].append(seconds)

    @contextmanager
    def follow(self, wire: Wire) -> Iterator[None]:
        """Count what goes over the line meanwhile, and take a fault instead of raising it."""
        before = wire.reruns, wire.came, wire.said
        try:
            yield
        except WrongAnswerError as problem:
            self.wrong.append(str(problem)[:300])
        except (WireError, LookupError, OSError, TimeoutError) as problem:
            self.errors.append(f"{type(problem).__name__}: {problem}"[:300])
        if self.counting:
            self.runs += wire.reruns - before[0]
            self.down += wire.came - before[1]
            self.up += wire.said - before[2]


def together(tallies: Sequence[Tally]) -> Tally:
    """What was measured of several crowds at the same time; one driver moved them all."""
    whole = Tally(driver_s=max(tally.driver_s for tally in tallies))
    for tally in tallies:
        for act, took in tally.took.items():
            whole.took[act] += took
        for name in ("errors", "wrong", *COUNTED):
            setattr(whole, name, getattr(whole, name) + getattr(tally, name))
    return whole


async def crowd(setting: Setting) -> Tally:
    """Let the people of a setting come and go, and give what was measured."""
    tally, clock = Tally(), asyncio.get_running_loop().time
    begin = clock() + setting.arriving
    end = begin + setting.seconds

    async def place(number: int) -> None:
        """One person after another at the same desk."""
        random = Random(f"{setting.seed}-{number}")
        await asyncio.sleep(setting.arriving * number / setting.people)
        while clock() < end:
            await visit(
                setting, random, tally, min(end, clock() + random.expovariate(1 / setting.stays))
            )

    async def desk(number: int) -> None:
        """One who does what is heavy."""
        await asyncio.sleep(setting.arriving / 2)
        if setting.heavy is not None:
            random = Random(f"{setting.seed}-heavy-{number}")
            await setting.heavy(setting, random, tally)

    light = [asyncio.create_task(place(number)) for number in range(setting.people)]
    heavy = [asyncio.create_task(desk(number)) for number in range(setting.busy)]
    await asyncio.sleep(setting.arriving)
    tally.counting = True
    server, driver = cpu_seconds(setting.pid), cpu_seconds()
    await asyncio.gather(*light)
    tally.counting = False
    tally.server_s, tally.driver_s = cpu_seconds(setting.pid) - server, cpu_seconds() - driver
    for task in heavy:
        while not task.done():  # what is asked to end just as an answer comes may miss it
            task.cancel()
            await asyncio.wait([task], timeout=1)
        if not task.cancelled():
            task.result()  # nothing but a cancellation ends it
    return tally


async def visit(setting: Setting, random: Random, tally: Tally, until: float) -> None:
    """One person comes, stays until then, and closes the tab."""
    clock = asyncio.get_running_loop().time
    person = Person(Wire(setting.base), random, tally.note)
    tally.came += 1
    try:
        with tally.follow(person.wire):
            await person.arrive()
        faults = len(tally.errors)
        while len(tally.errors) == faults:  # who met one opens another tab
            await asyncio.sleep(random.uniform(*setting.think))
            if clock() >= until:
                break
            with tally.follow(person.wire):
                await person.act()
    finally:
        tally.checked += person.checked
        tally.left += 1
        await person.wire.close()
