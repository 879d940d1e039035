"""The proxy's configuration does what it says: a real nginx before stand-ins for the copies."""

import gzip
import http.client
import json
import re
import socket
import time
from collections import Counter
from contextlib import ExitStack, closing, contextmanager

import pytest
from uvicorn import Config

from tests.nginx import TEMPLATE, nginx
from tests.standin import SCRIPT, standins

PAGE, UPLOAD, STREAM = "/steps", "/_stcore/upload_file/session/file", "/_stcore/stream"
SECOND = 1_795_305_161


@pytest.fixture(scope="module")
def three():
    """Three stand-ins that stay."""
    with standins(3) as made:
        yield made


@pytest.fixture(scope="module")
def front(three):
    """Nginx before them, as compose.yaml sets it up."""
    with nginx([one.server_port for one in three]) as running:
        yield running


def asked(front, path, method="GET", body=None, **headers):
    """Ask nginx once; the answer and its body."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    with closing(http.client.HTTPConnection("127.0.0.1", front.port, timeout=30)) as link:
        link.request(method, path, body, named)
        answer = link.getresponse()
        return answer, answer.read()


def told(front, path=PAGE, method="GET", body=None, **headers):
    """What the copy says that was reached."""
    answer, said = asked(front, path, method, body, **headers)
    assert answer.status == 200, (answer.status, said[:200])
    return json.loads(said)


@contextmanager
def opened(front, **headers):
    """Open a WebSocket as far as nginx is concerned; the status, and the copy that says it is it."""
    lines = {"Host": "here", "Connection": "Upgrade", "Upgrade": "websocket"} | headers
    text = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in lines.items())
    with socket.create_connection(("127.0.0.1", front.port), timeout=30) as link:
        link.sendall(f"GET {STREAM} HTTP/1.1\r\n{text}\r\n".encode())
        answer = link.makefile("rb")
        status = int(answer.readline().split()[1])
        while answer.readline().strip():
            pass
        yield status, int(answer.readline()) if status == 101 else None


def copy_of(front, **headers):
    """The copy that a browser's page, upload and WebSocket reach, which must be one."""
    with opened(front, **headers) as (_, port):
        ports = {
            port,
            told(front, **headers)["port"],
            told(front, UPLOAD, "PUT", b"x", **headers)["port"],
        }
    assert len(ports) == 1, ports
    return ports.pop()


def visit(second, mask="a93e3539"):
    """Streamlit's cookie against forged uploads, of a visit that began in this second."""
    return f"_streamlit_xsrf=2|{mask}|14561b4e5b1b735854734acaaaa78c58|{second}"


def test_one_browser_one_copy_many_browsers_all_copies(front, three):
    """Without a cookie page, WebSocket and upload of a browser reach one copy; 100 browsers
    behind one address are spread over all three."""
    reached = Counter(
        copy_of(front, User_Agent=f"Browser/{number}", Accept_Language="de")
        for number in range(100)
    )
    assert set(reached) == {one.server_port for one in three}
    # 33 each, give or take 5.4: the root of 100/3 · 2/3 = 22 by chance, and of (33 · 8 %)² = 7
    # because 160 points of a copy on the ring take a part of it that varies by 1/√160. Four times that.
    assert all(12 <= count <= 55 for count in reached.values()), reached


def test_machines_that_are_all_alike(front):
    """The same machines come to one copy in a frame; as pages of their own they do not, since
    the cookie that Streamlit sets there ends in the second of the visit."""
    alike = {"User_Agent": "Lab machine", "Accept_Language": "de"}
    assert len({told(front, **alike)["port"] for _ in range(10)}) == 1
    visits = [copy_of(front, Cookie=visit(SECOND + k), **alike) for k in range(30)]
    assert len(set(visits)) == 3  # that one of three is missed: 3 · (2/3)³⁰, once in 60,000 times


def test_a_visit_keeps_its_copy(front):
    """The rest of that cookie changes with each answer, and a laptop its network: neither matters."""
    ports = {
        told(front, Cookie=visit(SECOND, mask), Accept_Language=lang)["port"]
        for mask in ("00000000", "a93e3539", "ffffffff")
        for lang in ("de", "en")
    }
    assert len(ports) == 1


def test_dead_copy_is_left_and_taken_back():
    """Who was on a copy that is gone comes to another one at once, nobody else moves; and when it
    is there again, its browsers come back to it."""
    agents = [f"Browser/{number}" for number in range(30)]
    with standins(3) as three, nginx([one.server_port for one in three]) as front:
        before = {agent: told(front, User_Agent=agent)["port"] for agent in agents}
        gone = next(one for one in three if one.server_port == before[agents[0]])
        gone.leave()
        during = {agent: told(front, User_Agent=agent)["port"] for agent in agents}
        for agent in agents:
            assert (during[agent] == before[agent]) == (before[agent] != gone.server_port)
        three[three.index(gone)] = gone.back()
        deadline = time.monotonic() + 30
        while told(front, User_Agent=agents[0])["port"] != gone.server_port:
            assert time.monotonic() < deadline, "never taken back"
            time.sleep(0.1)


def test_one_more_copy_moves_few(three):
    """A fourth copy takes its part of the browsers, and moves none from one old copy to another."""
    agents = [f"Browser/{number}" for number in range(60)]
    with standins(1) as (fourth,):
        reached = []
        for copies in (three, [*three, fourth]):
            with nginx([one.server_port for one in copies]) as front:
                reached.append({agent: told(front, User_Agent=agent)["port"] for agent in agents})
    before, after = reached
    moved = {agent for agent in agents if before[agent] != after[agent]}
    assert {after[agent] for agent in moved} == {fourth.server_port}


def test_full_copy_is_passed_over(three):
    """A copy that has as many connections as it may have sends the next browser on."""
    with (
        nginx([one.server_port for one in three], MOST_PER_COPY="1") as front,
        ExitStack() as stack,
    ):
        reached = [stack.enter_context(opened(front, User_Agent="Lab machine")) for _ in three]
        assert {port for _, port in reached} == {one.server_port for one in three}


INNER = ("metrics", "script-health-check", "agent/mcp", "agent/openapi.json", "something-new")


@pytest.mark.parametrize("path", INNER)
@pytest.mark.parametrize(
    "way", ["/_stcore/{}", "//_stcore/{}", "/x/../_stcore/{}", "/%5Fstcore/{}?a=1"]
)
def test_inner_endpoints_stay_inside(front, three, path, way):
    """However it is written, what only the operator may ask reaches no copy from outside."""
    counts = [len(one.asked) for one in three]
    answer, _ = asked(front, way.format(path))
    assert answer.status == 404
    assert [len(one.asked) for one in three] == counts


@pytest.mark.parametrize(
    "path", ["/", PAGE, "/_stcore/health", "/_stcore/host-config", "/favicon.png"]
)
def test_what_a_browser_needs_passes(front, path):
    """Pages and the endpoints that the browser asks reach a copy, with the host asked for."""
    said = told(front, path, Host="loss.example.edu")
    assert said["path"] == path
    assert said["headers"]["Host"] == "loss.example.edu"


def test_not_found_passes(front):
    """Below a page's path Streamlit's browser side looks for its server and needs the 404."""
    answer, said = asked(front, "/steps/_stcore/health")
    assert answer.status == 404
    assert json.loads(said)["path"] == "/steps/_stcore/health"  # the copy's own answer


def test_scripts_are_compressed_and_kept(front, three):
    """A script is asked of one copy once, however many browsers come, and goes out small."""
    path = "/static/js/index.abc123.js"
    for number in range(5):
        answer, body = asked(front, path, Accept_Encoding="gzip", User_Agent=f"Browser/{number}")
        assert answer.headers["Content-Encoding"] == "gzip"
        assert len(body) < len(SCRIPT) / 10
        assert gzip.decompress(body) == SCRIPT
        assert "immutable" in answer.headers["Cache-Control"]
    assert sum(one.asked.count(("GET", path)) for one in three) == 1


def test_page_in_place_of_a_script_is_not_kept(front, three):
    """For a script of another version Streamlit answers with its page: that must not stay."""
    for _ in range(2):
        assert told(front, "/static/js/gone")
    assert sum(one.asked.count(("GET", "/static/js/gone")) for one in three) == 2


def test_nobody_says_who_asks_unless_trusted(three):
    """A browser cannot choose its copy by a header; a proxy before this one can say for whom it
    asks. The copies are told neither."""
    ports = [one.server_port for one in three]
    for trusted, key in (("", "127.0.0.1Someone"), ("127.0.0.0/8", "10.1.2.3Someone")):
        with nginx(ports, **({"TRUSTED_PROXY": trusted} if trusted else {})) as front:
            said = told(front, User_Agent="Someone", X_Forwarded_For="10.1.2.3")
            assert "X-Forwarded-For" not in said["headers"]
            assert [seen.key for seen in front.seen(1)] == [key]


def test_only_its_own_name(three, front):
    """With SERVER_NAME set, nobody else's name leads to the app; nginx's own sign of life answers
    always, also where no copy does."""
    with nginx([three[0].server_port], SERVER_NAME="loss.example.edu") as strict:
        assert told(strict, Host="loss.example.edu")
        assert asked(strict, PAGE, Host="evil.example.org")[0].status == 421
        assert asked(strict, "/up")[1] == b"up"
    assert asked(front, "/up")[1] == b"up"


def test_size_of_uploads(front):
    """A file of 20 MB passes with what the form adds to it; more does not, nor a body elsewhere."""
    assert told(front, UPLOAD, "PUT", bytes(20_500_000))
    for path, size in ((UPLOAD, 23_000_000), (PAGE, 20_000)):
        with closing(http.client.HTTPConnection("127.0.0.1", front.port, timeout=30)) as link:
            link.putrequest("PUT", path)
            link.putheader("Content-Length", str(size))
            link.endheaders()  # it is refused by what it says of itself, before anything is sent
            assert link.getresponse().status == 413


def test_quiet_tabs_stay_connected():
    """A copy sends a ping on every WebSocket at least twice before nginx would take it for dead."""
    stream = TEMPLATE.read_text().split("/_stcore/stream {")[1].split("location")[0]
    patience = int(re.search(r"proxy_read_timeout (\d+)s;", stream)[1])
    assert 2 * Config("asgi:app").ws_ping_interval < patience


def test_long_links(front):
    """A link with 1,500 long numbers, 30 kB, passes."""
    path = "/steps?logits=" + ",".join(["0.12345678901234567"] * 1500)
    assert told(front, path)["path"] == path


def test_nothing_of_a_request_is_logged():
    """Also when every copy fails to answer, neither numbers nor addresses are in the log."""
    with standins(2) as two, nginx([one.server_port for one in two]) as front:
        for one in two:
            one.leave()
        answer, _ = asked(front, "/steps?logits=9.75,8.25", User_Agent="Someone")
        assert answer.status == 503
        logged = front.log.read_text()
        assert not re.search(r"9\.75|127\.0\.0\.1|Someone", logged), logged


@pytest.mark.parametrize(
    ("lang", "said"), [("en-GB,en", "This site is not there"), ("de-DE,de;q=0.9", "Diese Seite")]
)
def test_when_no_copy_is_there(lang, said):
    """One sentence in the person's language, which is kept nowhere and tells when to ask again."""
    with standins(1) as (one,):
        one.leave()
        with nginx([one.server_port]) as front:
            answer, body = asked(front, "/steps?logits=3,4", Accept_Language=lang)
    assert (answer.status, answer.headers["Retry-After"]) == (503, "5")
    assert answer.headers["Cache-Control"] == "no-store"
    assert said in body.decode()
    assert f'<html lang="{lang[:2]}">' in body.decode()
    assert answer.headers["Server"] == "nginx"  # without its version


def test_a_class_behind_one_address_is_not_held_up(front):
    """Three hundred people who open the page at once, behind one address, are all let in; each is
    six requests and a WebSocket."""
    with closing(http.client.HTTPConnection("127.0.0.1", front.port, timeout=30)) as link:
        for _ in range(6 * 300):
            link.request("GET", PAGE)
            answer = link.getresponse()
            answer.read()
            assert answer.status == 200
    with ExitStack() as stack:
        people = [stack.enter_context(opened(front)) for _ in range(300)]
    assert {status for status, _ in people} == {101}


def test_one_address_cannot_take_everything(three):
    """Beyond its number of open tabs an address is refused more, and told why."""
    ports = [one.server_port for one in three]
    with nginx(ports, TABS_PER_ADDRESS="2") as front, ExitStack() as stack:
        people = [stack.enter_context(opened(front)) for _ in range(3)]
    assert [status for status, _ in people] == [101, 101, 429]


@pytest.mark.parametrize("path", ["/", "/steps", "/_stcore/health", "/static/js/index.js"])
def test_below_a_base_path(path):
    """With BASE_PATH the same holds below it; its address without the last slash leads there."""
    with standins(1, "/loss") as (one,), nginx([one.server_port], BASE_PATH="/loss") as front:
        assert asked(front, f"/loss{path}")[0].status == 200
        assert one.asked == [("GET", f"/loss{path}")]
        answer, _ = asked(front, "/loss?logits=3,4")
        assert (answer.status, answer.headers["Location"]) == (308, "/loss/?logits=3,4")
        assert asked(front, "/loss/_stcore/metrics")[0].status == 404
        assert len(one.asked) == 1
