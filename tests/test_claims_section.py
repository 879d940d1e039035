"""The list of claims as it is drawn: whole, escaped, and filtered by style rules alone."""

import re
from html import unescape

import pytest

from ce_core.claims import CLAIMS, THREADS, VERDICTS, claim
from tests.test_pages import assert_fine, opened, words
from ui.claims.block import ICONS, WORDS, ordered, rules, switches, unfolding
from ui.figures import figure

KEYS = [one.key for one in CLAIMS]


@pytest.mark.parametrize("one", CLAIMS, ids=KEYS)
def test_claim_is_drawn_whole(one):
    """A claim shows its verdict, what was said, why, each number and each line of torch."""
    drawn = unfolding(one)
    text = unescape(re.sub(r"<[^>]+>", " ", drawn))
    assert drawn.startswith("<details ")
    assert drawn.count("<details") == drawn.count("</details>") == 1
    for part in (WORDS[one.verdict], ICONS[one.verdict], one.said, one.why):
        assert part in text
    if one.experiment:
        found = one.experiment()
        assert found.what in text
        for row in found.rows:
            assert row.label in text
            if not row.digits:
                assert figure(row.value) in text
        for said in found.torch:
            assert said.line in text
            assert said.answer in text


def test_printed_number_keeps_its_digits():
    """Two numbers that part in the fifth digit are drawn with five."""
    drawn = unfolding(claim("first-product"))
    assert ">−4.3141e−7<" in drawn
    assert ">−4.3139e−7<" in drawn


def test_verdict_is_a_word_and_an_icon():
    """Each verdict has a word and an icon of its own, and no colour."""
    assert set(WORDS) == set(ICONS) == set(VERDICTS)
    assert len(set(ICONS.values())) == len(VERDICTS)
    assert not re.search(r"\b(red|green)\b", rules())


def test_what_does_not_hold_comes_first():
    """The list is in the order of the verdicts."""
    places = [VERDICTS.index(one.verdict) for one in ordered()]
    assert places == sorted(places)
    assert len(places) == len(CLAIMS)


@pytest.mark.parametrize("thread", ["", *(thread.key for thread in THREADS)])
def test_switches_count_and_choose(thread):
    """The switches have one choice each at first, and their counts add up to the whole."""
    drawn = switches(thread)
    assert re.findall(r"value='([\w-]+)' checked", drawn) == ["all", thread or "all"]
    counts = [int(found) for found in re.findall(r"\((\d+)\)</label>", drawn)]
    verdicts, threads = counts[: len(VERDICTS) + 1], counts[len(VERDICTS) + 1 :]
    assert verdicts[0] == threads[0] == sum(verdicts[1:]) == sum(threads[1:]) == len(CLAIMS)


def test_an_empty_choice_is_said():
    """For each thread and verdict without a claim there is a rule that says so, and no other."""
    told = set(re.findall(r"value='(\d+)'\]:checked\):has\(\[value='([\w-]+)'\]", rules()))
    found = {(one.thread, one.verdict.replace(" ", "-")) for one in CLAIMS}
    every = {(thread.key, verdict.replace(" ", "-")) for thread in THREADS for verdict in VERDICTS}
    assert told == every - found


def test_page_has_the_claims():
    """The page about where the weight goes ends with the claims, those of its thread first."""
    app = opened("placement", preset="weight_outside")
    assert_fine(app)
    said = words(app)
    assert "value='001' checked" in said
    for one in CLAIMS:
        assert unescape(said).count(one.said) >= 1
