"""One step laid beside torch's: the difference, what rounding allows, and the verdict in words."""

from dataclasses import dataclass
from math import floor, log10
from typing import Literal

import numpy as np

from ce_core.arrays import Array
from ce_core.torch_check.tolerance import Tolerance

Verdict = Literal["agrees", "differs", "not held"]


@dataclass(frozen=True, eq=False)
class Check:
    """A step beside torch's.

    Attributes:
        key: the step's key; "F.cross_entropy" for the last one, which compares the answer.
        title: the step's name on the screen.
        code: the line of torch that was run.
        ours: our array, for inputs rounded to the dtype; float64 or bool.
        torch: what torch gave, in the same shape; empty where torch refused.
        difference: the largest |ours - torch|; inf where only one of the two is nan or infinite.
        eps_units: the largest |ours - torch| / (eps max(1, |ours|)): how many steps of the dtype
            apart, counted at 1 for smaller numbers.
        tolerance: what the difference may be, in words.
        rtol: the part of it that goes with |ours|.
        atol: the part that does not; the largest where each number has its own.
        verdict: "agrees", "differs", or "not held": the comparison would say nothing here.
        note: the verdict in a sentence, with its reason.
    """

    key: str
    title: str
    code: str
    ours: Array
    torch: Array
    difference: float
    eps_units: float
    tolerance: str
    rtol: float
    atol: float
    verdict: Verdict
    note: str


@dataclass(frozen=True)
class Gap:
    """How far two arrays lie apart, number by number."""

    ours: Array
    torch: Array
    apart: Array

    @classmethod
    def between(cls, ours: Array, torch: Array) -> "Gap":
        """The gap; nan equals nan, inf equals inf of the same sign, and nothing else does."""
        if ours.shape != torch.shape:
            return cls(ours, torch, np.full(1, np.inf))
        if ours.dtype == bool:
            return cls(ours, torch, (ours != torch).astype(float))
        with np.errstate(all="ignore"):
            apart = np.asarray(np.abs(ours - torch))
        apart[np.isnan(apart) | np.isinf(apart)] = np.inf
        apart[(ours == torch) | (np.isnan(ours) & np.isnan(torch))] = 0
        return cls(ours, torch, apart)

    @property
    def scale(self) -> Array:
        """max(1, |ours|), where that is finite."""
        if self.ours.shape != self.apart.shape or self.ours.dtype == bool:
            return np.ones(())
        size = np.abs(self.ours)
        return np.where(np.isfinite(size), np.maximum(size, 1), 1)

    @property
    def relative(self) -> float:
        """The largest difference for its scale."""
        return float((self.apart / self.scale).max(initial=0))

    def within(self, tolerance: Tolerance) -> bool:
        """Whether every difference is small enough."""
        if self.ours.shape != self.torch.shape:
            return False
        if not self.apart.any():
            return True
        with np.errstate(all="ignore"):
            allowed = tolerance.atol + tolerance.rtol * np.abs(self.ours)
        return bool(np.all((self.apart == 0) | ((self.apart < np.inf) & (self.apart <= allowed))))

    @property
    def torch_overflows(self) -> bool:
        """Whether torch has nan or inf where we have a number."""
        if self.ours.shape != self.torch.shape:
            return False
        return bool((np.isfinite(self.ours) & ~np.isfinite(self.torch)).any())

    def agreement(self) -> str:
        """For numbers that agree: to how many digits."""
        if not self.ours.size:
            return "Both are empty."
        if not self.apart.any():
            return "Equal to the last digit."
        if not 0 < self.relative < 1:
            return "Equal as far as rounding allows."
        return f"Equal to {max(floor(-log10(self.relative)), 1)} digits."

    def disagreement(self) -> str:
        """For numbers that do not: the worst place."""
        if self.ours.shape != self.torch.shape:
            return f"The shapes differ: {self.ours.shape} here, {self.torch.shape} in torch."
        place = np.unravel_index(int(np.argmax(self.apart / self.scale)), self.apart.shape)
        where = f" at {[int(index) for index in place]}" if place else ""
        ours, torch = self.ours[place], self.torch[place]
        if self.ours.dtype == bool:
            return f"Differs{where}: {bool(ours)} here, {bool(torch)} in torch."
        by = f" by {float(self.apart[place]):.3g}" if self.apart[place] < np.inf else ""
        return f"Differs{by}{where}: {ours:.10g} here, {torch:.10g} in torch."
