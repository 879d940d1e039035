"""The worksheet is read back from its files: the PDF, its picture and the Markdown."""

import io
import re
import time
from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

import numpy as np
import pypdf
import pytest
import typst
import zxingcpp
from markdown_it import MarkdownIt
from PIL import Image

from ce_core import BinaryCase, Case, CaseError, run
from ce_core.practice import TOPICS
from ce_core.presets import PRESETS, preset
from ce_core.rules import all_rules
from ui.figures import figure
from ui.link import decode
from ui.view import of_preset, start
from ui.words import speaking
from ui.words.translate import missing
from ui.worksheet.formulas import formula, spoken
from ui.worksheet.grids import emptied
from ui.worksheet.ladder import left_out
from ui.worksheet.limits import MOST_CLASSES, MOST_ROWS
from ui.worksheet.making import _data, as_markdown, as_pdf, cleaned, first_page
from ui.worksheet.markdown import as_text
from ui.worksheet.paper import paper_data
from ui.worksheet.pdf import TEMPLATE, _compiled
from ui.worksheet.qr import code
from ui.worksheet.settings import ANSWERED, FADED, KINDS, PARAMETERS, QUESTIONS, Sheet
from ui.worksheet.sheets import worksheet_of

SITE = "https://example.org/course"
HOSTILE = (
    '#import "x"',
    "$\\input{/etc/passwd}$",
    "<script>1</script>",
    "=1+1",
    "\\",
    "`a`",
    "a|b",
)
POINTS = {"a4": (595, 842), "letter": (612, 792)}
MANY = pytest.mark.parametrize("topic", [topic.key for topic in TOPICS])
PRINTED = [one for one in PRESETS if one.case.logits.size]
each_preset = pytest.mark.parametrize("chosen", PRINTED, ids=lambda one: one.key)


def view_of(chosen=PRESETS[0], **sheet):
    """A preset with what is set about its worksheet."""
    return of_preset(chosen).replace(sheet=Sheet(**sheet))


def exercises(topic="weighted_mean", items=3, seed=1, **sheet):
    """Exercises of a topic."""
    view = start().replace(topic=topic, seed=seed)
    return view.replace(sheet=Sheet(items=items, **sheet))


def read(file):
    """The PDF, and the text of all its pages."""
    reader = pypdf.PdfReader(io.BytesIO(file))
    return reader, "\n".join(page.extract_text() for page in reader.pages)


def worksheet(view):
    """The worksheet as it is before it is drawn."""
    with speaking(view.sheet.lang or view.lang, view.decimal):
        return worksheet_of(view, SITE, cleaned(view.classes))


@pytest.mark.parametrize("size", POINTS)
def test_paper_is_of_the_size_asked_for(size):
    """A4 and US Letter, each page of it."""
    reader, _ = read(as_pdf(view_of(paper=size), SITE))
    found = {
        (round(float(p.mediabox.width)), round(float(p.mediabox.height))) for p in reader.pages
    }
    assert found == {POINTS[size]}


@pytest.mark.parametrize("size", POINTS)
def test_text_stays_inside_the_page(size):
    """No word of a case as large as a sheet holds begins beyond the margins."""
    rng = np.random.default_rng(1)
    logits = rng.normal(size=(MOST_ROWS, MOST_CLASSES)) * 9
    names = tuple(f"quite a long class name {k}" for k in range(MOST_CLASSES))
    case = Case(logits, rng.integers(0, MOST_CLASSES, MOST_ROWS))
    view = start().of_case(case, names=names).replace(sheet=Sheet(paper=size, kinds=(ANSWERED,)))
    reader, _ = read(as_pdf(view, SITE))
    width, height = POINTS[size]
    places = []

    def note(text, cm, tm, *_):
        if text.strip():
            places.append(tuple(pypdf.mult(tm, cm)[4:]))

    for page in reader.pages:
        page.extract_text(visitor_text=note)
    assert len(places) > MOST_ROWS * MOST_CLASSES
    assert all(50 <= x <= width - 50 and 20 <= y <= height - 40 for x, y in places)


@each_preset
def test_key_has_the_numbers_of_the_trace(chosen):
    """Every number of every step is on the key as the site shows numbers."""
    made = worksheet(view_of(chosen, kinds=(ANSWERED,)))
    trace = run(chosen.case)
    for step in made.papers[0].parts[0].task.steps:
        cells = [cell for grid in step.grids for _, row in grid.rows for cell in row]
        values = trace[step.key].rows.reshape(-1)
        if values.dtype == bool:
            assert cells == ["yes" if value else "no" for value in values]
            continue
        for cell, value in zip(cells, values, strict=True):
            shown = float(cell.replace("−", "-"))
            assert shown == pytest.approx(float(value), abs=5.1e-5, rel=5.1e-3, nan_ok=True)


@each_preset
def test_key_in_print_ends_with_what_torch_returns(chosen):
    """The answer is read back from the paper of every example."""
    _, text = read(as_pdf(view_of(chosen, kinds=(ANSWERED,)), SITE))
    for value in np.atleast_1d(run(chosen.case).answer).reshape(-1):
        assert figure(float(value)) in text


@each_preset
def test_question_sheet_holds_no_answer(chosen):
    """What is to be filled in is not in the file at all."""
    made = worksheet(view_of(chosen, kinds=(QUESTIONS,)))
    data = paper_data(made, "a4")
    steps = data["papers"][0]["tasks"][0]["steps"]
    assert all(
        cell == ""
        for step in steps
        for grid in step["grids"]
        for _, row in grid["rows"]
        for cell in row
    )
    assert not any(step["worked"] or step["sentence"] or step["why"] for step in steps)
    _, text = read(as_pdf(view_of(chosen, kinds=(QUESTIONS,)), SITE))
    loss = figure(float(run(chosen.case.replace(reduction="sum")).answer))
    if "." in loss and loss not in made.title:
        assert not re.search(rf"(?<!\d){re.escape(loss)}(?!\d)", text)


def test_question_sheet_hides_the_loss_of_the_first_example():
    """1.3322 and 1.7529 are on its key and nowhere on its questions."""
    _, questions = read(as_pdf(view_of(kinds=(QUESTIONS,)), SITE))
    _, key = read(as_pdf(view_of(kinds=(ANSWERED,)), SITE))
    for number in ("1.3322", "1.7529"):  # 0.36 * 0.3133 + 0.4 * 3.0486, and that / 0.76
        assert number not in questions
        assert number in key


def test_key_names_the_slip_of_dividing_by_the_batch():
    """1.3322 / 2 samples is 0.6661: the first of the numbers that tell what went wrong."""
    task = worksheet(view_of(kinds=(ANSWERED,))).papers[0].parts[0].task
    assert ("0.6661", "Divided by the number of samples") in [
        (s.number, s.title) for s in task.slips
    ]
    assert "1.7529" not in [slip.number for slip in task.slips]


def test_ladder_leaves_out_more_on_each_rung():
    """From the first to the last more of the last steps, never none and never all."""
    for steps in range(4, 15):
        for rungs in range(1, 8):
            left = [left_out(rung, rungs, steps) for rung in range(1, rungs + 1)]
            assert left == sorted(left)
            assert left[0] >= 1
            assert left[-1] < steps


def test_faded_sheets_fill_the_first_steps_in():
    """One case has two such sheets, a third and two thirds left; the steps left are at the end."""
    data = paper_data(worksheet(view_of(kinds=(FADED,))), "a4")
    blank = [[step["blank"] for step in paper["tasks"][0]["steps"]] for paper in data["papers"]]
    assert [sum(sheet) for sheet in blank] == [4, 9]  # of 13 steps
    assert all(sheet == sorted(sheet) for sheet in blank)


def test_faded_exercises_leave_more_each_time():
    """On one sheet of exercises each has as many steps worked as the last, or fewer."""
    data = paper_data(worksheet(exercises(items=4, kinds=(FADED,))), "a4")
    (paper,) = data["papers"]
    left = [sum(step["blank"] for step in task["steps"]) for task in paper["tasks"]]
    assert left == [2, 3, 5, 6]  # 8 steps times 1/5, 2/5, 3/5, 4/5


@MANY
def test_exercises_of_every_topic(topic):
    """Each topic prints; the key marks the right answer and the questions do not."""
    view = exercises(topic, items=2)
    data = paper_data(worksheet(view), "a4")
    questions, *_, key = data["papers"]
    assert [task["guess"]["right"] for task in questions["tasks"]] == [None, None]
    assert all(
        task["guess"]["right"] in range(len(task["guess"]["options"])) for task in key["tasks"]
    )
    assert not any(task["slips"] for task in questions["tasks"])
    reader, text = read(as_pdf(view, SITE))
    assert len(reader.pages) > len(KINDS)
    assert all(task["guess"]["question"][:30] in " ".join(text.split()) for task in key["tasks"])


def test_file_is_tagged_and_says_its_language():
    """A screen reader gets a title, a language, a structure and texts for formulas."""
    view = view_of(lang="de")
    file = as_pdf(view, SITE)
    reader, _ = read(file)
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == "de"
    assert reader.metadata.title == "Der Mittelwert, der nicht passte" or reader.metadata.title
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    kinds = set(_tags(root["/StructTreeRoot"]))
    assert {"/H1", "/H2", "/Table", "/TH", "/TD", "/Formula", "/Figure", "/Link"} <= kinds


def _tags(node):
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, pypdf.generic.DictionaryObject):
        if "/S" in node:
            yield node["/S"]
        kids = node.get("/K", [])
        for kid in kids if isinstance(kids, list) else [kids]:
            yield from _tags(kid)


def test_fonts_are_inside_and_nothing_is_a_raster():
    """Text, formulas and the QR code are shapes: sharp at any size, on any machine."""
    reader, _ = read(as_pdf(view_of(), SITE))
    for page in reader.pages:
        resources = page["/Resources"].get_object()
        for font in resources["/Font"].values():
            (below,) = font.get_object()["/DescendantFonts"]
            descriptor = below.get_object()["/FontDescriptor"].get_object()
            assert {"/FontFile2", "/FontFile3"} & set(descriptor)
        assert not list(page.images)


def test_template_takes_no_text_as_code():
    """Typst would run what it is told to evaluate."""
    assert not re.search(rb"\beval\b|#import|#include|\bread\(", TEMPLATE)


def test_hostile_names_stay_text_on_paper():
    """Whatever a class is called is printed letter by letter."""
    case = Case([[float(k) for k in range(len(HOSTILE))]], [2])
    view = start().of_case(case, names=HOSTILE).replace(sheet=Sheet(kinds=(ANSWERED,)))
    _, text = read(as_pdf(view, SITE))
    joined = "".join(text.split())
    for name in HOSTILE:
        assert "".join(name.split()) in joined


def test_hostile_names_stay_text_in_markdown():
    """A parser finds the names as text, and no tag but the one that keeps them from being read."""
    case = Case([[float(k) for k in range(len(HOSTILE))]], [2])
    view = start().of_case(case, names=HOSTILE).replace(sheet=Sheet(kinds=(ANSWERED,)))
    file = as_markdown(view, SITE).decode()
    parser = MarkdownIt("commonmark").enable("table")
    inline = [t for t in parser.parse(file) if t.type == "inline"]
    tags = {c.content for t in inline for c in t.children if c.type == "html_inline"}
    assert tags == {"<code>", "</code>"}
    assert not any(t.type == "html_block" for t in parser.parse(file))
    cells = ["".join(c.content for c in t.children if c.type == "text") for t in inline]
    for name in HOSTILE:
        assert any(name in cell for cell in cells)
    assert "$\\input" not in file


@pytest.mark.parametrize("name", ["cat", "rare disease", "-", "- a", "a-b", "größe", "a_b", "3."])
def test_plain_names_stay_plain(name):
    """Letters, spaces and hyphens need no cover; what could begin a list has one."""
    assert (as_text(name) == name) == (name in ("cat", "rare disease", "a-b", "größe"))


def test_names_that_the_fonts_lack():
    """The classes are then A, B, C, and the sheet says so."""
    view = start().of_case(Case([[1.0, 2.0]], [0]), names=("猫", "🦉"))
    _, text = read(as_pdf(view.replace(sheet=Sheet(kinds=(QUESTIONS,))), SITE))
    assert "the paper has no letters for their names" in " ".join(text.split())
    assert "猫" in as_markdown(view, SITE).decode()


def test_latin_names_are_in_the_fonts():
    """Every Latin letter that can be a name is drawn, and none needs the second try."""
    letters = "".join(chr(k) for k in range(0x20, 0x250) if chr(k).isprintable())
    names = tuple(letters[k : k + 28] for k in range(0, len(letters), 28))[:MOST_CLASSES]
    rest = tuple(letters[k : k + 28] for k in range(0, len(letters), 28))[MOST_CLASSES:]
    for some in (names, (*rest, "z")):
        view = start().of_case(Case([[1.0] * len(some)], [0]), names=some)
        assert as_pdf(view.replace(sheet=Sheet(kinds=(QUESTIONS,))), SITE).startswith(b"%PDF")


def _drawn(view):
    """The first page as a picture of dots."""
    data = paper_data(worksheet(view), view.sheet.paper)
    pages = _compiled(data, format="png", ppi=150.0)
    first = pages[0] if isinstance(pages, list) else pages
    return np.array(Image.open(io.BytesIO(first)).convert("L"))


@pytest.mark.parametrize("key", ["weighted_mean", "plain_batch", "pixels_twice"])
def test_qr_code_leads_to_the_case(key):
    """Read off the page at the resolution of a cheap printer, it is the link to these numbers."""
    view = view_of(preset(key), kinds=(QUESTIONS,))
    (found,) = zxingcpp.read_barcodes(_drawn(view))
    address = urlsplit(found.text)
    assert address.path == "/course/steps"
    back, dropped = decode(dict(parse_qsl(address.query)))
    assert not dropped
    assert back.case == view.case


def test_qr_code_leads_to_the_exercise():
    """Each exercise has its own, to be worked on the page Practice."""
    view = exercises("gradient", items=1, seed=41, kinds=(QUESTIONS,))
    (found,) = zxingcpp.read_barcodes(_drawn(view))
    address = urlsplit(found.text)
    assert address.path == "/course/practice"
    assert dict(parse_qsl(address.query)) == {"topic": "gradient", "seed": "41", "mode": "solve"}


def test_long_link_has_no_code():
    """A code that no phone reads off paper is left out; the text beside it is a link all the same."""
    assert code("https://example.org/" + "1" * 1_400) is None
    assert code("https://example.org/" + "ü" * 3_000) is None
    assert code("https://example.org/" + "1" * 600).width < 60


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: f"{rule.key}-{rule.formula[:12]}")
def test_formulas_reach_the_paper(rule):
    """Each letter of each formula is read back from the PDF."""
    made = formula(rule.formula.partition(r"\quad")[0])
    source = TEMPLATE.split(b"// ---- tables")[0] + b"#equation(data.formula)"
    words = {"site": "t"}
    import json

    data = {
        "title": "t",
        "size": "a4",
        "lang": "en",
        "colours": {},
        "words": words,
        "formula": made,
    }
    file = typst.compile(
        source,
        pdf_standards="ua-1",
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data)},
    )
    _, text = read(file)
    plain = _unstyled(text)
    for letter in _letters(made["tree"]):
        assert letter in plain, (letter, plain)


def _letters(node):
    tag, inside = node
    if tag in ("mi", "mn", "mtext"):
        yield from inside.replace(" ", "")
    elif isinstance(inside, list):
        for child in inside:
            yield from _letters(child)


def _unstyled(text):
    """Mathematical italics as plain letters."""
    import unicodedata

    return unicodedata.normalize("NFKC", text.replace("ℓ", "@")).replace("@", "ℓ").replace("ϵ", "ε")


def test_formulas_are_said_in_order():
    """What is read aloud names each part where it stands."""
    assert formula(r"p_{ic} = \frac{e_{ic}}{S_i}")["alt"] == "p_ic = (e_ic) / (S_i)"
    assert spoken(formula(r"-{,}")["tree"]).strip()


def test_negative_and_comma_in_a_formula():
    """A minus before a number belongs to it; a decimal comma has no space after it."""
    (row,) = formula(r"\max(-0{,}5,\ -2) - 1")["tree"][1]
    assert ["mn", "−0,5"] in row[1]
    assert ["mn", "−2"] in row[1]
    assert ["mo", "−"] in row[1]


@each_preset
def test_markdown_is_markdown(chosen):
    """Each table has as many cells in each line, and every formula is closed."""
    file = as_markdown(view_of(chosen), SITE).decode()
    parser = MarkdownIt("commonmark").enable("table")
    tokens = parser.parse(file)
    assert next(t.content for k, t in enumerate(tokens) if tokens[k - 1].tag == "h1")
    texts = [t.content for t in tokens if t.type == "inline"]
    assert not any(text.startswith("|") for text in texts)  # a table that was not taken for one
    assert all(text.count("$") % 2 == 0 for text in texts)
    formulas = re.findall(r"\$\$(.+?)\$\$|\$(.+?)\$", file)
    assert formulas
    for one in map("".join, formulas):  # GitHub reads a backslash before a sign as Markdown's
        assert not re.search(r"\\[^A-Za-z]", one), one
    emphasis = [c for t in tokens if t.type == "inline" for c in t.children if c.type == "em_open"]
    why = sum(
        len(part.task.steps)
        for p in worksheet(view_of(chosen)).papers
        if p.kind == ANSWERED
        for part in p.parts
    )
    assert len(emphasis) == why


def test_german_sheet_is_german_throughout():
    """No text of the sheets is left in English, for the case and for the exercises."""
    missing.clear()
    german = {"lang": "de"}
    for chosen in PRINTED:
        as_markdown(view_of(chosen, **german).replace(decimal="comma"), SITE)
    for topic in TOPICS:
        _data(exercises(topic.key, items=6, **german), SITE, ())
    assert not missing


def test_decimal_comma_on_paper():
    """The numbers of tables, formulas and sentences follow the page's decimal sign."""
    view = view_of(kinds=(ANSWERED,), lang="de").replace(decimal="comma")
    _, text = read(as_pdf(view, SITE))
    assert "1,7529" in text
    assert not re.search(r"\d\.\d{3,4}\b", text)


@pytest.mark.parametrize("reduction", ["none", "sum", "mean"])
@each_preset
def test_every_reduction_prints(chosen, reduction):
    """Each example goes on paper with each reduction, and ends with that reduction's step."""
    view = view_of(chosen, kinds=(ANSWERED,))
    view = view.with_case(view.case.replace(reduction=reduction))
    steps = worksheet(view).papers[0].parts[0].task.steps
    assert steps[-1].key == {"none": "losses", "sum": "sum_loss", "mean": "mean_loss"}[reduction]


@pytest.mark.parametrize(
    "case",
    [
        Case([1.0, 2.0, 3.0], 2),
        Case([[np.nan, 1.0]], [0]),
        Case([[np.inf, 1.0], [-np.inf, 0.0]], [0, 1]),
        Case([[1e300, -1e300]], [0], [1e-9, 3e12]),
        Case([[1.0, 2.0]], [-100]),
        Case([[0.2, 0.3], [1.0, 2.0]], [[0.5, 0.5], [0.1, 0.9]], [1, 2], label_smoothing=0.2),
        Case(np.zeros((2, 3, 2)), [[0, -100], [2, 1]]),
        Case([[1.0]], [0]),
    ],
    ids=["no batch", "nan", "inf", "huge", "all ignored", "soft", "positions", "one class"],
)
def test_odd_cases_print(case):
    """What torch takes goes on paper, with nan and inf as what they are."""
    view = start().of_case(case).replace(sheet=Sheet())
    reader, _ = read(as_pdf(view, SITE))
    assert len(reader.pages) >= len(KINDS)
    assert as_markdown(view, SITE)
    assert first_page(view, SITE).startswith("<svg")


@pytest.mark.parametrize(
    ("view", "says"),
    [
        (start().of_case(Case(np.zeros((0, 3)), [])), "this case is empty"),
        (
            start().of_case(Case(np.zeros((MOST_ROWS + 1, 2)), [0] * (MOST_ROWS + 1))),
            "up to 20 rows of up to 12 classes",
        ),
        (start().of_case(Case(np.zeros((1, 13)), [0])), "1 × 13 logits"),
        (start().with_other(BinaryCase([0.5], [1.0])), "another loss"),
    ],
    ids=["empty", "rows", "classes", "other loss"],
)
def test_what_does_not_print_is_told(view, says):
    """A sentence with the bound and the remedy, and exercises print all the same."""
    for make in (as_pdf, as_markdown, first_page):
        with pytest.raises(CaseError, match=re.escape(says)) as told:
            make(view, SITE)
        assert "exercises" in told.value.remedy
    assert as_pdf(view.replace(sheet=Sheet(items=1)), SITE)


def test_rounded_numbers_are_said_to_be():
    """1/9000 is given with six decimals, and the sheet says that there are more."""
    _, text = read(as_pdf(view_of(preset("two_counts"), kinds=(QUESTIONS,)), SITE))
    assert "0.000111" in text
    assert "rounded here" in " ".join(text.split())


def test_picture_is_of_the_first_page():
    """It is a well-formed SVG, of the page that comes first in the PDF."""
    from xml.etree import ElementTree as ET

    for view in (view_of(paper="letter"), exercises("gradient", kinds=(FADED, ANSWERED))):
        root = ET.fromstring(first_page(view, SITE))  # noqa: S314 - made by us
        assert (
            root.get("viewBox")
            == f"0 0 {'612 792' if view.sheet.paper == 'letter' else '595.275590551 841.88976378'}"
        )


def test_made_within_a_moment():
    """All sheets of a usual case take about a fifth of a second on an idle core."""
    as_pdf(view_of(), SITE)
    started = time.process_time()
    as_pdf(view_of(preset("plain_batch")), SITE)
    assert time.process_time() - started < 3


def test_settings_come_back_from_a_link():
    """Each thing that is set is written and read; what is no sheet is refused."""
    view = view_of(paper="letter", items=3, kinds=(QUESTIONS, ANSWERED), lang="de")
    back = start()
    for parameter in PARAMETERS:
        text = parameter.write(view)
        assert text is not None
        assert parameter.write(start()) is None
        back = parameter.take(back, text)
    assert back.sheet == view.sheet
    with pytest.raises(ValueError, match="the sheets are questions, faded, key"):
        PARAMETERS[2].take(start(), "questions,answers")


def test_emptied_grid_keeps_its_shape():
    """As many rows and cells, with nothing in them."""
    (given,) = worksheet(view_of()).papers[0].parts[0].task.given
    blank = emptied(replace(given, foot=False))
    assert [len(row) for _, row in blank.rows] == [len(row) for _, row in given.rows]
    assert {cell for _, row in blank.rows for cell in row} == {""}
