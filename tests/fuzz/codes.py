"""Practice codes, one at a time and those of a whole class."""

from ce_core.practice import CodeError, read_code
from ce_core.practice.codes import to_code
from tests.fuzz.claims import read_or_refused, short
from tests.fuzz.record import Target, encoded
from ui.teach.class_codes import LONGEST
from ui.teach.made_codes import made_codes
from ui.teach.tally import MOST, as_csv, as_text, read_codes, tally

CODES = made_codes().split("\n")
SEEDS = encoded(
    *CODES,
    made_codes(),
    f"Ann: {CODES[0]}\nBob; {CODES[1].lower()}",
    f'"Ann","{CODES[2]}","{CODES[3]}"',
    CODES[4].replace("-", " "),
)
TOKENS = encoded(
    *("-", " ", "\n", ",", ";", ":", '"', "Ann", "2", "9", "A", "Z", "0", "O", "\u2013", "\u00df"),
    *("\ufb01", "=1+1", "\r", "\x85", *CODES[0].split("-")),
)


def run(data: bytes) -> None:
    """A code that is read is written the same; of a class each line is read or named, once."""
    text = data.decode(errors="replace")
    report = read_or_refused(lambda: read_code(text), CodeError)
    if report is not None and not any(slip.startswith("unknown") for slip in report.mistakes):
        assert read_code(to_code(report)) == report
    found = read_or_refused(lambda: read_codes(text[:LONGEST]))
    assert len({code.line for code in found.read} | {line for line, _ in found.unread}) <= MOST
    short(why for _, why in found.unread)
    topics = tally(found.read)
    assert sum(topic.codes for topic in topics) == len(found.read)
    assert as_csv(topics)
    assert len(as_text(topics).splitlines()) == sum(1 + len(topic.slips) for topic in topics)


TARGET = Target("codes", run, SEEDS, TOKENS, LONGEST)
