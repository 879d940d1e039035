"""What a person does on each page to change it: got ready first, then one press that is timed."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from playwright.sync_api import Locator, Page
from playwright.sync_api import TimeoutError as TooLateError

Press = Callable[[], object]
TRIES = 9  # one click brings the table the keys, one selects the cell, one opens it


@dataclass(frozen=True)
class Edit:
    """One kind of edit on one page.

    Attributes:
        page: where, as in the address; the empty page's addresses name the kind of its widget.
        what: what is changed.
        like: the widget of the empty page that it is compared with.
        ready: gets ready for the n-th edit and gives the press that makes it.
        open: makes sure that the widget is in sight.
    """

    page: str
    what: str
    like: str
    ready: Callable[[Page, int], Press]
    open: Callable[[Page], object] = lambda _: None


def _seen(found: Locator) -> Locator:
    return found.filter(visible=True).first


def _unfold(page: Page) -> None:
    if page.get_by_test_id("stDataFrame").filter(visible=True).count() == 0:
        page.get_by_test_id("stExpander").first.locator("summary").click()
    _seen(page.get_by_test_id("stDataFrame")).wait_for()


def cell(grid: int) -> Callable[[Page, int], Press]:
    """A number of a table typed anew; Enter is the press."""

    def ready(page: Page, n: int) -> Press:
        table = page.get_by_test_id("stDataFrame").filter(visible=True).nth(grid)
        table.scroll_into_view_if_needed()
        field = page.locator("#portal textarea, #portal input").first
        for _ in range(TRIES):
            with suppress(TooLateError):  # the open cell may lie over the table already
                table.click(position={"x": 120, "y": 52}, timeout=1_000)
            with suppress(TooLateError):
                field.wait_for(timeout=300)
                break
        field.fill(str(2 + n % 7))
        return lambda: field.press("Enter")

    return ready


def choice(*names: str) -> Callable[[Page, int], Press]:
    """One of several names clicked, in turn."""

    def ready(page: Page, n: int) -> Press:
        name = names[n % len(names)]
        button = _seen(page.get_by_role("radio", name=name, exact=True))
        button.scroll_into_view_if_needed()
        return lambda: button.click(force=True)

    return ready


def text(label: str, values: tuple[str, str], key: str = "Enter") -> Callable[[Page, int], Press]:
    """A text typed into a field; Enter is the press."""

    def ready(page: Page, n: int) -> Press:
        field = _seen(page.get_by_role("textbox", name=label))
        field.fill(values[n % 2])
        return lambda: field.press(key)

    return ready


def button(name: str) -> Callable[[Page, int], Press]:
    """A button clicked."""

    def ready(page: Page, _: int) -> Press:
        found = _seen(page.get_by_role("button", name=name, exact=True))
        found.scroll_into_view_if_needed()
        return found.click

    return ready


def _more(page: Page, _: int) -> Press:
    return page.get_by_test_id("stNumberInputStepUp").click


REDUCTION = choice("sum", "mean")
OURS = (
    Edit("/", "a logit in the table", "cell", cell(0)),
    Edit("/", "the reduction", "choice", REDUCTION),
    Edit("/steps", "a logit in the table", "cell", cell(0), _unfold),
    Edit("/steps", "a weight in the table", "cell", cell(1), _unfold),
    Edit("/steps", "the reduction", "choice", REDUCTION),
    Edit("/steps", "label smoothing", "text", text("label_smoothing", ("0.1", "0.2")), _unfold),
    Edit("/reductions", "a logit in the table", "cell", cell(0), _unfold),
    Edit("/reductions", "the reduction", "choice", REDUCTION),
    Edit("/check", "the reduction", "choice", REDUCTION),
    Edit("/targets", "the reduction", "choice", REDUCTION),
    Edit("/gradient", "the reduction", "choice", REDUCTION),
    Edit("/mistake", "the number", "text", text("Your number", ("0.6662", "0.7"))),
    Edit("/placement", "the reduction", "choice", REDUCTION),
    Edit(
        "/choose",
        "the counts",
        "text",
        text("How many samples each class has", ("9, 3, 1", "9, 4, 2"), "Control+Enter"),
    ),
    Edit("/lab", "the samples", "choice", choice("Two moons", "Two clouds")),
    Edit("/practice", "another item", "button", button("Another item")),
    Edit("/teach", "the frame's height", "choice", choice("480", "640")),
)
EMPTY = (
    Edit("/?kind=number", "a number's +", "number", _more),
    Edit("/?kind=button", "a button", "button", button("button")),
    Edit("/?kind=choice", "a choice", "choice", REDUCTION),
    Edit("/?kind=text", "a text", "text", text("text", ("one", "two"))),
    Edit("/?kind=cell", "a cell of a table", "cell", cell(0)),
)
