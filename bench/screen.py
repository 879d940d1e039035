"""What a browser has on its screen: the tree that Streamlit's messages build, and its inputs.

A new element takes the place of what stood at its path, with all below it; a block keeps what is
below it. What a finished run did not draw again goes, and so do its inputs' values.
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from streamlit.proto.Block_pb2 import Block
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState


@dataclass
class Node:
    """A place in the tree: an element, a block, or neither where only something below is.

    Attributes:
        element: what stands here, if it is no block.
        block: the block that stands here, if it is one.
        script: the hash of the script that drew it: the frame's, or a page's.
        run: the run that drew it last.
        fragment: the fragment that drew it, or "".
        below: what stands in it, by its number.
    """

    element: Element | None = None
    block: Block | None = None
    script: str = ""
    run: str = ""
    fragment: str = ""
    below: dict[int, "Node"] = field(default_factory=dict)

    def walk(self) -> Iterator["Node"]:
        """This node and all below it, in the order of the page."""
        yield self
        for at in sorted(self.below):
            yield from self.below[at].walk()


class Screen:
    """The elements on one person's screen."""

    def __init__(self) -> None:
        self._root = Node()

    def take(self, message: ForwardMsg, run: str) -> None:
        """Draw one delta of a run."""
        delta = message.delta
        kind = delta.WhichOneof("type")
        if kind not in ("new_element", "add_block"):
            return  # a spinner, which stands in front of the page
        node = self._root
        for at in message.metadata.delta_path:
            node = node.below.setdefault(at, Node())
        if kind == "new_element":
            node.element, node.block, node.below = delta.new_element, None, {}
        else:
            node.element, node.block = None, delta.add_block
        node.script, node.fragment = message.metadata.active_script_hash, delta.fragment_id
        node.run = run

    def finish(self, run: str, fragments: Sequence[str]) -> None:
        """Take away what a finished run did not draw; of a fragment's run, only what it drew."""
        _prune(self._root, run, set(fragments))

    def leave_page(self, frame: str) -> None:
        """Take away what the page drew and not the frame around it."""

        def kept(node: Node) -> bool:
            node.below = {at: below for at, below in node.below.items() if kept(below)}
            return node.script in ("", frame)

        kept(self._root)

    def elements(self) -> Iterator[Element]:
        """Everything on the screen, in the order of the page."""
        return (node.element for node in self._root.walk() if node.element is not None)

    def inputs(self) -> dict[str, tuple[str, Any]]:
        """The inputs on the screen by their ids, each with its kind and its message.

        What folds, and tabs, are inputs too where the page asks which of them is open.
        """
        made: dict[str, tuple[str, Any]] = {}
        for node in self._root.walk():
            one: Any = node.element if node.element is not None else node.block
            kind: str = one.WhichOneof("type") or "" if one is not None else ""
            part: Any = getattr(one, kind) if kind else None
            if getattr(part, "id", ""):
                made[part.id] = (kind, part)
        return made

    def find(self, kind: str, *, key: str = "", label: str = "") -> Any:  # noqa: ANN401 - a message
        """The first input of a kind with a label, or whose key is this name or begins with it.

        Raises:
            LookupError: there is none on the screen.
        """
        for name, (found, part) in self.inputs().items():
            if found != kind or (label and part.label != label):
                continue
            own = name.split("-", 2)[-1]  # "$$ID-<hash>-<key>"
            if not key or own == key or own.startswith(f"{key}-"):
                return part
        raise LookupError(f"no {kind} {key or label!r} on the screen")

    def has(self, kind: str, key: str) -> bool:
        """Whether there is such an input on the screen."""
        with suppress(LookupError):
            self.find(kind, key=key)
            return True
        return False

    def component(self, key: str) -> Any:  # noqa: ANN401 - what a component was told
        """What a component of the page was told, as JSON."""
        part = self.find("bidi_component", key=key)
        told = json.loads(part.mixed.json if part.WhichOneof("data") == "mixed" else part.json)
        return told[0] if isinstance(told, list) else told  # ui.drawn puts it in a list

    def texts(self) -> Iterator[str]:
        """All HTML and Markdown on the screen."""
        for element in self.elements():
            kind = element.WhichOneof("type")
            if kind in ("html", "markdown", "alert"):
                yield getattr(element, kind).body

    def faults(self) -> list[str]:
        """What stands in the boxes that a page must never show."""
        return [
            f"{one.exception.type}: {one.exception.message}"
            for one in self.elements()
            if one.WhichOneof("type") == "exception"
        ]


def _prune(node: Node, run: str, fragments: set[str]) -> None:
    for at, below in list(node.below.items()):
        _prune(below, run, fragments)
        old = below.run != run and (not fragments or below.fragment in fragments)
        if old and not below.below:
            del node.below[at]


def first_value(kind: str, part: Any) -> WidgetState | None:  # noqa: ANN401 - any input's message
    """What a browser says of an input that nobody has touched; None where it says nothing."""
    state = WidgetState(id=part.id)
    if kind in ("text_input", "text_area"):
        state.string_value = part.value if part.set_value else part.default
    elif kind == "number_input":
        if not part.HasField("default") and not part.set_value:
            return None
        state.double_value = part.value if part.set_value else part.default
    elif kind == "checkbox":
        state.bool_value = part.value if part.set_value else part.default
    elif kind in ("selectbox", "radio"):
        if part.set_value and part.raw_value:
            state.string_value = part.raw_value
        elif part.HasField("default"):
            state.string_value = part.options[part.default]
        else:
            return None
    elif kind == "button_group":
        chosen = [part.options[at].content for at in part.default]
        state.string_array_value.data.extend(part.raw_values if part.set_value else chosen)
    else:
        return None
    return state
