"""What the Reductions page sends to the browser: numbers of traces, and words where none fit."""

import json

import numpy as np
import pytest
import torch
import torch.nn.functional as F  # noqa: N812 - the name that everybody knows it by

from ce_core import Case, run
from ce_core.presets import PRESETS, preset
from ui.figures import figure, full
from ui.reductions.numbers import Numbers, shown
from ui.reductions.payload import payload
from ui.reductions.trap import ACTS, WEIGHTS
from ui.view import letters

THREAD = preset("weighted_mean").case
# The thread's numbers by hand: losses 0.36 · 0.31326 and 0.4 · 3.04859, over 0.36 + 0.4 and over 2.
BY_HAND = {"sum": "1.3322", "below": "0.76", "mean": "1.7529", "count": "2", "plain": "0.6661"}


def made(case, names=(), chosen="mean"):
    """The payload of a case."""
    case = case.replace(reduction="mean")
    ones = None if case.weight is None else run(case.replace(weight=None))
    return payload(run(case), ones, names or letters(case.classes), chosen)


def books(sent):
    """All the books of numbers in a payload."""
    scenes = [sent["own"], *([sent["ones"]] if sent["ones"] else [])]
    return [one["numbers"] for one in (*scenes, sent["trap"], *sent["divided"]["cuts"])]


def names_in(part):
    """The names of numbers that a part of the payload draws."""
    if isinstance(part, dict):
        found = [value for key, value in part.items() if key in NAMED and isinstance(value, str)]
        return found + [name for value in part.values() for name in names_in(value)]
    if isinstance(part, list):
        return [name for value in part for name in names_in(value)]
    return []


NAMED = ("n", "w", "h", "L", "far", "value", "given", "sum", "below", "mean")


@pytest.mark.parametrize("chosen", PRESETS, ids=lambda one: one.key)
def test_every_preset_is_json(chosen):
    """Every preset's payload is plain JSON, without the nan that JSON has no word for."""
    sent = made(chosen.case, chosen.classes)
    assert json.loads(json.dumps(sent, allow_nan=False)) == sent


@pytest.mark.parametrize("chosen", PRESETS, ids=lambda one: one.key)
def test_every_number_is_in_the_book(chosen):
    """What is drawn and what a number was made from stands in its book."""
    sent = made(chosen.case, chosen.classes)
    for part in (sent["own"], sent["ones"], sent["trap"], *sent["divided"]["cuts"]):
        if part is None:
            continue
        drawn = {key: value for key, value in part.items() if key != "numbers"}
        assert set(names_in(drawn)) <= set(part["numbers"])
        for entry in part["numbers"].values():
            assert set(entry["of"]) <= set(part["numbers"])
            assert all(entry[field] for field in ("text", "full", "called", "made"))


def test_thread():
    """The thread's numbers stand on the cards: 1.7529 divided by 0.76, and 0.6661 by 2."""
    numbers = made(THREAD)["own"]["numbers"]
    assert {key: numbers[key]["text"] for key in BY_HAND} == BY_HAND


def test_numbers_keep_their_digits():
    """The card of a number holds the float64 of the trace, digit by digit."""
    numbers = made(THREAD)["own"]["numbers"]
    trace = run(THREAD)
    assert numbers["mean"]["full"] == full(float(trace.answer))
    assert numbers["h0"]["full"] == full(float(trace["nll"].rows[0]))


def test_ones_meet():
    """With all weights 1 both ways to divide give the same number, and the card says why."""
    scene = made(THREAD)["ones"]
    assert scene["same"]
    assert scene["numbers"]["mean"]["full"] == scene["numbers"]["plain"]["full"]
    assert scene["numbers"]["below"]["text"] == scene["numbers"]["count"]["text"] == "2"
    assert scene["cards"][3]["verdict"] == "the same: weights of 1 add up to N"


def test_unequal_weights_part():
    """With the thread's weights they do not, which a word says and a mark."""
    card = made(THREAD)["own"]["cards"][3]
    assert card["mark"] == "no"
    assert card["verdict"].startswith("wrong")


def test_no_weights_no_switch():
    """A case without weights has nothing to switch off."""
    assert made(THREAD.replace(weight=None))["ones"] is None


def test_sums_so_far_end_at_the_whole():
    """The last sum so far is the denominator itself."""
    scene = made(THREAD)["own"]
    assert [scene["numbers"][bar["far"]]["text"] for bar in scene["bars"]] == ["0.36", "0.76"]
    assert scene["bars"][-1]["far"] == "below"


# to five digits, as torch 2.13 prints them in float64 for the weights 1, 5 and 50
PRINTED = {
    "alone": ("0.41703", "0.41703", "0.41703"),  # the weight cancels: w · l / w
    "smoothed": ("0.51370", "0.41412", "0.39172"),
}


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.key)
def test_trap_against_torch(act):
    """Each loss of the one-sample trap is torch's, and those that are printed elsewhere agree."""
    numbers = made(THREAD)["trap"]["numbers"]
    for k, weight in enumerate(WEIGHTS):
        case = act.case(weight)
        said = F.cross_entropy(
            torch.tensor(case.logits),
            torch.tensor(case.target),
            torch.tensor(case.weight),
            label_smoothing=act.label_smoothing,
        ).item()
        ours = float(numbers[f"trap-{act.key}-{weight:g}-mean"]["full"])
        assert ours == pytest.approx(said, rel=1e-12)
        if act.key in PRINTED:
            assert f"{ours:.5f}" == PRINTED[act.key][k]


def test_trap_with_company_moves():
    """Beside a sample of another class, a heavier class pulls the mean to its own sample."""
    numbers = made(THREAD)["trap"]["numbers"]
    means = [float(numbers[f"trap-company-{weight:g}-mean"]["full"]) for weight in WEIGHTS]
    assert means == sorted(means, reverse=True)  # 0.417 is below the other's 2.420
    assert means[0] == pytest.approx((0.4170300 + 2.4200495) / 2, rel=1e-6)


def test_own_batch_is_cut():
    """The thread's two samples can be cut one way: (0.3133 + 3.0486) / 2 against 1.7529."""
    divided = made(THREAD)["divided"]
    (cut,) = divided["cuts"]
    assert divided["own"]
    assert cut["size"] == 1
    assert not cut["same"]
    assert cut["numbers"]["cut1-averaged"]["text"] == figure((0.3132617 + 3.0485874) / 2)
    assert cut["numbers"]["cut1-fixed"]["text"] == cut["numbers"]["cut1-whole"]["text"] == "1.7529"


@pytest.mark.parametrize(
    "case",
    [
        Case([1, 2], 0),
        Case([[1, 2]], [0]),
        Case([[1, 2], [3, 4]], [[0.5, 0.5], [1.0, 0.0]]),
        Case(np.zeros((0, 3)), np.zeros(0, dtype=int)),
    ],
    ids=["no batch axis", "one sample", "probabilities", "empty"],
)
def test_batch_that_cannot_be_cut(case):
    """Then three samples stand in, a sentence says so, and parts of one average to 1.0173."""
    divided = made(case)["divided"]
    assert not divided["own"]
    assert divided["why"]
    assert divided["cuts"][0]["numbers"]["cut1-averaged"]["text"] == "1.0173"
    assert divided["cuts"][0]["numbers"]["cut1-whole"]["text"] == "1.2356"


def test_long_batch_is_cut_in_few_ways():
    """Of a batch of 1000 samples no cut has more than 16 parts."""
    rng = np.random.default_rng(0)
    divided = made(Case(rng.normal(size=(1000, 3)), rng.integers(0, 3, 1000), [1, 2, 5]))["divided"]
    assert max(len(cut["parts"]) for cut in divided["cuts"]) == 16


FAULTS = {
    "negative weight": (THREAD.replace(weight=[-0.4, 0.36]), "Row 1 weighs −0.4"),
    "infinite loss": (Case([[0, np.inf], [1, 2]], [1, 1]), "costs nan"),
    "certain of another": (Case([[0, -np.inf], [1, 2]], [1, 1]), "Row 0 costs inf"),
    "nan weight": (THREAD.replace(weight=[np.nan, 1]), "Row 1 weighs nan"),
    "no weight at all": (THREAD.replace(weight=[0, 0]), "the mean is 0/0"),
    "all ignored": (THREAD.replace(target=[-100, -100]), "the mean is 0/0"),
    "empty": (Case(np.zeros((0, 3)), np.zeros(0, dtype=int)), "There is no sample"),
    "no class": (Case([], []), "There is no class"),
    "smoothed weight 0": (
        THREAD.replace(weight=[0, 1], label_smoothing=0.1),
        "Row 1 weighs 0 and still costs",
    ),
}


@pytest.mark.parametrize(("case", "words"), FAULTS.values(), ids=FAULTS)
def test_no_picture_has_a_sentence(case, words):
    """What cannot be drawn as areas is said in words that name the row."""
    assert words in made(case)["own"]["fault"]


def test_ignored_and_weightless_rows_are_named():
    """Bars without width are said."""
    case = Case([[1, 2]] * 4, [0, 1, -100, 1], [2, 0])
    note = made(case)["own"]["note"]
    assert note == (
        "1 row is ignored: no width, no area. 2 rows weigh 0: no width, so no say in the mean."
    )


def test_many_rows_fold():
    """Of 1000 rows 23 have their own bar, and the first card lists the first rows."""
    rng = np.random.default_rng(1)
    case = Case(rng.normal(size=(1000, 3)), rng.integers(0, 3, 1000), [1, 2, 5])
    scene = made(case)["own"]
    assert len(scene["bars"]) == 24
    assert "the other 977 together" in scene["note"]
    losses = run(case)["losses"].rows
    listed = [scene["numbers"][name]["text"] for name in scene["cards"][0]["list"]]
    assert listed == [shown(float(loss)) for loss in losses[:8]]
    assert scene["cards"][0]["more"] == "… and 992 more"


def test_pixels_have_bars():
    """Each pixel of an image is a sample with an index of its own."""
    scene = made(preset("pixels_twice").case)["own"]
    assert [bar["short"] for bar in scene["bars"]] == [
        "(0, 0, 0)",
        "(0, 0, 1)",
        "(0, 1, 0)",
        "(0, 1, 1)",
    ]


def test_probabilities_divide_by_n():
    """With probabilities as target the two are the same rectangle, and the card says why."""
    scene = made(preset("one_hot_mean").case)["own"]
    assert scene["same"]
    assert scene["letters"]["total"] == "N"
    assert "torch divides by N" in scene["cards"][3]["verdict"]


def test_far_apart_is_said():
    """Weights of 1/9000 against 5 samples: the wrong rectangle is left out, with a sentence."""
    assert "too thin to see" in made(preset("two_counts").case)["own"]["apart"]


def test_small_numbers_keep_digits():
    """0.000164 is not cut to 0.0002, which would not give the quotient beside it."""
    assert shown(1 / 9000) == "0.0001111"
    assert shown(0.36) == "0.36"
    assert shown(0.0) == "0"


def test_aligned():
    """Numbers below each other get as many decimals."""
    book = Numbers()
    names = [book.add(key, value, "a", made="b") for key, value in (("a", 0.36), ("b", 0.4))]
    book.align(names)
    assert [book.book[name]["cell"] for name in names] == ["0.36", "0.40"]
