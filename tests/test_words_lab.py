"""The imbalance lab says all it says in German: before and after a training, and when it cannot."""

import ast
import re

import pytest

import ce_core.torch_train
from ce_core import CaseError
from ce_core.lab import DATA, MODELS, SCHEMES, STRATEGIES, Plan, interval, read_own, split_of
from ce_core.torch_check import DeviceError
from ce_core.words import Words, joined, words
from tests.browser.conftest import ROOT
from tests.test_lab_page import TABLE, choose, until_it_ends
from tests.test_pages import assert_fine
from tests.test_words_targets import ENGLISH, opened, read
from ui.lab.jobs import FullError, Job, Queue
from ui.lab.more import FIELDS
from ui.lab.own.columns import guessed
from ui.lab.own.table import read_file, read_table
from ui.lab.progress import ENDS
from ui.lab.refusing import refused
from ui.lab.summary import shown
from ui.lab.views import PICTURES
from ui.messages import plain
from ui.paste import PasteError
from ui.words import speaking, tr, translate

# a seed that no other test has: what was trained is kept for everyone in the process
SMALL = {"lab_steps": "20", "runs": "2", "samples": "200", "lab_seed": "810"}
ALL = ",".join(strategy.key for strategy in STRATEGIES)
OURS = ("pages/lab.py", "ce_core/torch_train/training.py")
FOLDERS = ("ui/lab", "ui/lab/own", "ce_core/lab")


@pytest.fixture(autouse=True)
def missing(monkeypatch):
    """What was asked for in German and is in no catalogue; and no time is spent on measuring."""
    found = set()
    monkeypatch.setattr(translate, "missing", found)
    monkeypatch.setattr(
        ce_core.torch_train, "time_steps", lambda plan, *_: dict.fromkeys(plan.strategies, 2e-4)
    )
    return found


def trained(app, label="Trainieren"):
    """Press the button, and wait for the end."""
    next(button for button in app.button if button.label == label).click().run()
    return until_it_ends(app, "Stopp")


def uncredited(app):
    """All that is read, but for who made the data."""
    texts = read(app)
    for source in DATA:
        texts = [text.replace(plain(source.credit), "") for text in texts]
    return texts


def assert_commas(app):
    """No number that is read has a decimal point; those of a drawing are not read."""
    drawn = re.compile(r" (style|d|viewBox|fill-opacity)='[^']*'")
    texts = [drawn.sub("", text) for text in uncredited(app)]
    assert [text for text in texts if re.search(r"(?<![\w=.])\d+\.\d", text)] == []
    assert any(re.search(r"\d,\d", text) for text in texts)


def assert_german(app, missing):
    """Every text was in the catalogue, and none has an English word, who made the data aside."""
    texts = uncredited(app)
    assert len(texts) > 10
    assert not missing
    assert [text for text in texts if ENGLISH.search(text)] == []


@pytest.mark.parametrize("data", [source.key for source in DATA])
def test_before(data, missing):
    """Before a training the page is German over each data set."""
    assert_german(opened("lab", data=data), missing)


@pytest.mark.parametrize("data", [source.key for source in DATA if not source.own])
def test_after(data, missing):
    """After it each picture, the table and the sentences are German."""
    app = trained(opened("lab", data=data, strategies=ALL, **SMALL))
    for picture in PICTURES:
        choose(app, "lab_picture", picture.key)
        assert_fine(app)
        assert_german(app, missing)


@pytest.mark.parametrize(
    "query",
    [
        {"runs": "1", "strategies": "plain"},
        {"runs": "1", "strategies": "weighted,sampler", "lab_scheme": "none"},
        {"lab_rate": "10"},
        {"batch": "1", "runs": "10", "lab_steps": "60", "strategies": "weighted,sampler"},
        {"model": "straight", "data": "three", "samples": "20000"},
    ],
    ids=str,
)
def test_what_it_says(query, missing):
    """So are one run, runs that broke, and many that tell two strategies apart."""
    app = trained(opened("lab", **{**SMALL, **query}))
    assert_german(app, missing)
    assert any("Testbeispielen, die kein Modell gesehen hat" in text for text in read(app))


def test_with_commas(missing):
    """With a decimal comma no number of the page has a point."""
    app = opened("lab", decimal="comma", data="cancer", **SMALL)
    assert_german(app, missing)
    assert_commas(app)
    trained(app)
    for picture in PICTURES:
        choose(app, "lab_picture", picture.key)
        assert_german(app, missing)
        assert_commas(app)


def test_another_language_of_the_same_experiment(missing):
    """What one person had trained in English another one reads in German, and back."""
    query = SMALL | {"lab_seed": "877"}
    english = opened("lab", lang="en", **query)
    trained(english, "Train")
    app = opened("lab", **query)
    assert [head.value for head in app.header][-1] == "Was das sagt"
    assert_german(app, missing)
    assert [head.value for head in opened("lab", lang="en", **query).header][-1] == "What this says"


def test_own_table(missing):
    """A person's table is told of in German, and its own words are left as they are."""
    app = opened("lab", data="own", lab_steps="20", runs="1", batch="16")
    choose(app, "lab_paste", TABLE.replace("width", "") + "1,,rare\n")
    assert_german(app, missing)
    texts = read(app)
    assert any("30 common, 11 rare" in text or "30 common, 10 rare" in text for text in texts)
    assert any("1 Zeile wurde weggelassen" in text for text in texts)
    assert any("Spalten Spalte 1, height, kind" in text for text in texts)
    trained(app)
    assert_german(app, missing)
    assert any("„rare“" in text for text in read(app))


def full_queue():
    """One training more than may wait."""
    queue = Queue(0)
    queue.submit(Job(lambda _: None))


REFUSED = {
    "no table": lambda: read_table("nothing"),
    "lines": lambda: read_table("1\n" * 200_002),
    "columns": lambda: read_table("1," * 300 + "\n" + "1," * 300),
    "cells": lambda: read_table(("1," * 100 + "\n") * 20_000),
    "quote": lambda: read_table('a,b\n"' + "x" * 200_000 + ",1\n1,2"),
    "no text": lambda: read_file("mine.npy", b"\x93NUMPY"),
    "no label": lambda: guessed(read_table("x,y\n" + "\n".join(f"{k},{k}" for k in range(20)))),
    "one column": lambda: guessed(read_table("x,kind\n1,a\n2,b")),
    "no column": lambda: guessed(read_table("x,kind\na,a\nb,b")),
    "shape": lambda: read_own([1.0, 2.0], [0, 1], ("a", "b")),
    "rows": lambda: read_own([[1.0, 2.0]], [0, 1], ("a", "b")),
    "infinite": lambda: read_own([[1.0, float("inf")]] * 2, [0, 1], ("a", "b")),
    "constant": lambda: read_own([[1.0, 2.0]] * 2, [0, 1], ("a", "b")),
    "one class": lambda: read_own([[1.0, 2.0], [2.0, 3.0]], [0, 0], ("a",)),
    "no class": lambda: read_own([[1.0, 2.0], [2.0, 3.0]], [0, 0], ()),
    "numbers": lambda: read_own([[1.0, 2.0], [2.0, 3.0]], [0, 7], ("a", "b")),
    "few": lambda: read_own([[1.0, 2.0], [2.0, 3.0]], [0, 1], ("a", "b")),
    "none brought": lambda: split_of(Plan(data="own")),
    "no number": lambda: Plan(share="much"),
    "no whole one": lambda: Plan(runs=1.5),
    "too large": lambda: Plan(samples=10**9),
    "unknown": lambda: Plan(data="cats"),
    "no strategy": lambda: Plan(strategies=()),
    "twice": lambda: Plan(strategies=("plain", "plain")),
    "batch": lambda: Plan(batch=500, samples=400),
    "work": lambda: Plan(steps=5000, runs=10, samples=20_000, batch=1024),
    "queue": full_queue,
}


@pytest.mark.parametrize("make", REFUSED.values(), ids=REFUSED)
def test_refused(make, missing):
    """What cannot be read or trained is refused in German."""
    with pytest.raises((PasteError, CaseError, FullError)) as problem:
        make()
    with speaking("de"):
        said = refused(problem.value)
    assert said != refused(problem.value)
    assert not ENGLISH.search(said)
    assert not missing


@pytest.mark.parametrize("text", ["nothing", "x,y,kind\n1,2,a\n2,3,a\n4,4,b"])
def test_refused_on_the_page(text, missing):
    """So on the page, also by the lab's own settings."""
    app = opened("lab", data="own")
    choose(app, "lab_paste", text)
    assert app.error
    choose(app, "lab_strategies", [])
    assert "mindestens eine Strategie" in app.error[0].value
    assert_german(app, missing)


def test_an_error_while_training(missing, monkeypatch):
    """An error of ours is told in German, up to what torch said."""
    said = joined([words("{device} cannot train this plan: {message}.", device="cpu", message="X")])

    def broken(*_, **__):
        raise DeviceError(said)

    monkeypatch.setattr(ce_core.torch_train, "train", broken)
    app = trained(opened("lab", **(SMALL | {"lab_seed": "841"})))
    assert "Fehler: cpu kann diesen Plan nicht trainieren\\: X." in app.error[0].value
    assert_german(app, missing)


ROWS = [
    *(
        text
        for row in (*DATA, *STRATEGIES, *FIELDS)
        for text in (getattr(row, "title", ""), row.says)
    ),
    *(row.title for row in (*MODELS, *SCHEMES, *PICTURES)),
    *(field.label for field in FIELDS),
    *ENDS.values(),
    *(interval(values).says for values in ([1.0], [1.0, 2.0], [1.0, float("nan")])),
]


def test_rows_are_told(missing):
    """Every row of a table of the lab has its German."""
    with speaking("de"):
        for text in ROWS:
            tr(text)
    assert all(isinstance(said, Words) for said in ENDS.values())
    assert not missing


def files():
    """The files that hold the lab's words."""
    return (*OURS, *(str(path) for folder in FOLDERS for path in (ROOT / folder).glob("*.py")))


def test_texts_in_code_are_told(missing):
    """Each text that these files say has its German."""
    with speaking("de"):
        for file in files():
            for node in ast.walk(ast.parse((ROOT / file).read_text(encoding="utf-8"))):
                called = isinstance(node, ast.Call) and ast.unparse(node.func) in ("tr", "words")
                if called and isinstance(node.args[0], ast.Constant):
                    tr(node.args[0].value)
    assert not missing


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.5, "0.50"), (1e-6, "0.00"), (2e7, "2.00e7"), (float("nan"), "nan"), (float("inf"), "inf")],
)
def test_a_measure(value, text):
    """A measure has two decimals, with the decimal sign of the page."""
    assert shown(value) == text
    with speaking("de", "comma"):
        assert shown(value) == text.replace(".", ",")
        assert re.fullmatch(r"[\d,e]+|nan|inf", shown(value))
