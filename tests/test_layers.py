"""Imports go one way, app -> pages -> ui -> ce_core, and each library has its one place."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LAYERS = ("ce_core", "ui", "pages", "app")  # each may import those before it
TORCH_DOORS = (("ce_core", "torch_check"), ("ce_core", "torch_train"))
STATE_DOOR = "ui/state/"


def sources(layer: str) -> list[Path]:
    """The layer's files."""
    files = [ROOT / f"{layer}.py", *sorted((ROOT / layer).rglob("*.py"))]
    return [path for path in files if path.exists()]


def name_of(path: Path) -> str:
    """The file as it is called in a message."""
    return path.relative_to(ROOT).as_posix()


def tree_of(path: Path) -> ast.Module:
    """The file, parsed."""
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(path: Path) -> set[str]:
    """The modules a file imports anywhere in it, by their full dotted names."""
    found = set()
    package = path.relative_to(ROOT).parent.parts
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            start = package[: len(package) + 1 - node.level] if node.level else ()
            found.add(".".join([*start, node.module or ""]))
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("import_module"):
            found |= {
                ast.literal_eval(part) for part in node.args if isinstance(part, ast.Constant)
            }
    return found


def roots(path: Path) -> set[str]:
    """The packages a file imports from."""
    return {name.partition(".")[0] for name in imported(path)}


FILES = [pytest.param(layer, path, id=name_of(path)) for layer in LAYERS for path in sources(layer)]
each_file = pytest.mark.parametrize(("layer", "path"), FILES)


@pytest.mark.parametrize("layer", LAYERS)
def test_layer_is_there(layer):
    """Every layer has files to look at."""
    assert sources(layer)


@each_file
def test_imports_go_one_way(layer, path):
    """No file imports from a layer above its own, and no page from another."""
    above = set(LAYERS[LAYERS.index(layer) + 1 :])
    own = {"pages"} if layer == "pages" else set()
    assert not roots(path) & (above | own)


@pytest.mark.parametrize("path", sources("ce_core"), ids=name_of)
def test_core_imports_numpy_and_the_standard_library(path):
    """The mathematics needs NumPy and the standard library; torch behind its two doors."""
    behind = path.relative_to(ROOT).with_suffix("").parts[:2] in TORCH_DOORS
    allowed = {*sys.stdlib_module_names, "numpy", "ce_core"} | ({"torch"} if behind else set())
    assert roots(path) <= allowed


@pytest.mark.parametrize("door", TORCH_DOORS, ids="/".join)
def test_torch_door_is_used(door):
    """The door is there, and torch goes through it."""
    files = [path for path in sources("ce_core") if "/".join(door) in name_of(path)]
    assert any("torch" in roots(path) for path in files)


@pytest.mark.parametrize(
    "path", [path for layer in LAYERS[1:] for path in sources(layer)], ids=name_of
)
def test_screen_does_not_import_torch(path):
    """What is drawn asks ce_core.torch_check or torch_train, never torch itself."""
    assert "torch" not in roots(path)


def state_uses(path: Path) -> Iterator[int]:
    """The lines that touch st.session_state or st.query_params, by attribute or by import."""
    names = {"session_state", "query_params"}
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Attribute) and node.attr in names:
            yield node.lineno
        if isinstance(node, ast.ImportFrom) and names & {alias.name for alias in node.names}:
            yield node.lineno


@each_file
def test_only_one_package_touches_state(layer, path):  # noqa: ARG001 - the parameters of each_file
    """Session state and the link are read and written in ui/state/ alone."""
    assert name_of(path).startswith(STATE_DOOR) or not list(state_uses(path))


def test_state_door_is_used():
    """The door is there, and state goes through it."""
    files = [path for path in sources("ui") if name_of(path).startswith(STATE_DOOR)]
    assert any(list(state_uses(path)) for path in files)


@pytest.mark.parametrize("path", sources("pages"), ids=name_of)
def test_pages_do_no_arithmetic(path):
    """A page is prose and calls: it imports no NumPy and computes with no numbers."""
    assert not roots(path) & {"numpy", "math", "pandas"}


def test_importing_the_core_is_light():
    """`import ce_core` in a fresh interpreter brings in no torch, pandas, plotly or streamlit."""
    heavy = ("torch", "pandas", "plotly", "streamlit")
    code = f"import sys, ce_core; print([name for name in {heavy} if name in sys.modules])"
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == "[]"
