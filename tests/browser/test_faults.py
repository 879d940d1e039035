"""A copy of the server dies, the network is cut, a laptop sleeps: nobody's work is lost.

Three copies as the image serves them stand behind nginx with the project's own template.
"""

import io
import re
from contextlib import ExitStack, contextmanager

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.browser.conftest import loses_its_server, open_page, rerun, settle
from tests.browser.test_journeys import main_text, tab, table, type_into
from tests.browser.test_lab import button, meaning
from tests.browser.test_link import query, steps
from tests.browser.test_practice import field, verdict
from tests.copies import copies
from tests.nginx import nginx

OWN = {"logits": "1,2;3,4;0.5,0.25", "target": "1,0,1", "weight": "0.4,0.36"}
LINK = "&".join(f"{name}={text}" for name, text in OWN.items())
LOST = "() => document.querySelector('[data-testid=stApp]').dataset.testConnectionState !== 'CONNECTED'"
BACK = "(calls) => (wceTab.calls ?? 0) > calls && !wceTab.lost && !wceTab.called"
EVERY = (  # each page, at a place that is not its first
    *("/?reduction=sum", "/steps?step=losses&row=2", "/reductions?reduction=none"),
    *("/targets?part=pixels", "/gradient?row=1", "/check?dtype=float32", "/mistake?answer=0.6662"),
    *("/placement?shift=2", "/choose?counts=900,90,10", "/lab?runs=2", "/practice?mode=solve"),
    "/teach?hide=torch",
)
PATIENCE = 60_000  # ms; a copy may have to import torch first


class Site:
    """Copies behind nginx."""

    def __init__(self, all_copies, front):
        """Take copies that run, and nginx before them."""
        self.copies, self.front, self.base = all_copies, front, front.base

    def whole(self):
        """Start again what a test has killed."""
        for copy in self.copies:
            if not copy.runs:
                copy.launch()
        for copy in self.copies:
            copy.ready()

    def serving(self):
        """The copies that browser tabs are connected to."""
        return [copy for copy in self.copies if copy.runs and copy.visitors]


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    """The site, for all tests here."""
    with (
        copies(3, tmp_path_factory.mktemp("copies")) as started,
        nginx([copy.port for copy in started]) as front,
    ):
        yield Site(started, front)


@pytest.fixture
def site(running):
    """The site with all its copies."""
    running.whole()
    return running


@pytest.fixture
def page(new_page):
    """A page whose server may go."""
    return loses_its_server(new_page())


@contextmanager
def gone(page):
    """Take the page's server away within; then wait until the page is there again."""
    calls = page.evaluate("() => wceTab.calls ?? 0")
    yield
    page.wait_for_function(BACK, arg=calls, timeout=PATIENCE)
    settle(page)


def said_lost(page):
    """What is said of the connection."""
    return page.get_by_text("No connection to the server")


def choose(page, name):
    """Choose a reduction."""
    page.get_by_test_id("stButtonGroup").get_by_text(name, exact=True).first.click()


def test_walk_goes_on_at_another_copy(page, site):
    """The copy dies in mid-walk: steps go on, and another copy has the same case and step."""
    open_page(page, site.base, f"/steps?{LINK}&step=shifted")
    (copy,) = site.serving()
    with gone(page):
        copy.kill()
        page.wait_for_function(LOST)
        for step in ("exps", "partition"):
            page.get_by_role("button", name="Next", exact=True).click()
            assert steps(page).input_value() == step
    assert copy not in site.serving()
    page.wait_for_url("**step=partition*")
    assert query(page) == {**OWN, "step": "partition"}
    assert steps(page).input_value() == "partition"
    rerun(page, lambda: choose(page, "sum"))  # the first act there counts
    page.wait_for_url("**reduction=sum*")


def test_edit_that_was_not_answered(page, site):
    """What is sent to a copy that dies before it answers is done by the next one."""
    open_page(page, site.base, f"/?{LINK}")
    type_into(page, 0, 1, "7.5")
    (copy,) = site.serving()
    with gone(page), copy.asleep():
        choose(page, "sum")
        page.wait_for_timeout(300)  # until it is sent
        copy.kill()
    page.wait_for_url("**reduction=sum*")
    assert query(page) == {**OWN, "logits": "7.5,2;3,4;0.5,0.25", "reduction": "sum"}
    settle(page)
    table(page).click(position={"x": 150, "y": 52})  # the first click may take the focus alone
    type_into(page, 1, 2, "9")  # and the table goes on from what was typed before
    assert query(page)["logits"] == "7.5,2;3,9;0.5,0.25"


def test_restart_says_so_and_keeps_what_is_typed(page, site):
    """While no server is there a line says so, nothing blocks; then all is as it was typed."""
    open_page(page, site.base, f"/?{LINK}")
    tab(page, "Paste")
    box = page.get_by_role("textbox", name=re.compile("Paste tensors"))
    box.fill("no numbers yet")
    page.wait_for_load_state("networkidle")  # what is still to be loaded would fail for good
    with gone(page):
        for copy in site.copies:
            copy.kill()
        expect(said_lost(page)).to_be_visible(timeout=PATIENCE)
        site.whole()  # takes seconds, in which Streamlit would put a box over the page
        assert page.get_by_role("dialog").count() == 0
    expect(said_lost(page)).to_have_count(0)
    assert box.input_value() == "no numbers yet"
    assert query(page) == OWN


def test_network_cut_for_seconds(page, site):
    """A cut line is the same session again, at the same copy, and walks meanwhile arrive."""
    open_page(page, site.base, f"/steps?{LINK}&step=shifted")
    session, (copy,) = page.evaluate("() => wceTab.session"), site.serving()
    with gone(page):
        site.front.stop()
        page.wait_for_function(LOST)
        page.get_by_role("button", name="Next", exact=True).click()
        page.wait_for_timeout(1000)
        site.front.start()
    page.wait_for_url("**step=exps*")
    assert (page.evaluate("() => wceTab.session"), site.serving()) == (session, [copy])


def test_asleep(page, site):
    """A copy that stands still for seconds loses nothing: what was sent to it is done later."""
    open_page(page, site.base, f"/steps?{LINK}")
    (copy,) = site.serving()
    with copy.asleep():
        choose(page, "none")
        page.get_by_role("button", name="Next", exact=True).click()
        page.wait_for_timeout(3000)
    page.wait_for_url("**step=shifted*")
    assert query(page) == {**OWN, "reduction": "none", "step": "shifted"}


def test_two_tabs(new_page, site):
    """Two tabs of one browser come back each with its own numbers."""
    one = loses_its_server(new_page())
    open_page(one, site.base, f"/?{LINK}")
    type_into(one, 0, 1, "-1")
    other = loses_its_server(one.context.new_page())
    other.goto(f"{site.base}/?logits=5,6&target=0")
    settle(other)
    with gone(one), gone(other):
        for copy in site.serving():
            copy.kill()
    for page, logits in ((one, "-1,2;3,4;0.5,0.25"), (other, "5,6")):
        assert query(page)["logits"] == logits
    assert "3 samples" in main_text(one)
    assert "1 sample" in main_text(other)


def test_every_page(new_page, site):
    """Whatever page is open when its copy dies says the same again at another one."""
    context = new_page().context
    tabs, before = [loses_its_server(context.new_page()) for _ in EVERY], []
    for page, path in zip(tabs, EVERY, strict=True):
        open_page(page, site.base, f"{path}&{LINK}")
        before.append((main_text(page), query(page)))
        assert "could not be read" not in before[-1][0], path
    (copy,) = site.serving()  # one browser's tabs are all at the same
    with ExitStack() as stack:
        for page in tabs:
            stack.enter_context(gone(page))
        copy.kill()
    for page, path, (text, asked) in zip(tabs, EVERY, before, strict=True):
        assert main_text(page) == text, path
        assert query(page) == asked, path


def test_case_too_large_for_a_link(page, site):
    """An uploaded case that no link holds is brought by the tab itself."""
    rng = np.random.default_rng(0)
    file = io.BytesIO()
    np.savez(file, logits=rng.normal(size=(3000, 10)), target=rng.integers(0, 10, 3000))
    open_page(page, site.base, "/")
    tab(page, "Upload")
    upload = page.get_by_test_id("stFileUploader").locator("input").first
    given = [{"name": "m.npz", "mimeType": "application/zip", "buffer": file.getvalue()}]
    rerun(page, lambda: upload.set_input_files(given))
    page.wait_for_url("**case=*")
    case = query(page)["case"]
    (copy,) = site.serving()
    with gone(page):
        copy.kill()
    expect(page.get_by_text("3,000 samples").first).to_be_visible()
    rerun(page, lambda: choose(page, "sum"))
    page.wait_for_url(lambda url: "case=" in url and case not in url)
    assert "could not be read" not in main_text(page)


def test_practice(page, site):
    """The numbers typed into an exercise, and what they are worth, are there at another copy."""
    open_page(page, site.base, "/practice?mode=complete")
    cell = page.locator(".wce-practice input").first.get_attribute("data-cell")
    field(page, cell).fill("123")
    rerun(page, lambda: field(page, cell).press("Enter"))
    worth = verdict(page, cell)
    assert worth
    (copy,) = site.serving()
    with gone(page):
        copy.kill()
    assert (field(page, cell).input_value(), verdict(page, cell)) == ("123", worth)


def test_reload(page, site):
    """A reload, by habit or by a phone short of memory, loses no numbers typed in an exercise."""
    open_page(page, site.base, "/practice?mode=complete")
    cell = page.locator(".wce-practice input").first.get_attribute("data-cell")
    field(page, cell).fill("123")
    rerun(page, lambda: field(page, cell).press("Enter"))
    page.reload()
    expect(field(page, cell)).to_have_value("123", timeout=PATIENCE)
    settle(page)
    assert verdict(page, cell)
    assert page.evaluate("() => sessionStorage.length") == 0


def test_training_begins_again(page, site):
    """What was trained on a copy that died is trained again by itself, and the page says so."""
    open_page(page, site.base, "/lab?runs=1&lab_steps=50&samples=300&lab_seed=8630")
    button(page, "Train").click()
    expect(meaning(page)).to_be_visible(timeout=PATIENCE)
    settle(page)
    (copy,) = site.serving()
    with gone(page):
        copy.kill()
    expect(page.get_by_text("so it is trained again")).to_be_visible(timeout=PATIENCE)
    expect(meaning(page)).to_be_visible(timeout=PATIENCE)
