"""Turns nested lists into arrays, or says where they are ragged or hold no number."""

from dataclasses import dataclass

import numpy as np

from ce_core.words import Words, words

from .nodes import Chain, Dots, Items, Node, Text, Unread
from .old_torch import SHORTENED
from .record import MAX_NDIM, MAX_NUMBERS, PasteError, shown
from .tokens import Tokens

MAX_WORK = 8_000_000  # numbers looked at or copied, about a second


class NotNumbersError(PasteError):
    """A list that is no tensor; said only if it matters, since code is full of them."""


@dataclass(eq=False)
class Array:
    """Numbers found, with the dtype the text gives them."""

    values: np.ndarray
    dtype: str | None
    at: int
    columns: tuple[str, ...] | None = None


def uneven(line: int, row: int, count: int, first: int) -> Words:
    """What is said of a row that is longer or shorter than the first."""
    return words(
        "Line {line}: row {row} has {count} numbers and row 1 has {first}: every row needs the "
        "same number. Fill the row, or take it out.",
        line=line,
        row=row,
        count=count,
        first=first,
    )


class Builder:
    """Makes arrays from lists and keeps count, so that a short text cannot ask for a lot."""

    def __init__(self, tokens: Tokens) -> None:
        self.tokens = tokens
        self.numbers = 0
        self.work = 0

    def spend(self, numbers: int) -> None:
        """Count numbers that the text makes."""
        self.numbers += numbers
        self.toil(numbers)
        if self.numbers > MAX_NUMBERS:
            raise PasteError(
                words(
                    "The text makes more than {most:,} numbers, the most that a paste may hold. "
                    "Paste fewer rows, or upload a .csv or .npy file.",
                    most=MAX_NUMBERS,
                )
            )

    def toil(self, numbers: int) -> None:
        """Count numbers that are copied or compared."""
        self.work += numbers
        if self.work > MAX_WORK:
            raise PasteError(
                words("The text copies its tensors too often. Paste only the tensors.")
            )

    def array(self, items: Items) -> np.ndarray:
        """The list as an array; level by level, so that depth costs no recursion."""
        shape = [len(items.values)]
        level = [items]
        while True:
            self.toil(sum(len(part.values) for part in level))
            inner = [item for part in level for item in part.values]
            if not any(isinstance(item, Items) for item in inner):
                break
            rows = [item for item in inner if isinstance(item, Items)]
            self._check_rows(inner, rows)
            shape.append(len(rows[0].values))
            if len(shape) > MAX_NDIM:
                raise PasteError(
                    words(
                        "Line {line}: the list is nested more than {most} deep, at most {most} can "
                        "be read. Take off the outer brackets.",
                        line=self.tokens.line(items.at),
                        most=MAX_NDIM,
                    )
                )
            level = rows
        self.spend(len(inner))
        self._check_numbers(inner, items.at)
        values = np.array(inner, dtype=None if inner else np.float64).reshape(shape)
        if items.factor == 1.0:
            return values
        with np.errstate(over="ignore"):  # beyond the largest number is inf, as torch has it
            return values * items.factor

    def _check_rows(self, inner: list[Node], rows: list[Items]) -> None:
        """All must be lists, and as long as the first."""
        if len(rows) < len(inner):
            self._check_numbers([item for item in inner if not isinstance(item, Items)], 0)
            raise PasteError(
                words(
                    "Line {line}: numbers and lists stand side by side in one list. Every row must "
                    "be a list of equal length.",
                    line=self.tokens.line(rows[0].at),
                )
            )
        first = len(rows[0].values)
        for place, row in enumerate(rows):
            if len(row.values) != first:
                raise PasteError(
                    uneven(self.tokens.line(row.at), place + 1, len(row.values), first)
                )

    def _check_numbers(self, flat: list[Node], at: int) -> None:
        if set(map(type, flat)) <= {int, float, bool}:
            return
        odd = next(item for item in flat if not isinstance(item, int | float))
        if isinstance(odd, Dots):
            raise PasteError(words(SHORTENED))
        where = self.tokens.line(getattr(odd, "at", at))
        what = self.quote(odd)
        if isinstance(odd, Unread) and odd.what.lstrip("-").isdigit():
            raise PasteError(
                words(
                    "Line {line}: {what} is beyond the largest whole number that torch can hold "
                    "(int64: 9223372036854775807). Write it with a decimal point, or smaller.",
                    line=where,
                    what=what,
                )
            )
        raise NotNumbersError(
            words(
                "Line {line}: {what} stands where a number must be. "
                "Only numbers, True, False, inf and nan can be read: write the number itself.",
                line=where,
                what=what,
            )
        )

    def quote(self, node: Node) -> str:
        """The node as it stands in the text, for a message."""
        if isinstance(node, Chain):
            return f"`{shown(self.tokens.source[node.at : min(node.end, node.at + 300)])}`"
        if isinstance(node, Text):
            return f"'{shown(node.value, 30)}'"
        return f"`{shown(node.what, 30)}`" if isinstance(node, Unread) else f"{node}"
