"""Reads tokens as values: numbers, lists, calls and what hangs on them. It names, it runs nothing.

It never fails on odd text and never goes back: what is no value becomes `Unread`.
"""

import operator

from ce_core.words import words

from .constants import CONSTANTS, bounded, constant, number
from .nodes import Chain, Dots, Items, Node, Pairs, Suffix, Text, Unread
from .record import MAX_NUMBERS, PasteError
from .tokens import Tokens

MAX_BRACKETS = 40
ARITHMETIC = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv,
}  # fmt: skip


class Grammar:
    """A place in the tokens, and the methods that read one value from there."""

    def __init__(self, tokens: Tokens) -> None:
        self.tokens = tokens
        self.i = 0
        self.depth = 0

    def value(self, end: int) -> Node:
        """One value with the arithmetic of literal numbers; reads at least one token."""
        left = self._product(end)
        while self.i < end and (sign := self.tokens.text[self.i]) in "+-" and self._joins():
            self.i += 1
            left = self._combined(left, sign, self._product(end) if self.i < end else None)
        return left

    def items(self, opener: int) -> list[Node]:
        """The values between the bracket at `opener` and its partner."""
        return self._enclosed(opener)[0]

    def end_of(self, i: int) -> int:
        """The character just after token i."""
        return self.tokens.start[i] + len(self.tokens.text[i])

    def _joins(self) -> bool:
        """Whether this sign joins two numbers; in `1 -2`, as NumPy prints, it begins one."""
        tokens, i = self.tokens, self.i
        return not tokens.gap(i) or i + 1 >= len(tokens.text) or tokens.gap(i + 1)

    def _product(self, end: int) -> Node:
        left = self._signed(end)
        while self.i < end and self.tokens.text[self.i] in ("*", "/"):
            sign = self.tokens.text[self.i]
            self.i += 1
            left = self._combined(left, sign, self._signed(end) if self.i < end else None)
        return left

    def _signed(self, end: int) -> Node:
        texts, negative = self.tokens.text, False
        at = self.i
        while self.i < end and texts[self.i] in ("+", "-"):
            negative ^= texts[self.i] == "-"
            self.i += 1
        if self.i >= end:
            return Unread(texts[at], self.tokens.start[at])
        node = self.operand(end)
        if not negative:
            return node
        if isinstance(node, int | float):
            return bounded(-node, self.tokens.start[at])
        return Unread("-", self.tokens.start[at])

    def _combined(self, left: Node, sign: str, right: Node) -> Node:
        """The result for two literal numbers, a repeated or scaled list, else a note to self."""
        if isinstance(left, int | float) and isinstance(right, int | float):
            try:
                return bounded(ARITHMETIC[sign](left, right), self.tokens.start[self.i - 1])
            except ArithmeticError:
                return Unread(f"{left} {sign} {right}", self.tokens.start[self.i - 1])
        if sign == "*" and isinstance(left, Items) and isinstance(right, int):
            left, right = right, left
        if sign == "*" and isinstance(right, Items):
            if isinstance(left, float):
                return Items(right.values, right.at, left)
            if isinstance(left, int):
                times = max(0, min(left, MAX_NUMBERS // max(1, len(right.values)) + 1))
                return Items(right.values * times, right.at)
        start = self.tokens.start[self.i - 1]
        base, other = (left, right) if isinstance(left, Chain | Items) else (right, left)
        if isinstance(base, Chain | Items):
            end = self.end_of(self.i - 1)
            suffix = Suffix("sum", sign, start, end, [other])
            if base is left and isinstance(base, Chain):  # flat: a long sum costs no recursion
                base.suffixes.append(suffix)
                return Chain(base.base, base.suffixes, base.at, end)
            return Chain(base, [suffix], base.at, end)
        return Unread(sign, start)

    def operand(self, end: int) -> Node:
        """A value and all that hangs on it."""
        tokens, at, first = self.tokens, self.tokens.start[self.i], self.i
        named = tokens.kind[first] == "word" and tokens.text[first] not in CONSTANTS
        base: str | Node = tokens.text[first] if named else self._primary(end)
        if named:
            self.i += 1
        elif not isinstance(base, Items | Chain):
            return base  # type: ignore[return-value]
        suffixes: list[Suffix] = []
        while self.i < end and (suffix := self._suffix(end, plain=isinstance(base, Items))):
            suffixes.append(suffix)
        if not named and not suffixes:
            return base  # type: ignore[return-value]
        return constant(Chain(base, suffixes, at, self.end_of(self.i - 1)))

    def _suffix(self, end: int, *, plain: bool) -> Suffix | None:
        """The next suffix; rows glued as `[1][2]` are two lists, not a list and an index."""
        tokens, i = self.tokens, self.i
        text, start = tokens.text[i], tokens.start[i]
        if text == "." and i + 1 < end and tokens.kind[i + 1] == "word":
            self.i += 2
            return Suffix("attr", tokens.text[i + 1], start, self.end_of(i + 1))
        if tokens.partner[i] <= i or tokens.gap(i) or text not in "([" or (text == "[" and plain):
            return None
        args, named = self._enclosed(i)
        kind = "call" if text == "(" else "index"
        return Suffix(kind, "", start, self.end_of(self.i - 1), args, named)

    def _primary(self, end: int) -> Node:
        """A number, a constant, a quoted text or a bracket."""
        tokens, i = self.tokens, self.i
        kind, text, at = tokens.kind[i], tokens.text[i], tokens.start[i]
        if tokens.partner[i] > i and tokens.partner[i] < end:
            return self._bracket(i)
        self.i += 1
        if kind == "number":
            return number(text, at)
        if kind == "word":
            return CONSTANTS[text]
        if kind == "string":
            return Text(text[text.index(text[-1]) + 1 : -1], at)
        return Dots(at) if kind == "dots" else Unread(text, at)

    def _bracket(self, opener: int) -> Node:
        tokens = self.tokens
        at, text, close = tokens.start[opener], tokens.text[opener], tokens.partner[opener]
        if text == "{":
            return Pairs(self._pairs(opener), at)
        values = self.items(opener)
        if text == "(" and len(values) == 1 and tokens.text[close - 1] != ",":
            return values[0]
        return Items(values, at)

    def _pairs(self, opener: int) -> list[tuple[str, Node]]:
        tokens, close = self.tokens, self.tokens.partner[opener]
        pairs: list[tuple[str, Node]] = []
        self._enter(opener)
        while self.i < close:
            key = tokens.text[self.i].strip("'\"")
            self.i += 1
            if self.i < close and tokens.text[self.i] == ":" and self.i + 1 < close:
                self.i += 1
                pairs.append((key, self.value(close)))
        self._leave(close)
        return pairs

    def _enclosed(self, opener: int) -> tuple[list[Node], dict[str, Node]]:
        """The values and the named values of a bracket, and steps over it."""
        tokens, close = self.tokens, self.tokens.partner[opener]
        texts, kinds = tokens.text, tokens.kind
        values: list[Node] = []
        named: dict[str, Node] = {}
        comma = True
        self._enter(opener)
        while (i := self.i) < close:
            if texts[i] == ",":
                if comma:
                    values.append(Unread(",", tokens.start[i]))
                comma, self.i = True, i + 1
                continue
            comma = False
            if kinds[i] == "number" and texts[i + 1] in (",", "]"):
                values.append(number(texts[i], tokens.start[i]))
                self.i = i + 1
            elif kinds[i] == "word" and texts[i + 1] == "=" and i + 2 < close:
                self.i = i + 2
                named[texts[i]] = self.value(close)
            else:
                values.append(self.value(close))
        self._leave(close)
        return values, named

    def _enter(self, opener: int) -> None:
        self.depth += 1
        self.i = opener + 1
        if self.depth > MAX_BRACKETS:
            raise PasteError(
                words(
                    "Line {line}: brackets stand more than {most} deep inside one another. "
                    "Paste only the lists of numbers.",
                    line=self.tokens.line(self.tokens.start[opener]),
                    most=MAX_BRACKETS,
                )
            )

    def _leave(self, close: int) -> None:
        self.depth -= 1
        self.i = close + 1
