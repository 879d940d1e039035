"""Walks a text of code, prints and prose from top to bottom and gathers its tensors."""

from ce_core.words import words

from .bind import Binding
from .build import Array, NotNumbersError
from .grammar import Grammar
from .lookahead import numberish, single, targets
from .meaning import Meaning
from .nodes import Chain, Items, Node, Pairs
from .numeric import is_numeric
from .record import PasteError, shown
from .roles import role_of
from .tokens import tokenize

PARTS = ("[", "]", "(", ")", ",", "+", "-", "\n")  # what stands in a list besides its numbers


class Snippet(Binding):
    """One reading; `meaning` holds what was found."""

    def __init__(self, text: str) -> None:
        super().__init__(tokenize(text))
        self.grammar = Grammar(self.tokens)
        self.eol = 0

    def read(self) -> Meaning:
        """Read all statements.

        Raises:
            PasteError: the text ends inside a list: half a tensor is not the tensor.
        """
        self._whole()
        grammar, tokens = self.grammar, self.tokens
        count, fresh = len(tokens.kind), True
        while (i := grammar.i) < count:
            if i >= self.eol:
                self.eol = next((j for j in range(i, count) if tokens.kind[j] == "line"), count)
            if tokens.kind[i] == "line" or tokens.text[i] == ";":
                grammar.i, fresh = i + 1, True
                continue
            try:
                if fresh and self._opening():
                    continue
                fresh = False
                self._scan()
            except NotNumbersError as error:
                grammar.depth = 0
                self.meaning.note(error.said)
                grammar.i = max(grammar.i, i + 1)
        return self.meaning

    def _whole(self) -> None:
        tokens = self.tokens
        last = len(tokens.kind)
        while last and (tokens.kind[last - 1] == "number" or tokens.text[last - 1] in PARTS):
            last -= 1
        for i in range(last, len(tokens.kind)):
            if tokens.text[i] == "[" and tokens.partner[i] < 0:
                raise PasteError(
                    words(
                        "Line {line}: the bracket '[' is never closed, so the text ends inside a "
                        "list. Paste it up to its last bracket.",
                        line=tokens.line(tokens.start[i]),
                    )
                )

    def _opening(self) -> bool:
        """A table, an assignment or a label at the start of a statement."""
        i, tokens = self.grammar.i, self.tokens
        line_end = self._line_end(i)
        begins_line = i == 0 or tokens.line(tokens.start[i - 1]) < tokens.line(tokens.start[i])
        if begins_line and is_numeric(tokens.source, tokens.start[i], line_end):
            self._table(i)
            return True
        names, after, mark = targets(tokens, i, self.eol)
        if not names:
            return False
        self.grammar.i = after
        if after >= self.eol:
            self.hint = (names[-1], tokens.line(tokens.start[i]))
        elif is_numeric(tokens.source, tokens.start[after], self._line_end(after)):
            self._row(names[-1], after)
        elif mark == "=" and not (tokens.text[after] in "[(" and tokens.partner[after] < 0):
            self._assign(names, after)
        else:
            self.hint = (names[-1], tokens.line(tokens.start[i]))
        return True

    def _line_end(self, i: int) -> int:
        line = self.tokens.line(self.tokens.start[i])
        breaks = self.tokens.breaks
        return breaks[line] - 1 if line < len(breaks) else len(self.tokens.source)

    def _row(self, name: str, i: int) -> None:
        """Numbers after a name, `logits = 3,4;6,9`."""
        end = self._line_end(i)
        text = self.tokens.source[self.tokens.start[i] : end]
        line = self.tokens.line(self.tokens.start[i])
        self._skip_to(end)
        value = single(text)
        if value is not None:
            self.bind(name, value)
            return
        self.offer_table([(line, text)], name)

    def _table(self, i: int) -> None:
        """Lines of bare numbers, one below the other."""
        tokens = self.tokens
        first = last = tokens.line(tokens.start[i])
        lines: list[tuple[int, str]] = []
        while True:
            end = tokens.breaks[last] - 1 if last < len(tokens.breaks) else len(tokens.source)
            start = tokens.breaks[last - 1]
            if not is_numeric(tokens.source, start, end):
                break
            lines.append((last, tokens.source[start:end]))
            last += 1
            if last > len(tokens.breaks):
                break
        self._skip_to(tokens.start[i] if not lines else end)
        if lines and last <= len(tokens.breaks):
            self._skip_to(tokens.breaks[last - 1] - 1)
        name = self.name(first)
        if len(lines) == 1 and (value := single(lines[0][1])) is not None:
            if name:
                self.bind(name, value)
            return
        self.offer_table(lines or [(first, "")], name)

    def _skip_to(self, at: int) -> None:
        """Go to the first token at or after a character."""
        starts = self.tokens.start
        i = self.grammar.i
        while i < len(starts) and starts[i] < at:
            i += 1
        self.grammar.i = i

    def _assign(self, names: list[str], start: int) -> None:
        """Bind what stands after `=` to the names before it, and to those of `a = b = value`."""
        spread = len(names) > 1
        while True:
            more, after, mark = targets(self.tokens, start, self.eol)
            if mark != "=" or after >= self.eol:
                break
            names, start = [*names, *more][:9], after
            self.grammar.i = start
        node = self._tuple()
        try:
            value = self.meaning.evaluate(node)
            if spread and isinstance(value, Items) and len(value.values) == len(names):
                for name, part in zip(names, value.values, strict=True):
                    self.bind(name, self.meaning.evaluate(part))
                return
            for name in names:
                value = self.bind(name, value)
        except NotNumbersError:
            for name in names:
                self.meaning.names[name] = None
            raise

    def _tuple(self) -> Node:
        """A value, or several with commas between them, up to the end of the line."""
        at = self.tokens.start[self.grammar.i]
        values = [self.grammar.value(self.eol)]
        several = False
        while self.grammar.i < self.eol and self.tokens.text[self.grammar.i] == ",":
            several = True
            self.grammar.i += 1
            if self.grammar.i < self.eol:
                values.append(self.grammar.value(self.eol))
        return Items(values, at) if several else values[0]

    def _scan(self) -> None:
        """Read the value that stands here, or step over a word of prose."""
        grammar, tokens, i = self.grammar, self.tokens, self.grammar.i
        if tokens.partner[i] > i and (tokens.text[i] == "{" or numberish(self.tokens, i)):
            self._show(i)
        elif tokens.kind[i] == "word" and tokens.text[i] not in ("return", "True", "False", "None"):
            node = grammar.operand(self.eol)
            called = isinstance(node, Chain) and any(s.kind != "attr" for s in node.suffixes)
            if called:
                self._called(node, i)
            elif len(tokens.text[i]) > 2 and role_of(tokens.text[i]):
                self.hint = (tokens.text[i], tokens.line(tokens.start[i]))
        else:
            if tokens.text[i] in "[(" and tokens.partner[i] < 0 and numberish(self.tokens, i):
                self.meaning.note(
                    words(
                        "Line {line}: the bracket '{bracket}' is never closed. Paste the text up "
                        "to its closing bracket.",
                        line=tokens.line(tokens.start[i]),
                        bracket=tokens.text[i],
                    )
                )
            grammar.i = i + 1

    def _called(self, node: Node, i: int) -> None:
        """A call in a statement of its own: a loss, a print, or a tensor as it was printed."""
        texts, line = self.tokens.text, self.tokens.line(self.tokens.start[i])
        value = self.meaning.evaluate(node)
        if isinstance(value, Array):
            self.meaning.emit(value, self.name(line))
            known = self.meaning.found.get(id(value))
            if known and known[1]:
                self.meaning.names[known[1]] = value
                self.drawn.pop(known[1], None)
        elif isinstance(node, Chain) and node.suffixes[-1].kind == "index":
            j = self.grammar.i
            if j < self.eol and texts[j] == "=" and node.base in self.meaning.names:
                source = shown(self.tokens.source[node.at : node.end])
                not_run = "Line {line}: `{source} = …` was not run."
                self.meaning.note(words(not_run, line=line, source=source))

    def _show(self, i: int) -> None:
        """A list, tuple or dict in a statement of its own."""
        tokens, meaning = self.tokens, self.meaning
        line = tokens.line(tokens.start[i])
        nodes = self._rows()
        if isinstance(nodes[0], Pairs):
            self.pairs(nodes[0])
            return
        values = [meaning.evaluate(node) for node in nodes]
        rows = [value for value in values if isinstance(value, Items)]
        name = self.name(line)
        flat = [row for row in rows if not any(isinstance(v, Items) for v in row.values)]
        if len(flat) == len(nodes) > 1 and len({len(row.values) for row in flat}) == 1:
            meaning.note(
                words(
                    "Line {line}: {count} lists of equal length were read as the rows of one "
                    "tensor.",
                    line=line,
                    count=len(flat),
                )
            )
            rows = [Items(list(flat), flat[0].at)]
        for row in rows:
            parts = [meaning.evaluate(part) for part in row.values if isinstance(part, Chain)]
            arrays = [part for part in parts if isinstance(part, Array)]
            if arrays and len(arrays) == len(row.values):
                for array in arrays:
                    meaning.emit(array)
                continue
            array = Array(meaning.builder.array(row), None, row.at)
            array = meaning.emit(array, name)
            if name:
                meaning.names.setdefault(name, array)
                self.drawn.pop(name, None)
        for value in values:
            if isinstance(value, Array):
                meaning.emit(value, name)

    def _rows(self) -> list[Node]:
        """The value here and the lists that follow it at once, with or without a comma."""
        grammar, tokens = self.grammar, self.tokens
        nodes = [grammar.value(len(tokens.kind))]
        while isinstance(nodes[0], Items):
            j = grammar.i
            while j < len(tokens.kind) and (tokens.text[j] in (",", "\n")) and j < grammar.i + 2:
                j += 1
            near = j < len(tokens.kind) and tokens.text[j] == "[" and tokens.partner[j] > j
            if not near or not numberish(self.tokens, j):
                break
            grammar.i = j
            nodes.append(grammar.operand(len(tokens.kind)))
        return nodes
