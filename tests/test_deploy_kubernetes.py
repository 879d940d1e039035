"""The manifests for Kubernetes are valid, fit each other, the image and the app."""

import re
from functools import cache
from pathlib import Path

import kubernetes_validate
import pytest
import yaml
from streamlit.web.server.starlette import starlette_routes

from server import healthy
from tests.nginx import TEMPLATE

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "deploy/kubernetes"
KUSTOMIZATION = yaml.safe_load((FOLDER / "kustomization.yaml").read_text())
OLDEST, NEWEST = "1.30.0", "1.37.0"  # 1.30 is the first with preStop's sleep switched on
LABEL = {"app.kubernetes.io/name": "weighted-cross-entropy"}


@cache
def manifests():
    """All objects by kind and name."""
    found = {}
    for name in KUSTOMIZATION["resources"]:
        for one in yaml.safe_load_all((FOLDER / name).read_text()):
            found[one["kind"], one["metadata"]["name"]] = one
    return found


def pod():
    """What a copy is."""
    return manifests()["Deployment", "copies"]["spec"]["template"]


def container():
    """Its one container."""
    (one,) = pod()["spec"]["containers"]
    return one


def paths():
    """The ways in, by path: the service each leads to."""
    (rule,) = manifests()["Ingress", "way-in"]["spec"]["rules"]
    return {path["path"]: path["backend"]["service"] for path in rule["http"]["paths"]}


@pytest.mark.parametrize("version", [OLDEST, NEWEST])
@pytest.mark.parametrize("key", manifests(), ids="/".join)
def test_valid(key, version):
    """Kubernetes' own schemas of the oldest and the newest version accept it, unknown fields not."""
    kubernetes_validate.validate(manifests()[key], version, strict=True)


def test_each_file_is_listed():
    """What lies in the folder is what `kubectl apply -k` takes."""
    there = {path.name for path in FOLDER.iterdir()} - {"kustomization.yaml"}
    assert there == set(KUSTOMIZATION["resources"])
    assert manifests()["Namespace", KUSTOMIZATION["namespace"]]


@pytest.mark.parametrize(
    "key",
    [("Deployment", "copies"), ("PodDisruptionBudget", "copies"), ("Service", "copies")],
    ids="/".join,
)
def test_selectors_match(key):
    """Each object that speaks of the copies finds them by their label."""
    selector = manifests()[key]["spec"]["selector"]
    assert selector.get("matchLabels", selector) == LABEL == pod()["metadata"]["labels"]


def test_others_that_name_the_copies():
    """So do the network's rule, the spread over machines and the autoscaler."""
    assert manifests()["NetworkPolicy", "copies"]["spec"]["podSelector"]["matchLabels"] == LABEL
    (spread,) = pod()["spec"]["topologySpreadConstraints"]
    assert spread["labelSelector"]["matchLabels"] == LABEL
    target = manifests()["HorizontalPodAutoscaler", "copies"]["spec"]["scaleTargetRef"]
    assert (target["kind"], target["name"]) == ("Deployment", "copies")
    assert "replicas" not in manifests()["Deployment", "copies"]["spec"]  # the autoscaler's


def test_ports_match():
    """From the way in to the image: the port has one name, and the number that the image opens."""
    (opened,) = container()["ports"]
    assert opened == {"name": "http", "containerPort": 8501}
    assert "EXPOSE 8501" in (ROOT / "Dockerfile").read_text()
    for name in ("copies", "nowhere"):
        (port,) = manifests()["Service", name]["spec"]["ports"]
        assert port["name"] == "http"
    assert manifests()["Service", "copies"]["spec"]["ports"][0]["targetPort"] == "http"
    assert {service["port"]["name"] for service in paths().values()} == {"http"}
    probes = [
        container()[f"{kind}Probe"]["httpGet"] for kind in ("startup", "readiness", "liveness")
    ]
    assert {probe["port"] for probe in probes} == {"http"}


def test_probes_ask_what_the_app_answers():
    """Each probe asks whether the copy is up, which it says only once it has drawn every page. A
    start may take three minutes; a busy copy is not killed for a minute."""
    asked = {kind: container()[f"{kind}Probe"] for kind in ("startup", "readiness", "liveness")}
    health = f"/{starlette_routes.ROUTE_HEALTH}"
    assert {probe["httpGet"]["path"] for probe in asked.values()} == {health}
    assert asked["startup"]["periodSeconds"] * asked["startup"]["failureThreshold"] >= 180
    assert asked["liveness"]["periodSeconds"] * asked["liveness"]["failureThreshold"] >= 60
    assert asked["readiness"]["periodSeconds"] * asked["readiness"]["failureThreshold"] <= 15


def test_no_more_rights_than_needed():
    """The copies run under the image's user, without a capability, without anything to write to
    but memory, and without the cluster's own keys: what the level "restricted" asks, and more."""
    spec, one = pod()["spec"], container()
    user = re.search(r"^USER (\d+)", (ROOT / "Dockerfile").read_text(), re.MULTILINE)[1]
    assert spec["securityContext"]["runAsUser"] == int(user) == 10001
    assert spec["securityContext"]["runAsNonRoot"] is True
    assert spec["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert spec["automountServiceAccountToken"] is False
    assert one["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "privileged": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    (volume,) = spec["volumes"]
    assert volume["emptyDir"]["medium"] == "Memory"
    assert [mount["name"] for mount in one["volumeMounts"]] == [volume["name"]]
    level = manifests()["Namespace", KUSTOMIZATION["namespace"]]["metadata"]["labels"]
    assert level == {"pod-security.kubernetes.io/enforce": "restricted"}


def test_bounds():
    """A copy asks for what it needs, and may take what some large files at once need; it has longer
    to go than it waits before it begins to."""
    resources = container()["resources"]
    assert resources["requests"]["memory"] == "512Mi"
    assert resources["limits"]["memory"] == "2Gi"
    assert set(resources["limits"]) == {"cpu", "memory"}
    waits = container()["lifecycle"]["preStop"]["sleep"]["seconds"]
    assert pod()["spec"]["terminationGracePeriodSeconds"] >= waits + 10


def test_never_all_away():
    """At each moment a copy stays: two at least, one at most away, none before a new one is there."""
    scaler = manifests()["HorizontalPodAutoscaler", "copies"]["spec"]
    assert 2 <= scaler["minReplicas"] < scaler["maxReplicas"]
    assert manifests()["PodDisruptionBudget", "copies"]["spec"]["maxUnavailable"] == 1
    assert manifests()["Deployment", "copies"]["spec"]["strategy"]["rollingUpdate"] == {
        "maxSurge": 1,
        "maxUnavailable": 0,
    }


def test_one_key():
    """Both kinds of controller put a browser on a copy by what deploy/nginx takes without a cookie."""
    key = re.search(r"'' (\$remote_addr\S+);", TEMPLATE.read_text())[1]
    notes = manifests()["Ingress", "way-in"]["metadata"]["annotations"]
    assert notes["nginx.ingress.kubernetes.io/upstream-hash-by"] == key
    assert notes["nginx.org/lb-method"] == f"hash {key} consistent"


def test_inner_endpoints_lead_nowhere():
    """From outside everything reaches the copies but what is for the operator, by longer paths."""
    ways = {path: service["name"] for path, service in paths().items()}
    assert ways.pop("/") == "copies"
    assert set(ways) == {"/_stcore/metrics", "/_stcore/agent", healthy.PATH}
    assert set(ways.values()) == {"nowhere"}
    assert "selector" not in manifests()["Service", "nowhere"]["spec"]


def test_talks_to_nobody():
    """The copies may open no connection at all, and take them from two places."""
    rule = manifests()["NetworkPolicy", "copies"]["spec"]
    assert rule["policyTypes"] == ["Ingress", "Egress"]
    assert rule["egress"] == []
    (way,) = rule["ingress"]
    assert way["ports"] == [{"port": "http"}]


def test_settings():
    """The environment comes from the settings that the kustomization makes, and has names that
    the app reads."""
    (source,) = container()["envFrom"]
    (made,) = KUSTOMIZATION["configMapGenerator"]
    assert source["configMapRef"]["name"] == made["name"]
    assert [line.partition("=")[0] for line in made["literals"]] == ["FRAME_ANCESTORS"]
    (image,) = KUSTOMIZATION["images"]
    assert image["name"] == container()["image"]
