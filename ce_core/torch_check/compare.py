"""One step laid beside torch's: how far apart, where, and whether rounding allows it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any, Literal

import numpy as np

from ce_core.arrays import Array
from ce_core.torch_check.tolerance import Tolerance
from ce_core.words import Words, words

BLOCK = 1 << 15  # numbers compared at a time

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
    title: Words
    code: str
    ours: Array
    torch: Array
    difference: float
    eps_units: float
    tolerance: str
    rtol: float
    atol: float
    verdict: Verdict
    note: Words


@dataclass(frozen=True)
class Gap:
    """How far two arrays lie apart.

    Attributes:
        ours: the one.
        torch: the other.
        difference: the largest |ours - torch|.
        relative: the largest |ours - torch| / max(1, |ours|).
        place: where that is.
        within: whether the tolerance allows every difference.
        overflows: whether torch has nan or inf somewhere where we have a number.
    """

    ours: Array
    torch: Array
    difference: float = 0.0
    relative: float = 0.0
    place: tuple[int, ...] = ()
    within: bool = True
    overflows: bool = False

    @property
    def exact(self) -> bool:
        """Whether no number differs at all."""
        return self.difference == 0

    def agreement(self) -> Words:
        """For numbers that agree: how far apart they are at most."""
        if not self.ours.size:
            return words("Both are empty.")
        if self.exact:
            return words("Identical.")
        if not np.isfinite(self.difference):
            return words("Equal as far as rounding allows.")
        return words("Apart by at most {apart:.1e}, which is rounding.", apart=self.difference)

    def disagreement(self) -> Words:
        """For numbers that do not: the worst place."""
        if self.ours.shape != self.torch.shape:
            return words(
                "The shapes differ: {ours} here, {torch} in torch.",
                ours=str(self.ours.shape),
                torch=str(self.torch.shape),
            )
        ours, torch = self.ours[self.place], self.torch[self.place]
        if self.ours.dtype == bool:
            return self._differs(
                words("{value}", value=bool(ours)), words("{value}", value=bool(torch))
            )
        apart = float(abs(ours - torch))
        return self._differs(
            words("{value:.10g}", value=float(ours)),
            words("{value:.10g}", value=float(torch)),
            apart,
        )

    def _differs(self, ours: Words, torch: Words, apart: float = np.inf) -> Words:
        """Both numbers; where they stand, and by how much they differ, as far as that is known."""
        said: dict[str, object] = {"ours": ours, "torch": torch}
        if np.isfinite(apart):
            by = words("{apart:.3g}", apart=apart)
            if not self.place:
                return words("Differs by {by}: {ours} here, {torch} in torch.", by=by, **said)
            return words(
                "Differs by {by} at {place}: {ours} here, {torch} in torch.",
                by=by,
                place=str(list(self.place)),
                **said,
            )
        if not self.place:
            return words("Differs: {ours} here, {torch} in torch.", **said)
        return words(
            "Differs at {place}: {ours} here, {torch} in torch.",
            place=str(list(self.place)),
            **said,
        )


def compare(ours: Array, torch: Array, tolerance: Tolerance) -> Gap:
    """The gap; nan equals nan, inf equals inf of the same sign, and nothing else does.

    Goes through the arrays in blocks, which stay in the processor's cache.
    """
    if ours.shape != torch.shape:
        return Gap(ours, torch, np.inf, np.inf, within=False)
    gap = Gap(ours, torch)
    allowed = _spread(np.asarray(tolerance.atol), ours.shape)
    for block in _blocks(ours):
        apart, size = _apart(ours[block], torch[block]), _size(ours[block])
        if not apart.any():
            continue
        scaled = apart / np.maximum(size, 1)
        worst = float(scaled.max())
        place = np.unravel_index(int(scaled.argmax()), scaled.shape)
        right = (apart < np.inf) & (apart <= allowed[block] + tolerance.rtol * size)
        gap = Gap(
            ours,
            torch,
            difference=max(gap.difference, float(apart.max())),
            relative=max(gap.relative, worst),
            place=_from(block, place) if worst > gap.relative else gap.place,
            within=gap.within and bool((right | (apart == 0)).all()),
            overflows=gap.overflows
            or bool((np.isfinite(ours[block]) & ~np.isfinite(torch[block])).any()),
        )
    return gap


def _spread(atol: Array, shape: tuple[int, ...]) -> Array:
    """A tolerance for each number; the largest for all, where a wrong rule gave another shape."""
    if atol.size == prod(shape):
        return atol.reshape(shape)
    try:
        return np.broadcast_to(atol, shape)
    except ValueError:
        return np.broadcast_to(atol.max(initial=0), shape)


def _blocks(array: Array) -> Iterator[slice | tuple[()]]:
    """Slices of the first axis; a single number has one block, itself."""
    if not array.ndim:
        yield ()
        return
    rows = max(BLOCK * len(array) // max(array.size, 1), 1)
    yield from (slice(start, start + rows) for start in range(0, len(array), rows))


def _from(block: slice | tuple[()], place: Sequence[Any]) -> tuple[int, ...]:
    """The place in the whole array of a place in its block."""
    indices = [int(index) for index in place]
    return (block.start + indices[0], *indices[1:]) if isinstance(block, slice) else ()


def _apart(ours: Array, torch: Array) -> Array:
    """|ours - torch|: 0 for equals, inf where only one of the two is finite."""
    if ours.dtype == bool:
        return np.asarray(ours != torch, dtype=float)
    with np.errstate(all="ignore"):
        apart = np.asarray(np.abs(ours - torch))
    odd = ~np.isfinite(apart)
    if odd.any():
        same = (ours == torch) | (np.isnan(ours) & np.isnan(torch))
        apart[odd] = np.where(same[odd], 0, np.inf)
    return apart


def _size(ours: Array) -> Array:
    """|ours|, and 0 where that is not finite: nothing is allowed there."""
    if ours.dtype == bool:
        return np.zeros(ours.shape)
    size = np.asarray(np.abs(ours))
    size[~np.isfinite(size)] = 0
    return size
