"""A scheme is one way to choose class weights: formula, NumPy, torch, source and words at once."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from ce_core.arrays import Array, freeze
from ce_core.errors import CaseError
from ce_core.weighting.counts import ClassCounts
from ce_core.words import words

Function = Callable[..., Array]
ASKED = {
    "costs": words("this scheme needs costs of the mistakes"),
    "images": words("this scheme needs counts of each image"),
}


@dataclass(frozen=True)
class Scheme:
    """One way to choose weights: `function` computes them, the rest says how.

    Attributes:
        key: the scheme's name in links and code: the function's name.
        title: its name on the screen.
        formula: LaTeX for class c.
        torch: lines that give `weight` from `counts`, `beta`, `costs` and `images` as tensors.
        source: who proposed it, or who computes it.
        address: where that can be read; "" where nowhere.
        says: what it does, in a sentence or two.
        needs: what it reads, in order.
    """

    key: str
    title: str
    formula: str
    torch: str
    source: str
    address: str
    says: str
    needs: tuple[str, ...]
    function: Function = field(repr=False)

    def weights(self, classes: ClassCounts) -> Array:
        """The weights, (C,), for these classes.

        Raises:
            CaseError: what the scheme needs is not there, or a class without samples would weigh
                infinitely much.
        """
        read = {name: getattr(classes, name) for name in self.needs}
        for name, value in read.items():
            if value is None:
                raise CaseError(name, ASKED[name], words("nothing is given"), words("Fill it in."))
        with np.errstate(all="ignore"):
            weights = np.asarray(self.function(**read), np.float64)
        if not np.isfinite(weights).all():
            raise self._infinite(classes, weights)
        return freeze(weights, np.float64)

    def _infinite(self, classes: ClassCounts, weights: Array) -> CaseError:
        k = int(np.flatnonzero(~np.isfinite(weights))[0])
        which = words("class {k}", k=k)
        if "counts" in self.needs and classes.empty:
            found = words(
                "{which} has no samples, and the formula divides by their number", which=which
            )
        elif "images" in self.needs:
            found = words(
                "{which} is in no image, and the formula divides by its frequency", which=which
            )
        else:
            weight = f"{float(weights[k]):g}"
            found = words("{which} would weigh {weight}", which=which, weight=weight)
        remedy = words("Leave the class out, or count every class one higher.")
        return CaseError(self.key, words("a weight must be a finite number"), found, remedy)


def scheme(
    title: str, formula: str, torch: str, *, source: str, address: str = ""
) -> Callable[[Function], Scheme]:
    """Make a scheme of a NumPy function: its name is the key, its parameters what it needs."""

    def make(function: Function) -> Scheme:
        return Scheme(
            key=function.__name__,
            title=title,
            formula=formula,
            torch=torch,
            source=source,
            address=address,
            says=" ".join(inspect.cleandoc(function.__doc__ or "").split()),
            needs=tuple(inspect.signature(function).parameters),
            function=function,
        )

    return make
