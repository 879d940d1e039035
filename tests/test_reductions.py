"""What the Reductions page sends to the browser: numbers of traces, and words where none fit."""

import json
import re
from dataclasses import replace

import numpy as np
import pytest
import torch
import torch.nn.functional as F  # noqa: N812 - the name that everybody knows it by

from ce_core import Case, run
from ce_core.presets import PRESETS, preset
from ui.figures import figure, full
from ui.reductions.component import HERE
from ui.reductions.numbers import Numbers, shown
from ui.reductions.packing import packed
from ui.reductions.payload import payload
from ui.reductions.trap import ACTS, WEIGHTS
from ui.view import letters
from ui.words import script_words, speaking, translate
from ui.words.catalogue import catalogue
from ui.words.scripts import texts_in

THREAD = preset("weighted_mean").case
SMOOTHED = {"label_smoothing": 0.1}
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
    "all ignored": (THREAD.replace(target=[-100, -100]), "Every row is ignored"),
    "empty": (Case(np.zeros((0, 3)), np.zeros(0, dtype=int)), "There is no row"),
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


def test_weightless_rows_with_a_say():
    """With smoothing a row of weight 0 costs something, so nothing says that it has no say."""
    scene = made(preset("weights_0123").case.replace(label_smoothing=0.8))["own"]
    assert "Row 1 weighs 0 and still costs 1.3029" in scene["fault"]
    assert "no say" not in scene["note"]


WEIGHTLESS = {
    "all count": (THREAD.replace(weight=None), "mean and “divided by N” agree."),
    "one ignored": (
        preset("ignore_class").case,
        "The mean is divided by the 2 rows that count, not by all 3.",
    ),
    "one left": (
        THREAD.replace(weight=None, target=[1, -100]),
        "The mean is divided by the 1 row that counts, not by all 2.",
    ),
}


@pytest.mark.parametrize(("case", "words"), WEIGHTLESS.values(), ids=WEIGHTLESS)
def test_without_weights(case, words):
    """A batch without weights divides by the rows that count: by N only where all do."""
    assert made(case)["own"]["unweighted"].endswith(words)


@pytest.mark.parametrize("key", ["all_ignored", "empty_batch", "weighted_mean", "soft_targets"])
def test_nothing_to_say_of_weights(key):
    """Where there are weights, or nothing to weigh, that sentence is left out."""
    assert made(preset(key).case)["own"]["unweighted"] == ""


@pytest.mark.parametrize("chosen", PRESETS, ids=lambda one: one.key)
def test_agreement_is_true(chosen):
    """Where the page says that both ways agree or are the same, they print the same number."""
    sent = made(chosen.case, chosen.classes)
    for scene in filter(None, (sent["own"], sent["ones"])):
        numbers = scene["numbers"]
        said = (scene["unweighted"], scene["cards"][3]["verdict"], scene["sentence"][-1])
        if scene["same"] or any("agree" in one or "the same" in one for one in said):
            assert numbers["mean"]["text"] == numbers["plain"]["text"]
            assert numbers["below"]["text"] == numbers["count"]["text"] or not scene["same"]


def test_rounding_is_no_difference():
    """Weights that add up to N but for the last bit of a float are the same as N."""
    case = Case([[1, 2, 3]] * 3, [0, 1, 2], [0.1, 2.7, 0.2])
    assert float(run(case)["denominator"].output) == 3.0000000000000004
    assert made(case)["own"]["cards"][3]["verdict"].startswith("the same here")


LIMITS = {
    "infinite": (
        preset("masked_class").case.replace(label_smoothing=0.1),
        "both are infinite, because the sum is",
    ),
    "nan": (THREAD.replace(weight=[np.nan, 1]), "both are nan, because the sum is nan"),
    "zero": (
        Case([[50, 0], [50, 0]], [0, 0], [0.5, 1]).replace(logits=[[1e3, 0], [1e3, 0]]),
        "the same number here, because the sum is 0",
    ),
    "no row": (preset("empty_batch").case, "the same: no row, so both are 0/0"),
}


@pytest.mark.parametrize(("case", "words"), LIMITS.values(), ids=LIMITS)
def test_same_number_has_its_reason(case, words):
    """Where both ways print the same though they divide differently, the card says why."""
    assert made(case)["own"]["cards"][3]["verdict"] == words


def told(scene):
    """A scene's sentence as it is read."""
    numbers = scene["numbers"]
    return "".join(
        one if isinstance(one, str) else numbers[one["n"]]["text"] for one in scene["sentence"]
    )


SENTENCES = {
    "no class": (
        preset("empty_probs").case,
        "There is no class, so torch’s divisor is 0/0, and the mean is nan.",
    ),
    "no row": (
        preset("empty_batch").case,
        "There is no row: the sum is 0, and the mean is 0/0, nan.",
    ),
    "all ignored": (
        preset("all_ignored").case,
        (
            "Every row is ignored: the sum is 0, and so is the divisor. 0/0 is nan. Divided by N, 2, "
            "it would be 0."
        ),
    ),
    "infinite": (
        preset("masked_class").case.replace(label_smoothing=0.1),
        (
            "The weighted losses add up to inf. Divided by the sum of the targets’ weights, 3, that "
            "is the mean, inf. Divided by N, 2, it is also inf."
        ),
    ),
    "one row": (
        Case([[2, 1, 0.1]], [0]),
        (
            "The losses add up to 0.4170. Divided by the sum of the targets’ weights, 1, that is the "
            "mean, 0.4170. N is 1, too, so both ways agree."
        ),
    ),
    "probabilities": (
        preset("one_hot_mean").case,
        (
            "The weighted losses add up to 1.3322. Divided by the number of samples, 2, that is the "
            "mean, 0.6661."
        ),
    ),
}


@pytest.mark.parametrize(("case", "words"), SENTENCES.values(), ids=SENTENCES)
def test_sentence(case, words):
    """All four numbers in one breath, and what is special about them."""
    assert told(made(case)["own"]) == words


def test_no_class_has_one_count():
    """Without a class nothing is built, and only N is called the number of samples."""
    scene = made(preset("empty_probs").case)["own"]
    assert scene["bars"] == []
    assert scene["cards"][0]["list"] == ["first0"]
    counts = [one for one in scene["numbers"].values() if "number of samples" in one["called"]]
    assert [one["text"] for one in counts] == ["1"]
    assert "number of samples" not in scene["cards"][2]["words"]


CODED = [
    *(one for one in PRESETS if made(one.case)["divided"]["own"]),
    *(
        replace(preset(key), key=f"{key}-smoothed", case=preset(key).case.replace(**SMOOTHED))
        for key in ("weights_0123", "ignore_class", "padding", "tokens_last")
    ),
]


@pytest.mark.parametrize("chosen", CODED, ids=lambda one: one.key)
@pytest.mark.parametrize("size", [1, 2])
def test_code_runs(chosen, size):
    """The code that is shown gives torch's mean of the whole batch, and its gradient."""
    case = chosen.case
    logits, whole = (torch.tensor(case.logits, requires_grad=True) for _ in range(2))
    target = torch.tensor(case.target)
    weight = None if case.weight is None else torch.tensor(case.weight)
    parts = zip(logits.split(size), target.split(size), strict=True)
    known = {"F": F, "logits": logits, "target": target, "parts": parts}
    if weight is not None:
        known["weight"] = weight
    exec(made(case)["divided"]["code"], known)  # noqa: S102 - our own text
    said = F.cross_entropy(
        whole,
        target,
        weight,
        ignore_index=case.ignore_index,
        label_smoothing=case.label_smoothing,
    )
    said.backward()
    tight = {"rtol": 1e-12, "atol": 1e-15, "equal_nan": True}  # added in another order
    np.testing.assert_allclose(float(known["mean"]), said.item(), **tight)
    np.testing.assert_allclose(logits.grad, whole.grad, **tight)


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


def numbered(length):
    """A batch of so many rows, with weights."""
    rng = np.random.default_rng(2)
    return Case(rng.normal(size=(length, 3)), rng.integers(0, 3, length), [0.7, 2.3, 5.1])


@pytest.mark.parametrize("length", [60, 100, 101, 200, 5000])
def test_payload_is_small(length):
    """However long the batch, what goes to the browser stays below 150 kB."""
    assert len(json.dumps(packed(made(numbered(length))))) < 150_000


@pytest.mark.parametrize(
    "names", [("A", "B"), ("#1", "50% of 3.5"), ("<i>", "$&")], ids=lambda names: names[0]
)
def test_packed_says_the_same(names):
    """What is packed and put back is what was there, whatever a class is called."""
    sent = made(THREAD, names)
    short = packed(sent)

    def said(row, k):
        phrase, *figures = row[k]
        return re.sub("#", lambda _: figures.pop(0), short["phrases"][phrase])

    for name, number in sent["own"]["numbers"].items():
        row = short["own"]["numbers"][name]
        text, concept, of, full, cell = (
            row[k] if k < len(row) and row[k] else default
            for k, default in ((0, ""), (3, ""), (4, []), (5, row[0]), (6, row[0]))
        )
        assert (said(row, 1), said(row, 2)) == (number["called"], number["made"])
        assert {**number, "cell": number.get("cell", number["text"])} == {
            "text": text,
            "full": full,
            "called": number["called"],
            "made": number["made"],
            "concept": concept,
            "of": of,
            "cell": cell,
        }


def test_rows_are_called_rows():
    """A row is "row 0" in the areas and in the parts; of an image the other axes are left open."""
    (cut,) = made(THREAD)["divided"]["cuts"]
    assert [part["rows"] for part in cut["parts"]] == ["row 0", "row 1"]
    assert made(numbered(3))["divided"]["cuts"][1]["parts"][0]["rows"] == "rows 0–1"
    images = Case(np.zeros((2, 3, 2, 2)), np.zeros((2, 2, 2), dtype=int))
    assert made(images)["divided"]["cuts"][0]["parts"][1]["rows"] == "row (1, …)"


JUDGED = {
    "nan": (preset("all_ignored").case, None, "The mean of the whole batch is nan here."),
    "infinite": (
        preset("masked_class").case.replace(**SMOOTHED),
        None,
        "The mean of the whole batch is inf here.",
    ),
    "a part without weight": (
        preset("weights_0123").case.replace(**SMOOTHED),
        False,
        "One part has no weight at all: its mean is nan, and nan spoils the average.",
    ),
    "equal parts": (
        THREAD.replace(weight=None),
        True,
        "Here they agree, because all parts weigh the same.",
    ),
    "equal means": (
        preset("equal_logits").case,
        True,
        "Here they agree, because all parts have the same mean.",
    ),
    "other losses": (
        THREAD,
        False,
        (
            "They differ, because each part divides by its own weights and then counts the same as "
            "every other."
        ),
    ),
}


@pytest.mark.parametrize(("case", "same", "why"), JUDGED.values(), ids=JUDGED)
def test_parts_are_judged(case, same, why):
    """The average of the parts' means is right, wrong, or there is no mean to compare it with."""
    cut = made(case)["divided"]["cuts"][0]
    assert (cut["same"], cut["why"]) == (same, why)


def test_quiz_has_a_name_of_its_own():
    """No heading of the page is also the title of a story."""
    page = (HERE / "reductions.html").read_text()
    headings = re.findall(r"<h2[^>]*>([^<]*)</h2>", page)
    assert len(headings) == 4
    assert not set(headings) & {one.title for one in PRESETS}


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
    assert scene["letters"]["each"] == "the same for every row"


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


EDGES = [*(case for case, _ in FAULTS.values()), *(case for case, _ in LIMITS.values())]
EDGES += [*(case for case, _ in WEIGHTLESS.values()), *(case for case, _ in SENTENCES.values())]
SAID = ("words", "verdict", "ask", "why", "fault", "note", "apart", "unweighted", "title", "made")


def sentences_in(part):
    """The texts of a payload."""
    if isinstance(part, dict):
        own = [value for key, value in part.items() if key in SAID and isinstance(value, str)]
        return own + [text for value in part.values() for text in sentences_in(value)]
    return (
        [text for value in part for text in sentences_in(value)] if isinstance(part, list) else []
    )


@pytest.mark.parametrize("case", [*(one.case for one in PRESETS), *EDGES])
def test_all_of_it_is_german(case, monkeypatch):
    """Of no case does the page say an English sentence, and no number has a point."""
    monkeypatch.setattr(translate, "missing", set())
    with speaking("de", "comma"):
        sent = made(case)
    assert translate.missing == set()
    for text in sentences_in(sent):
        assert not re.search(r"\d\.\d", text), text
    for book in books(sent):
        assert not any("." in one["text"] + one["full"] for one in book.values())
    english = made(case)
    assert [*own_numbers(sent)] == [*own_numbers(english)]


def own_numbers(sent):
    """The names of the numbers in a scene's sentence; another language has another order."""
    return sorted(one["n"] for one in sent["own"]["sentence"] if not isinstance(one, str))


def test_scripts_are_german():
    """Each text of the scripts has its German, and the browser gets it."""
    texts = texts_in(HERE)
    assert len(texts) > 50
    assert set(texts) <= set(catalogue("de"))
    with speaking("de"):
        sent = script_words(HERE)
    assert sent["Divide"] == "Teilen"
    assert script_words(HERE) == {}


def test_texts_are_all_called():
    """No text stands in the scripts but as tr("..."), so that none is left in English."""
    for path in HERE.glob("*.js"):
        code = re.sub(r'tr\("(?:[^"\\]|\\.)*"|^\s*//.*$', "", path.read_text(), flags=re.MULTILINE)
        found = re.findall(r'["`]([A-Z][a-z]+ [^"`]*|[a-z]+ [a-z]+ [a-z]+[^"`]*)["`]', code)
        assert found == [], path.name
