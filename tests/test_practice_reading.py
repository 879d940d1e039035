"""What a person may type into a field, and what is said of what cannot be read."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ce_core.practice import read

# text -> value, said back, half a unit of the last digit
READ = {
    "1.70": (1.7, "read as 1.70", 0.005),
    "-1.70": (-1.7, "read as −1.70", 0.005),
    "−1,70": (-1.7, "read as −1.70", 0.005),
    "–0.5": (-0.5, "read as −0.5", 0.05),
    "+2": (2, "read as 2", 0.5),
    " .25 ": (0.25, "read as .25", 0.005),
    "3.": (3, "read as 3", 0.5),
    "5,": (5, "read as 5", 0.5),
    "2.e1": (20, "read as 2e1", 5),
    "- 3.44": (-3.44, "read as −3.44", 0.005),
    "− 1/4": (-0.25, "read as −1/4 = −0.25", 0),
    "-0.00": (0, "read as 0.00", 0.005),
    "1e-3": (0.001, "read as 1e-3", 0.0005),
    "1,5E2": (150, "read as 1.5e2", 5),
    "0e999": (0, "read as 0e999", 5e307),  # 10 to the 999 is no float
    "1/3": (1 / 3, "read as 1/3 = 0.3333", 0),
    "-0.5/0.8": (-0.625, "read as −0.5/0.8 = −0.625", 0),
    "inf": (math.inf, "read as ∞", 0),
    "-Infinity": (-math.inf, "read as −∞", 0),
    "−∞": (-math.inf, "read as −∞", 0),
    "NaN": (math.nan, "read as nan, not a number", 0),
    "１．５": (1.5, "read as 1.5", 0.05),
}
# text -> a part of what is said
FAULTS = {
    "abc": "'abc' is not a number. Type digits, such as 0.31",
    "ln 2": "is not a number",
    "1.234,5": "a point and a comma",
    "1,234.5": "a point and a comma",
    "1,2,3": "more than one number",
    "1, 2": "more than one number",
    "1 000": "more than one number",
    "0.3;0.4": "more than one number",
    "1.2.3": "two points",
    "25%": "Type 0.25 for 25 %",
    "--1": "is not a number",
    "1/0": "no value that is finite",
    "1/2/3": "is not a fraction",
    "1/": "is not a fraction",
    "1e999": "larger than any float",
    "1" * 50: "longer than 40 characters",
    "<script>": "'<script>' is not a number",
    "<b>1</b>": "'<b>1</b>' is not a number",
    "-3.4402;": "There is ';' after the number. Type the number alone.",
    "0.31).": "There is ').' after the number",
    "1/2;": "There is ';' after the number",
    "-": "Type a number; 0 where nothing counts.",
    "—": "Type a number; 0 where nothing counts.",
    "Ignored": "Type a number; 0 where nothing counts.",
    "n/a": "Type a number; 0 where nothing counts.",
    "²": "is not a number",
    "0x10": "is not a number",
    "1_000": "is not a number",
}


@pytest.mark.parametrize("text", READ)
def test_read_and_said_back(text):
    """A number is read in the ways people write it, and said back as it was understood."""
    value, says, tolerance = READ[text]
    found = read(text)
    assert found.fault == ""
    assert found.value == pytest.approx(value, rel=1e-15, nan_ok=True)
    assert found.text == says
    assert found.tolerance == pytest.approx(tolerance)


@pytest.mark.parametrize("text", FAULTS)
def test_fault_is_named(text):
    """What cannot be read has no value, and a sentence says what is wrong and what to type."""
    found = read(text)
    assert found.value is None
    assert FAULTS[text] in found.fault
    assert found.text == ""


@pytest.mark.parametrize("text", ["", "  ", "\t"])
def test_nothing_is_no_fault(text):
    """An empty field has neither a number nor a fault."""
    found = read(text)
    assert (found.value, found.text, found.fault) == (None, "", "")


@given(st.text(max_size=60) | st.text("0123456789.,-−+/e infa%", max_size=45))
def test_any_text(text):
    """Any text is a number said back, a fault, or nothing: never two of these, never an error."""
    found = read(text)
    assert bool(found.text) == (found.value is not None)
    assert not (found.text and found.fault)
    assert found.tolerance >= 0


@given(st.floats(-1e6, 1e6), st.integers(0, 6))
def test_decimals_come_back(value, decimals):
    """A decimal with point or comma is the number that it says."""
    text = f"{value:.{decimals}f}"
    assert read(text).value == float(text)
    assert read(text.replace(".", ",").replace("-", "−")).value == float(text)
    assert read(text).tolerance == pytest.approx(0.5 * 10**-decimals)
