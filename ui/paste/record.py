"""What reading a text gives: tensors, options, guessed roles and notes, or one error."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

MAX_TEXT = 1_000_000
MAX_NUMBERS = 200_000
MAX_NDIM = 8
MAX_NOTES = 20
NOTHING = (
    "No numbers were found that make a tensor. Paste a list such as [[3, 4], [6, 9]], a printed "
    "tensor, or rows of numbers with commas or spaces between them."
)

Values = NDArray[np.float64] | NDArray[np.int64] | NDArray[np.bool_]


class PasteError(ValueError):
    """The text cannot be read: what was found, where, the rule and the remedy."""

    @property
    def said(self) -> str:
        """The message, to be shown by `tr` where it is made of words()."""
        message: str = self.args[0]
        return message


@dataclass(frozen=True, eq=False)
class Tensor:
    """One array that the text holds.

    `values` is float64, int64 or bool and read-only. `dtype` is what the text says or implies, in
    torch's words; None where a plain list or table does not tell. `columns` are the names that
    stood above a table.
    """

    name: str | None
    values: Values
    dtype: str | None
    columns: tuple[str, ...] | None = None


@dataclass(frozen=True, eq=False)
class Pasted:
    """Everything one text gave; `roles` are best guesses that a page offers for change.

    `calls` says whether the text calls a loss: what the call leaves out is torch's default then.
    """

    tensors: tuple[Tensor, ...]
    options: Mapping[str, object] = field(default_factory=dict)
    roles: Mapping[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    calls: bool = False


def shown(text: str, limit: int = 60) -> str:
    """The text on one line, shortened, to be quoted in a message."""
    line = " ".join(text[: 4 * limit].split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


def freeze(values: np.ndarray) -> Values:
    """A read-only array of one of the three kinds that a Tensor holds."""
    kinds: dict[str, type[np.generic]] = {"f": np.float64, "b": np.bool_}
    frozen = np.array(values, dtype=kinds.get(values.dtype.kind, np.int64))
    frozen.flags.writeable = False
    return frozen
