"""The four floating-point types, and rules whose every result is rounded to one of them.

NumPy has no bfloat16, and adds float16 otherwise than torch. So the two narrow types are emulated:
a step is computed in float32 and its result rounded to the type, to nearest, ties to even. Torch
does the same on the CPU: all sums and quotients tried are equal to the last bit, and e^z and log z
of all 65,536 numbers of each type but for one, where its float32 function is a bit off another.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np

from ce_core.arrays import Array
from ce_core.rule import Rule

SIGNIFICANT = 16  # bits of a float32 that a bfloat16 keeps: its upper half


@dataclass(frozen=True)
class NumberType:
    """A floating-point type.

    Attributes:
        name: as torch calls it.
        wide: the NumPy type that a step is computed in before it is rounded.
        bits: how many bits one number has.
        narrow: rounds an array of `wide` to the type, and keeps it in `wide`.
        decode: the numbers of the type with these bits.
    """

    name: str
    wide: type[np.floating]
    bits: int
    narrow: Callable[[Array], Array] = field(repr=False)
    decode: Callable[[Array], Array] = field(repr=False)

    def round(self, values: object) -> Array:
        """The nearest numbers of the type, as an array of `wide`; too large ones are infinite."""
        with np.errstate(all="ignore"):
            return self.narrow(np.asarray(values).astype(self.wide))

    def number(self, index: int) -> float:
        """The number that is `index` steps above 0, or below it where that is negative."""
        found = float(self.decode(np.array(abs(index), dtype=np.uint64))[()])
        return -found if index < 0 else found

    @property
    def count(self) -> int:
        """How many numbers above 0 there are, infinity the last of them."""
        highest = 1 << (self.bits - 1)
        low, high = 0, highest - 1  # the infinity's bits, found since what follows are nans
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (low, middle - 1) if np.isnan(self.number(middle)) else (middle, high)
        return low

    @property
    def largest(self) -> float:
        """The largest finite number."""
        return self.number(self.count - 1)

    @property
    def eps(self) -> float:
        """The gap between 1 and the next larger number."""
        return self.spacing(1.0)

    def spacing(self, value: float) -> float:
        """The gap between a positive number of the type and the next larger finite one.

        For the largest number it is the gap below it.
        """
        low, high = 0, self.count - 1
        while low < high:  # the first number above it
            middle = (low + high) // 2
            low, high = (middle + 1, high) if self.number(middle) <= value else (low, middle)
        return self.number(low) - self.number(low - 1)

    def first(self, holds: Callable[[float], bool], *, below_zero: bool = False) -> float:
        """The least number for which something holds that holds for all larger ones too.

        Args:
            holds: what is asked of a number.
            below_zero: whether negative numbers are tried as well.

        Returns:
            The number; infinity where it holds for no finite one.
        """
        low, high = (-self.count if below_zero else 0), self.count
        while low < high:
            middle = (low + high) // 2
            low, high = (low, middle) if holds(self.number(middle)) else (middle + 1, high)
        return self.number(low)

    def rules(self, rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
        """The same rules, the result of each rounded to the type."""
        return tuple(self._rounding(one) for one in rules)

    def _rounding(self, one: Rule) -> Rule:
        def rounded(**read: Array) -> Array:
            return self.narrow(np.asarray(one.function(**read)).astype(self.wide, copy=False))

        return replace(one, function=rounded)


def _same(values: Array) -> Array:
    return values


def _to_float16(values: Array) -> Array:
    return values.astype(np.float16).astype(np.float32)


def _to_bfloat16(values: Array) -> Array:
    """Rounded by adding half of what the lower bits can hold, less one where that makes it odd."""
    bits = np.atleast_1d(values).view(np.uint32)
    half = ((bits >> SIGNIFICANT) & 1) + np.uint32((1 << (SIGNIFICANT - 1)) - 1)
    upper = ((bits + half) >> SIGNIFICANT << SIGNIFICANT).view(np.float32).reshape(values.shape)
    return np.where(np.isnan(values), values, upper)


NUMBER_TYPES = (
    NumberType(
        "float16",
        np.float32,
        16,
        _to_float16,
        lambda bits: bits.astype(np.uint16).view(np.float16),
    ),
    NumberType(
        "bfloat16",
        np.float32,
        16,
        _to_bfloat16,
        lambda bits: (bits.astype(np.uint32) << SIGNIFICANT).view(np.float32),
    ),
    NumberType("float32", np.float32, 32, _same, lambda bits: bits.astype(np.uint32).view("f4")),
    NumberType("float64", np.float64, 64, _same, lambda bits: bits.view(np.float64)),
)


def number_type(name: str) -> NumberType:
    """The type that torch calls so."""
    return next(one for one in NUMBER_TYPES if one.name == name)
