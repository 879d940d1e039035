"""Closed parts of a page cost nothing until they are opened, and then lose nothing."""

import pytest

from tests.browser.conftest import ROOT
from tests.unfolded import AppTest, unfolded
from ui.drawn import part


def closed(page):
    """A page as a visitor finds it, with nothing opened."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    return app.switch_page(f"pages/{page}.py").run()


def labels(app):
    """The names of all fields on the page."""
    return {field.label for kind in (app.text_area, app.text_input) for field in kind}


def test_closed_is_not_drawn():
    """Where the numbers are folded, their fields are not there, and the walk is."""
    app = closed("steps")
    assert [box.label.partition(":")[0] for box in app.expander] == ["Numbers"]
    assert not labels(app)
    assert not app.get("file_uploader")


def test_opened_is_drawn_and_stays():
    """What was open once is drawn from then on, closed or not; other tabs still are not."""
    app = closed("steps")
    app.session_state["opened"] = {"numbers", "ways-0"}
    app.run()
    assert "Class names, with commas between them" in labels(app)
    assert not app.get("file_uploader")
    app.run()
    assert "Class names, with commas between them" in labels(app)


def test_open_at_the_start():
    """On the first page the numbers stand open, with the first way to change them."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    assert "Class names, with commas between them" in labels(app)
    assert not app.get("file_uploader")


def test_all_of_it_is_there():
    """Unfolded, all four ways to other numbers are drawn."""
    app = unfolded()
    app.switch_page("pages/steps.py").run()
    assert app.get("file_uploader")
    assert "Class names, with commas between them" in labels(app)


@pytest.mark.parametrize("js", ["const a = 1;\n", "export default function () {}\n" * 2])
def test_one_entry(js):
    """A part whose script has no entry, or two, is refused when it is made."""
    with pytest.raises(ValueError, match="the script of odd has not one"):
        part("odd", html="<p></p>", css="", js=js)
