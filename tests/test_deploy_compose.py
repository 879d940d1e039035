"""compose.yaml is one hardened service, and with the profile "scale" several behind nginx."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from server.settings import read
from tests.nginx import TEMPLATE, settings

ROOT = Path(__file__).parents[1]
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text())
SERVICES = COMPOSE["services"]
ALWAYS = [name for name, service in SERVICES.items() if "profiles" not in service]
COPIES = [name for name, service in SERVICES.items() if "build" in service]
GPU = ROOT / "deploy/compose.gpu.yaml"
DOCUMENT = (ROOT / "docs/operators.md").read_text()
VARIABLE = re.compile(r"\$\{([A-Z_]+)")


@pytest.mark.parametrize("file", ["compose.yaml", "deploy/compose.gpu.yaml"])
def test_follows_the_specification(file):
    """The Compose specification's own schema, which comes with the checker, accepts the file."""
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec"]
    done = subprocess.run([*command, ROOT / file], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_one_service_by_default():
    """`docker compose up` starts the app alone; with the profile it is the first of the copies, so
    none runs that nobody comes to."""
    assert ALWAYS == ["app"]
    assert {name for name in SERVICES if name not in ALWAYS} == {"copy2", "copy3", "proxy"}
    assert SERVICES["app"]["image"] == SERVICES["copy2"]["image"] == SERVICES["copy3"]["image"]


def test_ports_do_not_collide():
    """The app's own port is open to this machine alone; nginx's is another one, open to all."""
    published = {name: s["ports"] for name, s in SERVICES.items() if "ports" in s}
    assert published == {
        "app": ["${ADDRESS:-127.0.0.1}:${PORT:-8501}:8501"],
        "proxy": ["${PROXY_ADDRESS:-0.0.0.0}:${PROXY_PORT:-8080}:8080"],
    }
    assert settings()["LISTEN"] == "8080"


@pytest.mark.parametrize("name", SERVICES)
def test_hardened(name):
    """Every service has a read-only root, no capability, no way to gain one, and bounds."""
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["pids_limit"] <= 256
    assert service["mem_limit"]
    assert service["restart"] == "unless-stopped"
    assert service["tmpfs"]
    assert not service.get("privileged")
    assert "user" in service or "USER 10001" in (ROOT / "Dockerfile").read_text()


def test_every_copy_is_behind_nginx():
    """Each copy has its line in COPIES, by its own name and at the image's port, and no other has."""
    lines = settings()["COPIES"].strip().splitlines()
    named = [re.fullmatch(r"server (\w+):8501 resolve max_fails=2 .+;", line)[1] for line in lines]
    assert named == COPIES == SERVICES["proxy"]["depends_on"]
    assert "EXPOSE 8501" in (ROOT / "Dockerfile").read_text()


def test_template_is_filled():
    """Whatever the template asks for, compose.yaml or nginx's image gives; nothing is given in vain."""
    asked = set(re.findall(r"\$\{([A-Z_]+)\}", TEMPLATE.read_text())) - {"CAPITALS"}
    given = {name for name in settings() if not name.startswith("NGINX_")}
    assert asked == given | {"NGINX_LOCAL_RESOLVERS"}
    assert SERVICES["proxy"]["volumes"] == ["./deploy/nginx:/etc/nginx/templates:ro"]
    assert [path.name for path in TEMPLATE.parent.iterdir()] == ["nginx.conf.template"]


def test_app_reads_what_it_is_given():
    """What compose.yaml sets in the app's environment is what the app reads, under that name."""
    names = set(SERVICES["app"]["environment"])
    assert names == {"BASE_PATH", "FRAME_ANCESTORS"}
    assert read({"BASE_PATH": "/loss"}).base_path == "/loss"
    assert read({"FRAME_ANCESTORS": "'self'"}).frame_ancestors == ("'self'",)


@pytest.mark.parametrize("name", sorted(set(VARIABLE.findall((ROOT / "compose.yaml").read_text()))))
def test_each_variable_is_told(name):
    """What an operator can set by environment stands in the table of docs/operators.md."""
    assert re.search(rf"^\| `{name}` \|", DOCUMENT, re.MULTILINE)
