"""How many samples each class has, typed or pasted."""

from ce_core import CaseError
from ce_core.weighting import ClassCounts
from tests.fuzz.claims import read_or_refused, short
from tests.fuzz.record import Target, encoded
from ui.choose.reading import MAX_TEXT, Typed, read
from ui.choose.settings import read_rows, write_rows
from ui.choose.typed_table import read_table
from ui.notation import NotationError

SEEDS = encoded(
    *("9000, 41000", "9000\n41000", "9,000 41,000", "cat: 9000\ndog: 41000", "0 9000\n1 41000"),
    *("Counter({'cat': 9000, 'dog': 41000})", "tensor([9000, 41000])", "cat, 9000, dog, 41000"),
    *("name  count\ncat  9000\ndog  41000\ndtype: int64", "  9000 cat\n 41000 dog", "12,852"),
    *("| cat | 9000 |\n|---|---|\n| dog | 41000 |", "9 000\n41 000", "a=1;b=2", "1'000 2'000"),
    "0, 2\n1, 0", "[[60, 40, 0], [60, 0, 40]]", "Name: label, Length: 2, dtype: int64",
)  # fmt: skip
TOKENS = encoded(
    *("0", "1", "000", ",", ";", ":", "=", "|", "\t", " ", "\n", "'", '"', "-", ".", "e", "cat"),
    *("dog", "{", "}", "(", ")", "[", "]", "Counter(", "dtype", "Name:", "nan", "inf", "1e5", "\\"),
    *("\u2212", "\u00a0", "\u2019", "_", "#2", "9" * 30, "0" * 30, "\u0663", "1.5", "\u00b2"),
)


def run(data: bytes) -> None:
    """Counts, each with a name or none with one; as the page writes them, they read back."""
    text = data.decode(errors="replace")
    found = read_or_refused(lambda: read(text), CaseError)
    if found is not None:
        short(found.notes)
        assert found.counts
        assert len(found.names) in (0, len(found.counts))
        assert len(set(found.names)) == len(found.names)
        _again(found)
    table = read_or_refused(lambda: read_table(text), NotationError)
    if table:
        assert repr(read_rows(write_rows(table))) == repr(table)


def _again(found: Typed) -> None:
    try:
        counts = [int(count) for count in ClassCounts(found.counts).counts]
    except CaseError:
        return
    if not found.names:
        assert read(", ".join(map(str, counts))).counts == tuple(map(float, counts))


TARGET = Target("counts", run, SEEDS, TOKENS, MAX_TEXT)
