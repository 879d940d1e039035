"""Texts that a stranger may put wherever text is taken, each with its number in it as in q7q.

One that works would set `hacked`, ask evil.example, or change what stands around it.
"""

from pathlib import Path

from tests.browser.conftest import settle

LOOK = (Path(__file__).parent / "look.js").read_text()
PARTS = (
    # elements and attributes
    "<script>hacked=1</script>{}",
    "<img src onerror=hacked=1>{}",
    "<svg/onload=hacked=1>{}",
    '"onx="hacked=1" {}',
    "'+(hacked=1)+'{}",
    "</style></script>{}",
    "&lt;b&gt;&amp;&#60;{}",
    # Markdown
    "![{}](//evil.example)",
    "[{}](javascript:hacked=1)",
    "https://evil.example/{}",
    "www.evil.example/{}",
    "e@evil.example {}",
    ":material/home: {}",
    ":red[{}]",
    "~~{}~~ __b__ *c* `d`",
    "- {}",
    "1. {}",
    "# {}",
    "[[{}]] | # \\",
    # formulas
    r"$\href{{//evil}}{{{}}}$",
    "$${}$$ \\({}\\)",
    r"\includegraphics{{{}}}",
    # templates, keys of objects, styles, formulas of a spreadsheet
    "{{0.__class__}}{{x}}{}",
    "%(x)s%n%00{}",
    "__proto__",
    "constructor",
    "=cmd|'/C calc'!{}",
    "@SUM(1) {}",
    "+1-1 {}",
    "a:url(//evil.example){}",
    "x' or 1=1;-- {}",
    "${{7*7}}#{{7}}{}",
)
TEXTS = tuple(part.format(*[f"q{k}q"] * part.count("{}")) for k, part in enumerate(PARTS))
# What no class may be called, and what is on a page only with a mark for what cannot be seen.
UNSEEN = (
    "a\r\r![x](//evil.example)",
    "a\n\n![x](//evil.example)",
    "a\u2028\u2028# b",
    "\u202eabc",
    "a\x00b",
    "\u200b",
    "a\x1b[31m",
    "`\r\r<img src onerror=hacked=1>",
    "\u2066a\u2069",
)


def faults(page, texts=TEXTS):
    """What of the texts is on the page, or in a frame of it, as anything else than text."""
    settle(page)
    return [fault for frame in page.frames for fault in frame.evaluate(LOOK, texts)["faults"]]


def seen(page, texts=TEXTS):
    """The numbers of the texts that stand on the page whole."""
    return set(page.evaluate(LOOK, texts)["seen"])
