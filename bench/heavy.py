"""What a few people do that is heavy: train, upload 20 MB, paste 200 kB, open a large case, print.

Each does it again and again while others walk; none of it may keep those waiting.
"""

import asyncio
import io
from functools import cache
from random import Random
from typing import Any

import numpy as np

from bench.crowd import Heavy, Setting, Tally
from bench.people import at_hand, turn
from bench.wire import Wire, WireError

PAUSE = (1.0, 3.0)  # seconds between two heavy acts of the same person
CLASSES = 1_000


async def train(setting: Setting, random: Random, tally: Tally) -> None:
    """Train the lab's default experiment, each time with another seed, since results are kept."""
    wire = await _opened(setting, tally, "/lab")
    clock = asyncio.get_running_loop().time
    while True:
        with tally.follow(wire):
            part = await _seed_field(wire)
            await wire.set(part, double_value=random.randrange(10**6))
            began = clock()
            await wire.press(wire.screen.find("button", key="lab_train"))
            while _trains(wire):  # noqa: ASYNC110 - what draws it is far away
                await asyncio.sleep(0.2)
            tally.note("heavy", clock() - began)
        await asyncio.sleep(random.uniform(*PAUSE))


async def upload(setting: Setting, random: Random, tally: Tally) -> None:
    """Upload just under 20 MB, in turn as numbers, packed numbers and text."""
    wire = await _opened(setting, tally, "/steps")
    while True:
        for name, data in uploads().items():
            with tally.follow(wire):
                part = await at_hand(wire, "file_uploader", "upload", "Upload")
                tally.note("heavy", await wire.upload(part, name, data))
            await asyncio.sleep(random.uniform(*PAUSE))


@cache
def uploads() -> dict[str, bytes]:
    """The files; made before anybody comes, since the driver's other people would wait for it."""
    return {"a.npy": _npy(1_300, 2_000), "b.npz": _npz(1_200, 2_000), "c.csv": _csv(1_500, 2_000)}


async def paste(setting: Setting, random: Random, tally: Tally) -> None:
    """Paste 200 kB as torch prints them."""
    wire = await _opened(setting, tally, "/steps")
    while True:
        rows = [[round(random.uniform(-4, 9), 4) for _ in range(50)] for _ in range(480)]
        text = f"logits = torch.tensor({rows})\ntarget = torch.tensor({[1] * len(rows)})"
        with tally.follow(wire):
            part = await at_hand(wire, "text_area", "paste", "Paste")
            tally.note("heavy", await wire.set(part, string_value=text))
        await asyncio.sleep(random.uniform(*PAUSE))


async def large(setting: Setting, random: Random, tally: Tally) -> None:
    """Open a case of 1,000 rows and 1,000 classes, change it, and look at it on other pages."""
    wire = await _opened(setting, tally, "/steps")
    for number in range(10**6):
        with tally.follow(wire):
            data = await asyncio.to_thread(_npz, 1_000, CLASSES, seed=number, packed=False)
            part = await at_hand(wire, "file_uploader", "upload", "Upload")
            tally.note("heavy", await wire.upload(part, "large.npz", data))
        for page in ("reductions", "check", "gradient", "targets", "placement", "steps"):
            await asyncio.sleep(random.uniform(*PAUSE))
            with tally.follow(wire):
                tally.note("heavy", await turn(wire, page))


async def files(setting: Setting, random: Random, tally: Tally) -> None:
    """Take along a worksheet, then the CSV of every number of 300 × 100 logits."""
    while True:
        for page, button, numbers in (
            ("/teach?part=sheet", "sheet-pdf", False),
            ("/teach?part=code", "table", True),
        ):
            wire = await _opened(setting, tally, page)
            with tally.follow(wire):
                if numbers:
                    part = await at_hand(wire, "file_uploader", "upload", "Upload")
                    await wire.upload(part, "some.npz", _npz(300, 100, seed=random.randrange(999)))
                else:
                    # another case each time: a sheet that was made is kept
                    await _typed(wire, round(random.uniform(0, 9), 3))
                tally.note("heavy", await _download(wire, button))
            await wire.close()
            await asyncio.sleep(random.uniform(*PAUSE))


HEAVY: dict[str, Heavy] = {
    "lab": train,
    "upload": upload,
    "paste": paste,
    "large": large,
    "files": files,
}


async def _opened(setting: Setting, tally: Tally, address: str) -> Wire:
    wire = Wire(setting.base)
    with tally.follow(wire):
        await wire.open(address)
    return wire


def _trains(wire: Wire) -> bool:
    """Whether the bar of a training is on the screen."""
    return any(one.WhichOneof("type") == "progress" for one in wire.screen.elements())


async def _seed_field(wire: Wire) -> Any:  # noqa: ANN401 - a message
    if not wire.screen.has("number_input", "lab_seed"):
        await wire.set(wire.screen.find("expandable", key="lab-more"), bool_value=True)
    return wire.screen.find("number_input", key="lab_seed")


async def _typed(wire: Wire, number: float) -> None:
    await wire.edit(await at_hand(wire, "dataframe", "logits", "Edit"), {0: {"A": str(number)}})


async def _download(wire: Wire, button: str) -> float:
    """Press a button that makes a file, take the file, and say that it is there."""
    key, press = f"download-{button}", 1
    took = await wire.tell(key, asked=press)
    told: dict[str, Any] = wire.screen.component(key)
    if told["press"] != press or not told["file"]:
        raise WireError(f"the file of {button} did not come")
    return took + await wire.tell(key, asked=press, got=press)


def _numbers(rows: int, classes: int, seed: int) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=(rows, classes))


def _npy(rows: int, classes: int) -> bytes:
    stream = io.BytesIO()
    np.save(stream, _numbers(rows, classes, 0))
    return stream.getvalue()


def _npz(rows: int, classes: int, seed: int = 0, *, packed: bool = True) -> bytes:
    stream = io.BytesIO()
    target = np.arange(rows) % classes
    save = np.savez_compressed if packed else np.savez
    save(stream, logits=_numbers(rows, classes, seed), target=target)
    return stream.getvalue()


def _csv(rows: int, classes: int) -> bytes:
    """Six characters a number."""
    table = np.char.mod("%.3f", np.abs(_numbers(rows, classes, 0)))
    return "\n".join(",".join(row) for row in table).encode()
