"""Run a trace's lines on a device and compare every step."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import prod

import numpy as np
import torch

from ce_core.arrays import Array
from ce_core.torch_check.compare import Check, Gap, Verdict
from ce_core.torch_check.devices import DeviceError, first_sentence, usable
from ce_core.torch_check.dtypes import (
    DTYPES,
    NARROW,
    Format,
    format_of,
    rounded,
    to_numpy,
    too_large,
)
from ce_core.torch_check.lines import ANSWER, Line, Names, answer, batch, inputs, steps
from ce_core.torch_check.tolerance import Facts, Tolerance, tolerance_for
from ce_core.trace import Trace, run

FINAL = "F.cross_entropy"
EMPTY = np.empty(0)


def check(trace: Trace, device: str = "cpu", dtype: str = "float64") -> list[Check]:
    """Each step of the trace beside torch's own, and the answer beside `F.cross_entropy`.

    Torch's lines are chained: each reads what torch made before it. In a dtype narrower than
    float64 our side is the same rules run on inputs rounded to it, so that the arithmetic is
    compared and not the rounding of the inputs.

    Args:
        trace: with the rules it was run with, also wrong ones.
        device: the name of one of `devices()`; "cuda" is "cuda:0".
        dtype: one of `DTYPES`.

    Returns:
        A check for each step, in order, and a last one with the key "F.cross_entropy".

    Raises:
        DeviceError: no such device or dtype, one that does not work, or too little memory on it.
    """
    if dtype not in DTYPES:
        raise DeviceError(f"dtype is {dtype!r}, must be one of {', '.join(DTYPES)}.")
    place = usable(device)
    problem = ""
    try:
        return list(_checks(trace, place, format_of(dtype)))
    except (torch.OutOfMemoryError, MemoryError) as error:
        problem = _no_memory(place, error)
    except (RuntimeError, TypeError) as error:
        problem = _no_memory(place, error) if _is_memory(error) else _no_device(place, dtype, error)
    # Only here, after the error and with it all tensors in its frames are gone, is there
    # something to hand back.
    if place.startswith("cuda"):
        _hand_back()
    raise DeviceError(problem)


def _checks(trace: Trace, device: str, form: Format) -> Iterator[Check]:
    case = rounded(trace.case, form.name)
    same = case is trace.case
    ours = trace if same else run(case, tuple(step.rule for step in trace))
    known: Mapping[str, Array] = {**case.inputs, **{step.key: step.output for step in ours}}
    strided = prod(case.inputs["logits"].shape[2:]) > 1
    judge = Judge(
        Facts(form, known, case.reduction, strided),
        "" if same else too_large(trace.case, case),
    )
    names = inputs(trace.case, device, form.torch)
    for line in batch(case):
        names[line.name] = line.run(names)
    for step, line in zip(ours, steps(trace), strict=True):
        theirs, refused = _run(line, names)
        yield judge.check(step.key, step.rule.title, line, step.output, theirs, refused)
    last = answer(case)
    theirs, refused = _run(last, names)
    yield judge.check(FINAL, "F.cross_entropy itself", last, ours.answer, theirs, refused)


def _run(line: Line, names: Names) -> tuple[Array, str]:
    """The line's value, which later lines can read; or why torch does not give it."""
    try:
        names[line.name] = line.run(names)
        return to_numpy(names[line.name]), ""
    except NameError as problem:  # an earlier line was refused
        return EMPTY, f"Needs {problem.name}, which torch did not give."
    except (torch.OutOfMemoryError, torch.AcceleratorError):
        raise
    except (RuntimeError, IndexError, ValueError) as problem:
        if _is_memory(problem):
            raise
        return EMPTY, f"Torch refuses: {first_sentence(problem)}."


@dataclass(frozen=True)
class Judge:
    """Gives each step its verdict.

    Attributes:
        facts: what the tolerances depend on.
        lost: the input that the dtype cannot hold, in words; "" if it holds all.
    """

    facts: Facts
    lost: str

    def check(  # noqa: PLR0913 - what a check is made from
        self, key: str, title: str, line: Line, ours: Array, theirs: Array, refused: str
    ) -> Check:
        """The step's check."""
        tolerance = tolerance_for(line.name, self.facts)
        gap = Gap.between(ours, ours if refused else theirs)
        verdict, note = ("not held", refused) if refused else self._verdict(line, gap, tolerance)
        return Check(
            key=key,
            title=title,
            code=str(line),
            ours=ours,
            torch=theirs,
            difference=float("nan") if refused else float(gap.apart.max(initial=0)),
            eps_units=float("nan") if refused else gap.relative / self.facts.eps,
            tolerance=tolerance.words,
            rtol=tolerance.rtol,
            atol=float(np.max(tolerance.atol, initial=0)),
            verdict=verdict,
            note=note,
        )

    def _verdict(self, line: Line, gap: Gap, tolerance: Tolerance) -> tuple[Verdict, str]:
        if self.lost:
            form = self.facts.format
            return "not held", (
                f"{self.lost}, but the largest number of {form.name} is {form.largest:.6g}: "
                "it becomes infinite before the first step."
            )
        if gap.within(tolerance):
            return "agrees", gap.agreement()
        reason = self._reason(line.name, gap)
        return (
            ("not held", f"{gap.disagreement()} {reason}")
            if reason
            else (
                "differs",
                gap.disagreement(),
            )
        )

    def _reason(self, name: str, gap: Gap) -> str:
        """Why the difference says nothing against either side; "" if it does."""
        form = self.facts.format
        passed = self._passed(name)
        if passed:
            return f"The largest number of {form.name} is {form.largest:.6g}, and {passed}."
        if form.name in NARROW and gap.torch_overflows:
            return f"A number on the way passed {form.largest:.6g}, the largest of {form.name}."
        if name in {"mean_loss", "share", "gradient", ANSWER} and self.facts.cancelled:
            return "The targets' weights cancel: their sum is nothing but rounding."
        return ""

    def _passed(self, name: str) -> str:
        """Which of our numbers, up to this step, is beyond the dtype."""
        largest, known = self.facts.format.largest, self.facts.known
        for key, array in known.items():
            sizes = np.abs(array) if array.dtype.kind == "f" else np.zeros(0)
            reached = sizes.max(where=np.isfinite(sizes), initial=0)
            if reached > largest:
                return f"{key} reaches {reached:.6g}"
            if key == name:
                return ""
        count = known["target"].size
        return f"{count} samples are counted" if count > largest else ""


def _is_memory(problem: Exception) -> bool:
    """The CPU's allocator raises a plain RuntimeError."""
    return isinstance(problem, torch.OutOfMemoryError) or "can't allocate memory" in str(problem)


def _no_memory(device: str, problem: Exception) -> str:
    return (
        f"{device} has too little memory for this case ({first_sentence(problem)}). "
        "Take fewer rows or classes, a narrower dtype, or another device."
    )


def _no_device(device: str, dtype: str, problem: Exception) -> str:
    return (
        f"{device} cannot compute this in {dtype} ({first_sentence(problem)}). "
        "Choose another dtype or device; if no dtype works there, start the app anew."
    )


def _hand_back() -> None:
    """Give the GPU's unused memory back, as far as a broken driver lets us."""
    try:
        torch.cuda.empty_cache()
    except RuntimeError:
        return
