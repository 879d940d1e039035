"""Gives values their meaning: looks names up, makes tensors, collects loss calls and notes."""

from collections.abc import Callable
from dataclasses import dataclass

from ce_core.words import words

from . import losses
from .build import Array
from .calls import ELEMENTWISE, FILLS, MAKERS, RANDOM, Drawn, filled, made, taken
from .found import Found
from .losses import Loss, Missing
from .methods import method
from .nodes import Chain, Items, Node, Pairs, Suffix, Text
from .record import shown
from .tokens import Tokens

LOOKED_UP = 12  # times the work of a number is that of a value that has to be looked up


@dataclass(frozen=True)
class Layer:
    """A function that was made to be called later, as `m = nn.LogSoftmax(dim=1)`."""

    name: str


class Meaning(Found):
    """What is known so far while a text is read from top to bottom."""

    def __init__(self, tokens: Tokens) -> None:
        super().__init__(tokens)
        self.names: dict[str, object] = {}
        self.losses_made: list[Loss] = []
        self.loss_calls: list[Loss] = []
        self.printed: list[str] = []

    def evaluate(self, node: Node) -> object:
        """A number, text, Items, Pairs, Array, Drawn, Loss or Layer; None for what is unknown."""
        if isinstance(node, Chain):
            return self._chain(node)
        if isinstance(node, Items):
            return self._items(node)
        if isinstance(node, Text):
            return node.value
        return node if isinstance(node, int | float | Pairs) else None

    def _items(self, node: Items) -> Items:
        """The list with names of numbers, and tensors inside it, replaced by their numbers."""
        self.builder.toil(len(node.values))
        if set(map(type, node.values)) <= {int, float, bool}:
            return node
        self.builder.toil(LOOKED_UP * len(node.values))
        return Items([self._item(value) for value in node.values], node.at, node.factor)

    def _item(self, node: Node) -> Node:
        if isinstance(node, Items):
            return self._items(node)
        if not isinstance(node, Chain):
            return node
        value = self._chain(node)
        if isinstance(value, Array) and id(value) not in self.found:
            self.builder.toil(value.values.size)
            return _listed(value.values.tolist(), node.at)
        if isinstance(value, Array) and not value.values.ndim:
            return _listed(value.values.tolist(), node.at)
        return value if isinstance(value, int | float) else node

    def _chain(self, chain: Chain) -> object:
        """The base, then each suffix in turn."""
        path: list[str] | None = [chain.base] if isinstance(chain.base, str) else None
        value = None if isinstance(chain.base, str) else self.evaluate(chain.base)
        value = self.names.get(path[0]) if path and path[0] in self.names else value
        path = None if path and path[0] in self.names else path
        asked = False  # whether the last suffix was a method's name, read with its call
        for place, suffix in enumerate(chain.suffixes):
            following = chain.suffixes[place + 1] if place + 1 < len(chain.suffixes) else None
            call = following if following and following.kind == "call" else None
            if path is None and not (asked and suffix.kind == "call"):
                value = self._applied(value, suffix, call)
                asked = suffix.kind == "attr"
            elif path is None:
                asked = False
            elif suffix.kind == "attr":
                path.append(suffix.name)
                if (name := ".".join(path[:4])) in self.names:
                    value, path = self.names[name], None
            elif suffix.kind == "call":
                rest = {later.name for later in chain.suffixes[place + 1 : place + 4]}
                value = self._function(path[-1], suffix, chain.at, random=bool(rest & RANDOM))
                path = None
            else:
                path = None
                self._look(suffix)
        return value

    def _function(self, name: str, call: Suffix, at: int, *, random: bool) -> object:
        """What a call of a named function gives."""
        source = shown(self.tokens.source[at : min(call.end, at + 300)])
        if name in RANDOM or (random and name in ("empty", "zeros", "Tensor", "LongTensor")):
            return Drawn(source)
        if name in losses.CLASSES:
            self.losses_made.append(self._loss(name, losses.CLASSES[name], call))
            return self.losses_made[-1]
        parameters = losses.FUNCTIONS.get(name)
        if not parameters and name.lower().startswith(losses.LIKELY) and len(call.args) == 2:
            parameters = losses.FUNCTIONS["cross_entropy"]
        if parameters:
            loss = self._loss(name, parameters, call)
            self.loss_calls.append(loss)
            return None
        if name in MAKERS or name in FILLS:
            make: Callable[..., Array | Drawn] = made if name in MAKERS else filled
            args = [self._argument(arg) for arg in call.args]
            if args and isinstance(args[0], Drawn):
                return args[0]
            return make(self.builder, name, call, args)
        if name in ELEMENTWISE:
            value = self.evaluate(call.args[0]) if call.args else None
            return self._before(value, call, f"`{source}`") or Layer(name)
        self._look(call, printing=name in ("print", "pprint", "display"))
        return None

    def _argument(self, node: Node) -> Node | Array | Drawn:
        """An argument of a constructor; a plain list it copies is not offered twice."""
        value = self.evaluate(node)
        if isinstance(value, Array) and isinstance(node, Chain) and value.dtype is None:
            self.used.add(id(value))
        known = value if isinstance(value, int | float | Items | Array | Drawn) else None
        return node if known is None else known

    def _loss(self, name: str, parameters: tuple[str, ...], call: Suffix) -> Loss:
        args = [self._offered(arg) for arg in call.args[:10]]
        given = dict(zip(parameters, args, strict=False))
        given |= {key: self._offered(node) for key, node in call.named.items()}
        if name in losses.CLASSES and len(args) > 1 and isinstance(args[1], Array):
            self.note(
                words(
                    "Line {line}: {name} was made with the logits and the target. In torch it is "
                    "made first and called then: {name}()(logits, target).",
                    line=self.tokens.line(call.start),
                    name=name,
                )
            )
            loss = Loss(name, dict(zip(("input", "target"), args, strict=False)), call.start)
            self.loss_calls.append(loss)
            return loss
        return Loss(name, given, call.start)

    def _offered(self, node: Node) -> object:
        """An argument of a loss: tensors written inside the call are offered, too."""
        value = self.evaluate(node)
        if isinstance(value, Items):
            value = Array(self.builder.array(value), None, value.at)
        if value is None and isinstance(node, Chain):
            return Missing(shown(self.tokens.source[node.at : min(node.end, node.at + 300)]))
        return self.emit(value) if isinstance(value, Array) else value

    def _look(self, call: Suffix, *, printing: bool = False) -> None:
        """Read the arguments of a call that is not run: tensors may be written in them."""
        for arg in call.args:
            value = self.evaluate(arg)
            if isinstance(value, Items) and printing:
                value = Array(self.builder.array(value), None, value.at)
            if isinstance(value, Array) and not (printing and isinstance(arg, Chain)):
                self.emit(value)
        for node in call.named.values():
            if isinstance(node, Chain | Items):
                self.evaluate(node)
        if printing and len(call.args) == 1 and isinstance(chain := call.args[0], Chain):
            self.printed.append(self.tokens.source[chain.at : min(chain.end, chain.at + 80)])

    def _applied(self, value: object, suffix: Suffix, call: Suffix | None) -> object:
        """The value after one suffix; a call that belongs to `.name` is read with the name."""
        if isinstance(value, Loss) and suffix.kind == "call":
            args = [self._offered(arg) for arg in suffix.args[:2]]
            named = {key: self._offered(node) for key, node in suffix.named.items()}
            self.loss_calls.append(value.called(args, named, suffix.start))
            return None
        if isinstance(value, Layer) and suffix.kind == "call" and suffix.args:
            source = f"`{value.name}`"
            return self._before(self.evaluate(suffix.args[0]), suffix, source)
        if not isinstance(value, Array):
            if suffix.kind != "attr":
                self._look(suffix)
            return value if isinstance(value, Drawn | Loss | Layer) else None
        if suffix.kind == "attr":
            if suffix.name in RANDOM:
                return Drawn(words("the tensor"))
            changed = method(self.builder, value, suffix.name, call)
            if changed is not None:
                return changed
        fresh = id(value) not in self.found
        if not fresh and suffix.name not in ELEMENTWISE:
            return None
        end = (call or suffix).end
        source = shown(self.tokens.source[suffix.start : min(end, suffix.start + 300)])
        return self._before(value, suffix, words("`{source}` after the tensor", source=source))

    def _before(self, value: object, suffix: Suffix, source: str) -> object:
        """The tensor as it was before something that is not run, and a note that says so."""
        if isinstance(value, Items):
            value = taken(self.builder, value, value.at)
        if isinstance(value, Array):
            self.note(
                words(
                    "Line {line}: {source} was not run; these are the numbers before it.",
                    line=self.tokens.line(suffix.start),
                    source=source,
                )
            )
        return value


def _listed(value: object, at: int) -> Node:
    if isinstance(value, list):
        return Items([_listed(item, at) for item in value], at)
    return value  # type: ignore[return-value]
