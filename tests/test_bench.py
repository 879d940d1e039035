"""The benchmark measures what it says, and its report says what was measured."""

import json
import math
import re
import subprocess
import sys
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from bench import gpu
from bench.__main__ import SHORT, main, plain
from bench.bounds import BOUNDS, EDIT_RATIO, STEP_MS, torch_wait
from bench.edits import EMPTY, OURS
from bench.holding import held, held_by_torch, traced
from bench.load import SCENARIOS
from bench.losses import measure, slope, slopes
from bench.report import DOCUMENT, PARTS, RESULTS, report, saved
from bench.sides import KINDS, SIDES, by_run, by_torch, made
from bench.table import number, table
from bench.watching import told
from tests.bench_results import everything, witnessed
from ui.menu import PAGES

ROOT = Path(__file__).parents[1]
KEPT = ("kept", "**not kept**", "not measured yet")


def cells(line):
    """The cells of a line of a table."""
    return [cell.strip() for cell in line.strip("|").split("|")]


def tables(text):
    """The tables of a document: lists of lines."""
    return re.findall(r"(?:^\|.*\|\n)+", text, re.MULTILINE)


def edit(ratio):
    """What one edit gave, as far as its bound looks."""
    return {"page": "/steps", "what": "a weight", "ratio": ratio, "app": {"ms": 100 * ratio}}


@pytest.mark.parametrize("side", SIDES)
def test_all_sides_compute_the_same(side):
    """Each side gives the weighted mean that `run` gives, so their times are of the same thing.

    12 digits: all compute in float64, in other orders.
    """
    case = made("class numbers", 50, 7)
    assert SIDES[side](case)() == pytest.approx(by_run(case)(), rel=1e-12)


@pytest.mark.parametrize("kind", KINDS)
def test_torch_computes_the_same(kind):
    """The same for smoothing and class probabilities, which only `run` and torch are asked for."""
    case = made(kind, 50, 7)
    assert by_torch(case)() == pytest.approx(by_run(case)(), rel=1e-12)


@pytest.mark.parametrize("power", [0.5, 1, 2])
def test_slope_of_a_power(power):
    """What grows as a power has this power as its slope; the factor before it does not count."""
    sizes = [100, 200, 400, 1600]
    assert slope(sizes, [3 * size**power for size in sizes]) == power


def test_slope_of_what_is_missing():
    """Where a value could not be measured there is no slope."""
    assert slope([1, 2, 4], [1.0, None, 4.0]) is None
    assert slope([1, 2, 4], [1.0, 0.0, 4.0]) is None


def test_slopes_read_the_right_rows():
    """The slope with N comes from the rows of equal C, and the other way round.

    Time is made as N · C²: its slopes are 1 and 2. Memory is one logits' worth, so linear in both.
    """
    sizes = [(10, 20), (40, 20), (10, 80), (10, 160)]
    rows = [
        {
            "rows": n,
            "classes": c,
            "seconds": dict.fromkeys(SIDES, n * c**2),
            "memory_in_logits": dict.fromkeys(SIDES, 1.0),
        }
        for n, c in sizes
    ]
    found = slopes(rows)
    assert found["N"]["run"] == {"time": 1.0, "memory": 1.0}
    assert found["C"]["torch"] == {"time": 2.0, "memory": 1.0}


def test_memory_of_numpy():
    """A million float64 are 8 MB held; two at once are 16, although one is let go afterwards."""
    one = 8_000_000

    def two_at_once():
        first = np.ones(10**6)
        second = first + 1
        del first
        return second.sum()

    assert traced(partial(np.ones, 10**6)) == pytest.approx(one, rel=0.01)
    assert traced(two_at_once) == pytest.approx(2 * one, rel=0.01)


def test_memory_of_torch():
    """Torch holds at least the log-probabilities and the gradient, so two logits' worth.

    And not ten: what it needs once, whatever the case, is left out.
    """
    found = held_by_torch([(1_000, 200), (2_000, 200)])
    if Path("/proc/self/clear_refs").exists():
        assert all(2 <= one < 10 for one in found), found
    else:
        assert found == [None, None]


def test_run_keeps_every_step():
    """`run` holds several arrays as large as the logits: at least its steps and the gradient."""
    assert held("run", made("class numbers", 500, 40)) > 4


def test_measuring_the_losses(monkeypatch):
    """All sizes, sides and kinds are there; nothing is said of how fast they were."""
    monkeypatch.setattr("bench.losses.held_by_torch", lambda sizes: [2.0] * len(sizes))
    found = measure(rounds=1, sizes=[(20, 5), (40, 5), (20, 10)], size=(30, 6))
    assert [row["rows"] * row["classes"] for row in found["growth"]] == [100, 200, 200]
    assert all(set(row["seconds"]) == set(SIDES) for row in found["growth"])
    assert [kind["kind"] for kind in found["large"]["kinds"]] == list(KINDS)


def test_witness_in_every_type():
    """Without a GPU the smaller case is checked on the CPU in all four types, and none differs."""
    found = witnessed()
    assert found["kept"]
    assert [row["dtype"] for row in found["dtypes"]] == list(gpu.DTYPES)
    assert all(row["agree"] + row["not_held"] == row["steps"] for row in found["dtypes"])


def test_gpu_part_needs_torch_alone():
    """On a machine with torch and NumPy alone the GPU's part can run: it imports nothing else."""
    line = (
        "import sys, bench.gpu; "
        "print([name for name in ('streamlit', 'playwright', 'sklearn') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", line], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_where_the_time_went():
    """From a page's notes: the press is zero, the last finished run and the last change count.

    Pressed at 100: sent at 110, begun at 115, over at 150, changed last at 160.
    """
    frames = [
        {"at": 110, "bytes": 50, "kinds": None},
        {"at": 115, "bytes": 10, "kinds": [4]},
        {"at": 130, "bytes": 1000, "kinds": [1, 2, 5]},
        {"at": 140, "bytes": 5, "kinds": [6]},
        {"at": 150, "bytes": 5, "kinds": [6]},
    ]
    noted = {"pressed": 100, "last": 160, "what": "stApp", "changes": 3, "runs": 2}
    assert told(noted | {"frames": frames, "long": [51.0, 60.0]}) == {
        "ms": 60,
        "sent_ms": 10,
        "begun_ms": 15,
        "finished_ms": 50,
        "runs": 2,
        "bytes_received": 1020,
        "bytes_sent": 50,
        "messages": 4,
        "changes": 3,
        "long_tasks_ms": 111.0,
        "last_change": "stApp",
    }


def test_every_page_is_edited():
    """Each page of the menu has an edit that is timed, beside a widget that the empty page has."""
    menu = {name for pages in PAGES.values() for name, _ in pages}
    assert {edit.page.strip("/") or "start" for edit in OURS} == menu
    assert {edit.like for edit in OURS} <= {edit.like for edit in EMPTY}


def test_nobody_waits_for_torch():
    """The first visitor's extra wait is counted beyond what the empty page's first visitor has."""
    start = {"app": {"first_s": 5.0}, "empty": {"first_s": 2.0}}
    first = {"app": {"s": 2.5}, "empty": {"s": 1.5}}
    found = {"start": {"uvicorn": start}, "first_visit": first}
    assert torch_wait(found, "uvicorn") == (5.0 - 2.5) - (2.0 - 1.5)


@pytest.mark.parametrize(
    ("part", "promise", "found", "kept"),
    [
        ("browser", "drawn within", {"step": {"ms": STEP_MS}}, True),
        ("browser", "drawn within", {"step": {"ms": STEP_MS + 0.1}}, False),
        ("browser", "asks the server nothing", {"step": {"sent_before_drawn": 1}}, False),
        ("browser", "An edit", {"edits": [edit(1.0), edit(EDIT_RATIO)]}, True),
        ("browser", "An edit", {"edits": [edit(1.0), edit(EDIT_RATIO + 0.01)]}, False),
    ],
)
def test_bounds_judge(part, promise, found, kept):
    """A bound is kept up to its number and not beyond it."""
    (bound,) = [one for one in BOUNDS if one.part == part and promise in one.promise]
    assert bound.kept(found) is kept


def test_numbers_that_are_none():
    """Infinite and undefined numbers become null, which JSON has, at any depth."""
    found = plain({"a": [1.5, math.inf, (math.nan, "x")], "b": True})
    assert json.loads(json.dumps(found, allow_nan=False)) == {
        "a": [1.5, None, [None, "x"]],
        "b": True,
    }


def test_table_and_numbers():
    """Columns of numbers stand to the right, others to the left; no number is a dash."""
    assert table(("what", "ms"), [("a", number(1234.56, 1)), ("b", number(None))]) == [
        "| what | ms |",
        "| --- | ---: |",
        "| a | 1,234.6 |",
        "| b | – |",
    ]


def test_report_of_nothing():
    """Before anything is measured the report stands, and says of each part how to measure it."""
    text = report({}, [])
    for part in PARTS:
        assert f"## {part.title}\n\nNot measured yet" in text
    assert text.count("not measured yet |") == len(BOUNDS)


@pytest.mark.parametrize("missing", [part.name for part in PARTS])
def test_report_without_a_part(missing):
    """Each part can be missing while the others are there, and its promises say so."""
    results = everything()
    del results[missing]
    text = report(results, [])
    assert text.count("Not measured yet") == 1
    assert text.count("not measured yet |") == sum(bound.part == missing for bound in BOUNDS)


def test_report_of_everything():
    """With all parts there every promise is judged, and the first lines answer for a class."""
    text = report(everything(), [])
    assert "ot measured yet" not in text
    assert "**100 people at once** on 2 copies of the same image, on 2 cores" in text
    assert "**50 people at once** on one copy, on 2 cores" in text
    assert "95 of 100 within 80 ms" in text
    # the empty page's edit takes 40 ms and ours 56, so 1.4 times
    assert "| `/steps` | the reduction | 1.4 | 56 | 40 |" in text
    assert text.count("| kept |") == len(BOUNDS)
    for block in tables(text):
        lines = block.splitlines()
        assert {len(cells(line)) for line in lines} == {len(cells(lines[0]))}, lines[0]


def test_document_is_the_report():
    """docs/benchmarks.md is what the command makes of the saved results, to the letter."""
    assert DOCUMENT.read_text() == report(*saved())


def test_document_names_every_bound():
    """Each promise stands in the document once, with whether it is kept."""
    rows = [cells(line) for block in tables(DOCUMENT.read_text()) for line in block.splitlines()]
    for bound in BOUNDS:
        (row,) = [row for row in rows if row[0] == bound.promise]
        assert row[2] in KEPT


def test_document_tables_are_whole():
    """Every row of a table has as many cells as its head, and there are rows."""
    found = tables(DOCUMENT.read_text())
    assert found
    for block in found:
        lines = block.splitlines()
        assert len(lines) > 2, lines
        assert {len(cells(line)) for line in lines} == {len(cells(lines[0]))}, lines[0]


def test_before_and_after():
    """What was mended is told as it was written down; without it there is no such table."""
    row = {"what": "an edit", "before": "400 ms", "after": "60 ms", "how": "fewer elements"}
    assert "| an edit | 400 ms | 60 ms | fewer elements |" in report({}, [row])
    assert "Before and after" not in report({}, [])
    assert all(set(one) == set(row) for one in saved()[1])


def test_saved_results_tell_where_and_when():
    """Each saved part says its date and its machine, and names no path of it."""
    for name, one in saved()[0].items():
        assert name in {part.name for part in PARTS}
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", one["date"])
        assert one["machine"]["cores"] >= 1
        text = (RESULTS / f"{name}.json").read_text()
        assert not re.search(r"/(home|root|tmp|work|usr)/", text), name


def test_unknown_part(capsys):
    """A part that does not exist is refused by name, before anything is measured."""
    assert main(["loses"]) == 2
    assert "no part loses" in capsys.readouterr().out


def test_soak_says_what_it_needs(capsys, monkeypatch):
    """The soak is not begun without a number of minutes."""
    monkeypatch.delenv("SOAK_MINUTES", raising=False)
    assert main(["soak"]) == 2
    assert "SOAK_MINUTES" in capsys.readouterr().out


def test_short_load_names_scenarios():
    """What is measured without more said are scenarios that the load driver has."""
    assert set(SHORT["names"]) <= set(SCENARIOS)


def test_one_failing_part_leaves_the_others(monkeypatch, capsys, tmp_path):
    """A part that fails is told, the next one is measured, and the status says that not all went."""
    measured = []

    def fake(name):
        measured.append(name)
        if name == "losses":
            raise RuntimeError("no memory")
        return True

    monkeypatch.setattr("bench.__main__.keep", fake)
    monkeypatch.setattr("bench.report.DOCUMENT", tmp_path / "benchmarks.md")
    assert main(["losses", "lab"]) == 1
    assert measured == ["losses", "lab"]
    assert "no memory" in capsys.readouterr().out
