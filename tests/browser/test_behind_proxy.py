"""The app below a base path, two copies behind the project's nginx: all works as it does alone."""

import io
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit
from urllib.request import urlopen

import numpy as np
import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import expect

from tests.browser.conftest import START_S, open_page, rerun, settle
from tests.browser.test_journeys import open_numbers, tab, type_into
from tests.copies import copies
from tests.nginx import nginx
from tests.standin import standins
from ui.teach.snippets import iframe

BASE_PATH = "/loss"
CASE = "logits=2,1,0.1;0.5,2.5,0.3;1.2,0.4,3&target=0,2,2&weight=1,2,5&classes=cat,dog,owl"
CSV = b"a,b,label\n1.5,2.5,1\n0.5,0.25,0\n"


class Course(ThreadingHTTPServer):
    """A course page; at http://localhost it is another site than the app at http://127.0.0.1."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), CoursePage)
        self.body = ""
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def base(self) -> str:
        """Its address."""
        return f"http://localhost:{self.server_port}"


class CoursePage(BaseHTTPRequestHandler):
    """What it shows."""

    server: Course

    def do_GET(self) -> None:
        """Send it."""
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        icon = "<link rel='icon' href='data:,'>"
        self.wfile.write(f"<!doctype html><title>Course</title>{icon}{self.server.body}".encode())

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@pytest.fixture(scope="module")
def courses():
    """The site that may frame the app, and one that may not."""
    with Course() as listed, Course() as foreign:
        yield listed, foreign
        listed.shutdown()
        foreign.shutdown()


@pytest.fixture(scope="module")
def both(courses, tmp_path_factory):
    """Two copies, told their base path and who may frame them."""
    env = {"BASE_PATH": BASE_PATH, "FRAME_ANCESTORS": f"'self' {courses[0].base}"}
    with copies(2, tmp_path_factory.mktemp("copies"), env) as made:
        yield made


@pytest.fixture(scope="module")
def front(both):
    """Nginx before them."""
    with nginx([copy.port for copy in both], BASE_PATH=BASE_PATH) as running:
        yield running


def test_walk_edit_upload(page, front):
    """A person steps, edits a number and uploads a file; the page's WebSocket and the upload
    reach the same copy."""
    open_page(page, front.base, f"/steps?{CASE}")
    page.locator(".wce-ledger").get_by_role("button", name="Next").click()
    page.wait_for_url("**/loss/steps?*step=shifted*")
    open_page(page, front.base, "/reductions")
    open_numbers(page)
    type_into(page, 0, 1, "7.5")
    assert parse_qs(urlsplit(page.url).query)["logits"] == ["7.5,4;6,9"]
    tab(page, "Upload")
    file = {"name": "batch.csv", "mimeType": "text/csv", "buffer": CSV}
    rerun(page, lambda: page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(file))
    page.wait_for_url("**/loss/reductions?*logits=1.5*")
    page.context.close()  # a WebSocket is noted when it ends
    uploads = front.seen(1, "/_stcore/upload_file/")
    sockets = front.seen(2, "/_stcore/stream")
    assert [one.status for one in uploads + sockets] == ["204", "101", "101"]
    assert len({one.copy for one in uploads + sockets}) == 1


@pytest.mark.parametrize("name", ["", "placement"])
def test_every_link_stays_below(page, front, name):
    """Every link to the app itself, as the questions on the first page are, begins with the base
    path."""
    open_page(page, front.base, f"/{name}?{CASE}")
    found = page.evaluate("[...document.querySelectorAll('a[href]')].map(link => link.href)")
    own = [link for link in found if link.startswith(front.base.removesuffix(BASE_PATH))]
    assert own
    assert [link for link in own if not link.startswith(f"{front.base}/")] == []


def test_menu_and_back(page, front):
    """A press in the menu and a step back stay below the base path, and keep the case."""
    open_page(page, front.base, f"/steps?{CASE}")
    menu = page.get_by_test_id("stSidebar")
    rerun(page, menu.get_by_role("link", name="Gradient").click)
    address = urlsplit(page.url)
    assert address.path == "/loss/gradient"
    assert parse_qs(address.query)["classes"] == ["cat,dog,owl"]
    page.go_back()
    settle(page)
    assert urlsplit(page.url).path == "/loss/steps"


def test_what_a_teacher_takes_along(page, front):
    """The lesson's link and its QR code lead below the base path, to the step; a file is saved."""
    open_page(page, front.base, f"/teach?{CASE}&step=probs")
    expect(page.get_by_test_id("stCode").first).to_contain_text(f"{front.base}/steps?logits=")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Download the QR code").click()
    assert saved.value.suggested_filename == "lesson-qr.svg"
    shown = page.locator("img[alt^='QR code of the link']")
    picture = np.asarray(Image.open(io.BytesIO(shown.screenshot())).convert("L"))
    [found] = zxingcpp.read_barcodes(picture)
    assert found.text.startswith(f"{front.base}/steps?logits=")
    page.goto(found.text)
    expect(page.locator(".wce-ledger")).to_contain_text("0.6590", timeout=START_S * 1000)


@pytest.fixture
def plain(browser):
    """A page without the gates: what is refused here is an error in the browser's console."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


def test_listed_site_frames_it(plain, front, courses):
    """In the site that FRAME_ANCESTORS lists the lesson works, and its way out leads below the
    base path."""
    listed, _ = courses
    listed.body = iframe(f"{front.base}/steps?{CASE}&embed=true", "Lesson", 640)
    plain.goto(listed.base)
    lesson = plain.frame_locator("iframe")
    following = lesson.locator(".wce-ledger").get_by_role("button", name="Next")
    following.click(timeout=START_S * 1000)
    way_out = lesson.get_by_role("link", name="Open in a new tab")
    there = re.compile(rf"^{re.escape(front.base)}/steps\?.*step=shifted")
    expect(way_out).to_have_attribute("href", there)


def test_other_site_does_not(plain, front, courses):
    """In a site that is not listed the browser refuses the frame, and says by which rule."""
    _, foreign = courses
    foreign.body = iframe(f"{front.base}/steps?{CASE}&embed=true", "Lesson", 640)
    with plain.expect_console_message(lambda message: "frame-ancestors" in message.text):
        plain.goto(foreign.base)
    assert plain.frame_locator("iframe").get_by_test_id("stApp").count() == 0


def test_what_is_sent(page, front):
    """A page carries each of the app's own headers once, and scripts are compressed; a second
    visitor's come from nginx."""
    sent = {}
    page.on("response", lambda answer: sent.setdefault(urlsplit(answer.url).path, answer))
    open_page(page, front.base, f"/steps?{CASE}")
    names = [header["name"].lower() for header in sent["/loss/steps"].headers_array()]
    for name in ("content-security-policy", "x-content-type-options", "referrer-policy"):
        assert names.count(name) == 1, name
    scripts = [answer for path, answer in sent.items() if path.endswith(".js")]
    assert len(scripts) > 20
    assert any(answer.header_value("content-encoding") == "gzip" for answer in scripts)
    assert sum(answer.body() != b"" for answer in scripts) == len(scripts)
    asked = front.seen(len(scripts), "/static/js/")
    for answer in scripts:
        path = urlsplit(answer.url).path
        assert sum(one.path == path and one.copy != "-" for one in asked) == 1


@pytest.mark.parametrize("path", ["metrics", "script-health-check"])
def test_inner_endpoints(front, both, path):
    """Inside a copy answers them, from outside nobody does."""
    with urlopen(f"{both[0].base}/_stcore/{path}", timeout=START_S) as inside:
        assert inside.status == 200
    with pytest.raises(OSError, match="404"):
        urlopen(f"{front.base}/_stcore/{path}", timeout=START_S)


def test_nobody_there(plain):
    """Where no copy answers there is one sentence, on a ground that follows the system; and the
    page comes by itself once one does."""
    with standins(1) as (one,), nginx([one.server_port]) as front:
        one.leave()
        plain.goto(f"{front.base}/steps?logits=3,4")
        expect(plain.get_by_role("status")).to_contain_text("tries again every few seconds")
        ink = "getComputedStyle(document.body).color"
        assert plain.evaluate(ink) == "rgb(0, 0, 0)"
        plain.emulate_media(color_scheme="dark")
        assert plain.evaluate(ink) == "rgb(255, 255, 255)"
        back = one.back()
        plain.get_by_text('"path": "/steps?logits=3,4"').wait_for(timeout=START_S * 1000)
        back.leave()
