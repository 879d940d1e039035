"""The README's example prints what the README says it prints."""

import contextlib
import io
import re
from pathlib import Path

README = (Path(__file__).parents[1] / "README.md").read_text()


def test_example_prints_what_it_says():
    """The ten lines run as they stand and print the block below them, digit for digit."""
    code, printed = re.search(
        r"```python\n(.*?)```\s+prints\s+```text\n(.*?)```", README, re.DOTALL
    ).groups()
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(code, {})  # noqa: S102 - our own README
    assert said.getvalue() == printed


def test_commands_exist():
    """Each make target that the README names is in the Makefile."""
    makefile = (Path(__file__).parents[1] / "Makefile").read_text()
    named = set(re.findall(r"`?make ([a-z]+)", README))
    assert named >= {"run", "test", "bench"}
    assert all(re.search(rf"^{name}:", makefile, re.MULTILINE) for name in named - {"sure"})


def test_pinned_packages_are_explained():
    """Every run-time package has its reason in the README, and nothing else is pinned."""
    pins = (Path(__file__).parents[1] / "requirements.txt").read_text().split()
    names = [pin.split("==")[0] for pin in pins if "==" in pin]
    assert sorted(names) == [
        *("babel", "latex2mathml", "numpy", "pandas", "plotly", "segno", "streamlit"),
        *("torch", "typst"),
    ]
    assert all(re.search(rf"{name} \(", README) for name in names)
