"""Charts: round ticks, places in percent, nothing broken by nan, and text that stays text."""

import math
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ui.plot import Area, Axis, Bars, Curve, Dots, Level, Upright, bars_html, chart_html
from ui.plot.axis import nice
from ui.plot.bars import MOST

X, Y = Axis("across", 0, 10), Axis("up", 0, 1)
EVIL = "</div><script>alert('\"')</script>\n\n# head & $x$"
VALUES = st.floats(allow_nan=True, allow_infinity=True)


def parsed(html):
    """The HTML read as strictly as XML: every tag closed, every attribute quoted."""
    return ET.fromstring(html)  # noqa: S314 - made by ourselves


class Words(HTMLParser):
    """Collects the text and the tags of some HTML."""

    def __init__(self, html):
        super().__init__()
        self.text, self.tags, self.open = [], [], []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        """Keep the tag, and what must be closed."""
        self.tags.append((tag, dict(attrs)))
        self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        """Keep the tag."""
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        """Hold that tags are closed in order."""
        assert self.open.pop() == tag

    def handle_data(self, data):
        """Keep the text."""
        self.text.append(data)


def paths(html):
    """The class and the text of each path."""
    return [(tag[1]["class"], tag[1]["d"]) for tag in Words(html).tags if tag[0] == "path"]


def drawn(*marks, x=X, y=Y):
    """A chart of these marks, one line of well-formed HTML."""
    html = chart_html(marks, x, y, alt="what it shows")
    assert "\n" not in html
    parsed(html)
    return html


@pytest.mark.parametrize(
    ("low", "high", "wanted"),
    [
        (0, 10, ["0", "2", "4", "6", "8", "10"]),
        (0, 1, ["0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
        (-1, 1, ["−1.0", "−0.5", "0", "0.5", "1.0"]),
        (-100, 0, ["−100", "−80", "−60", "−40", "−20", "0"]),
        (3, 7, ["3", "4", "5", "6", "7"]),
        (0, 3e6, ["0", "1e6", "2e6", "3e6"]),
        (0, 2e-9, ["0", "5e−10", "1e−9", "1.5e−9", "2e−9"]),
    ],
)
def test_ticks_are_round(low, high, wanted):
    """Ticks are multiples of 1, 2 or 5 times a power of ten, with a true minus."""
    assert [text for _, text in nice(low, high)] == wanted


@given(st.floats(-1e9, 1e9), st.floats(1e-6, 1e9), st.integers(3, 8))
def test_ticks_lie_within_and_are_few(low, width, most):
    """However the limits lie, there are between one and `most` ticks, all within."""
    high = low + width
    ticks = nice(low, high, most)
    assert len(ticks) <= most
    slack = 1e-6 * (abs(low) + width)
    assert all(low - slack <= value <= high + slack for value, _ in ticks)


@given(VALUES, VALUES, VALUES)
def test_places_are_finite_or_nan(low, high, value):
    """Whatever the limits, a value has a place that SVG can hold; nan has none."""
    place = Axis("", low, high).place(value)
    assert math.isnan(place) == math.isnan(value)
    assert math.isnan(place) or abs(place) <= 1e6


@given(VALUES, VALUES)
@example(1.5e305, 1.7e308)
@example(-1e308, -1e307)
@example(0.0, 5e-324)
@example(0.5, math.nextafter(0.5, 1))
def test_any_limits_can_be_drawn(low, high):
    """Whatever is given, the limits stand in order and ticks fit between them."""
    axis = Axis("", low, high)
    first, last = axis.limits
    assert first < last
    assert 0 < len(axis.marked()) <= 6


def test_a_curve_goes_from_corner_to_corner():
    """(0, 0) is at the left and at the bottom, (10, 1) at the right and at the top."""
    [(kind, path)] = paths(drawn(Curve([0, 5, 10], [0, 0.5, 1], "loss")))
    assert path == "M0.00 100.00L50.00 50.00 100.00 0.00"
    assert kind == "wce-plot-solid wce-loss"


@pytest.mark.parametrize("hole", [math.nan, math.inf, -math.inf])
def test_a_curve_is_broken_where_it_is_no_number(hole):
    """What is left and right of nan is drawn, and no nan gets into the SVG."""
    html = drawn(Curve([0, 1, 2, 3, 4], [0, 0.1, hole, 0.3, 0.4]))
    [(_, path)] = paths(html)
    assert path.count("M") == 2
    assert "nan" not in html
    assert "inf" not in html


@given(st.lists(st.tuples(VALUES, VALUES), max_size=8))
def test_no_numbers_break_the_svg(points):
    """Any numbers at all give well-formed HTML without nan or inf in it."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    html = drawn(Curve(xs, ys), Area(xs, ys), Dots(xs, ys, shape="ring"), Upright(5), Level(0.5))
    assert all("nan" not in path and "inf" not in path for _, path in paths(html))


def test_curves_differ_without_colour():
    """No two of three curves have the same dashes."""
    html = drawn(*(Curve([0, 1], [0, 1], dash=dash) for dash in (False, False, True)))
    assert len({kind for kind, _ in paths(html)}) == 3


def test_an_area_reaches_to_zero():
    """An area is filled between the curve and zero, wherever that is."""
    area, edge = paths(drawn(Area([0, 10], [1, 1]), y=Axis("up", -1, 1)))
    assert area[1] == "M0.00 50.00L0.00 0.00 100.00 0.00 100.00 50.00z"
    assert edge[1] == "M0.00 0.00L100.00 0.00"


def test_dots_outside_are_left_out():
    """A dot beyond the limits is not drawn at the edge."""
    [(_, path)] = paths(drawn(Dots([1, 11, 2, 3], [0.5, 0.5, 2, math.nan])))
    assert path == "M10.00 50.00h0"


def test_lines_from_edge_to_edge():
    """An upright and a level stand at their value, and outside are left out."""
    html = drawn(Upright(5, "here"), Level(0.25, "there"), Upright(11, "gone"), Level(-3, "off"))
    assert [path for _, path in paths(html)] == ["M50.00 0V100", "M0 75.00H100"]
    assert {"here", "there"} <= set(Words(html).text)
    assert not {"gone", "off"} & set(Words(html).text)


def test_names_of_marks_stand_above():
    """A curve, an area and dots with a label are named; those without are not."""
    html = drawn(Curve([0], [0], label="curve"), Area([0], [0], label="area"), Dots([], []))
    assert Words(html).text[:2] == ["curve", "area"]


def test_a_chart_speaks():
    """The whole is one picture with its text; what is inside is not read out."""
    html = chart_html([Curve([0, 1], [0, 1])], X, Y, alt='loss "L" & more')
    (_, outer), (_, inner) = Words(html).tags[:2]
    assert outer["role"] == "img"
    assert outer["aria-label"] == 'loss "L" & more'
    assert inner["aria-hidden"] == "true"


def test_text_stays_text():
    """Titles, labels, ticks, names and the alternative text cannot become HTML."""
    axis = Axis(EVIL, 0, 10, ((5, EVIL),))
    curves = chart_html(
        [Curve([0], [0], label=EVIL), Upright(5, EVIL), Level(5, EVIL)], axis, axis, alt=EVIL
    )
    grouped = bars_html([EVIL], [Bars(EVIL, [1.0])], alt=EVIL)
    for html in (curves, grouped):
        assert "\n" not in html
        assert "script" not in {tag for tag, _ in Words(html).tags}


def test_given_ticks_are_kept():
    """Ticks that are given are drawn with their texts, those outside left out."""
    axis = Axis("", 0, 3, ((0, "1"), (1, "10"), (3, "1000"), (4, "10000")))
    assert [text for _, text in axis.marked()] == ["1", "10", "1000"]


def values(html):
    """The numbers at the bars."""
    parts = html.split("wce-plot-value'")[1:]
    return [part.partition(">")[2].partition("<")[0] for part in parts]


def test_bars_have_their_numbers():
    """A number stands at each bar, with a true minus; nan and inf have no bar."""
    html = bars_html(["A", "B"], [Bars("s", [0.5, -0.25]), Bars("t", [math.nan, math.inf])], alt="")
    parsed(html)
    assert values(html) == ["0.5", "nan", "−0.25", "inf"]
    assert html.count("wce-plot-bar ") == 2


def test_bars_hang_below_zero():
    """From −1 to 1, −1 fills the lower half, 0.5 a quarter above the middle."""
    html = bars_html(["A", "B"], [Bars("", [-1.0, 0.5])], alt="", low=-1, high=1)
    assert "bottom:0.00%;height:50.00%" in html
    assert "bottom:50.00%;height:25.00%" in html


def test_long_names_are_shortened():
    """The whole name is at hand in the title."""
    html = bars_html(["a very long class name"], [Bars("", [1.0])], alt="")
    assert "a very long c…" in html
    assert "title='a very long class name'" in html


def test_many_groups_are_counted():
    """Beyond 20 groups a word says how many more there are."""
    html = bars_html([f"c{k}" for k in range(MOST + 5)], [Bars("", [1.0] * (MOST + 5))], alt="")
    assert html.count("wce-plot-group'") == MOST
    assert "… and 5 more" in html


@pytest.mark.parametrize("numbers", [[], [0.0], [math.nan], [1e308, -1e308], [5e-324]])
def test_odd_bars_stand(numbers):
    """None, zero, nan, and numbers too far apart to subtract."""
    names = [f"c{k}" for k in range(len(numbers))]
    html = bars_html(names, [Bars("", numbers, hatched=True)], alt="")
    parsed(html)
    assert "nan%" not in html
    assert "inf%" not in html


def test_a_missing_value_has_no_bar():
    """A series may be shorter than the names."""
    html = bars_html(["A", "B"], [Bars("", [1.0]), Bars("", [1.0, 2.0])], alt="")
    assert values(html) == ["1", "1", "2"]


def test_long_numbers_have_one_decimal():
    """From 1,000 on a value has one decimal, so that it fits its bar; below it keeps four."""
    html = bars_html(["A", "B"], [Bars("", [999.12345, -7556.84771])], alt="")
    assert values(html) == ["999.1235", "−7556.8"]
