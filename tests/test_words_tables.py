"""The tables of mistakes, of torch's messages and of pasted text are said in every language."""

import ast
from pathlib import Path
from string import Formatter

import pytest

from ce_core import CaseError
from ce_core.mistakes import BY_HAND, MISTAKES
from ce_core.presets import PRESETS
from ce_core.refusals import REFUSALS, recognise
from ce_core.refusals.words import TYPES
from ce_core.words import Words
from tests.test_paste import NOTES, REFUSED, SNIPPETS
from tests.test_upload import REFUSED as REFUSED_FILES
from ui.found import UNUSED, Found, build, guessed
from ui.intake import BINARY_NOTE
from ui.messages import explain
from ui.paste import PasteError, read
from ui.paste.finish import NOTHING
from ui.paste.old_torch import SHORTENED
from ui.upload import read_file
from ui.words import speaking, tr
from ui.words.catalogue import catalogue
from ui.words.translate import missing

GERMAN = catalogue("de")
CASE = PRESETS[0].case
# What a German title of a mistake may begin with: it goes on from "Du hast", with a small letter.
OPENERS = {
    "Aus", "Beim", "Bei", "Das", "Dem", "Den", "Die", "Durch", "Einen", "Für", "Im", "Jede", "Mit",
    "Nur", "Statt", "Über", "Unterwegs", "Vor", "Von", "Zuerst", "Zweimal",
}  # fmt: skip
PARTICIPLES = ("t", "en")
READERS = ("npy", "upload", "found", "intake")
SAYS = ("words", "tr", "refused")


def templates(text):
    """What a translator sees of a text: its template, and those of the texts put into it."""
    if not isinstance(text, Words):
        return [text] if text else []
    inside = [t for value in text.values.values() for t in templates_of_words(value)]
    return [text.template, *inside]


def templates_of_words(value):
    """The templates of a value, if it is a text of its own."""
    return templates(value) if isinstance(value, Words) else []


def of_mistakes():
    """Every text of the table of mistakes and of its wrong rules."""
    for made in (*MISTAKES, BY_HAND):
        yield from (made.title, made.why, made.see, made.remedy, made.tell)
        for way in made.ways:
            yield way.detail
            for rule in way.instead:
                yield from (rule.title, rule.sentence, rule.why)


def of_refusals():
    """Every text of the table of torch's messages, and what their words become."""
    for row in REFUSALS:
        yield from (row.title, row.meaning, row.remedy)
    yield from TYPES.values()


def of_readers():
    """Every text that is written out in the readers of pasted texts and of files."""
    ui = Path(__file__).parent.parent / "ui"
    for path in (*(ui / "paste").glob("*.py"), *(ui / f"{name}.py" for name in READERS)):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in SAYS:
                yield from (arg.value for arg in node.args[:2] if isinstance(arg, ast.Constant))
    yield from (NOTHING, SHORTENED, UNUSED)


TEXTS = {template: None for text in of_mistakes() for template in templates(text)}
TEXTS |= dict.fromkeys([*of_refusals(), *of_readers()])


def fields(template):
    """The names in braces, each as often as it stands there, with how it is written."""
    parts = Formatter().parse(template)
    return sorted((name, spec) for _, name, spec, _ in parts if name is not None)


def has_words(template):
    """Whether there is a letter outside of the braces."""
    return any(letter.isalpha() for part, *_ in Formatter().parse(template) for letter in part)


def test_each_text_has_its_german():
    """Each text has a German one with the same fields, which may stand in another order."""
    asked = [text for text in TEXTS if has_words(text)]
    assert [text for text in asked if text not in GERMAN] == []
    assert [text for text in asked if set(fields(GERMAN[text])) != set(fields(text))] == []


@pytest.mark.parametrize("made", MISTAKES, ids=lambda made: made.key)
def test_german_title_reads_on(made):
    """After "Du hast" a title goes on with a small letter and ends with what was done."""
    title = tr_german(made.title)
    first, last = title.split()[0], title.split()[-1]
    assert first in OPENERS
    assert last.endswith(PARTICIPLES)
    assert last[0].islower()


def tr_german(text):
    """The text in German with a decimal comma; every text of it must be known."""
    missing.clear()
    with speaking("de", "comma"):
        said = tr(text)
    assert not missing
    return said


def test_numbers_of_a_mistake_take_the_comma():
    """Numbers in the words of the table are written as the page writes numbers."""
    twice = next(made for made in MISTAKES if made.key == "softmax_twice")
    assert "0.3133 for 2 classes" in twice.see
    assert "0,3133 bei 2 Klassen" in tr_german(twice.see)
    parts = next(made for made in MISTAKES if made.key == "mean_of_batch_means").ways[0]
    assert tr_german(parts.detail) == "Teile von je 2"
    sentence = tr_german(parts.instead[0].sentence)
    assert sentence == "Die Mittelwerte der Teile von je 2 haben den Mittelwert {mean_loss}."


@pytest.mark.parametrize("row", REFUSALS, ids=lambda row: row.key)
def test_german_refusal_takes_the_message_s_words(row):
    """Both sentences can be said in German with whatever torch put into its message."""
    for text in (row.meaning, row.remedy):
        values = {name: f"<{name}>" for name, _ in fields(text)}
        said = GERMAN[text].format(**values)
        assert all(value in said for value in values.values())


def test_recognised_message_in_german():
    """Torch's words stay as they are; what is said of them is German, as is what is beside it."""
    text = (
        "TypeError: cross_entropy_loss(): argument 'weight' (position 3) must be Tensor, not list"
    )
    found = recognise(text, CASE)
    assert "torch fand eine Liste." in tr_german(found.says)
    assert "Auf dieser Seite haben die Logits die Form (2, 2)" in tr_german(found.says)
    assert found.quoted == text
    other = "IndexError: Target 7 is out of bounds."
    assert "von 0 bis 1 oder ignore_index (-100)" in tr_german(recognise(other, CASE).says)


@pytest.mark.parametrize("text", [*NOTES, *SNIPPETS], ids=lambda text: text[:30])
def test_notes_of_a_paste(text):
    """Whatever is noted of a pasted text is said in German."""
    pasted = read(SNIPPETS[text][0] if text in SNIPPETS else text)
    notes = pasted.notes
    try:
        notes = (*notes, *build(guessed(pasted), CASE)[1])
    except CaseError as problem:
        notes = (*notes, problem.value, problem.rule)
    for note in notes:
        assert tr_german(note) != note


@pytest.mark.parametrize("text", REFUSED, ids=lambda text: repr(text[:30]))
def test_refused_paste(text):
    """Whatever cannot be read is refused in German."""
    with pytest.raises(PasteError) as caught:
        read(text)
    assert tr_german(caught.value.said) != str(caught.value)


@pytest.mark.parametrize("key", [key for key in REFUSED_FILES if key != "bomb"])  # it takes long
def test_refused_file(key):
    """Whatever file cannot be read is refused in German."""
    name, data, _ = REFUSED_FILES[key]
    with pytest.raises(PasteError) as caught:
        read_file(name, data())
    assert tr_german(caught.value.said) != str(caught.value)


def test_what_is_found_in_a_paste():
    """A number alone, arrays without a role, and what torch would refuse, in German."""
    alone, several = read("tensor(1.7529)"), read("u = [[1, 2]]\nv = [[3.5]]")
    said = []
    for found in (guessed(alone), Found(several, (UNUSED, UNUSED))):
        with pytest.raises(CaseError) as caught:
            build(found, CASE)
        missing.clear()
        with speaking("de", "comma"):
            said.append(explain(caught.value))
        assert not missing
    assert said[0].startswith("Gefunden wurde nur eine einzelne Zahl, 1,7529")
    assert "Wähle unten" in said[1]
    int32 = "logits = torch.tensor([[3., 4.]])\ntarget = np.array([1], dtype=np.int32)"
    (note,) = build(guessed(read(int32)), CASE)[1]
    assert "Auf dieser Seite wird es als Klassennummern gelesen." in tr_german(note)
    assert "Kreuzentropie" in tr_german(BINARY_NOTE)


def test_a_large_number_is_not_read_as_a_small_one():
    """In German 1,000,000 characters are not written with points or commas."""
    with pytest.raises(PasteError) as caught:
        read("1" * 1_000_001)
    assert "1\u202f000\u202f001 Zeichen" in tr_german(caught.value.said)
