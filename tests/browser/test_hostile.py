"""What a stranger types, links or uploads is shown as text or dropped and named: it does nothing.

Every page here is under the gates of conftest: no error, and no request to another host.
`HOSTILE=all` tries each text at each place, which takes some minutes.
"""

import os
from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import open_page, rerun, settle
from tests.browser.hostile import TEXTS, UNSEEN, faults, seen
from ui.choose.naming import join
from ui.link import IGNORED, KNOWN
from ui.notation import shorten

ALL = os.environ.get("HOSTILE") == "all"
AT_ONCE = 8  # class names of one case: as many as a table shows without folding
GROUPS = [TEXTS[at : at + AT_ONCE] for at in range(0, len(TEXTS), AT_ONCE)]
TAKEN = ("answer", "base")  # may be any text, or any address: see below
ALONE = ("case", "classes", "counted")  # without its case a place means nothing; names are below
PARAMETERS = [name for name in KNOWN if name not in (*TAKEN, *ALONE)]
STRANGE = ("__proto__", "constructor", "<b>x</b>", "![x](//evil.example)", "{0}", "a\r\r# b", "")
WHERE = (
    *("/", "/steps", "/reductions?lang=de", "/mistake?answer=0.7&lang=de", "/targets"),
    *("/targets?part=weights&lang=de", "/gradient", "/placement", "/choose", "/teach"),
)
MORE = (
    *("/steps?lang=de", "/check", "/check?part=floats", "/targets?part=ignored", "/choose?lang=de"),
    *("/teach?part=sheet", "/teach?part=code", "/steps?present=1", "/steps?embed=true"),
)


def notice(page):
    """What the page says of what it left out."""
    return page.get_by_test_id("stAlert").first.inner_text().replace("\u2060", "")


def opened(page, server, path, query):
    """Open a page with a query whose parameters may be strange."""
    open_page(page, server, f"{path}{'&' if '?' in path else '?'}{urlencode(query)}")
    expect(page.get_by_test_id("stSidebar")).to_be_visible()


def shown(text):
    """A text as the notice shows it, its spaces run together as a browser does."""
    return " ".join(shorten(text).replace("`", "'").split())


@pytest.mark.parametrize("turn", range(len(TEXTS) if ALL else 2))
def test_every_parameter(page, server, turn):
    """Each parameter that a link knows, given such a text, is dropped and named with the text."""
    texts = {name: TEXTS[(at + 7 * turn) % len(TEXTS)] for at, name in enumerate(PARAMETERS)}
    texts |= dict.fromkeys(IGNORED, TEXTS[turn])  # Streamlit's own, which are not named
    path = ("/steps", "/choose?lang=de", "/lab", "/teach")[turn % 4]
    opened(page, server, path, texts)
    assert faults(page) == []
    said = " ".join(notice(page).split())
    for name in PARAMETERS:
        assert f"{name}={shown(texts[name])}" in said
    assert page.get_by_test_id("stAlert").first.locator("a, img, em, strong, h1").count() == 0


@pytest.mark.parametrize("names", [("case",), ("classes", "counted")], ids=lambda names: names[0])
def test_parameter_that_goes_alone(page, server, names):
    """So is one that is not read beside others, and such names of parameters."""
    texts = dict.fromkeys(names, f"{TEXTS[1]},{TEXTS[7]},one name too many")
    opened(page, server, "/choose", texts | dict.fromkeys(STRANGE, TEXTS[7]))
    assert faults(page) == []
    for name in names:
        assert f"{name}=<img src onerror" in notice(page)


def test_what_cannot_be_seen(page, server):
    """What would end a line, turn the writing around or not be seen at all is a mark in its line."""
    names = PARAMETERS[: len(UNSEEN)]
    texts = dict(zip(names, UNSEEN, strict=True))
    opened(page, server, "/steps", texts | dict.fromkeys(UNSEEN, "1") | {"classes": "a\x00,b"})
    box = page.get_by_test_id("stAlert").first
    assert box.locator("img, a, h1, h2, em, strong").count() == 0
    for sign in "\r\u2028\u202e\x00\u200b\x1b\u2066":
        assert sign not in box.inner_text()
    for name in (*names, "classes"):
        assert f"{name}=" in notice(page)


def batch(group):
    """A case whose classes are called so, as a link says it; Choose has counts with these names."""
    rows = (",".join(str((i * k) % 5) for k in range(len(group))) for i in (1, 2))
    counts = ",".join(str(10 + k) for k in range(len(group)))
    case = {"logits": ";".join(rows), "target": "1,0", "weight": counts}
    return {**case, "classes": ",".join(group), "counts": counts, "counted": join(group)}


@pytest.mark.parametrize("group", range(len(GROUPS)) if ALL else [None])
def test_class_names(page, server, group):
    """Classes may be called by such texts: every page shows the names, and nothing made of them."""
    for at, path in enumerate((*WHERE, *MORE) if ALL else WHERE):
        names = GROUPS[at % len(GROUPS) if group is None else group]
        opened(page, server, path, batch(names))
        assert page.get_by_text("could not be read whole").count() == 0, path
        assert faults(page) == [], path
        if path in ("/", "/steps", "/choose"):
            marked = {TEXTS.index(name) for name in names if f"q{TEXTS.index(name)}q" in name}
            page.wait_for_timeout(100)
            for _ in range(100):  # a table comes a little later than the page
                if seen(page) == marked:
                    break
                page.wait_for_timeout(100)
            assert seen(page) == marked, path


ANSWERS = (
    "{} IndexError: Target 5 is out of bounds. {}",
    "RuntimeError: weight tensor should be defined for all 3 classes {} {}",
    "{}\n\n{}",
)


def test_answer(page, server):
    """A person's number or error message may hold anything; it is quoted, not obeyed."""
    for at in range(0, len(TEXTS) - 1, 1 if ALL else 11):
        answer = ANSWERS[at % len(ANSWERS)].format(TEXTS[at], TEXTS[at + 1])
        opened(page, server, "/mistake", {"answer": answer})
        assert faults(page) == []


def test_typed(page, server):
    """Names typed under the table, and a pasted text, are shown as they are or refused as text."""
    open_page(page, server, "/")
    names = page.get_by_role("textbox", name="Class names")
    for typed in (f"{TEXTS[7]}, {TEXTS[0]}", f"{TEXTS[8]}, {TEXTS[1]}, {TEXTS[15]}"):
        names.fill(typed)
        rerun(page, lambda: names.press("Enter"))
        assert faults(page) == []
    rerun(page, page.get_by_role("tab", name="Paste").click)
    field = page.get_by_role("textbox", name="Paste tensors")
    heads = [TEXTS[at : at + 3] for at in (range(len(TEXTS) - 2) if ALL else (0, 7))]
    for head in heads:
        table = f"{','.join(head)}\n1,2,3\n3,2,1\n"
        for text in (table, f"{head[0]} = torch.tensor([[1., 2.]])"):
            field.fill(text)
            rerun(page, lambda: field.press("Control+Enter"))
            assert faults(page) == []


def test_file_name(page, server):
    """A file may be called anything; what is wrong with it is said with its name as text."""
    open_page(page, server, "/")
    rerun(page, page.get_by_role("tab", name="Upload").click)
    field = page.locator("input[type=file]").first
    for at in (13, 15, 17):  # short ones: the field itself leaves out the middle of a long name
        name = TEXTS[at].replace("/", "_")
        payload = {"name": f"{name}.npz", "mimeType": "text/plain", "buffer": b"PK\x03\x04"}
        rerun(page, lambda payload=payload: field.set_input_files(payload))
        texts = [text.replace("/", "_") for text in TEXTS]
        assert faults(page, texts) == []


BASES = ("javascript:hacked=1", "http://evil.example/x?<b>", "//evil.example", 'https://a"onx="1')


def test_teach(page, server):
    """An address that is none is refused, and what a class hands in is counted, never drawn."""
    for base in BASES if ALL else BASES[:2]:
        opened(page, server, "/teach", {"base": base})
        assert "base=" in notice(page)
        assert faults(page) == []
    opened(page, server, "/teach", {"base": "https://evil.example/x", "part": "lesson"})
    frames = page.locator("iframe").evaluate_all("all => all.map(one => one.src)")
    assert frames
    assert all(src.startswith(server) for src in frames)  # the preview is of this site
    open_page(page, server, "/teach?part=class")
    field = page.get_by_role("textbox", name="Codes of a class")
    field.fill("\n".join(TEXTS))
    rerun(page, lambda: field.press("Control+Enter"))
    assert faults(page) == []
    settle(page)
