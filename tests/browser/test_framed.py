"""In a course page of another site, third-party cookies blocked, a lesson works as it is pasted.

What Chromium 156 does without each of the frame's sandbox flags, which the last tests show:

without                         what happens
allow-scripts                   the frame stays empty: no script runs
allow-same-origin               the frame stays empty: its own scripts are refused as another site's
allow-popups                    "Open in a new tab" opens nothing
allow-popups-to-escape-sandbox  it opens, and what is opened keeps the frame's rules
allow-downloads                 a file that the lesson makes is not saved
allow-forms                     nothing: it is not asked for, since no form is sent
"""

import json
import re
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser import chromium
from tests.browser.conftest import START_S
from ui.teach.snippets import SANDBOX, iframe

CASE = "logits=2,1,0.1;0.5,2.5,0.3;1.2,0.4,3&target=0,2,2&weight=1,2,5&classes=cat,dog,owl"
FLAGS = SANDBOX.split()
REFUSED = "SecurityError"
LIGHT, DARK = "rgb(255, 255, 255)", "rgb(15, 20, 32)"  # the grounds of the two themes
BLOCK = {"profile": {"cookie_controls_mode": 1, "block_third_party_cookies": True}}
ALLOW = {"profile": {"cookie_controls_mode": 0, "block_third_party_cookies": False}}
# What a page that wants to be remembered would do; the frame's title says how far it came.
PROBE = """<script>
  document.cookie = "probe=1; SameSite=None; Secure";
  let kept;
  try { localStorage.setItem("probe", "1"); kept = localStorage.getItem("probe"); }
  catch (problem) { kept = problem.name; }
  document.title = `${document.cookie} ${kept}`;
</script>"""


class Course(ThreadingHTTPServer):
    """A course page on http://localhost, which is another site than http://127.0.0.1."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.body = ""

    def at(self, host: str) -> str:
        """The address under this name of the machine."""
        return f"http://{host}:{self.server_port}"


class Answer(BaseHTTPRequestHandler):
    """The course page, or what it frames to see whether cookies are kept."""

    server: Course

    def do_GET(self) -> None:
        """Send it."""
        body = PROBE if self.path == "/probe" else self.server.body
        self.send_response(200 if self.path in ("/", "/probe") else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(f"<!doctype html><title>Course</title>{body}".encode())

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@pytest.fixture(scope="module")
def course() -> Iterator[Course]:
    """Serve the course page."""
    with Course() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def visit(course, tmp_path, browser) -> Iterator[Callable[..., Page]]:
    """Open the course page with something in it, in a profile of its own."""
    made: list[BrowserContext] = []

    def open_it(body, preferences=BLOCK, **options):
        profile = tmp_path / f"profile{len(made)}"
        (profile / "Default").mkdir(parents=True)
        (profile / "Default/Preferences").write_text(json.dumps(preferences))
        context = browser.browser_type.launch_persistent_context(
            profile, executable_path=chromium.find(), args=chromium.ARGUMENTS, **options
        )
        made.append(context)
        course.body = body
        page = context.new_page()
        page.set_default_timeout(START_S * 1000)
        page.asked = set()
        context.on("request", lambda request: page.asked.add(urlsplit(request.url).netloc))
        page.on("websocket", lambda socket: page.asked.add(urlsplit(socket.url).netloc))
        page.goto(course.at("localhost"))
        return page

    yield open_it
    for context in made:
        context.close()


def framed(server, path="/steps", more="", without=""):
    """The snippet for a page of the app, without one of its sandbox flags where that is asked."""
    html = iframe(f"{server}{path}?{CASE}&embed=true{more}", "Weighted cross-entropy", 640)
    assert html.count(f'"{SANDBOX}"') == 1
    return html.replace(SANDBOX, " ".join(flag for flag in FLAGS if flag != without))


def lesson(page):
    """What stands in the frame."""
    return page.frame_locator("iframe")


def drawn(page):
    """The lesson's ledger, once it is there."""
    ledger = lesson(page).locator(".wce-ledger")
    expect(ledger.get_by_role("button", name="Next")).to_be_visible(timeout=START_S * 1000)
    return ledger


def way_out(page):
    """The link that leads out of the frame."""
    return lesson(page).get_by_role("link", name="Open in a new tab")


def opened(page):
    """The page that the way out opens."""
    with page.context.expect_page() as found:
        way_out(page).click()
    found.value.wait_for_load_state()
    return found.value


@pytest.mark.parametrize(
    ("preferences", "kept"),
    [(BLOCK, REFUSED), (ALLOW, "probe=1 1")],
    ids=["blocked", "allowed"],
)
def test_what_blocking_does(course, visit, preferences, kept):
    """These tests' browser does block: a frame of another site keeps no cookie and has no storage.

    Where blocking is off, the same frame has both.
    """
    page = visit(f"<iframe src='{course.at('127.0.0.1')}/probe'></iframe>", preferences)
    frame = page.frames[1]
    frame.wait_for_function("document.title !== ''")
    assert frame.title() == kept
    names = [cookie["name"] for cookie in page.context.cookies()]
    assert names == (["probe"] if preferences is ALLOW else [])


def test_lesson_works(server, course, visit):
    """Without cookies and storage the lesson goes on, and its link with it; nobody else is asked.

    Only the app and the course page are asked for anything, no cookie is kept, and whoever asks
    the browser for storage is refused.
    """
    page = visit(framed(server))
    ledger = drawn(page)
    assert "step=" not in way_out(page).get_attribute("href")
    ledger.get_by_role("button", name="Next").click()
    expect(way_out(page)).to_have_attribute("href", re.compile(r"[?&]step=shifted(&|$)"))
    assert page.context.cookies() == []
    hosts = page.asked - {""}  # what a page holds itself, blob: and data:, has no host
    assert hosts == {urlsplit(one).netloc for one in (server, course.at("localhost"))}
    frame = page.frames[1]
    assert frame.evaluate("() => { try { localStorage } catch (e) { return e.name } }") == REFUSED


def test_way_out(server, visit):
    """The way out opens the same place in a page of its own, with the menu and without a frame."""
    page = visit(framed(server))
    drawn(page).get_by_role("button", name="Next").click()
    expect(way_out(page)).to_have_attribute("href", re.compile("step=shifted"))
    other = opened(page)
    expect(other.locator(".wce-ledger")).to_contain_text("Shifted logits", timeout=START_S * 1000)
    expect(other.get_by_test_id("stSidebar")).to_be_visible()
    query = parse_qs(urlsplit(other.url).query)
    assert query["step"] == ["shifted"]
    assert query["classes"] == ["cat,dog,owl"]
    assert "embed" not in query
    assert other.evaluate("window.origin") == server


@pytest.mark.parametrize("name", ["reductions", "practice", "check"])
def test_other_pages(server, visit, name):
    """Other lessons are drawn in the frame as well, and keep nothing either."""
    page = visit(framed(server, f"/{name}"))
    expect(lesson(page).get_by_role("heading").first).to_be_attached(timeout=START_S * 1000)
    expect(way_out(page)).to_be_visible()
    assert lesson(page).get_by_test_id("stException").count() == 0
    assert page.context.cookies() == []


def test_inside_of_the_reductions(server, visit):
    """What moves in the browser moves in the frame: a guess, a switch, parts of another size."""
    page = visit(framed(server, "/reductions"))
    app = lesson(page).locator("[data-app=reductions]")
    app.get_by_role("switch").check(timeout=START_S * 1000)
    app.get_by_role("button", name="A batch in parts").click()
    app.get_by_label("Rows in each part").select_option("2")
    expect(app.locator("[data-result=averaged]")).to_contain_text("1.1505")


# The person's system, what the course page says of itself, what the link says: the ground.
THEMES = {
    "light system": ("light", "", "", LIGHT),
    "dark system": ("dark", "", "", DARK),
    "dark course, light system": (
        "light",
        "dark",
        "",
        LIGHT,
    ),  # a frame of another site is not told
    "light course, dark system": ("dark", "light", "", DARK),
    "dark by the link": ("light", "", "&embed_options=dark_theme", DARK),
    "light by the link": ("dark", "dark", "&embed_options=light_theme", LIGHT),
}


@pytest.mark.parametrize(("system", "around", "more", "ground"), THEMES.values(), ids=THEMES)
def test_theme(server, visit, system, around, more, ground):
    """The frame follows the person's system, unless its link names a theme.

    The course page's own `color-scheme` does not reach a frame of another site.
    """
    style = f"<style>:root {{ color-scheme: {around} }}</style>" if around else ""
    page = visit(style + framed(server, more=more), color_scheme=system)
    drawn(page)
    app = lesson(page).get_by_test_id("stApp")
    expect(app).to_have_css("background-color", ground)


@pytest.mark.parametrize("flag", ["allow-scripts", "allow-same-origin"])
def test_flags_to_start(server, visit, flag):
    """Without these the frame stays empty: nothing runs, or nothing may be fetched."""
    page = visit(framed(server, without=flag))
    page.wait_for_timeout(3000)
    assert page.frames[1].get_by_test_id("stApp").count() == 0


def test_flag_to_open(server, visit):
    """Without allow-popups the way out opens nothing."""
    page = visit(framed(server, without="allow-popups"))
    drawn(page)
    way_out(page).click()
    page.wait_for_timeout(1000)
    assert len(page.context.pages) == 2  # the browser's own first page, and the course


@pytest.mark.parametrize("flag", ["", "allow-popups-to-escape-sandbox"], ids=["all", "without"])
def test_flag_to_escape(server, visit, flag):
    """What is opened keeps the frame's rules without that flag: there no dialog may come up."""
    page = visit(framed(server, without=flag))
    drawn(page)
    other = opened(page)
    heard = []
    other.on("dialog", lambda dialog: (heard.append(dialog.message), dialog.dismiss()))
    other.evaluate("alert('free')")  # a sandbox without allow-modals takes no notice of it
    assert heard == ([] if flag else ["free"])


@pytest.mark.parametrize("flag", ["", "allow-downloads"], ids=["all", "without"])
def test_flag_to_save(server, visit, flag):
    """A file that a page makes is saved from inside the frame; without that flag it is not."""
    page = visit(framed(server, "/teach", without=flag))
    saved = []
    page.on("download", lambda download: saved.append(download.suggested_filename))
    button = lesson(page).get_by_role("button", name="Download the QR code")
    button.click(timeout=START_S * 1000)
    expect(lesson(page).get_by_text("Handed to your browser: lesson-qr.svg")).to_be_visible()
    page.wait_for_timeout(1000)
    assert saved == ([] if flag else ["lesson-qr.svg"])


def test_nothing_else_is_asked_for(server, visit):
    """The lesson sends no form of the browser's own, so `allow-forms` is not among the flags."""
    assert "allow-forms" not in FLAGS
    page = visit(framed(server, "/practice", more="&mode=solve"))
    field = lesson(page).get_by_role("textbox").first
    field.fill("1", timeout=START_S * 1000)
    field.press("Enter")
    expect(field).to_have_value("1")
    assert lesson(page).locator("form").count() == 0
