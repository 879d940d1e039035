"""What docs/operators.md tells operators to write works as it stands there."""

import re
import subprocess
from pathlib import Path

import pytest
import yaml

from tests.nginx import Nginx, settings
from tests.standin import standins
from tests.test_deploy_nginx import asked, opened, told

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "docs/operators.md").read_text()
INDENTED = re.findall(
    r"(?:^    .+\n)+", re.sub(r"```.*?```", "", TEXT, flags=re.DOTALL), re.MULTILINE
)
COMMANDS = [block for block in INDENTED if not re.match(r" +\d{4}-", block)]  # no lines of a log
COPIES = re.findall(r"server (\w+):8501", settings()["COPIES"])


def fenced(kind):
    """The one example of its kind."""
    (found,) = re.findall(rf"^```{kind}\n(.*?)^```", TEXT, re.DOTALL | re.MULTILINE)
    return found


class Documented(Nginx):
    """The documented nginx without its certificate, before a stand-in."""

    def _filled(self, ports, chosen):
        del chosen
        text = re.sub(r"^ *ssl_.*\n", "", fenced("nginx"), flags=re.MULTILINE)
        text = text.replace("listen 443 ssl", f"listen 127.0.0.1:{self.port}")
        text = text.replace("http://127.0.0.1:8501", f"http://127.0.0.1:{ports[0]}")
        written = "body passing unused unused unused"  # where a user without rights may write
        kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        paths = "".join(
            f"{kind}_temp_path {path};\n" for kind, path in zip(kinds, written.split(), strict=True)
        )
        return f"daemon off; pid nginx.pid; events {{}} http {{ {paths} {text} }}"


@pytest.fixture
def documented(tmp_path):
    """It and the stand-in."""
    with standins(1) as (one,):
        front = Documented(tmp_path, [one.server_port])
        try:
            yield front.start(), one
        finally:
            front.stop()


def test_the_proxy_in_front(documented):
    """Pages, the WebSocket, uploads and the app's own 404 pass, compressed and with the host that
    was asked for; the inner endpoints do not."""
    front, one = documented
    said = told(front, "/steps", Host="loss.example.edu")
    assert said["headers"]["Host"] == "loss.example.edu"
    assert said["headers"]["X-Forwarded-For"] == "127.0.0.1"
    with opened(front) as (status, port):
        assert (status, port) == (101, one.server_port)
    assert told(front, "/_stcore/upload_file/a/b", "PUT", bytes(20_500_000))
    assert asked(front, "/steps/_stcore/health")[0].status == 404
    script, _ = asked(front, "/static/js/index.js", Accept_Encoding="gzip")
    assert script.headers["Content-Encoding"] == "gzip"
    before = len(one.asked)
    for path in ("/_stcore/metrics", "/_stcore/script-health-check"):
        assert asked(front, path)[0].status == 404
    assert len(one.asked) == before


def test_prometheus_asks_every_copy():
    """The example names each copy of compose.yaml at the image's port."""
    (job,) = yaml.safe_load(fenced("yaml"))["scrape_configs"]
    assert job["static_configs"] == [{"targets": [f"{name}:8501" for name in COPIES]}]


def test_upgrade_goes_through_every_copy():
    """The loop that replaces copy after copy names each of them."""
    assert f"for copy in {' '.join(COPIES)}; do" in TEXT


def test_commands_are_about_files_that_are_there():
    """Each file and folder that a command or a table names is in the repository."""
    named = set(re.findall(r"(?:deploy/[\w./-]+|compose\.yaml|\b[\w-]+\.yaml)", TEXT))
    assert len(named) > 4
    for name in named:
        there = [ROOT / name, ROOT / "deploy/kubernetes" / name]
        assert any(path.exists() for path in there), name


@pytest.mark.parametrize("block", COMMANDS)
def test_commands_are_a_shell_s(block):
    """Every block of commands is one that a shell can read."""
    done = subprocess.run(
        ["/bin/sh", "-n"], input=block, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
