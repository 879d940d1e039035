"""What is taken along is used as it would be: run, read back, parsed."""

import contextlib
import csv
import io
import itertools
import json
import re

import nbformat
import numpy as np
import pytest
from nbclient import NotebookClient
from pylatexenc.latexwalker import LatexEnvironmentNode, LatexMathNode, LatexWalker

from ce_core import Case, CaseError, run
from ce_core.exports import MOST_NUMBERS, notebook, program, table
from ce_core.exports.sources import as_torch, statements
from ce_core.exports.table import harmless
from ce_core.presets import PRESETS
from ce_core.rules import all_rules
from ce_core.torch_check import check
from tests.test_rules import KINDS, make
from ui.exports.derivation import derivation
from ui.exports.tex import MARKS, text
from ui.place import place
from ui.view import View, of_preset

HOSTILE = ("\\input{/etc/passwd}", "=cmd|' /C calc'!A0", 'a\'"""b', "$x$ & # % _ ^ ~ {", "<b>")
WITH_CLASSES = [chosen for chosen in PRESETS if chosen.case.classes]
each_preset = pytest.mark.parametrize("chosen", WITH_CLASSES, ids=lambda chosen: chosen.key)


def ran(text):
    """What a program leaves behind, and what it printed."""
    names, printed = {}, io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(text, "program", "exec"), names)  # noqa: S102 - our own program
    return names, printed.getvalue()


@each_preset
def test_program_runs_and_gives_the_trace(chosen):
    """Run on its own, the program makes every step's very array, and torch agrees at each."""
    trace = run(chosen.case)
    names, printed = ran(program(trace, chosen.classes))
    for step in trace:
        np.testing.assert_array_equal(np.asarray(names[step.key]), step.output)
    assert printed.count("NumPy and torch agree") == len(trace) + 1


@pytest.mark.parametrize("kind", KINDS[::7], ids="-".join(map(str, range(5))).format)
def test_program_of_every_kind(kind):
    """Every shape, kind of target, smoothing, weighting and reduction: it runs and agrees."""
    trace = run(make(*kind))
    names, _ = ran(program(trace))
    answer = names["answer"].numpy()
    np.testing.assert_allclose(answer, trace.answer, rtol=1e-9, equal_nan=True)


def test_notebook_runs_top_to_bottom():
    """Jupyter accepts the notebook and runs it; the last cells show torch's 1.7529."""
    chosen = PRESETS[0]
    made = nbformat.reads(notebook(run(chosen.case), chosen.classes, "http://here/steps"), 4)
    nbformat.validate(made)
    NotebookClient(made, timeout=120, kernel_name="python3").execute()
    said = "".join(
        output.get("text", "") for cell in made.cells for output in cell.get("outputs", [])
    )
    # (0.4·1.3133 + ...) / 0.76: the number of the thread, 1.7529
    assert f"{run(chosen.case).answer:.4f}" == "1.7529"
    assert "F.cross_entropy: NumPy and torch agree" in said
    assert not any(
        output.output_type == "error" for cell in made.cells for output in cell.get("outputs", [])
    )


@each_preset
def test_notebook_has_the_program_s_cells(chosen):
    """The notebook and the program are the same text; each formula stands between dollars."""
    trace = run(chosen.case)
    cells = json.loads(notebook(trace, chosen.classes))["cells"]
    nbformat.validate(nbformat.reads(notebook(trace, chosen.classes), 4))
    prose = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
    for step in trace:
        assert any(f"$${step.rule.formula}$$" in text for text in prose)
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    assert all(part.rsplit("\n", 1)[0] in program(trace, chosen.classes) for part in code)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_stay_text(name):
    """A class name cannot end the string it stands in, nor the comment, the cell or the column."""
    case = PRESETS[0].case
    names, _ = ran(program(run(case), (name, "other"), "http://here/steps?classes=x"))
    assert names["classes"] == [name, "other"]
    read = list(csv.DictReader(io.StringIO(table(run(case), (name, "other")))))
    shown = {row["class_name"] for row in read}
    assert shown == {"", harmless(name), "other"}
    assert not any(text.startswith(("=", "+", "-", "@")) for text in shown)


@pytest.mark.parametrize(
    ("name", "shown"), [("=1+1", "'=1+1"), (" @x", "' @x"), ("-1", "'-1"), ("cat", "cat")]
)
def test_no_formula_for_a_spreadsheet(name, shown):
    """What a spreadsheet would reckon gets an apostrophe; other text stays."""
    assert harmless(name) == shown


def test_too_large_or_nothing_is_refused():
    """What is too long to write out, and what torch refuses, is told with its remedy."""
    large = Case(np.zeros((MOST_NUMBERS, 2)), np.zeros(MOST_NUMBERS, dtype=np.int64))
    with pytest.raises(CaseError, match=r"60,000 numbers.*fewer rows"):
        program(run(large))
    # 13 steps and inputs have a number per class or row: 40,000 rows of 2 are 0.6 million lines
    rows = Case(np.zeros((40_000, 2)), np.zeros(40_000, dtype=np.int64))
    with pytest.raises(CaseError, match="up to 500,000 lines"):
        table(run(rows))
    with pytest.raises(CaseError, match="no class"):
        notebook(run(Case(np.empty((1, 0)), np.empty((1, 0)))))


@each_preset
def test_table_reads_back(chosen):
    """Every number of every input and step is in the table, with all its digits, at its place."""
    trace = run(chosen.case)
    rows = list(csv.DictReader(io.StringIO(table(trace, chosen.classes))))
    for step in trace:
        own = [row for row in rows if row["step"] == step.key and row["number"] != "0"]
        values = np.array([float(row["value"]) for row in own])
        np.testing.assert_array_equal(values, np.asarray(step.rows, dtype=float).reshape(-1))
        where = [(row["row"], row["class"]) for row in own]
        assert len(set(where)) == len(where)
    given = {row["step"] for row in rows if row["number"] == "0"}
    assert given == {name for name, array in trace.case.inputs.items() if array.size}


def test_position_in_the_table():
    """A pixel's row is given as it is counted and as the target is indexed."""
    case = Case(np.zeros((1, 2, 2, 2)), np.zeros((1, 2, 2), dtype=np.int64))
    rows = csv.DictReader(io.StringIO(table(run(case))))
    places = [(row["row"], row["position"]) for row in rows if row["step"] == "nll"]
    assert places == [("0", "0/0/0"), ("1", "0/0/1"), ("2", "0/1/0"), ("3", "0/1/1")]


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: f"{rule.key}-{rule.title}")
def test_statements_are_the_rule(rule):
    """A rule's text without its function: no annotation, no return, its result under its key."""
    said = statements(rule)
    assert re.search(rf"^{rule.key}\b.* = |^{rule.key} =|^{rule.key}\[", said, re.MULTILINE)
    assert "return " not in said
    assert ": Array" not in said


def test_torch_names():
    """Arrays get the ending; torch's own names, methods and arguments do not."""
    assert (
        as_torch("F.log_softmax(logits, dim=1).sum(dim=1)", ["logits", "sum"])
        == "F.log_softmax(logits_torch, dim=1).sum(dim=1)"
    )


def at(chosen, names=()):
    """The first place of a preset."""
    view = of_preset(chosen)
    return place(run(chosen.case), view.replace(names=names) if names else view)


@pytest.mark.parametrize("chosen", PRESETS, ids=lambda chosen: chosen.key)
def test_derivation_parses(chosen):
    """The document is LaTeX to a strict parser: each step has its section and its formula."""
    said = derivation(at(chosen), "http://here/steps?a=1&b=%20")
    nodes, *_ = LatexWalker(said, tolerant_parsing=False).get_latex_nodes()
    document = next(node for node in nodes if node.isNodeType(LatexEnvironmentNode))
    shown = [node for node in document.nodelist if node.isNodeType(LatexMathNode)]
    trace = run(chosen.case)
    assert document.environmentname == "document"
    assert len(shown) >= len(trace)
    for number, step in enumerate(trace, start=1):
        assert rf"\subsection*{{{number}. {text(step.rule.title)}}}" in said
        assert rf"\[ {step.rule.formula} \]" in said


def test_derivation_has_the_numbers():
    """The mean of the first example stands there as its fraction: 1.3322 / 0.76 = 1.7529."""
    assert r"\[ \frac{1.3322}{0.76} = 1.7529 \]" in derivation(at(PRESETS[0]))


@pytest.mark.parametrize("name", HOSTILE)
def test_derivation_of_hostile_names(name):
    """A class name is text in the document, whatever it would do as a command."""
    said = derivation(at(PRESETS[0], (name, "other")))
    LatexWalker(said, tolerant_parsing=False).get_latex_nodes()
    assert text(name) in said
    assert "\\input" not in said


def test_link_of_a_derivation_can_break():
    """A link to a case is longer than a line, and breaks after its marks."""
    link = "https://example.org/steps?logits=2,1;3,4&target=0,1"
    said = derivation(at(PRESETS[0], ("A", "B")), link)
    [line] = [line for line in said.split("\n") if line.startswith(r"\texttt")]
    assert line.replace(r"\allowbreak{}", "") == rf"\texttt{{{link}}}".replace("&", r"\&")
    assert max(map(len, line.split(r"\allowbreak{}"))) < 25


def test_every_mark_is_escaped():
    """None of LaTeX's own signs is left bare."""
    for sign, other in itertools.product(MARKS, repeat=2):
        bare = re.sub(r"\\[a-zA-Z]+(\{\}|34\{\})?|\\.|\$[^$]*\$", "", text(sign + other))
        assert not set(bare) & set("\\{}$&#%_^~"), (sign, other)


def test_torch_agrees_with_the_export():
    """The checks of the site and of the notebook are of the same steps, in the same order."""
    trace = run(PRESETS[0].case)
    ours = [row.key for row in check(trace)]
    printed = ran(program(trace))[1]
    assert re.findall(r"^(\S+): NumPy", printed, re.MULTILINE) == ours


def test_view_is_named():
    """The link of the case stands in what is taken along."""
    assert "<http://here/steps>" in program(
        run(View(PRESETS[0].case).case), (), "http://here/steps"
    )
