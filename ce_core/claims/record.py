"""What a checked claim is: what was said, whether it is true, and the numbers that show it."""

from collections.abc import Callable
from dataclasses import dataclass

HOLDS, FALSE, PARTLY, UNKNOWN = "holds", "false", "partly", "cannot be checked"
VERDICTS = (FALSE, PARTLY, UNKNOWN, HOLDS)


@dataclass(frozen=True)
class Thread:
    """A public thread that this site goes back to.

    Attributes:
        key: its number here, "000" to "004".
        title: what it is about, in a few words.
        source: its address, or "" where none is kept.
    """

    key: str
    title: str
    source: str = ""


@dataclass(frozen=True)
class Row:
    """One number of an experiment.

    Attributes:
        label: what it is.
        value: the number.
        digits: how many significant digits tell; 0 leaves that to the screen.
    """

    label: str
    value: float
    digits: int = 0


@dataclass(frozen=True)
class Said:
    """A line of torch, and what torch 2.13 answers to it on the CPU.

    Attributes:
        line: an expression in which `torch`, `nn`, `F` and the names of the thread's tensors stand.
        answer: the repr of its value, or the error or warning as "Type: message".
    """

    line: str
    answer: str


@dataclass(frozen=True)
class Evidence:
    """What was done to check a claim, and what came out.

    Attributes:
        what: what was computed, from which numbers.
        rows: the numbers.
        torch: what torch itself says, where the claim is about its functions and messages.
    """

    what: str
    rows: tuple[Row, ...] = ()
    torch: tuple[Said, ...] = ()

    def __getitem__(self, label: str) -> float:
        """The number of that label."""
        for row in self.rows:
            if row.label == label:
                return row.value
        raise KeyError(f"no row {label!r}; there are {', '.join(row.label for row in self.rows)}")


Experiment = Callable[[], Evidence]


@dataclass(frozen=True)
class Claim:
    """Something said in a thread.

    Attributes:
        key: its name in tests.
        thread: the key of its thread.
        said: the claim in one sentence.
        verdict: one of `VERDICTS`.
        why: why that is the verdict.
        experiment: computes the evidence; None where nothing can be computed or run.
        page: the page that shows it on one's own numbers, or "".
        query: the parameters of the link to it.
    """

    key: str
    thread: str
    said: str
    verdict: str
    why: str
    experiment: Experiment | None = None
    page: str = ""
    query: str = ""
