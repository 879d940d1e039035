"""What the app promises about its speed: each bound, what was measured, and whether it is kept."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Found = dict[str, Any]
STEP_MS = 50  # a step forward is drawn within this
EDIT_RATIO = 1.5  # an edit takes at most this many times an empty page's
SLOWEST = 10  # run may take this many times torch's forward and backward on the large case
LARGEST = 14  # and hold this many times the logits' memory at once


@dataclass(frozen=True)
class Bound:
    """One promise.

    Attributes:
        part: the part of the benchmark that measures it.
        promise: in words, with the number.
        told: what was measured, in words.
        kept: whether the promise is.
    """

    part: str
    promise: str
    told: Callable[[Found], str]
    kept: Callable[[Found], bool]


def slowest_edit(found: Found) -> Found:
    """The edit with the largest ratio to the empty page."""
    edit: Found = max(found["edits"], key=lambda edit: edit["ratio"])
    return edit


def _edits(found: Found) -> str:
    ratios = sorted(edit["ratio"] for edit in found["edits"])
    slowest, kept = slowest_edit(found), sum(ratio <= EDIT_RATIO for ratio in ratios)
    return (
        f"{ratios[0]} to {ratios[-1]} times, {kept} of {len(ratios)} edits within; the slowest is "
        f"{slowest['what']} on `{slowest['page']}`"
    )


def torch_wait(found: Found, way: str) -> float:
    """How much longer the first visitor waits than a later one, beyond what the empty page's does.

    In seconds; were torch imported while somebody waits, it would be more than torch's import.
    """
    extra = {
        name: found["start"][way][name]["first_s"] - found["first_visit"][name]["s"]
        for name in ("app", "empty")
    }
    return extra["app"] - extra["empty"]


def _waits(found: Found) -> str:
    ways = ", ".join(f"{torch_wait(found, way):.1f} s with `{way}`" for way in found["start"])
    return f"{ways}; importing torch takes {found['torch_import_s']:.1f} s"


def _waits_little(found: Found) -> bool:
    return all(torch_wait(found, way) < found["torch_import_s"] for way in found["start"])


def _walk(found: Found) -> str:
    one = found["scenarios"]["walk"]
    return (
        f"{one['people']} people: 95 of 100 edits within {one.get('edit_p95_ms', 0):.0f} ms, "
        f"{one['errors']} errors, {one['answers_wrong']} wrong answers"
    )


def _beside(found: Found) -> dict[str, Found]:
    """The scenarios in which others do something heavy."""
    return {name: one for name, one in found["scenarios"].items() if one["busy"]}


def _heavy(found: Found) -> str:
    told = (f"{name} {one.get('edit_p95_ms', 0):.0f} ms" for name, one in _beside(found).items())
    return "; ".join(told) or "not asked"


BOUNDS = (
    Bound(
        "browser",
        f"A step forward is drawn within {STEP_MS} ms",
        lambda found: f"{found['step']['ms']:.0f} ms",
        lambda found: found["step"]["ms"] <= STEP_MS,
    ),
    Bound(
        "browser",
        "A step forward asks the server nothing",
        lambda found: f"{found['step']['sent_before_drawn']} messages before it is drawn",
        lambda found: found["step"]["sent_before_drawn"] == 0,
    ),
    Bound(
        "browser",
        f"An edit is on the screen in at most {EDIT_RATIO} times the time of the same widget on "
        "an empty Streamlit page",
        _edits,
        lambda found: all(edit["ratio"] <= EDIT_RATIO for edit in found["edits"]),
    ),
    Bound("browser", "Nobody waits for torch: the first visitor's wait", _waits, _waits_little),
    Bound(
        "load",
        "A hundred people on two cores, with a copy for each: 95 of 100 edits within 1 s, no error",
        _walk,
        lambda found: found["scenarios"]["walk"]["kept"],
    ),
    Bound(
        "load",
        "Fifty on one copy, where others train, upload and paste: the same, nobody is starved",
        _heavy,
        lambda found: all(one["kept"] for one in _beside(found).values()),
    ),
    Bound(
        "soak",
        "Memory stays flat while people come and go",
        lambda found: (
            f"{found['slope_mb_per_hour']} MB an hour over {found['minutes']:.0f} minutes, "
            f"{found['came']} people, {found['errors']} errors"
        ),
        lambda found: found["kept"],
    ),
    Bound(
        "losses",
        f"`run`, with every step kept, takes at most {SLOWEST} times torch's forward and backward",
        lambda found: ", ".join(
            f"{kind['ratio']} ({kind['kind']})" for kind in found["large"]["kinds"]
        ),
        lambda found: all(kind["ratio"] <= SLOWEST for kind in found["large"]["kinds"]),
    ),
    Bound(
        "losses",
        f"and holds at most {LARGEST} times the logits' memory",
        lambda found: ", ".join(
            f"{kind['memory_in_logits']} ({kind['kind']})" for kind in found["large"]["kinds"]
        ),
        lambda found: all(kind["memory_in_logits"] <= LARGEST for kind in found["large"]["kinds"]),
    ),
    Bound(
        "mistakes",
        "A mistake is searched for in at most 50 ms",
        lambda found: f"at most {max(row['ms'] for row in found['rows'])} ms",
        lambda found: found["kept"],
    ),
    Bound(
        "lab",
        "The lab's default experiment takes at most 20 s, and a third of one model after another",
        lambda found: f"{found['stacked_s']} s, {found['times_as_fast']} times as fast",
        lambda found: found["kept"],
    ),
    Bound(
        "gpu",
        "No step differs from torch's, in any floating-point type",
        lambda found: (
            f"{found['rows']:,} × {found['classes']:,} logits on "
            f"{found['device']}, {sum(len(row['differ']) for row in found['dtypes'])} differ"
        ),
        lambda found: found["kept"],
    ),
)
