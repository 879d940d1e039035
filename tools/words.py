"""List every text that a learner reads: `python -m tools.words` writes ui/words/en.pot.

A translator copies an entry from there into a language's folder. What is looked for: the calls
`tr("...")` and `words("...")` in Python, `tr("...")` in JavaScript, the texts of the larger tables,
and whatever is said in another language.
"""

import ast
import json
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from ce_core.mistakes import MISTAKES
from ce_core.practice import TOPICS
from ce_core.practice.ignored_slips import IGNORED_SLIPS
from ce_core.practice.softmax_slips import SOFTMAX_SLIPS
from ce_core.presets import PRESETS
from ce_core.questions import QUESTIONS
from ce_core.refusals.table import REFUSALS
from ce_core.rule import Rule
from ce_core.rules import all_rules
from ce_core.rules.binary import BINARY_MEAN, FROM_LOGITS, FROM_PROBS
from ce_core.rules.given import GIVEN_LOG_PROBS, GIVEN_PROBS
from ui.hiding import HIDEABLE
from ui.palette import CONCEPTS
from ui.words import LANGUAGES, Words
from ui.words.catalogue import catalogue
from ui.words.scripts import texts_in

ROOT = Path(__file__).parents[1]
LISTING = ROOT / "ui/words/en.pot"
CALLS = ("tr", "words")
RULE = ("title", "sentence", "why")
HEADER = "# Every text that a learner reads, in English. Made by `python -m tools.words`."


def texts() -> dict[str, list[str]]:
    """Each text with the files, or the tables, that it stands in."""
    found: dict[str, set[str]] = {}
    for place, text in chain(_in_python(), _in_scripts(), _in_tables()):
        if any(letter.isalpha() for letter in text):
            found.setdefault(text, set()).add(place)
    for place, text in _said_elsewhere():
        found.setdefault(text, {place})
    return {text: sorted(places) for text, places in found.items()}


def _in_python() -> Iterator[tuple[str, str]]:
    files = [ROOT / "app.py", *chain(*((ROOT / part).rglob("*.py") for part in LAYERS))]
    for path in sorted(files):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
                first = node.args[0]
                if node.func.id in CALLS and isinstance(first, ast.Constant):
                    yield path.relative_to(ROOT).as_posix(), str(first.value)


LAYERS = ("ce_core", "ui", "pages")


def _in_scripts() -> Iterator[tuple[str, str]]:
    folders = sorted({path.parent for path in (ROOT / "ui").rglob("*.js")})
    for folder in folders:
        for text in texts_in(folder):
            yield folder.relative_to(ROOT).as_posix(), text


def _in_tables() -> Iterator[tuple[str, str]]:
    ways = [way for mistake in MISTAKES for way in mistake.ways]
    wrong = [rule for way in ways for rule in way.instead]
    rules: list[Rule] = [*all_rules(), *FROM_LOGITS, *FROM_PROBS, *BINARY_MEAN]
    tables: tuple[tuple[str, Iterable[object], tuple[str, ...]], ...] = (
        ("rules", [*rules, *GIVEN_PROBS, *GIVEN_LOG_PROBS], RULE),
        ("presets", PRESETS, ("group", "title", "story", "notice")),
        ("questions", QUESTIONS, ("asks",)),
        ("mistakes", MISTAKES, ("title", "why", "see", "remedy", "tell")),
        ("mistakes", ways, ("detail",)),
        ("mistakes", wrong, RULE),
        ("refusals", REFUSALS, ("title", "meaning", "remedy")),
        ("topics", TOPICS, ("title",)),
        ("slips", (*SOFTMAX_SLIPS, *IGNORED_SLIPS), ("title", "remedy")),
        ("concepts", CONCEPTS, ("name",)),
        ("hiding", HIDEABLE, ("title",)),
    )
    for place, rows, fields in tables:
        for row in rows:
            for field in fields:
                text = getattr(row, field)
                yield place, text.template if isinstance(text, Words) else str(text)


def _said_elsewhere() -> Iterator[tuple[str, str]]:
    """What is said in another language is a text, whatever table of the code it comes from."""
    for language in LANGUAGES[1:]:
        for text in catalogue(language.code):
            yield "tables", text


def listing() -> Catalog:
    """All texts as a catalogue without translations."""
    catalogue = Catalog(header_comment=HEADER, charset="utf-8")
    for text, places in sorted(texts().items()):
        catalogue.add(text, locations=[(place, None) for place in places])  # type: ignore[misc]
    return catalogue


def main() -> None:
    """Write the listing."""
    with LISTING.open("wb") as file:
        write_po(file, listing(), width=0, include_lineno=False, omit_header=True)
    print(json.dumps({"texts": len(texts()), "file": LISTING.name}))  # noqa: T201 - says what it did


if __name__ == "__main__":
    main()
