"""Run a trace's lines on a device and compare every step with torch's."""

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

import numpy as np
import torch

from ce_core.arrays import Array
from ce_core.binary import BinaryCase
from ce_core.torch_check.compare import Check
from ce_core.torch_check.dtypes import DTYPES, Format, format_of, lost, rounded, to_numpy
from ce_core.torch_check.judge import Judge
from ce_core.torch_check.lines import (
    Line,
    Names,
    answer,
    batch,
    first,
    function_of,
    inputs,
    steps,
)
from ce_core.torch_check.machine import DeviceError, first_sentence, unknown_dtype, usable
from ce_core.torch_check.rounding import Facts
from ce_core.trace import BinaryTrace, Trace, run
from ce_core.words import Words, told, words

CLASSES_LAST = 2  # axes of logits whose class axis is the last: (N, C)
REFUSED = np.empty(0)
Made = TypeVar("Made")


def check(trace: Trace | BinaryTrace, device: str = "cpu", dtype: str = "float64") -> list[Check]:
    """Each step of the trace beside torch's own, and the answer beside `F.cross_entropy`.

    Torch's lines are chained: each reads what torch made before it. In a dtype narrower than
    float64 our side is the same rules run on inputs rounded to it, so that the arithmetic is
    compared and not the rounding of the inputs.

    Args:
        trace: with the rules it was run with, also wrong ones.
        device: the name of one of `devices()`; "cuda" is "cuda:0".
        dtype: one of `DTYPES`.

    Returns:
        A check for each step, in order, and a last one with the key "F.cross_entropy",
        or whichever function of torch answers the case.

    Raises:
        DeviceError: no such device or dtype, one that does not work, or too little memory on it.
    """
    return _asked(lambda place, form: list(_checks(trace, place, form)), device, dtype)


def values(
    trace: Trace | BinaryTrace, device: str = "cpu", dtype: str = "float64"
) -> dict[str, Array]:
    """Torch's own array for each step of the trace, by its key; empty where torch refuses.

    Args:
        trace: as for `check`, which compares these with our own.
        device: as for `check`.
        dtype: as for `check`.

    Raises:
        DeviceError: as for `check`.
    """

    def make(place: str, form: Format) -> dict[str, Array]:
        names = _inputs(trace, place, form)
        return {line.name: _run(line, names)[0] for line in steps(trace)}

    return _asked(make, device, dtype)


def _asked(make: Callable[[str, Format], Made], device: str, dtype: str) -> Made:
    """What is made on the device; its errors in words."""
    if dtype not in DTYPES:
        raise unknown_dtype(dtype)
    place = usable(device)
    try:
        return make(place, format_of(dtype))
    except (RuntimeError, TypeError, MemoryError) as error:
        problem = _in_words(error, place, dtype)
    # Only here, after the error and with it all tensors in its frames are gone, is there
    # something to hand back.
    if place.startswith("cuda"):
        _hand_back()
    raise DeviceError(problem)


def _checks(trace: Trace | BinaryTrace, device: str, form: Format) -> Iterator[Check]:
    ours = _in_dtype(trace, form.name)
    case = ours.case
    known: Mapping[str, Array] = {**case.inputs, **{step.key: step.output for step in ours}}
    strided = not isinstance(case, BinaryCase) and case.inputs[first(case)].ndim > CLASSES_LAST
    judge = Judge(Facts(form, known, case.reduction, strided), lost(trace.case, case, form))
    names = _inputs(trace, device, form)
    for step, line in zip(ours, steps(trace), strict=True):
        theirs, refused = _run(line, names)
        yield judge.check(step.key, told(step.rule.title), line, step.output, theirs, refused)
    last = answer(case)
    theirs, refused = _run(last, names)
    final = function_of(case)
    yield judge.check(final, words("{name} itself", name=final), last, ours.answer, theirs, refused)


def _inputs(trace: Trace | BinaryTrace, device: str, form: Format) -> Names:
    """What the lines of the steps read."""
    names = inputs(trace.case, device, form.torch)
    for line in batch(trace.case):
        names[line.name] = line.run(names)
    return names


def _in_dtype(trace: Trace | BinaryTrace, dtype: str) -> Trace | BinaryTrace:
    """The trace with its inputs rounded to the dtype; itself where that changes nothing."""
    rules = tuple(step.rule for step in trace)
    if isinstance(trace, BinaryTrace):
        binary = rounded(trace.case, dtype)
        return trace if binary is trace.case else run(binary, rules)
    case = rounded(trace.case, dtype)
    return trace if case is trace.case else run(case, rules)


def _run(line: Line, names: Names) -> tuple[Array, Words | None]:
    """The line's value, which later lines can read; or why torch does not give it."""
    try:
        names[line.name] = line.run(names)
        return to_numpy(names[line.name]), None
    except NameError as problem:  # an earlier line was refused
        return REFUSED, words("It reads {key}, which torch did not give.", key=problem.name)
    except (RuntimeError, IndexError, ValueError, ArithmeticError) as problem:
        if _is_memory(problem) or _is_driver(problem):
            raise
        return REFUSED, words("Torch refuses: {message}.", message=first_sentence(problem))


def _is_memory(problem: Exception) -> bool:
    """The CPU's allocator raises a plain RuntimeError, NumPy a MemoryError."""
    kinds = torch.OutOfMemoryError, MemoryError
    words = "can't allocate memory", "out of memory"
    return isinstance(problem, kinds) or any(word in str(problem) for word in words)


def _is_driver(problem: Exception) -> bool:
    """Older drivers' errors are plain RuntimeErrors, which start with "CUDA error"."""
    return isinstance(problem, torch.AcceleratorError) or str(problem).startswith("CUDA")


def _in_words(problem: Exception, device: str, dtype: str) -> Words:
    said = first_sentence(problem)
    if _is_memory(problem):
        return words(
            "{device} has too little memory for this case ({message}). Take fewer rows or classes, "
            "a narrower dtype, or another device.",
            device=device,
            message=said,
        )
    return words(
        "{device} cannot compute this in {dtype} ({message}). Choose another dtype or device; if "
        "no dtype works there, start the app anew.",
        device=device,
        dtype=dtype,
        message=said,
    )


def _hand_back() -> None:
    """Give the GPU's unused memory back, as far as a broken driver lets us."""
    try:
        torch.cuda.empty_cache()
    except RuntimeError:
        return
