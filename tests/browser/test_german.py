"""German pages have no English left, but for code, arguments' names and what torch says."""

import re

import pytest

from tests.browser.conftest import open_page
from ui.words import LANGUAGES

GERMAN = next(language for language in LANGUAGES if language.code == "de")
# Words without which an English sentence hardly stands, and which no German one holds.
ENGLISH = re.compile(
    r"\b(the|of|and|is|with|are|by|this|your|each|to(?!\()|for|from|you|what|it|that|which|does)\b",
    re.IGNORECASE,
)
# What a person sees or hears, without code and what is marked as English.
SAID = """() => {
  const kept = "code, pre, kbd, script, style, noscript, [lang=en], annotation, .katex-mathml, " +
    "[data-testid=stCode], [data-testid=stTextArea] textarea";
  const said = [];
  const walk = (root) => {
    for (const node of root.querySelectorAll("*")) {
      if (node.shadowRoot) walk(node.shadowRoot);
      if (node.closest(kept)) continue;
      for (const name of ["aria-label", "title", "placeholder", "alt"])
        if (node.getAttribute(name)) said.push(node.getAttribute(name));
      for (const child of node.childNodes)
        if (child.nodeType === Node.TEXT_NODE && child.data.trim()) said.push(child.data.trim());
    }
  };
  walk(document.querySelector("[data-testid=stApp]"));
  return said;
}"""
STREAMLITS = ("Skip to main content", "Link to heading", "Help for ")  # nothing can translate these
CASES = {
    "start": ("", "preset=padding"),
    "steps": ("", "preset=padding&step=mean_loss", "preset=heavy_smoothing&step=target_dist"),
    "reductions": ("", "preset=padding", "preset=one_sample"),
    "mistake": (
        "answer=0.6662",
        "preset=padding&answer=1",
        "answer=nan",
        "loss=bce&input=2,1&target=1,0",
    ),
}
BROKEN = "step=nonsense&hide=roof&row=99&colour=red&weight=1,x"


def english(page):
    """What of the page's words is English."""
    said = [text for text in page.evaluate(SAID) if not text.startswith(STREAMLITS)]
    return [text for text in said if ENGLISH.search(text)]


@pytest.mark.parametrize("name", GERMAN.pages)
def test_no_english_left(page, server, name):
    """Whatever the case: sentences, labels, and what is only heard are German."""
    for query in CASES.get(name, ("",)):
        open_page(page, server, f"/{'' if name == 'start' else name}?lang=de&{query}")
        assert english(page) == []
        assert page.evaluate("document.documentElement.lang") == "de"


def test_a_broken_link_in_german(page, server):
    """What could not be read of a link is said in German too."""
    open_page(page, server, f"/steps?lang=de&{BROKEN}")
    assert "hide" in page.get_by_test_id("stAlert").first.inner_text()
    assert english(page) == []


def test_decimal_comma(page, server):
    """On request numbers have a comma: 1.7529 is 1,7529, in the walk as in its sentence."""
    open_page(page, server, "/steps?lang=de&decimal=comma&step=mean_loss")
    said = page.get_by_test_id("stMain").inner_text()
    assert "1,7529" in said
    assert "1.7529" not in said
