"""What a person in a class does: opens a link, walks, edits, pastes, drags, changes the page.

Each keeps the case in mind that their own acts should have made, and looks whether the page and
its link say the same.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any
from urllib.parse import parse_qsl, urlencode

from bench.wire import Wire
from ce_core import Case, run
from ce_core.case import REDUCTIONS
from ui.link import decode
from ui.view import letters

PAGES = {  # how often each is gone to
    "steps": 6,
    "reductions": 3,
    "start": 1,
    "targets": 1,
    "gradient": 1,
    "check": 1,
    "placement": 1,
    "mistake": 1,
    "choose": 1,
    "practice": 1,
}
PACE, SLOWEST = 0.08, 0.6  # seconds between two messages of a slider that is dragged
RATE = "slider-descent-rate"  # not there under the reduction "none"
AMOUNTS = (0.0, 0.05, 0.1, 0.2)  # of smoothing
DRAGGED = 5  # messages of one move
Act = Callable[[], Awaitable[float | None]]
Note = Callable[[str, float], None]  # what was done, and the seconds until it was on the screen


class WrongAnswerError(AssertionError):
    """The page says something else than what follows from the person's own acts."""


async def at_hand(wire: Wire, kind: str, key: str, tab: str) -> Any:  # noqa: ANN401 - a message
    """An input among a page's own numbers, after opening what it is folded in.

    Raises:
        LookupError: it is not there all the same.
    """
    if not wire.screen.has(kind, key):
        fold = wire.screen.find("expandable", key="numbers")
        await wire.set(fold, bool_value=True)
    if not wire.screen.has(kind, key):
        await wire.set(wire.screen.find("tab_container", key="ways"), string_value=tab)
    return wire.screen.find(kind, key=key)


async def turn(wire: Wire, page: str) -> float:
    """Go to a page by its link in the menu; the seconds until it was there.

    Raises:
        LookupError: there is no such link.
        WrongAnswerError: another page came.
    """
    told = wire.screen.component("menu")
    links = (link for _, group in told["groups"] for link in group if link["page"] == page)
    if (link := next(links, None)) is None:
        raise LookupError(f"no link to {page} in the menu")
    took = await wire.trigger("menu", "go", {"page": page, "href": link["href"]})
    if (wire.page or "start") != page:
        raise WrongAnswerError(f"{wire.page} came instead of {page}")
    return took


@dataclass
class Person:
    """One person with a tab of their own.

    Args:
        wire: the tab.
        random: what they do and when.
        note: told of each act.

    Attributes:
        case: what their acts have made.
        checked: how many answers they looked at.
    """

    wire: Wire
    random: Random
    note: Note
    case: Case = field(init=False)
    page: str = "steps"
    checked: int = 0
    _edits: dict[str, dict[int, dict[str, str]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        rows, classes = self.random.randint(2, 6), self.random.randint(2, 5)
        self.case = Case(
            [[self._number() for _ in range(classes)] for _ in range(rows)],
            [self.random.randrange(classes) for _ in range(rows)],
            weight=[self._number(0.1, 3) for _ in range(classes)],
        )

    async def arrive(self) -> None:
        """Open the link of a teacher."""
        query = {
            "logits": ";".join(",".join(map(str, row)) for row in self.case.logits.tolist()),
            "target": ",".join(map(str, self.case.target.tolist())),
            "weight": ",".join(map(str, self.case.inputs["weight"].tolist())),
        }
        self.note("open", await self.wire.open(f"/{self.page}?{urlencode(query)}"))
        self.look()

    async def act(self) -> None:
        """Do one thing that the page offers, and look at the answer."""
        acts = self._acts()
        (name,) = self.random.choices(list(acts), [often for often, _ in acts.values()])
        await self.do(name)

    async def do(self, name: str) -> None:
        """Do this, and look at the answer."""
        took = await self._acts()[name][1]()
        if took is not None:
            self.note(name, took)
        self.look()

    def _acts(self) -> dict[str, tuple[int, Callable[[], Awaitable[float | None]]]]:
        acts: dict[str, tuple[int, Callable[[], Awaitable[float | None]]]] = {
            "page": (10, self._go)
        }
        if self.page == "steps":
            acts["step"] = (40, self._step)
        if self.page == "gradient" and self.wire.screen.has("bidi_component", RATE):
            acts["drag"] = (20, self._drag)
        if self.page == "mistake":
            acts["answer"] = (20, self._ask)
        if self.page != "practice":
            acts |= {
                "cell": (20, self._cell),
                "weight": (10, self._weight),
                "reduction": (10, self._reduction),
                "smoothing": (4, self._smoothing),
                "paste": (4, self._paste),
            }
        return acts

    # --- the acts; each gives the seconds until its answer was there ---

    async def _step(self) -> float:
        """Walk on; the browser draws it by itself, and says where one is for the link to follow."""
        steps = run(self.case).keys
        place = {
            "step": self.random.choice(steps),
            "row": self.random.randrange(len(self.case.logits)),
            "class": self.random.randrange(self.case.classes),
            "term": 0,
        }
        return await self.wire.tell("ledger", place=place)

    async def _cell(self) -> float:
        row, column = self.random.randrange(len(self.case.logits)), self._column()
        number = self._number()
        logits = self.case.logits.copy()
        logits[row, column] = number
        self.case = self.case.replace(logits=logits)
        return await self._typed("logits", row, column, number)

    async def _weight(self) -> float:
        column, number = self._column(), self._number(0.1, 3)
        weight = self.case.inputs["weight"].copy()
        weight[column] = number
        self.case = self.case.replace(weight=weight)
        return await self._typed("weight", 0, column, number)

    async def _typed(self, table: str, row: int, column: int, number: float) -> float:
        part = await at_hand(self.wire, "dataframe", table, "Edit")
        edits = self._edits.setdefault(part.id, {})
        edits.setdefault(row, {})[letters(self.case.classes)[column]] = str(number)
        return await self.wire.edit(part, edits)

    async def _reduction(self) -> float:
        others = [one for one in REDUCTIONS if one != self.case.reduction]
        self.case = self.case.replace(reduction=self.random.choice(others))
        part = self.wire.screen.find("button_group", label="reduction")
        return await self.wire.choose(part, self.case.reduction)

    async def _smoothing(self) -> float:
        amount = self.random.choice([a for a in AMOUNTS if a != self.case.label_smoothing])
        self.case = self.case.replace(label_smoothing=amount)
        part = await at_hand(self.wire, "text_input", "label_smoothing", "Edit")
        return await self.wire.set(part, string_value=str(amount))

    async def _paste(self) -> float:
        rows, classes = self.random.randint(2, 8), self.random.randint(2, 5)
        logits = [[self._number() for _ in range(classes)] for _ in range(rows)]
        target = [self.random.randrange(classes) for _ in range(rows)]
        weight = [self._number(0.1, 3) for _ in range(classes)]
        text = (
            f"logits = torch.tensor({logits})\nlabels = torch.tensor({target})\n"
            f"w = torch.tensor({weight})\nloss = nn.CrossEntropyLoss(weight=w)(logits, labels)"
        )
        self.case = Case(logits, target, weight=weight)
        part = await at_hand(self.wire, "text_area", "paste", "Paste")
        return await self.wire.set(part, string_value=text)

    async def _ask(self) -> float:
        part = self.wire.screen.find("text_input", key="answer")
        return await self.wire.set(part, string_value=str(self._number(0.1, 3)))

    async def _drag(self) -> None:
        """Drag a slider: messages while it moves, at the pace of the answers, and a last one."""
        name, pace = RATE, PACE
        first = self.wire.screen.component(name)
        for n in range(1, DRAGGED + 1):
            value = self.random.uniform(first["low"], first["high"])
            sent = {"value": value, "n": first["n"] + n, "final": n == DRAGGED}
            took = await self.wire.tell(name, sent=sent)
            self.note("drag", took)
            pace = min(max(PACE, 1.5 * took), SLOWEST)
            await asyncio.sleep(max(pace - took, 0))

    async def _go(self) -> float:
        others = {page: often for page, often in PAGES.items() if page != self.page}
        (self.page,) = self.random.choices(list(others), list(others.values()))
        return await turn(self.wire, self.page)

    # --- what they look at ---

    def look(self) -> None:
        """Whether the link, and the walk where it is on the screen, hold the case in mind.

        Raises:
            WrongAnswerError: they hold something else.
        """
        self.checked += 1
        view, dropped = decode(dict(parse_qsl(self.wire.query)), {})
        if dropped or view.case.digest != self.case.digest:
            raise WrongAnswerError(f"the link of {self.page} holds another case: {self.wire.query}")
        if self.page == "steps":
            self._look_at_the_walk()

    def _look_at_the_walk(self) -> None:
        shown, trace = self.wire.screen.component("ledger"), run(self.case)
        if shown["id"] != self.case.digest:
            raise WrongAnswerError("the walk shows another case")
        for key in trace.keys:
            step, data = trace[key], shown["values"][key]["data"]
            if data != step.rows.tolist():
                raise WrongAnswerError(f"{key} is {data}, must be {step.rows.tolist()}")

    def _column(self) -> int:
        return self.random.randrange(self.case.classes)

    def _number(self, low: float = -4, high: float = 9) -> float:
        return round(self.random.uniform(low, high), 2)
