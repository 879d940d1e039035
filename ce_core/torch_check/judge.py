"""The verdict on a step: agrees, differs, or not held because the dtype cannot show it."""

from dataclasses import dataclass, field

import numpy as np

from ce_core.arrays import Array
from ce_core.torch_check.compare import Check, Gap, Verdict, compare
from ce_core.torch_check.dtypes import NARROW
from ce_core.torch_check.lines import ANSWER, Line
from ce_core.torch_check.rounding import Facts
from ce_core.torch_check.tolerance import tolerance_for
from ce_core.words import Words, joined, words

DIVIDED = ("mean_loss", "share", "gradient", ANSWER)


@dataclass(frozen=True)
class Judge:
    """Gives each step its verdict, in order.

    Attributes:
        facts: what the tolerances depend on.
        lost: the input that the dtype cannot hold, in words; None if it holds all.
        overflowed: the steps that torch has inf or nan for and we a number.
    """

    facts: Facts
    lost: Words | None
    overflowed: list[str] = field(default_factory=list)

    def check(
        self, key: str, title: Words, line: Line, ours: Array, theirs: Array, refused: Words | None
    ) -> Check:
        """The step's check."""
        tolerance = tolerance_for(line.name, self.facts)
        gap = compare(ours, ours if refused else theirs, tolerance)
        verdict, note = self._verdict(line, gap, refused or self.lost)
        return Check(
            key=key,
            title=title,
            code=str(line),
            ours=ours,
            torch=theirs,
            difference=float("nan") if refused else gap.difference,
            eps_units=float("nan") if refused else gap.relative / self.facts.eps,
            tolerance=tolerance.words,
            rtol=tolerance.rtol,
            atol=float(np.max(tolerance.atol, initial=0)),
            verdict=verdict,
            note=note,
        )

    def _verdict(self, line: Line, gap: Gap, beforehand: Words | None) -> tuple[Verdict, Words]:
        if beforehand:
            return "not held", beforehand
        if gap.within:
            return "agrees", gap.agreement()
        reason = self._excuse(line, gap)
        if reason:
            return "not held", joined([gap.disagreement(), reason])
        return "differs", gap.disagreement()

    def _excuse(self, line: Line, gap: Gap) -> Words | None:
        """Why the difference says nothing against either side; None if it does."""
        form = self.facts.format
        source = next((name for name in self.overflowed if name in line.reads), "")
        if gap.overflows or source:
            self.overflowed.append(line.name)
        passed = self._passed(line.name)
        if passed:
            key, reached = passed
            return words(
                "The largest number of {dtype} is {largest:.6g}, and {key} reaches {reached:.6g}.",
                dtype=form.name,
                largest=form.largest,
                key=key,
                reached=reached,
            )
        if source:
            return words(
                "It reads {key}, which overflowed in {dtype}.", key=source, dtype=form.name
            )
        if form.name in NARROW and gap.overflows:
            return words(
                "A number on the way passed {largest:.6g}, the largest of {dtype}.",
                largest=form.largest,
                dtype=form.name,
            )
        if line.name in DIVIDED and self.facts.cancelled:
            return words("The targets' weights cancel: their sum is nothing but rounding.")
        return None

    def _passed(self, name: str) -> tuple[str, float] | None:
        """Which of our numbers, up to this step, is beyond the dtype, and how far it goes."""
        largest, known = self.facts.format.largest, self.facts.known
        for key, array in known.items():
            sizes = np.abs(array) if array.dtype.kind == "f" else np.zeros(0)
            reached = sizes.max(where=np.isfinite(sizes), initial=0)
            if reached > largest:
                return key, float(reached)
            if key == name:
                break
        return None
