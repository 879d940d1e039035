"""Binds names to values, and finds the name for a value that has none."""

from ce_core.words import words

from .build import Array, NotNumbersError
from .calls import Drawn
from .meaning import Meaning
from .nodes import Items, Pairs
from .roles import role_of
from .table import read_table
from .tokens import Tokens


class Binding:
    """The names of a text; `hint` is a label that waits for its value, and its line."""

    def __init__(self, tokens: Tokens) -> None:
        self.tokens = tokens
        self.meaning = Meaning(tokens)
        self.hint: tuple[str, int] | None = None
        self.scalar: tuple[str, Array] | None = None
        self.drawn: dict[str, str] = {}

    def bind(self, name: str, value: object) -> object:
        """Remember the value under the name, offer it if it is a tensor, and give it back."""
        meaning = self.meaning
        if isinstance(value, Pairs):
            self.pairs(value)
            return value
        if isinstance(value, Items):
            value = Array(meaning.builder.array(value), None, value.at)
        if isinstance(value, Array):
            value = meaning.emit(value, name)
            self.drawn.pop(name, None)
        elif isinstance(value, int | float):
            scalar = Array(meaning.builder.array(Items([value], 0)).reshape(()), None, 0)
            self.scalar = self.scalar or (name, scalar)
            if role_of(name) == "target":
                meaning.emit(scalar, name)
        elif isinstance(value, Drawn):
            self.drawn[name] = words("{name} = {source}", name=name, source=value.source)
        meaning.names[name] = value
        return value

    def pairs(self, pairs: Pairs) -> None:
        """A dict, or JSON: each key names its value."""
        for key, node in pairs.values:
            try:
                value = self.meaning.evaluate(node)
                if value is not None:
                    self.bind(key, value)
            except NotNumbersError as error:
                self.meaning.note(error.said)

    def offer_table(self, lines: list[tuple[int, str]], name: str | None) -> None:
        """Read lines of bare numbers and offer them under the name."""
        table = read_table(lines)
        self.meaning.builder.spend(table.values.size)
        for note in table.notes:
            self.meaning.note(note)
        array = Array(table.values, None, 0)
        if name:
            self.meaning.names[name] = array
        self.meaning.emit(array, name)

    def name(self, line: int) -> str | None:
        """The name for what stands here: of a label just before, or of what was printed."""
        hint, self.hint = self.hint, None
        if hint and line <= hint[1] + 2:
            return hint[0]
        return self.meaning.printed.pop(0) if self.meaning.printed else None
