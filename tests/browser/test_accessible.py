"""For everyone: the pages as axe-core, a screen reader, a narrow screen and a finger find them."""

from pathlib import Path
from shutil import copytree

import axe_playwright_python
import pytest

from ce_core import run
from ce_core.presets import preset
from tests.browser.conftest import ROOT, _watch, open_page, rerun, serve, settle
from ui.figures import MINUS, column, figure
from ui.place import in_words, place
from ui.view import of_preset

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
FINDINGS = """async tags => {
  const { violations } = await axe.run(document, {
    runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] });
  return violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target.join(' '))]);
}"""
GROUND = "getComputedStyle(document.querySelector('.stApp')).backgroundColor"
STILL = "!document.getAnimations().some(one => one.playState === 'running')"  # colours go over
EMPTY = "import streamlit as st\nst.title('x')\nst.sidebar.markdown('x')\n"

MANY = ";".join(f"{k % 7},{k % 5}" for k in range(80))  # more rows than the ledger draws
SAMPLE = "/steps?preset=rare_class&step=probs&row=5"
BATCH = f"/steps?logits={MANY}&target={','.join(str(k % 2) for k in range(80))}&step=losses"
PAGES = {
    "start": "/",
    "a step in one sample": SAMPLE,
    "a step in a long batch": BATCH,
    "reductions": "/reductions",
    "check": "/check",
    "a mistake found": "/mistake?answer=0.6662",
    "a mistake in a binary loss": "/mistake?loss=bce&holds=logits&input=2.2,-1.4,0.6&target=1,0,0"
    "&pos_weight=3,&answer=0.5",
    "an error explained": "/mistake?answer=IndexError%3A+Target+3+is+out+of+bounds.",
    "practice, worked out": "/practice?topic=reductions",
    "practice, with blanks": "/practice?mode=solve&topic=smoothing&seed=4",
    "practice, a guess first": "/practice?mode=solve&predict=1",
    "where the weight goes": "/placement?preset=weight_outside&shift=10",
    "choose weights": "/choose?counts=900,100&counted=healthy,sick&scheme=effective",
    "choose weights, pos_weight": "/choose?part=pos_weight",
    "the lab": "/lab",
    "the lab, own table": "/lab?data=own",
    "targets, smoothed": "/targets?preset=heavy_smoothing",
    "targets, smoothed and weighted": "/targets?part=weights&preset=smoothing_surprise",
    "targets, painted": "/targets?part=pixels",
    "targets, axes": "/targets?part=axes&preset=tokens_last",
    "gradient": "/gradient",
    "gradient of a mixed target": "/gradient?logits=2,1,0.1;0.5,2.5,0.3;1.2,0.4,3&target=0,2,2"
    "&weight=1,2,5&label_smoothing=0.1",
    "where floating point breaks": "/check?part=floats&offset=89&dtype=float32",
    "teach, parts left out": "/teach?hide=sentence&blank=probs",
    "teach": "/teach",
    "teach, a worksheet": "/teach?part=sheet&items=2",
    "teach, files": "/teach?part=code",
    "teach, a class": "/teach?part=class",
    "the walk in a frame": "/steps?embed=true&step=mean_loss",
    "the walk, a guess first": "/steps?predict=1&step=probs",
    "the walk before a room": "/steps?present=1&step=probs",
    "the reductions before a room": "/reductions?present=1",
    "start in German": "/?lang=de&decimal=comma",
    "a mistake found, in German": "/mistake?lang=de&answer=0.6662",
}


@pytest.fixture(scope="module")
def visit(browser):
    """Open a page at 200 % zoom; one that is open already is given as it was left."""
    faults, pages = [], {}

    def opened(base, path):
        page = pages.get(base + path)
        if page is None:
            page = pages[base + path] = browser.new_context(device_scale_factor=2).new_page()
            _watch(page, faults)
            open_page(page, base, path)
        page.set_viewport_size({"width": 1280, "height": 720})
        return page

    yield opened
    for page in pages.values():
        page.context.close()
    assert faults == []


def findings(page):
    """What axe-core finds in the page's two themes: (theme, rule) -> the elements."""
    found, before = {}, ""
    page.evaluate(AXE)
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        page.wait_for_function(f"before => {GROUND} !== before && {STILL}", arg=before)
        before = page.evaluate(GROUND)
        for rule, elements in page.evaluate(FINDINGS, TAGS):
            found[theme, rule] = elements
    return found


@pytest.fixture(scope="module")
def floor(visit, tmp_path_factory):
    """What axe-core finds in a page of Streamlit's with nothing but a title, in our theme."""
    folder = tmp_path_factory.mktemp("empty")
    copytree(ROOT / ".streamlit", folder / ".streamlit")
    (folder / "empty.py").write_text(EMPTY)
    with serve(folder, "empty.py", folder / "log") as base:
        page = visit(base, "/")
        found = set(findings(page))
        page.goto("about:blank")  # or it asks where its server has gone
        return found


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_of_ours(server, visit, floor, name):
    """Light and dark, axe-core finds nothing that it does not find in an empty Streamlit page."""
    found = findings(visit(server, PAGES[name]))
    assert {at: where for at, where in found.items() if at not in floor} == {}


# 640 pixels at 200 % are 320 wide for the page.
@pytest.mark.parametrize("width", [360, 320])
@pytest.mark.parametrize("name", PAGES)
def test_no_sideways_scrolling(server, visit, name, width):
    """Zoomed to 200 %, a page 640 pixels wide is read without scrolling sideways; so is 360."""
    page = visit(server, PAGES[name])
    page.set_viewport_size({"width": width, "height": 740})
    settle(page)
    for box in ("html", "[data-testid=stMain]"):
        wide, room = page.locator(box).evaluate("e => [e.scrollWidth, e.clientWidth]")
        assert wide <= room, box


def test_table_is_read_cell_by_cell(server, visit):
    """A voice hears a table with its caption, its heads, and in each cell what, whose and how much."""
    page = visit(server, SAMPLE)
    view = of_preset(preset("rare_class")).replace(step="probs", row=5)
    at = place(run(view.case), view)
    grid = page.get_by_role("grid", name="Row 5, a row for each class", exact=True)
    assert grid.locator("caption").inner_text() == "Row 5, a row for each class"
    columns = {"z": "logits", "s": "shifted", "e": "exps", "p": "probs"}
    titles = {"logits": "Logits"} | {step.key: step.rule.title for step in at.trace}
    for letter, key in columns.items():
        head = grid.get_by_role("columnheader", name=f"{letter} {titles[key]}", exact=True)
        assert head.count() == 1
        texts = column(at.rows(key)[5])
        for name, text in zip(("healthy", "sick"), texts, strict=True):
            spoken = f"{letter}, class {name}: {text.replace(MINUS, 'minus ')}"
            assert grid.get_by_role("gridcell", name=spoken, exact=True).count() == 1, spoken
    for letter, key in {"m": "row_max", "S": "partition"}.items():
        spoken = f"{letter}, {titles[key]}, row 5: {figure(at.number(key, 0))}"
        assert grid.get_by_role("gridcell", name=spoken, exact=True).count() == 1, spoken
    assert grid.get_by_role("columnheader").count() == len(columns)
    for head in ("healthy", "sick , the target", "row 5"):
        assert grid.get_by_role("rowheader", name=head, exact=True).count() == 1
    assert grid.get_by_role("rowheader").count() == 3


def test_each_step_is_told(server, visit):
    """The one status region holds the step's sentence, and is the same one after a step."""
    page = visit(server, SAMPLE)
    ledger = page.locator(".wce-ledger")
    status = ledger.get_by_role("status")
    view = of_preset(preset("rare_class")).replace(row=5)
    at = place(run(view.case), view)
    region = status.element_handle()
    assert status.inner_text() == in_words(at, at.trace["probs"])
    rerun(page, ledger.get_by_role("button", name="Next").click)
    assert status.inner_text() == in_words(at, at.trace["log_probs"])
    assert region.evaluate("e => e.isConnected")
    picture = ledger.get_by_role("img", name=in_words(at, at.trace["log_probs"]), exact=True)
    assert picture.count() == 1
    rerun(page, ledger.get_by_role("button", name="Back").click)


FOCUSED = """() => {
  let one = document.activeElement;
  while (one.shadowRoot?.activeElement) one = one.shadowRoot.activeElement;
  if (!one.closest('.wce-ledger')) return null;
  const { outlineStyle, outlineWidth } = getComputedStyle(one);
  return [one.innerText || one.tagName, outlineStyle, parseFloat(outlineWidth)];
}"""


def test_focus_is_seen(server, visit):
    """Tab goes through the ledger's controls, each with an outline of 2 pixels or more."""
    page = visit(server, SAMPLE)
    page.locator(".wce-ledger").get_by_role("button", name="Back").focus()
    seen = []
    while len(seen) < 20:
        page.keyboard.press("Tab")
        found = page.evaluate(FOCUSED)
        if found is None:
            break
        seen.append(found)
    # The steps, Next, the rows, this row or the batch, a cell of the table, the list of keys.
    assert len(seen) >= 7
    assert {"Next", "This row", "Whole batch", "Keys"} <= {text for text, _, _ in seen}
    for text, style, width in seen:
        assert style == "solid", text
        assert width >= 2, text


SMALL = """root => [...root.querySelectorAll('button, select, summary, [tabindex], [data-ref]')]
  .map(one => [one.outerHTML.slice(0, 99), one.getBoundingClientRect()])
  .filter(([, { width, height }]) => width && Math.min(width, height) < 24)
  .map(([text]) => text)"""


@pytest.mark.parametrize("path", [SAMPLE, BATCH], ids=["sample", "batch"])
def test_targets_are_large_enough(server, visit, path):
    """On a phone's width every control and every cell of the ledger is 24 by 24 pixels or more."""
    page = visit(server, path)
    page.set_viewport_size({"width": 360, "height": 740})
    ledger = page.locator(".wce-ledger")
    assert ledger.locator("[data-ref]").count() > 10
    assert ledger.evaluate(SMALL) == []
