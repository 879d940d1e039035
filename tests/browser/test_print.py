"""On paper: the whole walk from the logits to the loss, and nothing to press."""

import re
import unicodedata
from io import BytesIO

import pytest
from pypdf import PdfReader

from ce_core import run
from tests.browser.conftest import DARK, open_page
from ui.figures import figure
from ui.place import in_words, place
from ui.view import start

CONTROLS = ("Link to this", "Back", "Next", "Step 5 of 16", "Whole batch", "Keys", "Upload", "none")
MENU = ("Learn", "Start", "Steps", "Reductions", "Check")
INK = """() => [...document.querySelectorAll('h1, p, summary'), ...document.querySelector(
  '[data-testid=stMain]').querySelectorAll('ul.wce-legend span')]
  .filter(one => one.checkVisibility()).map(one => {
    const { color } = getComputedStyle(one);
    const pen = document.createElement('canvas').getContext('2d');
    pen.fillStyle = color;
    pen.fillRect(0, 0, 1, 1);
    const [red, green, blue] = pen.getImageData(0, 0, 1, 1).data;
    return [one.textContent, 0.2126 * red + 0.7152 * green + 0.0722 * blue];
  })"""


def printed(page):
    """The text of what the page prints; mathematical letters as plain ones, in one line."""
    reader = PdfReader(BytesIO(page.pdf(print_background=True)))
    text = " ".join(sheet.extract_text() for sheet in reader.pages)
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text))


@pytest.mark.parametrize("page", [{}, DARK], indirect=True, ids=["light", "dark"])
def test_steps_print_whole(page, server):
    """Whatever step is looked at, paper has them all, dark on white, and no control."""
    open_page(page, server, "/steps?step=probs")
    page.locator(".wce-ledger .screen").wait_for()
    text = printed(page)
    view = start()
    at = place(run(view.case), view)
    assert text.startswith("From the logits to the loss The mean that did not match.")
    assert "2 samples × 2 classes, class numbers as target, weights 0.4, 0.36" in text
    after = 0
    for number, step in enumerate(at.trace, 1):
        head = text.index(f"{number}. {step.rule.title}")
        assert head > after
        after = head
        assert in_words(at, step) in text
        assert f"= {figure(at.number(step.key, at.column))} {in_words(at, step)}" in text
    # −log p of each row, weighed; their sum; 0.36 + 0.4; the mean, as torch gives it
    for formula in ("= 0.36 · 0.3133 = 0.1128", "= 0.1128 + 1.2194 = 1.3322", "= 1.7529 1.3322"):
        assert formula.replace(" ", "") in text.replace(" ", "")
    for word in (*CONTROLS, *MENU):
        assert not re.search(rf"(^|[^\w'=]){word}($|[^\w'])", text), word
    page.emulate_media(media="print")
    inks = page.evaluate(INK)
    assert len(inks) > 8
    for words, luma in inks:
        assert luma < 128, words
    ground = "getComputedStyle(document.querySelector('.stApp')).backgroundColor"
    assert page.evaluate(ground) == "rgb(255, 255, 255)"
