"""Numbers are shown as people read them, and lie no more than rounding to four decimals does."""

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.figures import column, digits, figure, full, latex, listed
from ui.words import COMMA, speaking

SHOWN = {
    -0.0: "0",
    5e-324: "4.94e−324",  # the smallest number that float64 holds
    1.0: "1",
    -1.0: "−1",  # U+2212, not the hyphen
    0.36: "0.36",
    0.1 + 0.2: "0.3",  # 0.30000000000000004
    1 / 3: "0.3333",
    2 / 3: "0.6667",
    -2 / 3: "−0.6667",
    1.7529: "1.7529",
    1.75289: "1.7529",
    4.0657e-7: "4.07e−7",
    -4.0657e-7: "−4.07e−7",
    9e-5: "9.00e−5",
    1e-4: "0.0001",
    0.00012: "0.0001",
    1e-300: "1.00e−300",
    999999.0: "999999",
    123456.78: "123456.78",
    1e6: "1.00e6",
    -1e6: "−1.00e6",
    41000.0: "41000",
    1e300: "1.00e300",
    math.inf: "inf",
    -math.inf: "−inf",
    math.nan: "nan",
}
FORMULAS = {
    -1.5: "-1.5",
    4.0657e-7: r"4.07 \cdot 10^{-7}",
    -1e6: r"-1.00 \cdot 10^{6}",
    math.inf: r"\infty",
    -math.inf: r"-\infty",
    math.nan: r"\text{nan}",
    -0.0: "0",
    0.1 + 0.2: "0.3",
}
COLUMNS = {
    "decimals": ([1, 0.5, 0.25], ["1.00", "0.50", "0.25"]),
    "rounded": ([1 / 3, 2, -1], ["0.3333", "2.0000", "−1.0000"]),
    "whole": ([3, -4], ["3", "−4"]),
    "tiny": ([4.0657e-7, 0.5], ["4.07e−7", "0.5"]),
    "huge": ([1e6, 0.5], ["1.00e6", "0.5"]),
    "odd": ([math.nan, math.inf, -math.inf, 0.5], ["nan", "inf", "−inf", "0.5"]),
    "zero": ([-0.0, 0.25], ["0.00", "0.25"]),
    "none": ([], []),
}

numbers = st.floats()


@pytest.mark.parametrize("value", SHOWN)
def test_figure(value):
    """At most four decimals, a true minus, no minus zero, powers of ten for the extremes."""
    assert figure(value) == SHOWN[value]


@pytest.mark.parametrize("value", FORMULAS)
def test_latex(value):
    """A formula has the same digits, with infinity and powers of ten as formulas write them."""
    assert latex(value) == FORMULAS[value]


@pytest.mark.parametrize("kind", COLUMNS)
def test_column(kind):
    """Numbers under one another have as many decimals each, so that their points line up."""
    values, shown = COLUMNS[kind]
    assert column(values) == shown


@given(numbers)
def test_figure_is_near(value):
    """What is shown reads back as the number to four decimals, or to three digits beyond them."""
    text = figure(value)
    assert not re.search(r"-|−0(?:\.0*)?$", text)
    back = float(text.replace("−", "-"))
    if math.isnan(value):
        assert math.isnan(back)
    elif math.isinf(value):
        assert back == value
    elif "e" in text:
        # Half of the third digit is at most 0.005 of the number; 1e308 may round up to infinity.
        assert math.isinf(back) or math.isclose(back, value, rel_tol=0.0051, abs_tol=1e-323)
    else:
        assert math.isclose(back, value, rel_tol=1e-12, abs_tol=0.50001e-4)


@given(st.lists(numbers, max_size=6))
def test_column_lines_up(values):
    """All plain numbers of a column have equally many decimals, and there is no minus zero."""
    texts = column(values)
    assert len(texts) == len(values)
    plain = [text for text in texts if re.fullmatch(r"−?\d+(?:\.\d+)?", text)]
    assert len({len(text.partition(".")[2]) for text in plain}) <= 1
    assert not any(re.fullmatch(r"−0(?:\.0*)?", text) for text in texts)


@given(numbers)
def test_full_is_exact(value):
    """The full value reads back as exactly the same number."""
    back = float(full(value).replace("−", "-"))
    assert back == value or (math.isnan(back) and math.isnan(value))


@given(numbers)
def test_latex_is_balanced(value):
    """A number in a formula has its braces in pairs, and nothing that only Python understands."""
    text = latex(value)
    assert text.count("{") == text.count("}")
    assert re.fullmatch(r"-?(?:[\d.]+(?: \\cdot 10\^\{-?\d+\})?|\\infty)|\\text\{nan\}", text)


@pytest.mark.parametrize(
    ("value", "count", "text"),
    [
        (1.7529, 6, "1.75290"),
        (0.0134955, 8, "0.013495500"),
        (2000.0, 4, "2000"),
        (2.1457e-6, 3, "2.15e−6"),
        (-0.5, 3, "−0.500"),
        (8.05904787548, 12, "8.05904787548"),
    ],
)
def test_digits_are_all_written(value, count, text):
    """A number of so many digits ends in noughts where it must."""
    assert digits(value, count) == text


@given(numbers)
def test_decimal_comma(value):
    """Under a decimal comma the digits are the same, with a comma where the point was."""
    ways = (figure, full, lambda one: digits(one, 6), lambda one: column([one, 0.25])[0])
    for way in ways:
        with speaking(decimal=COMMA):
            said = way(value)
        assert said == way(value).replace(".", ",")
        assert "." not in said


@given(numbers)
def test_decimal_comma_in_a_formula(value):
    """A formula has its comma in braces, where TeX sets no space after it."""
    with speaking(decimal=COMMA):
        said = latex(value)
    assert said == latex(value).replace(".", "{,}")


def test_listed():
    """Numbers of a sentence are parted by what cannot be a decimal sign."""
    values = [0.4, 0.36, -1]
    assert listed(values) == "0.4, 0.36, −1"
    with speaking(decimal=COMMA):
        assert listed(values) == "0,4; 0,36; −1"
    assert listed([]) == ""
    assert listed([1 / 3], 2) == "0.33"
