"""What a student does: numbers in, step by step to the loss, by mouse, keyboard and touch."""

import io
import re
import socket
import subprocess
import sys
import time
from urllib.request import urlopen

import numpy as np
import pytest
import torch
from playwright.sync_api import expect
from torch.nn.functional import cross_entropy

from ce_core import Case, run
from tests.browser.conftest import MOBILE, ROOT, _end, open_page, rerun, settle
from tests.browser.test_link import heading, next_button, press_next, query, sentence, steps
from ui.figures import figure

# A cell of a notebook as people paste it: prints, comments, a model that is not here.
NOTEBOOK = """import torch, torch.nn as nn
# my 4 samples, 3 classes
logits = torch.tensor([[ 2.1, -0.3,  0.4],
                       [ 0.2,  1.7, -1.1],
                       [-0.5,  0.9,  2.4],
                       [ 1.3,  1.2,  0.1]], requires_grad=True)
labels = torch.tensor([0, 1, 2, 1])
class_weights = torch.tensor([1.0, 2.5, 0.7])
criterion = nn.CrossEntropyLoss(weight=class_weights)
loss = criterion(logits, labels)
print(loss)
"""
CASE = Case(
    [[2.1, -0.3, 0.4], [0.2, 1.7, -1.1], [-0.5, 0.9, 2.4], [1.3, 1.2, 0.1]],
    [0, 1, 2, 1],
    [1.0, 2.5, 0.7],
)


def main_text(page):
    """What the page says."""
    return page.get_by_test_id("stMain").inner_text()


def table(page, number=0):
    """A table of the editor; logits first."""
    return page.get_by_test_id("stDataFrame").filter(visible=True).nth(number)


def pick(page, row, column, number=0):
    """Select a cell, as a click on the canvas and arrow keys do; column 1 is the first class."""
    grid = table(page, number)
    grid.scroll_into_view_if_needed()
    # A header and half a row down; the row names take the first quarter of the narrowest table.
    grid.click(position={"x": 150, "y": 52})
    for key in ["ArrowDown"] * row + ["ArrowRight"] * (column - 1):
        page.keyboard.press(key)
    cell = f"[data-testid=glide-cell-{column}-{row}][aria-selected=true]"
    grid.locator(cell).wait_for(state="attached")


def type_into(page, row, column, text, number=0):
    """Type a text into a cell and wait until the page has taken it."""
    pick(page, row, column, number)
    page.keyboard.press("Enter")
    editor = page.locator("#portal textarea, #portal input").first
    editor.fill(text)
    rerun(page, lambda: editor.press("Enter"))


def tab(page, name):
    """Open a way to put numbers in."""
    rerun(page, page.get_by_role("tab", name=name, exact=True).click)


def open_numbers(page):
    """Unfold the numbers, where a page has them folded."""
    rerun(page, page.get_by_test_id("stExpander").first.locator("summary").click)


def upload(page, name, data):
    """Upload a file."""
    open_numbers(page)
    tab(page, "Upload")
    file = {"name": name, "mimeType": "application/octet-stream", "buffer": data}
    chooser = page.get_by_test_id("stFileUploaderDropzoneInput")
    rerun(page, lambda: chooser.set_input_files(file))


def packed(**arrays):
    """The bytes of an .npz."""
    stream = io.BytesIO()
    np.savez(stream, **arrays)
    return stream.getvalue()


def test_edit_a_logit(page, server):
    """A logit typed into the table is in the address and in the loss at once."""
    open_page(page, server, "/reductions")
    open_numbers(page)
    type_into(page, 0, 1, "7.5")
    assert query(page)["logits"] == "7.5,4;6,9"
    loss = cross_entropy(
        torch.tensor([[7.5, 4.0], [6.0, 9.0]], dtype=torch.float64),
        torch.tensor([1, 0]),
        torch.tensor([0.4, 0.36], dtype=torch.float64),
    )
    expect(page.locator("[data-app=reductions]")).to_contain_text(figure(loss))
    # The next cell in the same table: the first edit stands.
    type_into(page, 0, 2, "-1")
    assert query(page)["logits"] == "7.5,-1;6,9"


def test_edit_a_weight(page, server):
    """A weight typed into its table is in the address and the loss, and the logits stay."""
    open_page(page, server, "/reductions")
    open_numbers(page)
    type_into(page, 0, 1, "2", number=1)
    assert query(page) == {"logits": "3,4;6,9", "target": "1,0", "weight": "2,0.36"}


def test_slip_in_a_cell(page, server):
    """A slip is answered in words, stays where it was typed, and can be mended there."""
    open_page(page, server, "/reductions")
    before = page.url
    open_numbers(page)
    type_into(page, 0, 1, "3..5")
    assert "The cell logits, row 0, A holds '3..5'" in page.get_by_test_id("stAlert").inner_text()
    assert table(page).get_by_test_id("glide-cell-1-0").text_content() == "3..5"
    assert page.url == before
    type_into(page, 0, 1, "3.5")
    assert "3..5" not in main_text(page)
    assert query(page)["logits"] == "3.5,4;6,9"


def test_paste_and_walk(page, server):
    """A notebook's cell, pasted, is walked by the Right key to the loss that torch gives."""
    open_page(page, server)
    tab(page, "Paste")
    page.get_by_role("textbox", name="Paste tensors").fill(NOTEBOOK)
    rerun(page, lambda: page.keyboard.press("Control+Enter"))
    assert "These numbers are on the page now." in main_text(page)
    rerun(page, page.get_by_role("link", name="Step through these numbers").click)
    settle(page)
    assert heading(page) == "From the logits to the loss"
    loss = cross_entropy(*map(torch.tensor, (CASE.logits, CASE.target, CASE.weight)))
    for step in run(CASE):
        expect(steps(page)).to_have_value(step.key)
        chosen = steps(page).locator("option:checked")
        assert chosen.text_content().endswith(f". {step.rule.title}")
        # The card of the step's number: torch's line, and torch's number is ours but for rounding.
        ledger = page.locator(".wce-ledger")
        expect(ledger).to_contain_text(step.rule.torch)
        expect(ledger).to_contain_text(re.compile(r"the same number|\d(\.\d+)?e−1[5-9] apart"))
        if step.key == "mean_loss":
            expect(sentence(page)).to_contain_text(f", is {figure(loss)}.")
        page.keyboard.press("ArrowRight")
    expect(steps(page)).to_have_value("gradient")
    expect(next_button(page)).to_have_attribute("aria-disabled", "true")


def test_fast_presses_count(page, server):
    """Five presses of Right, as fast as can be, are five steps; five of Left undo them."""
    open_page(page, server, "/steps")
    steps(page).wait_for()
    for key, step in (("ArrowRight", "log_probs"), ("ArrowLeft", "row_max")):
        for _ in range(5):
            page.keyboard.press(key)
        expect(steps(page)).to_have_value(step)
        page.wait_for_url(f"**step={step}*")
        settle(page)
        expect(steps(page)).to_have_value(step)


def test_arrows_belong_to_where_one_types(page, server):
    """Arrow keys in a table or a text box move there, and never the walk."""
    open_page(page, server, "/steps?step=probs")
    open_numbers(page)
    pick(page, 1, 2)  # by ArrowDown and ArrowRight
    page.keyboard.press("ArrowLeft")
    box = page.get_by_role("textbox", name="Class names")
    box.press("ArrowLeft")
    box.press("ArrowRight")
    # Then a press that does count: had the others counted, too, it would not end here.
    press_next(page, "log_probs")


def test_keyboard_only(page, server):
    """Tab comes to Next, Enter goes a step on, and the focus stays there."""
    open_page(page, server, "/steps")
    steps(page).wait_for()
    following = next_button(page)
    for _ in range(60):
        page.keyboard.press("Tab")
        if following.evaluate("e => e.matches(':focus')"):
            break
    expect(following).to_be_focused()
    for step in ("shifted", "exps"):
        rerun(page, lambda: page.keyboard.press("Enter"))
        expect(steps(page)).to_have_value(step)
        expect(following).to_be_focused()


@pytest.mark.parametrize("page", [MOBILE], indirect=True, ids=["phone"])
def test_touch(page, server):
    """On a phone a tap on a story and on Next does what a click does."""
    open_page(page, server)
    rerun(page, page.get_by_role("link", name="Where the weight stands").tap)
    expect(steps(page)).to_have_value("row_max")
    assert query(page) == {"preset": "weight_outside"}
    next_button(page).tap()
    expect(steps(page)).to_have_value("shifted")


def test_upload(page, server):
    """An uploaded .npz is on the page, in the address and in the loss."""
    arrays = {"logits": CASE.logits, "target": CASE.target, "weight": CASE.weight}
    open_page(page, server, "/reductions")
    upload(page, "mine.npz", packed(**arrays))
    assert query(page)["target"] == "0,1,2,1"
    loss = cross_entropy(*map(torch.tensor, (CASE.logits, CASE.target, CASE.weight)))
    expect(page.locator("[data-app=reductions]")).to_contain_text(figure(loss))


def test_pickle_is_refused(page, server):
    """A file of Python objects is refused in words, unread, and the page stays as it was."""
    stream = io.BytesIO()
    np.save(stream, np.array([{"a": 1}], dtype=object), allow_pickle=True)
    open_page(page, server, "/reductions")
    before = page.url
    upload(page, "objects.npy", stream.getvalue())
    said = page.get_by_test_id("stAlert").first.inner_text()
    assert "holds Python objects, which could run code when read" in said
    assert page.url == before


def test_large_upload(page, server):
    """10,000 rows of 50 classes: a step takes seconds at most, and any row can be looked at."""
    logits = np.random.default_rng(0).normal(size=(10_000, 50))
    open_page(page, server, "/steps?step=probs")
    upload(page, "mine.npz", packed(logits=logits, target=np.arange(10_000) % 50))
    assert "10,000 samples" in main_text(page)
    expect(steps(page)).to_have_value("probs")
    started = time.perf_counter()
    press_next(page, "log_probs")
    assert time.perf_counter() - started < 5
    box = page.get_by_role("spinbutton", name="Row, 0 to 9,999")
    box.fill("9876")
    rerun(page, lambda: box.press("Enter"))
    assert query(page)["row"] == "9876"
    # The row's target is class 9876 % 50 = 26, which is called AA.
    expect(sentence(page)).to_contain_text("class AA")


def test_first_visitor_at_a_deep_link(page):
    """Whoever comes first to a fresh server, and by a deep link, gets that page and that step."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip
    try:
        deadline = time.monotonic() + 60
        while True:
            try:
                with urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=5):
                    break
            except OSError:
                assert process.poll() is None
                assert time.monotonic() < deadline
                page.wait_for_timeout(50)
        open_page(page, f"http://127.0.0.1:{port}", "/steps?preset=rare_class&step=nll&row=5")
        assert heading(page) == "From the logits to the loss"
        expect(steps(page)).to_have_value("nll")
        assert page.get_by_role("dialog").count() == 0
        page.goto("about:blank")  # or it asks where its server has gone
    finally:
        _end(process)
