"""Messages that no browser sends: the tab that sends them is told so, and no other one notices."""

import json
from contextlib import suppress

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState

from bench.wire import Wire, WireError
from tests.looping import finished

PAGES = ("/steps", "/targets?part=pixels", "/practice", "/teach")
DEEP = "[" * 3_000 + "]" * 3_000
LONE = "\ud800"  # half of a surrogate pair, which JSON can hold and no message can
ODD = (None, True, -1, 1e308, "", LONE, "<script>", "x" * 1_000, [], [[]], {}, {"__proto__": {}})
KEYS = ("place", "work", "sent", "chosen", "asked", "got", "mask", "brought", "notes", "go")
WITHIN = ("step", "row", "class", "term", "id", "typed", "hints", "value", "n", "turn", "name")
BRINGS = (
    "page",
    "generation",
    "turns",
    "opened",
    "notes",
    "seen",
    "texts",
    "call",
    "view",
    "query",
)


def messages():
    """What a component may be sent: each odd value for all it knows, and as parts of it."""
    for odd in ODD:
        yield json.dumps(dict.fromkeys(KEYS, odd))
        yield json.dumps(dict.fromkeys(KEYS, dict.fromkeys((*WITHIN, *BRINGS), odd)))
    yield '{"place": {"row": NaN, "term": 1e999}, "sent": {"value": Infinity, "n": 1e999}}'
    yield from ("null", "1", '"x"', "[]")


def wrong(name):
    """Values of another type than the input's own, and JSON that is none."""
    yield WidgetState(id=name, bool_value=True)
    yield WidgetState(id=name, double_value=float("nan"))
    yield WidgetState(id=name, bytes_value=b"\xff")
    yield WidgetState(id=name, json_value="{")
    yield WidgetState(id=name, json_value=DEEP)
    edits = {
        "edited_rows": {"999": {"A": "1"}, "0": {"A": LONE}},
        "added_rows": [],
        "deleted_rows": [7],
    }
    yield WidgetState(id=name, string_value=json.dumps(edits))


async def opened(base, page):
    """A tab with the page in it."""
    tab = Wire(base)
    await tab.open(page)
    return tab


def told(tab):
    """What stands in the boxes of a page that failed."""
    return [one.exception for one in tab.screen.elements() if one.WhichOneof("type") == "exception"]


@pytest.mark.parametrize("page", PAGES)
def test_any_message_of_a_component(server, page):
    """Whatever its own parts send, a page stands: no box, and the next click is answered."""

    async def attack():
        tab = await opened(server, page)
        try:
            parts = [n for n, (kind, _) in tab.screen.inputs().items() if kind == "bidi_component"]
            assert parts
            for text in messages():
                tab._states.update({n: WidgetState(id=n, json_value=text) for n in parts})
                await tab.rerun()  # raises where the page shows a box
        finally:
            await tab.close()

    finished(attack())


def test_what_a_tab_brings(server):
    """A tab may bring anything to a new session: the session begins with its link all the same."""

    async def attack():
        first = await opened(server, "/steps?step=probs")
        own = first.screen.find("bidi_component", key="tab").id
        await first.close()
        for odd in ODD:
            tab = Wire(server)
            brought = {"brought": dict.fromkeys(BRINGS, odd), "notes": {"notes": odd, "a": odd}}
            tab._states[own] = WidgetState(id=own, json_value=json.dumps(brought))
            await tab.open("/steps?step=probs")  # raises where the page shows a box
            assert tab.screen.component("ledger")["view"]["step"] == "probs"
            await tab.rerun()
            await tab.close()

    finished(attack())


def test_wrong_types(server):
    """Values of a wrong type fail in the tab that sends them: no traceback, and no other tab."""

    async def attack():
        neighbour = await opened(server, "/steps?step=probs")
        before = list(neighbour.screen.texts())
        for number in range(6):
            tab = await opened(server, "/")
            for name in tab.screen.inputs():
                tab._states[name] = list(wrong(name))[number]
            with suppress(WireError):
                await tab.rerun()
            for box in told(tab):
                assert not list(box.stack_trace)
                assert "Error" not in box.message  # a sentence and a code, no error's own words
            await tab.close()
            await neighbour.rerun()
        assert list(neighbour.screen.texts()) == before
        await neighbour.close()

    finished(attack())
