"""A person's number as they wrote it: its value, and how far rounding may have moved it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from ce_core.arrays import Array
from ce_core.errors import CaseError
from ce_core.mistakes.commas import decide
from ce_core.words import Words, words

MOST_TEXT = 20_000
MOST_NESTED = 8
SLACK = 2.0  # units of the last digit that rounded intermediate numbers may cost
FLOAT32 = 1e-6  # of the value: digits beyond this are float32's own rounding
ENOUGH_DIGITS = 3
FEW = 0.05  # of the value: what fewer than three digits may be off
NUMBER = re.compile(
    r"[-+\u2212]?(?:(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:e[-+\u2212]?\d{1,4})?|inf(?:inity)?|nan|\u221e)",
    re.IGNORECASE,
)
CODE = re.compile(r"[<>^*/_\[\]{}\\|;#@]")  # what stands in code, markup and formulas
# a number that no letter, digit or mark of a percentage touches
ONE = re.compile(rf"(?<![\w.,+\-\u2212])(?:{NUMBER.pattern})(?![\w%]|[.,]\d)", re.IGNORECASE)
WORDS = re.compile(
    r"\b(?:torch\.)?tensor|\b(?:np\.|numpy\.)?array|dtype=[\w.]+|device='[\w:]*'|device=\"[\w:]*\""
    r"|grad_fn=<[^<>]*>|requires_grad=\w+|\bnp\.float\d\d|\bfloat\b|size=\([\d, ]*\)"
)

Answers = str | float | int | Sequence[Any] | Array


@dataclass(frozen=True, eq=False)
class Answer:
    """What a person wrote.

    Attributes:
        text: as it was written.
        values: the numbers, () for one and otherwise nested as they were.
        units: for each of them what one step of its last written digit is; 0 for nan and inf.
        digits: for each of them how many significant digits were written.
        doubtful: whether a comma in it may have been meant otherwise than it was read.
    """

    text: str
    values: Array
    units: Array
    digits: Array
    doubtful: bool = False

    @property
    def single(self) -> bool:
        """Whether it is one number."""
        return self.values.size == 1

    @property
    def fewest_digits(self) -> int:
        """The digits of the number written with the fewest; 0 for nan and inf."""
        return int(self.digits.min(initial=99)) if self.digits.size else 0

    @cached_property
    def exactly(self) -> Array:
        """How far a number may be from what was written if it was rounded once, at the end."""
        return self._allowed(0.0)

    @cached_property
    def nearly(self) -> Array:
        """The same with up to two units more, for numbers rounded on the way."""
        return self._allowed(SLACK)

    def _allowed(self, slack: float) -> Array:
        """Half a unit, and `slack` units more, flat.

        Numbers of fewer than three digits are given no slack, and 5 % at most: a 0 means 0.
        """
        half, size = self.units / 2, np.abs(np.where(np.isfinite(self.values), self.values, 0))
        short = self.digits < ENOUGH_DIGITS
        more = np.where(short, 0, np.where(self.digits == ENOUGH_DIGITS, min(slack, 1), slack))
        allowed = half * (1 + 1e-9) + more * self.units + FLOAT32 * size
        few = np.minimum(allowed, np.maximum(FEW * size, 0.005))
        return np.where(short, few, allowed).reshape(-1)


def read_answer(answer: Answers, *, comma: bool = False) -> Answer:
    """Read a number or a list of numbers, from text, Python or NumPy.

    Args:
        answer: "0.6662", "2000.", "-1e-12", "1,75", "nan", "[0.36, 0.54]", "tensor([1., 2.])";
            a float counts with the digits that Python prints; a list may hold any of them.
        comma: whether the person writes decimal commas: then "[0,4; 0,36]" holds two numbers.

    Raises:
        CaseError: there is no number, the text is too long, or the rows differ in length.
    """
    text = _visible(answer) if isinstance(answer, str) else repr(_plain(answer))
    nested, doubtful = (
        _parsed(text, comma=comma) if isinstance(answer, str) else (_plain(answer), False)
    )
    if _depth(nested) > MOST_NESTED:
        _refuse(words("lists more than {most} deep were found", most=MOST_NESTED), text)
    leaves = _leaves(nested)
    if not leaves:
        _refuse(words("no number was found"), text)
    read = _each(nested, _number)
    try:
        values = np.array(_each(read, lambda leaf: leaf[0]), dtype=np.float64)
        units = np.array(_each(read, lambda leaf: leaf[1]), dtype=np.float64)
        digits = np.array(_each(read, lambda leaf: leaf[2]), dtype=np.int64)
    except ValueError:
        _refuse(words("its rows differ in length"), text)
    return Answer(text.strip(), values, units, digits, doubtful)


def _refuse(found: Words, text: str) -> None:
    shown = text.strip()[:40]
    if not shown:
        found = words("the answer is empty")
    elif shown not in found:
        found = words("{found} ('{text}')", found=found, text=shown)
    raise CaseError(
        "answer",
        words("it must be a number, or a list of numbers"),
        found,
        words("Type what you got, such as 0.6662, nan, or [1.39, 0.31]."),
    )


def _no_number(text: str) -> Words:
    return words("'{text}' is no number", text=text[:20])


def _plain(answer: Any) -> Any:  # noqa: ANN401 - nested lists of numbers and texts
    if isinstance(answer, np.ndarray):
        return answer.tolist()
    if isinstance(answer, list | tuple):
        return [_plain(part) for part in answer]
    return answer.item() if isinstance(answer, np.generic) else answer


def _leaves(nested: Any) -> list[Any]:  # noqa: ANN401
    if not isinstance(nested, list):
        return [nested]
    return [leaf for part in nested for leaf in _leaves(part)]


def _each(nested: Any, read: Any) -> Any:  # noqa: ANN401
    return [_each(part, read) for part in nested] if isinstance(nested, list) else read(nested)


def _visible(text: str) -> str:
    """The text without characters that nobody sees, such as a zero-width space."""
    return "".join(letter for letter in text if letter.isprintable() or letter.isspace())


def _depth(nested: Any) -> int:  # noqa: ANN401
    """How deep the lists are, counted without going down into them one call at a time."""
    depth, level = 0, [nested]
    while any(isinstance(part, list) for part in level):
        level = [inner for part in level if isinstance(part, list) for inner in part]
        depth += 1
    return depth


def _parsed(text: str, *, comma: bool) -> tuple[Any, bool]:
    """Nested lists of numbers as text, and whether their commas may have been meant otherwise."""
    if len(text) > MOST_TEXT:
        _refuse(words("more than {most:,} characters were found", most=MOST_TEXT), text)
    decided = decide(WORDS.sub(" ", text), comma=comma)
    single = NUMBER.fullmatch(decided.text.strip(" \t\n()[],;=").strip())
    if single and "[" not in decided.text:
        return single[0], decided.doubtful
    return _nested(decided.text, text), decided.doubtful


def _nested(bare: str, text: str) -> Any:  # noqa: ANN401 - nested lists of numbers as text
    root: list[Any] = []
    open_lists = [root]
    for token in re.finditer(r"[\[\](),;]|[^\s\[\](),;]+", bare):
        found = token[0]
        if found == "[":
            fresh: list[Any] = []
            open_lists[-1].append(fresh)
            open_lists.append(fresh)
        elif found == "]":
            if len(open_lists) == 1:
                _refuse(words("a bracket that was never opened was found"), text)
            open_lists.pop()
        elif found in "(),;":
            continue
        elif NUMBER.fullmatch(found):
            open_lists[-1].append(found)
        else:
            return _only(bare, found, text)
    if len(open_lists) > 1:
        _refuse(words("a bracket that is never closed was found"), text)
    return root[0] if len(root) == 1 else root


def _only(bare: str, found: str, text: str) -> str:
    """The one number in a text with words round it: "loss = 0.6662 (by hand)"."""
    numbers = ONE.findall(bare)
    if len(numbers) != 1 or CODE.search(bare):
        _refuse(_no_number(found), text)
    return numbers[0]


def _number(leaf: Any) -> tuple[float, float, int]:  # noqa: ANN401 - a number or its text
    """The value, the unit of its last digit, and how many significant digits it has."""
    text = repr(leaf) if isinstance(leaf, float | int) else str(leaf).strip()
    text = text.replace("\u2212", "-").replace("\u221e", "inf").replace(",", ".").lower()
    if not NUMBER.fullmatch(text):
        _refuse(_no_number(text), text)
    value = float(text)
    if not np.isfinite(value) and text.strip("+-")[0] in "in":  # inf, nan
        return value, 0.0, 0
    mantissa, _, exponent = text.partition("e")
    decimals = len(mantissa.partition(".")[2])
    unit = float(f"1e{int(exponent or 0) - decimals}")
    if not 0 < unit < np.inf or not np.isfinite(value):
        beyond = words("'{text}' is beyond the numbers that a computer holds", text=text[:20])
        _refuse(beyond, text)
    significant = mantissa.strip("+-").replace(".", "").lstrip("0")
    return value, unit, len(significant)
