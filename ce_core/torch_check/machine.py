"""Where torch can compute here: the CPU, and every CUDA and MPS device that answers."""

import warnings
from dataclasses import dataclass
from pathlib import Path

import torch

from ce_core.torch_check.dtypes import DTYPES
from ce_core.words import Words, joined, told, words


class DeviceError(RuntimeError):
    """A device or dtype that cannot be used for a check; says what to do instead.

    Attributes:
        said: what is wrong and what to do.
    """

    def __init__(self, said: str) -> None:
        super().__init__(said)
        self.said = told(said)


def unknown_dtype(dtype: str) -> DeviceError:
    """The error of asking for a type that is none of torch's four."""
    return DeviceError(
        words(
            "dtype is {dtype}, must be one of {known}.",
            dtype=repr(dtype),
            known=", ".join(DTYPES),
        )
    )


@dataclass(frozen=True)
class Device:
    """A device that works: `name` is torch's ("cuda:0"), `title` the one for the screen."""

    name: str
    title: str


def devices() -> tuple[Device, ...]:
    """The CPU and every CUDA and MPS device on which a tiny sum comes out right."""
    return tuple(Device(name, title_of(name)) for name in found() if not problem_with(name))


def broken() -> tuple[Words, ...]:
    """One sentence for each device that was found but does not work."""
    told = [driver_problem(), *(problem_with(name) for name in found())]
    return tuple(sentence for sentence in told if sentence)


def take_one_core() -> None:
    """Let torch compute on one core for each thread that asks it; for servers.

    Left to itself, torch starts helpers on the other cores for every new thread, to split what
    takes microseconds. An edit of the walk, whose run is a thread of its own, then took 85 ms of
    processor instead of 43 on two busy cores.
    """
    torch.set_num_threads(1)


def usable(name: str) -> str:
    """The device's full name, "cuda" being "cuda:0".

    Raises:
        DeviceError: torch has no such device here, or it does not work.
    """
    wanted = f"{name}:0" if name == "cuda" else name
    here = found()
    if wanted not in here:
        missing = words(
            "There is no device {name} on this machine, only {here}. Choose one of these.",
            name=repr(name),
            here=", ".join(here),
        )
        raise DeviceError(joined(filter(None, [missing, driver_problem()])))
    problem = problem_with(wanted)
    if problem:
        raise DeviceError(joined([problem, words("Choose another device, such as cpu.")]))
    return wanted


def found() -> tuple[str, ...]:
    """The names of the devices that torch reports, working or not."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # driver_problem() tells them
        count = torch.cuda.device_count() if torch.cuda.is_available() else 0
    metal = ("mps",) if torch.backends.mps.is_available() else ()
    return "cpu", *(f"cuda:{index}" for index in range(count)), *metal


def driver_problem() -> Words | None:
    """What torch warns of when it looks for CUDA: a driver that is too old, say."""
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        torch.cuda.is_available()
    if not told:
        return None
    return words("CUDA does not start: {message}.", message=first_sentence(told[0].message))


def problem_with(name: str) -> Words | None:
    """Why the device is of no use; None for one that adds 1 and 1."""
    try:
        right = tiny_sum(name) == 2.0
    except (RuntimeError, AssertionError) as problem:
        return words(
            "{device} was found but does not work: {message}.",
            device=name,
            message=first_sentence(problem),
        )
    if right:
        return None
    return words("{device} was found but does not work: it adds 1 and 1 wrongly.", device=name)


def tiny_sum(name: str) -> float:
    """One and one, added on the device."""
    return float(torch.ones(2, device=name).sum().item())


def title_of(name: str) -> str:
    """The device in words: "NVIDIA H200 (cuda:0)"."""
    if name.startswith("cuda"):
        return f"{torch.cuda.get_device_name(name)} ({name})"
    if name == "mps":
        return "Apple GPU (mps)"
    model = processor()
    return f"CPU ({model})" if model else "CPU"


def processor() -> str:
    """The processor's model name as Linux tells it; "" elsewhere."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, "")


def first_sentence(problem: object) -> str:
    """The first line of torch's message, up to its first full stop."""
    lines = str(problem).strip().splitlines()
    line = lines[0] if lines else type(problem).__name__
    return line.split(". ")[0].rstrip(".")
