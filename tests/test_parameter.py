"""A page's settings are link parameters: written where they are not as always, read or refused."""

from collections import Counter

import pytest

from ui.link import KNOWN, decode, encode
from ui.notation import NotationError
from ui.parameter import choice, count, number, setting, whole
from ui.view import start

REFUSED = {
    "not whole": (whole, "1.5"),
    "no digits": (whole, "--1"),
    "too long": (whole, "9" * 20),
    "below": (number(0, 1), "-0.1"),
    "above": (number(0, 1), "1.1"),
    "nan": (number(0, 1), "nan"),
    "infinite": (number(0, 1), "inf"),
    "no number": (number(0, 1), "half"),
    "few": (count(1, 10), "0"),
    "many": (count(1, 10), "11"),
    "a part": (count(1, 10), "2.0"),
    "another word": (choice("blobs", "moons"), "rings"),
}


def test_names_are_unique():
    """No two parameters of a link have one name, whichever page they belong to."""
    assert [name for name, times in Counter(KNOWN).items() if times > 1] == []


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name):
    """What a setting cannot be is refused with a sentence that says what it must be."""
    read, text = REFUSED[name]
    with pytest.raises(NotationError, match=r"must be|is not a number"):
        read(text)


def test_read():
    """Numbers are read as a person writes them, the true minus and blanks around them included."""
    assert whole(" \u221212 ") == -12
    assert number(-1, 1)("\u22120.5") == -0.5
    assert whole("\x1c-100") == -100  # a blank to strip(), which int() does not know
    assert count(0, 3)("3") == 3
    assert choice("blobs", "moons")("moons") == "moons"


def test_default_stays_out():
    """A setting as it always is stays out of the link; another value comes back as it was."""
    shift = setting("placement", "shift", number(-100, 100))
    assert shift.write(start()) is None
    moved = shift.take(start(), "2.5")
    assert (moved.placement.shift, shift.write(moved)) == (2.5, "2.5")
    assert shift.write(shift.take(moved, "0")) is None


def test_setting_of_another_name():
    """Two pages may call a field alike; the link tells them apart."""
    assert setting("placement", "shift", number(0, 1), name="placement_shift").name == (
        "placement_shift"
    )


def test_settings_travel_with_the_case():
    """What is set on one page is still set after a look at another, and in its link."""
    view, dropped = decode({"shift": "3", "preset": "rare_class"})
    assert dropped == ()
    other = view.with_case(view.case.replace(reduction="sum"))
    assert other.placement.shift == 3
    assert encode(other) == {"shift": "3", "preset": "rare_class", "reduction": "sum"}
