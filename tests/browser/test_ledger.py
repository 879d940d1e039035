"""The ledger in a real browser: quick steps, linked numbers, keys, and what cannot be drawn."""

import statistics
from urllib.parse import quote

import numpy as np
import pytest

from ce_core import Case, run
from ce_core.presets import PRESETS, preset
from ce_core.rule import CELL, ONE, ROW
from ce_core.torch_check import check
from ce_core.trace import as_rows
from tests.browser.conftest import MOBILE, _watch, open_page, rerun
from tests.strategies import REDUCTIONS
from ui.figures import column, figure, full
from ui.ledger import files
from ui.ledger.payload import MOST_CLASSES, MOST_ROWS, payload
from ui.place import Place, axes_of, in_words, place, read_cells
from ui.view import of_preset, positions, start

# Counts what the page sends to the server.
COUNTING = """
window.sent = 0;
const send = WebSocket.prototype.send;
WebSocket.prototype.send = function (...all) { window.sent += 1; return send.apply(this, all); };
"""
PATIENCE = 250  # ms; the ledger waits a little longer before it tells the server where it is
SMALL = {"viewport": {"width": 1280, "height": 500}}  # so that the page can be scrolled
NAME = "<img src=x onerror=alert(1)>"
THREE = "/steps?logits=2,1,0.1;0.5,2.5,0.3;1.2,0.4,3&target=0,2,2&weight=1,2,5"


def opened(page, server, path):
    """The ledger of a page, drawn."""
    page.add_init_script(COUNTING)
    open_page(page, server, path)
    ledger = page.locator(".wce-ledger")
    ledger.locator(".screen").wait_for()
    return ledger


def at_step(ledger):
    """The key of the step on the screen."""
    return ledger.locator("[data-part=list]").input_value()


def said(ledger):
    """The sentence of the step on the screen."""
    return ledger.get_by_role("status").inner_text()


def go(page, ledger, step):
    """Choose a step in the list, and wait until the address has it."""
    ledger.locator("[data-part=list]").select_option(step)
    in_address(page, f"step={step}")


def in_address(page, text):
    """Wait until the address has a parameter."""
    page.wait_for_function("text => location.search.includes(text)", arg=text, timeout=10_000)


# From the key to the drawn frame: the browser's own callback before it paints, and the first
# task after that.
STEPS = """async (root, keys) => {
  const seen = () => root.querySelector('.stepper').textContent
    + root.querySelector('[role=status]').textContent + root.querySelector('.formula').textContent;
  const made = [];
  for (const key of keys) {
    const before = seen(), sent = window.sent, started = performance.now();
    document.body.dispatchEvent(
      new KeyboardEvent('keydown', { key, bubbles: true, composed: true }));
    await new Promise(requestAnimationFrame);
    const late = window.sent - sent;
    await new Promise(done => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = done;
      port2.postMessage(0);
    });
    made.push({ took: performance.now() - started, changed: seen() !== before, late });
  }
  return made;
}"""


def walk(ledger):
    """Go 15 steps on, back and on again, and give what each took, checked.

    A walk is quick if one of the three times the median is: a busy machine has its moments.
    """
    made = ledger.evaluate(STEPS, ["ArrowRight"] * 15 + ["ArrowLeft"] * 15 + ["ArrowRight"] * 15)
    took = [step["took"] for step in made]
    assert all(step["changed"] for step in made)
    assert not any(step["late"] for step in made if step["took"] < PATIENCE)
    assert min(statistics.median(took[k : k + 15]) for k in (0, 15, 30)) <= 50, took
    return took


@pytest.mark.parametrize("page", [SMALL], indirect=True, ids=["small"])
def test_stepping(page, server):
    """A step is drawn within 50 ms, as the median of 15, and before any message is sent.

    Then one message tells the server, the address follows, and the page stays where it is.
    """
    ledger = opened(page, server, "/steps")
    main, scrolled = page.get_by_test_id("stMain"), "e => [e.scrollTop, scrollY]"
    main.evaluate("e => { e.scrollTop = 90; }")
    assert main.evaluate(scrolled) == [90, 0]
    sent = page.evaluate("sent")
    took = walk(ledger)
    in_address(page, "step=gradient")
    assert main.evaluate(scrolled) == [90, 0]
    assert page.evaluate("sent") - sent <= 1 + sum(one > PATIENCE for one in took)
    assert ledger.locator(".stepper .what").inner_text() == "Step 16 of 16"


def test_back_goes_one_step_back(page, server):
    """Five fast presses are five steps; a sixth is undone by the browser's Back, then redone."""
    ledger = opened(page, server, "/steps")
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    assert at_step(ledger) == "log_probs"
    in_address(page, "step=log_probs")
    rerun(page, lambda: page.keyboard.press("ArrowRight"))
    assert at_step(ledger) == "kept"
    rerun(page, page.go_back)
    assert at_step(ledger) == "log_probs"
    rerun(page, page.go_forward)
    assert at_step(ledger) == "kept"


# Linked numbers

PLACES = {"table": ".sheet", "formula": ".formula", "bar": ".picture", "sentence": ".sentence"}
# A walk -> its steps, and where beside the table their numbers stand.
LINKED = {
    "rare_class": {
        "probs": ("formula", "bar", "sentence"),
        "partition": ("formula", "bar", "sentence"),
        "losses": ("formula", "bar", "sentence"),
        "denominator": ("formula", "bar", "sentence"),
    },
    "soft_smoothing": {
        "weighted_terms": ("formula", "bar", "sentence"),
        "mean_loss": ("formula", "bar", "sentence"),
    },
    "pixels_log": {"gradient": ("formula", "bar", "sentence")},
}
IDS = "e => [...e.querySelectorAll('[data-id]')].map(one => one.dataset.id)"
MARKED = """root => {
  const of = name => [...new Set([...root.querySelectorAll(`.screen .${name}[data-id]:not(.card *)`)]
    .map(one => one.dataset.id))].sort();
  const style = name => [...new Set([...root.querySelectorAll(`.sheet td.${name}`)]
    .map(one => getComputedStyle(one).borderTopStyle))];
  return { lit: of('lit'), made: of('made'), sources: of('source'),
    outlines: style('source'), card: root.querySelector('.card').innerText };
}"""


def name_of(key, axes, row, column):
    """The name of a number in the ledger: "probs/0/1", "losses/2/", "weight//1"."""
    return {
        CELL: f"{key}/{row}/{column}",
        ROW: f"{key}/{row}/",
        None: f"{key}//{column}",
        ONE: f"{key}//",
    }[axes]


def sources_of(at, name):
    """The names of the numbers that made the one of that name, as the tables mark them."""
    key, row, column = name.split("/")
    if key not in at.trace:
        return set()
    here = Place(at.trace, at.names, int(row or at.row), int(column or at.column))
    step, found = at.trace[key], set()
    for read in step.rule.reads:
        axes = axes_of(at.trace, read)
        for cell in np.argwhere(read_cells(here, step, read)):
            row, column = {CELL: tuple(cell), ROW: (*cell, ""), None: ("", *cell)}.get(axes, "  ")
            found.add(name_of(read, axes, row, column))
    return found


def number_of(at, name, arrays=None):
    """The number of that name, ours or torch's."""
    key, row, column = name.split("/")
    array = at.rows(key) if arrays is None else arrays[key]
    return float(array[tuple(int(part) for part in (row, column) if part)])


def torch_of(trace):
    """Torch's own arrays, a row for each sample."""
    axes = {step.key: step.rule.axes for step in trace}
    checks = (row for row in check(trace, "cpu", "float64") if row.key in axes)
    return {row.key: as_rows(row.torch, axes[row.key]) for row in checks}


def twins(ledger, part):
    """The names that stand both in the table and in another part."""
    inside = ledger.locator(PLACES["table"]).evaluate(IDS)
    both = [name for name in ledger.locator(PLACES[part]).evaluate(IDS) if name in inside]
    assert both, f"no number of the table is in the {part}"
    return list(dict.fromkeys(both))


def shown(ledger, part, name):
    """The number of that name in a part; of a formula the last, as a letter may hold another."""
    return ledger.locator(f'{PLACES[part]} [data-id="{name}"]').last


def assert_linked(ledger, at, torch, name, parts):
    """The number is marked in both parts, its sources are framed, and its card tells all."""
    marked = ledger.evaluate(MARKED)
    assert name in marked["lit"] + marked["made"]
    assert set(marked["lit"]) <= {name}
    for part in parts:
        twin = ledger.locator(f'{PLACES[part]} [data-id="{name}"]').first
        assert {"lit", "made"} & set(twin.get_attribute("class").split()), (name, part)
    drawn = {other for part in PLACES.values() for other in ledger.locator(part).evaluate(IDS)}
    drawn |= set(ledger.locator(".also").evaluate(IDS))
    assert set(marked["sources"]) == sources_of(at, name) & drawn, name
    assert set(marked["outlines"]) <= {"dotted"}
    facts = marked["card"].replace("\n", " ")
    assert full(number_of(at, name)) in facts, name
    if name.split("/")[0] in at.trace:
        ours, theirs = number_of(at, name), number_of(at, name, torch)
        assert ("the same number" if ours == theirs else full(theirs)) in facts, name


@pytest.mark.parametrize("key", LINKED)
def test_pointing_and_focus_link_numbers(page, server, key):
    """Pointing at a number, or focusing it, lights its twins and frames its sources, at once."""
    ledger = opened(page, server, f"/steps?preset={key}")
    for step, parts in LINKED[key].items():
        go(page, ledger, step)
        view = of_preset(preset(key)).replace(step=step)
        at = place(run(view.case), view)
        torch, sent, outlined = torch_of(at.trace), page.evaluate("sent"), 0
        for part in parts:
            both = twins(ledger, part)
            for name in dict.fromkeys([both[0], both[-1]]):
                for where in (part, "table"):
                    shown(ledger, where, name).hover()
                    assert_linked(ledger, at, torch, name, ("table", part))
                    outlined += ledger.locator(".sheet td.source").count()
                ledger.locator("[data-part=list]").focus()
                page.mouse.move(1, 1)
                shown(ledger, "table", name).focus()
                assert_linked(ledger, at, torch, name, ("table", part))
        assert outlined
        assert page.evaluate("sent") == sent


@pytest.mark.parametrize("page", [MOBILE], indirect=True, ids=["phone"])
def test_tapping_links_numbers(page, server):
    """A tap keeps a number lit on both sides, a second tap lets go; a tapped pixel is gone to."""
    ledger = opened(page, server, "/steps?preset=pixels_log&step=probs")
    view = of_preset(preset("pixels_log"))
    at = place(run(view.case), view)
    torch, sent = torch_of(at.trace), page.evaluate("sent")
    for part in ("formula", "sentence"):
        (name, *_) = [name for name in twins(ledger, part) if not name.startswith("probs/")]
        for where in (part, "table"):
            number = shown(ledger, where, name)
            number.tap()
            assert_linked(ledger, at, torch, name, ("table", part))
            assert ledger.locator(".card.pinned").count() == 1
            number.tap()
            assert ledger.locator(".card.pinned").count() == 0
    assert page.evaluate("sent") == sent
    pixel = ledger.get_by_role("button", name="row (0, 1, 1)")
    assert min(pixel.bounding_box()[side] for side in ("width", "height")) >= 24
    pixel.tap()
    assert "Row (0, 1, 1)" in ledger.locator("caption").inner_text()
    # row (0, 1, 1) of 2 x 2 pixels is the fourth
    in_address(page, "row=3")
    assert ledger.get_by_role("combobox", name="Row", exact=True).input_value() == "3"


def test_sums_are_built(page, server):
    """After k presses the running total is the sum of the first k terms; names stay only text."""
    dialogs = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    ledger = opened(page, server, f"{THREE}&classes={quote(f'{NAME},b,c')}&step=partition")
    trace = run(Case([[2, 1, 0.1], [0.5, 2.5, 0.3], [1.2, 0.4, 3]], [0, 2, 2], [1, 2, 5]))
    sums = {"partition": trace["exps"].rows[0], "denominator": trace["sample_weight"].rows}
    for step, terms in sums.items():
        go(page, ledger, step)
        total = ledger.locator(".result")
        ledger.get_by_role("button", name="Build the sum term by term").click()
        for k in range(1, len(terms)):
            partial = figure(terms[:k].sum())
            assert total.inner_text().split() == [partial, *f"after {k} of 3 terms".split()]
            assert said(ledger).endswith(f"after {k} of 3 terms the sum is {partial}.")
            assert f"{partial} after {k} of 3" in ledger.locator(".picture .sum").inner_text()
            if k == 2:
                in_address(page, "term=2")
            ledger.get_by_role("button", name="Add a term").click()
        assert figure(terms.sum()) in total.inner_text()
        assert ledger.get_by_role("button", name="Add a term").count() == 0
    go(page, ledger, "probs")
    assert NAME in ledger.locator(".sheet").inner_text()
    assert ledger.locator("img").count() == 0
    assert dialogs == []


FOCUSED = """() => {
  let one = document.activeElement;
  while (one.shadowRoot?.activeElement) one = one.shadowRoot.activeElement;
  return one.innerText ?? '';
}"""


def test_keyboard_alone_gets_to_the_loss(page, server):
    """Tab comes to Next, Enter steps from the logits to the loss, and each step is told."""
    ledger = opened(page, server, "/steps")
    for _ in range(40):
        if page.evaluate(FOCUSED) == "Next":
            break
        page.keyboard.press("Tab")
    at = place(run(start().case), start())
    for step in at.trace:
        assert page.evaluate(FOCUSED) == "Next"
        assert at_step(ledger) == step.key
        assert said(ledger) == in_words(at, step)
        if step.key == "mean_loss":
            break
        page.keyboard.press("Enter")
    # (0.4 * 0.3133 + 0.36 * 3.0486) / 0.76, as torch gives it
    assert said(ledger).endswith("is 1.7529.")


def test_any_row_and_class_of_many(page, server):
    """Of 60 rows and 20 classes the ledger names its folds, and the page goes to any of them."""
    rng = np.random.default_rng(0)
    logits, target = rng.integers(0, 9, (60, 20)), np.arange(60) % 20
    rows = ";".join(",".join(map(str, row)) for row in logits)
    path = f"/steps?logits={rows}&target={','.join(map(str, target))}&step=probs"
    ledger = opened(page, server, path)
    assert ledger.locator(".fold th").inner_text() == "+ 8 more classes"
    assert ledger.locator("tbody tr").count() == MOST_CLASSES + 1
    box = page.get_by_role("spinbutton", name="Row, 0 to 59")
    box.fill("57")
    rerun(page, lambda: box.press("Enter"))
    assert "Row 57, a row for each class" in ledger.locator("caption").inner_text()
    box = page.get_by_role("spinbutton", name="Class, 0 to 19")
    box.fill("3")
    rerun(page, lambda: box.press("Enter"))
    in_address(page, "class=3")
    # Classes are called A, B, C, D
    assert said(ledger).startswith("Class D ")
    go(page, ledger, "losses")
    drawn = ledger.locator("tbody tr").count() - 1
    assert drawn <= MOST_ROWS
    assert ledger.locator(".fold th").inner_text() == f"+ {60 - drawn} more rows"


# Streamlit hands a component's code to the browser as a blob.
NO_COMPONENTS = """
const make = URL.createObjectURL;
URL.createObjectURL = blob => make.call(URL, !/javascript/.test(blob.type) ? blob
  : new Blob(['throw new Error("no components today")'], { type: blob.type }));
"""


def test_plain_tables_where_nothing_draws(browser, server):
    """Where the browser cannot run the ledger the page shows the step as plain tables."""
    page = browser.new_context().new_page()  # not under the gates: the failure is an error
    _watch(page, [])
    page.add_init_script(NO_COMPONENTS)
    page.goto(f"{server}/steps?step=probs")
    tables = page.locator(".wce-fallback table")
    tables.first.wait_for(state="visible", timeout=60_000)
    assert page.locator(".wce-ledger .screen").count() == 0
    assert [one.locator("caption").inner_text() for one in tables.all()] == [
        "Exponentials",
        "Row sum",
        "Softmax: probabilities",
    ]
    # e^0 / (e^-1 + e^0) = 1 / 1.3679
    assert "0.7311" in tables.last.inner_text()
    page.context.close()


# The drawing code alone, in an empty page


@pytest.fixture(scope="module")
def alone(browser):
    """An empty page with the ledger's drawing code and its style, and without any server."""
    faults = []
    page = browser.new_context().new_page()
    _watch(page, faults)
    page.set_content("<main><button>outside</button><div class='wce-ledger'></div></main>")
    page.add_style_tag(content=files.style())
    page.add_script_tag(content=files.script())
    yield page
    page.context.close()
    assert faults == []


def draw(page, made):
    """A ledger of the payload in place of the one before, away from the pointer."""
    page.mouse.move(1, 1)
    page.evaluate(
        """payload => {
          window.ledger?.destroy();
          window.places = [];
          window.ledger = new Ledger(
            document.querySelector('.wce-ledger'), payload, { onPlace: one => places.push(one) });
        }""",
        made,
    )
    return page.locator(".wce-ledger")


def sent(view, step="", **more):
    """What the page sends for a view."""
    at = place(run(view.case), view)
    return payload(at, step or at.trace.keys[0], **more)


WIDE = Case(
    np.random.default_rng(0).normal(size=(4, 30)),
    [29, 0, 11, 7],
    np.random.default_rng(1).random(30),
)
VIEWS = [
    *(
        view.with_case(view.case.replace(reduction=REDUCTIONS[k % 3]))
        for k, view in enumerate(map(of_preset, PRESETS))
        if positions(view.case) and view.case.classes
    ),
    start().of_case(WIDE),
]
TOLD = """payload => {
  const walk = new Walk(payload), told = [];
  for (const { key } of walk.steps) for (const row of walk.rows) for (const one of walk.classes) {
    const place = { step: key, row, class: one, term: 0 };
    const words = sentenceOf(walk, walk.step(key), place);
    told.push([key, row, one, words, walk.sources(walk.id(key, row, one), place)]);
  }
  return told;
}"""


def test_words_and_sources_are_those_of_python(alone):
    """At every place of every example the browser tells the same sentence and the same sources."""
    for view in VIEWS:
        trace = run(view.case)
        for key, row, one, words, sources in alone.evaluate(TOLD, sent(view)):
            at = Place(trace, view.classes, row, one)
            where = (view.preset, key, row, one)
            assert words == in_words(at, trace[key]), where
            if view.case.classes <= MOST_CLASSES:
                name = name_of(key, trace[key].rule.axes, row, one)
                assert set(sources) == sources_of(at, name), where


def test_figures_are_those_of_python(alone):
    """A number is written in the browser as on the rest of the page, ties and extremes too."""
    rng = np.random.default_rng(0)
    values = [
        *(rng.normal(size=1_000) * 10.0 ** rng.integers(-9, 9, 1_000)),
        *(rng.integers(-4_000, 4_000, 500) / 32),  # many of them halfway between two figures
        *(0.0, 1e-4, 99999.99995, 999_999.5, 1e6, 1e15, 1e16, 5e-324, 1.7976931348623157e308),
    ]
    texts = alone.evaluate("values => values.map(one => [figure(one), full(one)])", values)
    assert texts == [[figure(one), full(one)] for one in values]
    columns = [values[k : k + 4] for k in range(0, len(values), 4)]
    assert alone.evaluate("all => all.map(one => column(one))", columns) == list(
        map(column, columns)
    )
    named = alone.evaluate("['nan', 'inf', '-inf'].map(one => figure(numberOf(one)))")
    assert named == [figure(float(one)) for one in ("nan", "inf", "-inf")]


MOVES = {"ArrowRight": (0, 1), "ArrowDown": (1, 0), "ArrowLeft": (0, -1), "ArrowUp": (-1, 0)}
HERE_NOW = """() => {
  const cell = document.activeElement.closest('td, th');
  return cell && [cell.parentElement.rowIndex, cell.cellIndex];
}"""


def test_arrows_move_in_the_table(alone):
    """Inside the table arrow keys move over the cells and light them; the step stays."""
    ledger = draw(alone, sent(start().replace(step="probs"), "probs"))
    cells = ledger.locator("[data-ref]")
    assert cells.evaluate_all("all => all.filter(one => one.tabIndex === 0).length") == 1
    ledger.locator('td[data-id="logits/0/0"]').focus()
    at = alone.evaluate(HERE_NOW)
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"):
        alone.keyboard.press(key)
        at = [at[0] + MOVES[key][0], at[1] + MOVES[key][1]]
        assert alone.evaluate(HERE_NOW) == at
        focused = alone.evaluate("document.activeElement.dataset.id")
        assert set(ledger.evaluate(MARKED)["lit"]) <= {focused}
        assert ledger.locator(f'td[data-id="{focused}"]:is(.lit, .made)').count() == 1
    assert cells.evaluate_all("all => all.filter(one => one.tabIndex === 0).length") == 1
    assert at_step(ledger) == "probs"


def steps(key, count, start):
    """The key steps so far, from where `start` is focused, and the focus stays there."""

    def act(page):
        place = "window.ledger.walk.indexOf.get(window.ledger.place.step)"
        page.locator(start).first.focus()
        before, at = page.evaluate(place), page.evaluate(HERE_NOW)
        page.keyboard.press(key)
        assert page.evaluate(place) - before == count, key
        assert page.evaluate(HERE_NOW) == at

    return act


def moves(page):
    """Each arrow goes a cell that way."""
    page.locator('td[data-id="shifted/0/0"]').focus()
    at = page.evaluate(HERE_NOW)
    for key, (down, right) in MOVES.items():
        page.keyboard.press(key)
        at = [at[0] + down, at[1] + right]
        assert page.evaluate(HERE_NOW) == at, key


def ends(**cells):
    """Each key goes to its cell."""

    def act(page):
        page.locator('td[data-id="shifted/0/0"]').focus()
        for key, cell in cells.items():
            page.keyboard.press(key.replace("_", "+"))
            assert page.evaluate("document.activeElement.dataset.ref") == cell, key

    return act


def chooses(page):
    """Enter and Space keep a number's card and let it go; on a name they go to what it names."""
    for key in ("Enter", "Space"):
        page.locator('td[data-id="logits/0/0"]').focus()
        for pinned in (1, 0):
            page.keyboard.press(key)
            assert page.locator(".card.pinned").count() == pinned, key
    for ref, part, value in (("class/1", "class", 1), ("step/shifted", "step", "shifted")):
        page.locator(f'th[data-ref="{ref}"]').focus()
        page.keyboard.press("Enter")
        assert page.evaluate("part => window.ledger.place[part]", part) == value


def lets_go(page):
    """Escape lets go of a number that was kept, from wherever one is."""
    for where in ('td[data-id="logits/0/0"]', "main > button"):
        page.locator('td[data-id="logits/0/0"]').click()
        assert page.locator(".card.pinned").count() == 1
        page.locator(where).focus()
        page.keyboard.press("Escape")
        assert page.locator(".card.pinned").count() == 0


KEYS = {
    "→": steps("ArrowRight", 1, "main > button"),
    "←": steps("ArrowLeft", -1, "main > button"),
    "Shift →": steps("Shift+ArrowRight", 1, "tbody th"),
    "Shift ←": steps("Shift+ArrowLeft", -1, "tbody th"),
    "→ ← ↑ ↓": moves,
    "Home, End": ends(Home="class/0", End="probs/0/0"),
    "Ctrl Home, Ctrl End": ends(Control_Home="step/logits", Control_End="partition/0/"),
    "Enter or Space": chooses,
    "Esc": lets_go,
}
BOUND = {*MOVES, "Home", "End", "Enter", " ", "Escape"}


def test_every_listed_key_does_what_it_says(alone):
    """The list of keys is the list of what is bound, and each key does what stands beside it."""
    ledger = draw(alone, sent(of_preset(preset("rare_class")), "probs"))
    ledger.locator("summary").click()
    assert ledger.locator("dt kbd").all_inner_texts() == list(KEYS)
    assert set(alone.evaluate("KEYS.map(one => one.press)")) == BOUND
    for act in KEYS.values():
        act(alone)


MOVING = """root => {
  root.querySelector('[data-act=forward]').click();
  return root.getAnimations({ subtree: true }).length;
}"""


def test_nothing_moves_where_motion_is_unwanted(alone):
    """A step brings its numbers in with a short move; under reduced motion nothing moves."""
    ledger = draw(alone, sent(start()))
    assert ledger.evaluate(MOVING) > 0
    alone.emulate_media(reduced_motion="reduce")
    assert [ledger.evaluate(MOVING) for _ in range(3)] == [0, 0, 0]
    alone.emulate_media(reduced_motion="no-preference")


def test_card_stays_while_it_is_read(alone):
    """A card stays while the pointer is on it, longer than one lingers, then the step's is back."""
    ledger = draw(alone, sent(start(), "probs"))
    card = ledger.locator(".card")
    own = card.inner_text()
    ledger.locator('td[data-id="logits/0/0"]').hover()
    shown = card.inner_text()
    assert shown != own
    card.hover()
    alone.evaluate("() => new Promise(done => setTimeout(done, 2 * LINGER))")
    assert card.inner_text() == shown
    alone.get_by_role("button", name="outside").hover()
    alone.wait_for_function("own => document.querySelector('.card').innerText === own", arg=own)


def test_ten_thousand_rows_step_as_quickly(alone):
    """Of 10,000 rows and 1,000 classes a bounded part is drawn, the rest is named, quick as ever."""
    rng = np.random.default_rng(0)
    case = Case(rng.normal(size=(10_000, 1_000)), rng.integers(0, 1_000, 10_000), rng.random(1_000))
    ledger = draw(alone, sent(start().of_case(case)))
    alone.evaluate("window.sent = 0")
    walk(ledger)
    assert at_step(ledger) == "gradient"
    for view, fold in (("This row", "988 more classes"), ("Whole batch", "more rows, ")):
        ledger.get_by_role("button", name=view).click()
        assert fold in ledger.locator(".fold th").inner_text()
        assert ledger.locator(".sheet :is(td, th)").count() <= (MOST_ROWS + 2) * (MOST_CLASSES + 1)


BROKEN = {
    "nothing": lambda _: {},
    "no steps": lambda whole: whole | {"steps": []},
    "a step's numbers are missing": lambda whole: (
        whole | {"values": {k: v for k, v in whole["values"].items() if k != "probs"}}
    ),
    "a row is missing": lambda whole: whole | {"rows": whole["rows"][:1]},
    "half a formula": lambda whole: whole | {"steps": [whole["steps"][0] | {"numbers": []}]},
    "no MathML": lambda whole: whole | {"steps": [whole["steps"][0] | {"symbols": ["<b"]}]},
}


def test_what_cannot_be_drawn_is_said(alone):
    """A payload that does not fit together is answered by a sentence, and the next one is drawn."""
    whole = sent(start())
    for what, broken in BROKEN.items():
        ledger = draw(alone, broken(whole))
        assert ledger.inner_text().startswith("This walk cannot be drawn: "), what
        assert ledger.get_by_role("alert").count() == 1
        alone.keyboard.press("ArrowRight")  # and no key is an error
        alone.evaluate("payload => window.ledger.update(payload)", whole)
        assert said(ledger) == in_words(
            place(run(start().case), start()), run(start().case)["row_max"]
        )
