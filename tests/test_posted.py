"""Numbers that people posted: the mistake behind each is named, and right ones are called right."""

import pytest

from ce_core import BinaryCase, Case, NLLCase, find_mistakes
from tests.posted import ROWS, load

FIRST = 3  # findings that a person reads
each_row = pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])


def named(slug: str) -> str:
    """The key of a mistake from its slug."""
    return slug.replace("-", "_")


@each_row
def test_posted_number_is_explained(row):
    """A posted mistake is among the first three findings; a right number is never accused."""
    found = find_mistakes(*load(row))
    if row["kind"] == "control":
        assert found.right
        assert all(finding.mistake.harmless for finding in found)
    else:
        keys = [key for finding in found[:FIRST] for key in finding.keys]
        assert named(row["cause_slug"]) in keys


@each_row
def test_torch_s_number_is_right(row):
    """What torch gave for a posted case is right, whatever the person made of it."""
    case, _ = load(row)
    if row["id"] == "so-75394509":  # p = 0.99999785 in float32: -log p has two digits left
        assert float(find_mistakes(case, "0").value) == pytest.approx(2.15e-6, rel=1e-3)
        return
    if row["id"] == "pt-31295":  # the answer is the list, torch's number their weighted mean
        assert find_mistakes(case.replace(reduction="mean"), row["torch_number"]).right
        return
    assert find_mistakes(case, row["torch_number"]).right


def test_every_kind_of_input_is_among_the_rows():
    """Logits, log-probabilities, probabilities and binary losses all occur."""
    kinds = {(type(case).__name__, getattr(case, "holds", "")) for case, _ in map(load, ROWS)}
    assert kinds >= {
        (Case.__name__, ""),
        (NLLCase.__name__, "log_probs"),
        (NLLCase.__name__, "probs"),
        (BinaryCase.__name__, "logits"),
        (BinaryCase.__name__, "probs"),
    }
