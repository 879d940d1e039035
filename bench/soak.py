"""Memory while people come and go for half an hour: what one takes, and whether it stays flat.

Run it as `python -m bench.soak`, or with a number of minutes. People arrive, work at what the load
driver's people do, and leave; Streamlit keeps a session that was left for two minutes. What the
copy's memory (PSS) does after a warm-up is fitted by a line over means of two minutes, since
neighbouring samples say the same. The exit status is 1 where it grows or anything went wrong.
"""

import asyncio
import json
import os
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import numpy as np

from bench.crowd import Setting, Tally, crowd
from bench.people import Person
from bench.proc import own_mb
from bench.wire import Wire
from tests.copies import ROOT, copies

MINUTES = 30.0
WARM = 1 / 3  # of the time; the caches fill, and the first sessions that were left end
PEOPLE, STAYS, THINK = 8, 30.0, (2.0, 5.0)
HELD = 21  # people who are there at once for what one takes
EVERY = 5.0  # seconds between two samples
BLOCK = 120.0  # seconds of samples that make one point of the line
T_95 = {2: 12.7, 3: 4.30, 4: 3.18, 5: 2.78, 6: 2.57, 7: 2.45, 8: 2.36, 9: 2.31, 10: 2.26}
FLAT = 12.0  # MB an hour that the line's upper bound may rise: 10 kB for each who came


@dataclass
class Samples:
    """The memory of a process at some moments, in seconds from the start and in MB."""

    at: list[float] = field(default_factory=list)
    mb: list[float] = field(default_factory=list)

    def slope(self, after: float, block: float = BLOCK) -> tuple[float, float, float]:
        """MB an hour after some seconds, with the 95 % bounds of a line through means of blocks.

        Returns:
            The slope, its lower and its upper bound.

        Raises:
            ValueError: there are fewer than three blocks.
        """
        at, mb = np.array(self.at), np.array(self.mb)
        number = ((at - after) // block).astype(int)
        whole = [k for k in range(number.max() + 1) if (number == k).sum() >= block / EVERY * 0.7]
        means = np.array([mb[number == k].mean() for k in whole])
        hours = np.array([at[number == k].mean() for k in whole]) / 3600
        if len(whole) < 3:
            raise ValueError(f"{len(whole)} blocks of samples, must be at least 3: take longer")
        centred = hours - hours.mean()
        slope = float(centred @ means / (centred @ centred))
        left = means - means.mean() - slope * centred
        error = float(np.sqrt(left @ left / (len(whole) - 2) / (centred @ centred)))
        reach = T_95.get(len(whole) - 1, 2.2) * error
        return slope, slope - reach, slope + reach


async def one_takes(setting: Setting) -> float:
    """How many kB one more person takes who has opened the walk and edited a number."""
    people = [Person(Wire(setting.base), Random(k), lambda *_: None) for k in range(HELD)]
    await people[0].arrive()
    await people[0].do("cell")
    before = own_mb(setting.pid)
    for person in people[1:]:
        await person.arrive()
        await person.do("cell")
    after = own_mb(setting.pid)
    for person in people:
        await person.wire.close()
    return (after - before) * 1024 / (HELD - 1)


async def watched(setting: Setting) -> tuple[float, Tally, Samples]:
    """What one takes, and what happens while people come and go."""
    # twice: the first people fill what all share
    await one_takes(setting)
    takes = await one_takes(setting)
    samples, clock = Samples(), asyncio.get_running_loop().time
    begin = clock()

    async def sample() -> None:
        while True:
            samples.at.append(clock() - begin)
            samples.mb.append(own_mb(setting.pid))
            await asyncio.sleep(EVERY)

    sampling = asyncio.create_task(sample())
    tally = await crowd(setting)
    sampling.cancel()
    return takes, tally, samples


def measure(minutes: float = MINUTES, app: Path = ROOT) -> dict[str, Any]:
    """Let people come and go on a copy of its own for so many minutes.

    Args:
        minutes: how long.
        app: the folder of the app.
    """
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as logs, copies(1, Path(logs), folder=app) as (copy,):
        setting = Setting(
            copy.base, copy.pid, PEOPLE, minutes * 60, think=THINK, stays=STAYS, seed=7
        )
        ready = own_mb(copy.pid)
        takes, tally, samples = asyncio.run(watched(setting))
    return told(minutes, tally, samples) | {
        "ready_mb": round(ready, 1),
        "kb_per_person": round(takes),
        "load_before": round(load, 2),
    }


def told(minutes: float, tally: Tally, samples: Samples) -> dict[str, Any]:
    """What happened, in plain numbers."""
    warm = minutes * 60 * WARM
    slope, low, high = samples.slope(warm)
    later = [mb for at, mb in zip(samples.at, samples.mb, strict=True) if at >= warm]
    faults = [*tally.errors, *tally.wrong]
    return {
        "minutes": minutes,
        "people": PEOPLE,
        "came": tally.came,
        "left": tally.left,
        "acts": sum(map(len, tally.took.values())),
        "answers_checked": tally.checked,
        "answers_wrong": len(tally.wrong),
        "errors": len(tally.errors),
        "error_texts": faults[:5],
        "start_mb": round(samples.mb[0], 1),
        "warm_minutes": round(warm / 60, 1),
        "warm_mb": round(later[0], 1),
        "end_mb": round(later[-1], 1),
        "most_mb": round(max(samples.mb), 1),
        "slope_mb_per_hour": round(slope, 2),
        "slope_low": round(low, 2),
        "slope_high": round(high, 2),
        "samples": [
            [round(at / 60, 2), round(mb, 1)]
            for at, mb in list(zip(samples.at, samples.mb, strict=True))[:: round(60 / EVERY)]
        ],
        "flat": bool(low <= 0 or high <= FLAT),
        "kept": bool((low <= 0 or high <= FLAT) and not faults),
    }


def main(arguments: list[str]) -> int:
    """Print what came of it as JSON."""
    one = measure(float(arguments[0]) if arguments else MINUTES)
    print(json.dumps(one, indent=1))
    return 0 if one["kept"] else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
