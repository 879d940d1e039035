"""The app under Streamlit's own test harness, with all that a person would have to open open."""

import json
import warnings

from tests.browser.conftest import ROOT

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from streamlit.testing.v1 import AppTest


class Everything(frozenset):
    """Holds any name: each part of a page counts as opened before."""

    def __contains__(self, name):
        return True


def unfolded(timeout=60):
    """The app before its first run; parts that are drawn when they are first opened are drawn."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=timeout)
    app.session_state["opened"] = Everything()
    return app


def part_of(app, name):
    """The part of the page that is drawn in the browser under this name."""
    return next(
        one for one in app.get("bidi_component") if one.proto.component_name == f"wce_{name}"
    )


def drawn_from(app, name):
    """What that part was given to draw."""
    [data] = json.loads(part_of(app, name).proto.json)
    return data
