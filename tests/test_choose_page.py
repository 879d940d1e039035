"""The page of weights: counts come in by every way, and each number on it is the core's."""

import re

import pytest

from ce_core import run
from ce_core.weighting import SCHEMES, ClassCounts, effects, twins, weigh
from tests.test_pages import assert_fine, key, opened, view, words
from tests.test_upload import saved
from ui.choose.alike import DIGITS
from ui.choose.examples import EXAMPLES
from ui.choose.settings import MOST_IN_LINK, Choosing
from ui.choose.weights_as_text import weight_text
from ui.figures import figure
from ui.link import decode, encode
from ui.messages import JOINER, plain
from ui.view import start

FIVE = "1016,12852,12888,3380,296"


def typed(app, text):
    """The page with counts typed into it."""
    return app.text_area(key=key(app, "counts")).input(text).run()


def test_start():
    """The page opens with the thread's counts, and shows every scheme's weights for them."""
    app = opened("choose")
    assert_fine(app)
    said = words(app)
    for row in weigh(ClassCounts([9000, 41000])):
        assert row.scheme.title in said
        for weight in () if row.weights is None else row.weights:
            assert f"<td>{weight_text(weight)}</td>" in said


def test_losses():
    """The mean and the sum under each scheme are those of the case on the page."""
    app = opened("choose", preset="one_over_count", counts=FIVE)
    assert_fine(app)
    said = words(app)
    case = view(app).case
    assert "The batch is the case on this page" in said
    for one in effects(run(case), weigh(ClassCounts([int(n) for n in FIVE.split(",")]))):
        assert f"<b>{figure(one.mean, DIGITS)}</b>" in said
        assert f"<td>{weight_text(one.total)}</td>" in said


def test_another_number_of_classes():
    """Where the case has other classes the batch is made, and the page says so."""
    app = opened("choose", counts=FIVE)
    assert_fine(app)
    assert "this is a made batch" in words(app)
    assert "cannot be put into it" in words(app)


def test_typed():
    """Typed counts are on the page and in the view, with their names; the text stays."""
    app = opened("choose")
    text = "cat: 1,000\ndog: 3000\nbird: 50"
    typed(app, text)
    assert_fine(app)
    assert view(app).choosing.counts == (1000, 3000, 50)
    assert view(app).choosing.counted == ("cat", "dog", "bird")
    assert "3 classes, 4,050 samples" in words(app)
    assert app.text_area(key=key(app, "counts")).value == text


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("3, -4", "The count of class 1 is -4"),
        ("3, 4.5", "The count of class 1 is 4.5"),
        ("nan, 3", "The count of class 0 is nan"),
        ("hello", "'hello' is no count"),
        ("", "No count was found"),
        ("900,100", "can be one number or several"),
    ],
)
def test_bad_counts(text, message):
    """What cannot be counts is named, stays as it was typed, and changes nothing."""
    app = opened("choose")
    before = view(app)
    typed(app, text)
    assert [box.value for box in app.exception] == []
    (said,) = [box.value for box in app.error]
    assert message in said.replace("\\", "")
    assert view(app) == before
    assert app.text_area(key=key(app, "counts")).value == text
    typed(app, "3, 4")
    assert_fine(app)
    assert view(app).choosing.counts == (3, 4)


def test_class_without_samples():
    """Such a class is named; one more sample for each class gives every scheme its weights."""
    app = opened("choose", counts="5,0,3", counted="cat,dog,<b>")
    assert_fine(app)
    assert "No sample of dog" in words(app)
    assert "dog has no samples, and the formula divides by their number" in words(app)
    app.button(key=key(app, "one-more")).click().run()
    assert_fine(app)
    assert view(app).choosing.counts == (6, 1, 4)
    assert view(app).choosing.counted == ("cat", "dog", "<b>")


@pytest.mark.parametrize(
    "counts", ["7", "0", "0,0", "5,5", "1,9007199254740992", ",".join("1" * 60)]
)
def test_odd_counts(counts):
    """One class, none with samples, equal ones, huge ones and many: the page stands."""
    for scheme in SCHEMES:
        app = opened("choose", counts=counts, scheme=scheme.key)
        assert [box.value for box in app.exception] == []


@pytest.mark.parametrize(
    "preset",
    ["empty_batch", "empty_probs", "pixels_log", "all_ignored", "soft_weights", "single_vector"],
)
def test_odd_cases(preset):
    """Empty cases, nan, infinite logits, probabilities and one sample do not shake it."""
    app = opened("choose", preset=preset)
    classes = view(app).case.classes or 2
    app = opened("choose", preset=preset, counts=",".join(str(k + 1) for k in range(classes)))
    assert_fine(app)
    if preset == "soft_weights":
        assert "a factor stays in the mean" in words(app)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.key)
def test_examples(example):
    """Each example is one click; its scheme is chosen, and the counts stand in the box."""
    app = opened("choose")
    app.button(key=key(app, f"example-{example.key}")).click().run()
    assert_fine(app)
    assert view(app).choosing.counts == example.counts
    assert view(app).choosing.scheme == example.scheme
    box = app.text_area(key=key(app, "counts")).value
    assert [int(n) for n in re.findall(r"\d+", box)] == list(example.counts)


def test_file():
    """A file of labels is counted: words, missing ones, and another column on demand."""
    app = opened("choose")
    rows = b"kind,target\na,cat\nb,dog\na,\nc,cat\n"
    app.file_uploader(key=key(app, "label-file")).upload("y.csv", rows, "text/csv").run()
    assert_fine(app)
    assert view(app).choosing.counts == (2, 1)
    assert view(app).choosing.counted == ("cat", "dog")
    (said,) = [box.value for box in app.success]
    assert (
        said
        == "Counted 3 labels of 2 classes. 1 row has no label (empty, nan, None or NA): left out."
    )
    app.selectbox(key=key(app, "label-column")).select_index(0).run()
    assert_fine(app)
    assert view(app).choosing.counts == (2, 1, 1)
    app.selectbox(key=key(app, "scheme")).select("inverse").run()
    (said,) = [box.value for box in app.success]  # stays when something else is clicked
    assert said.startswith("Counted 4 labels of 3 classes")


def test_bad_file():
    """A file that is refused is answered in words, and the counts stay."""
    app = opened("choose")
    before = view(app)
    for name, data in (
        ("y.npy", b"\x80\x04K\x01."),
        ("y.npy", saved([0.1 * k for k in range(500)])),
    ):
        box = app.file_uploader(key=key(app, "label-file"))
        box.upload(name, data, "application/octet-stream").run()
        assert [box.value for box in app.exception] == []
        assert len(app.error) == 1
        assert view(app) == before


def test_use_weights():
    """One click puts the chosen weights into the case, where its classes are as many."""
    app = opened("choose", preset="two_counts", counts="9000,41000", scheme="largest")
    app.button(key=key(app, "use-weights")).click().run()
    assert_fine(app)
    assert view(app).case.weight.tolist() == [41000 / 9000, 1]
    assert figure(float(run(view(app).case).answer)) in words(app)
    assert app.button(key=key(app, "use-weights")).disabled


def test_costs():
    """Typed costs are the weights of their scheme; what cannot be costs is named and stays."""
    app = opened("choose", scheme="cost")
    assert "has no weights for these counts" in words(app)
    app.text_area(key=key(app, "costs")).input("0, 2\n1, 0").run()
    assert_fine(app)
    assert view(app).choosing.costs == ((0, 2), (1, 0))
    assert "torch.tensor([2, 1], dtype=torch.float32)" in words(app)
    app.text_area(key=key(app, "costs")).input("0, 2\n1").run()
    assert len(app.error) == 1
    assert view(app).choosing.costs == ((0, 2), (1, 0))
    typed(app, "1, 2, 3")
    assert_fine(app)
    assert view(app).choosing.costs == ()


def test_pos_weight():
    """The section shows 900/100 = 9 and both means, which differ by 1.8."""
    app = opened("choose", counts="900,100", part="pos_weight")
    said, found = words(app), twins(9)
    for trace in (found.binary, found.two):
        assert f"<b>{figure(float(trace.answer))}</b>" in said
    assert "**1.8** times" in said
    assert "{900}{100}" in said.replace("\\", "").replace("frac", "")


def test_names_are_text():
    """Names that look like markup or code are letters on the page."""
    name = "<img src=x onerror=alert(1)>"
    app = opened("choose", counts="3,4", counted=f"{name},**b**")
    assert_fine(app)
    drawn = "".join(box.value for box in app.markdown)
    assert name not in drawn.replace("\\<", "")


LINKS = [
    Choosing(),
    Choosing(counts=(5, 0, 7), counted=("a,b", "c\\", "d"), beta=0.9, scheme="effective"),
    Choosing(counts=(1, 2), costs=((0, 2.5), (1, 0)), scheme="cost"),
    Choosing(counts=(5, 7), images=((5, 0), (0, 7)), scheme="median_frequency"),
]


@pytest.mark.parametrize("choosing", LINKS)
def test_link(choosing):
    """All of it comes back from the link; defaults stay out of it."""
    made = start().replace(choosing=choosing)
    back, dropped = decode(encode(made))
    assert (back.choosing, dropped) == (choosing, ())
    if choosing == Choosing():
        assert encode(made) == {}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("counts", "3,x"),
        ("counts", "3,-1"),
        ("counts", "3,1.5"),
        ("counts", "nan"),
        ("counts", ""),
        ("counts", ",".join(["1"] * 100_000)),
        ("counted", "a"),
        ("counted", "a,a"),
        ("counted", "a,"),
        ("beta", "1.5"),
        ("beta", "nan"),
        ("costs", "0,1"),
        ("costs", "0,x;1,0"),
        ("costs", "0,-1;1,0"),
        ("images", "1,2,3"),
        ("images", "1,2;" * 2000),
        ("scheme", "magic"),
    ],
)
def test_broken_link(name, text):
    """What cannot be read is dropped and named, and the rest stands."""
    back, dropped = decode({name: text})
    assert [item.name for item in dropped] == [name]
    assert back == start()


def test_costs_that_cannot_be_used():
    """Costs of a link that are refused are explained by their field."""
    app = opened("choose", costs="1,1;1,0", scheme="cost")
    assert [box.value for box in app.exception] == []
    assert ["right answer must cost 0" in box.value for box in app.error] == [True]


def test_many_classes_stay_out_of_the_link():
    """More counts than a link holds are left out of it; the page says nothing wrong."""
    made = start().replace(choosing=Choosing(counts=(1,) * (MOST_IN_LINK + 1)))
    assert encode(made) == {}
    app = opened("choose")
    typed(app, "\n".join(["3"] * 2000))
    assert_fine(app)
    assert "2,000 classes" in words(app)


def test_the_answer_comes_first():
    """Weights and code to copy stand before the table and the explanations."""
    app = opened("choose", counts="500,100", counted="cat,dog")
    said = words(app)
    # 600 / (2 * 500) and 600 / (2 * 100)
    assert "cat\u00a0**0.6**, dog\u00a0**3**" in said
    heads = [box.value for box in app.header]
    assert heads[:3] == ["Your counts", "Your weights", "Do I need weights at all?"]


@pytest.mark.parametrize("counts", ["7,7", "7,7,7"])
def test_equal_counts(counts):
    """Equal counts are called equal, in the line and in the answer; costs may still need weights."""
    app = opened("choose", counts=counts)
    said = words(app)
    assert said.count("All classes have equally many.") == 2
    assert "1 times" not in said
    assert "Weights may still say that one mistake costs more" in said
    assert "Weights move probabilities" not in said


def test_several_classes_without_samples():
    """The sentence holds for one such class and for more."""
    said = words(opened("choose", counts="0,0,5"))
    assert "No sample of A, B: schemes that divide by the count have no weights then" in said
    assert "a class that has none needs data first" in said


def test_why_the_batch_is_made(monkeypatch):
    """The reason is the true one: other classes, no samples, or too many numbers."""
    app = opened("choose", preset="empty_batch", counts=",".join("5" * 3))
    classes = view(app).case.classes
    said = words(opened("choose", preset="empty_batch", counts=",".join("5" * classes)))
    assert "The case on this page has no samples, so this is a made batch" in said
    monkeypatch.setattr("ui.choose.alike.MOST", 3)
    said = words(opened("choose"))  # two rows of two logits
    assert "The case on this page has more than 3 numbers, so this is a made batch" in said


def test_addresses_in_names_are_no_links():
    """What Markdown would make a link or an icon of is broken by a sign that cannot be seen."""
    for name in ("http://evil.com", "www.evil.com", "a@b.com", ":material/home:", "&lt;"):
        shown = plain(name)
        assert shown.replace("\\", "").replace(JOINER, "") == name
        assert shown.replace("\\", "") != name or name == "&lt;"
    assert plain("&lt;") == "\\&lt;"
    assert plain("a: b, 12:30") == "a\\: b, 12\\:30"


def test_beta_is_said_as_it_is():
    """A beta of a link beyond the slider's last place is said itself, not that place."""
    app = opened("choose", beta="1", scheme="effective")
    assert_fine(app)
    assert view(app).choosing.beta == 1
    (found,) = [box for box in app.main if "β = " in str(getattr(box, "proto", ""))]
    assert "β = 1" in str(found.proto)
    assert "β = 0.999999" not in str(found.proto)
