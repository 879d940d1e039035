"""A link gives back the view it was made of; of a broken one, all that was left out is named."""

import time
from dataclasses import fields
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as stnp

from ce_core import BinaryCase, Case, NLLCase
from ce_core.binary import BINARY_HOLDS
from ce_core.mistakes import MISTAKES
from ce_core.nll import NLL_HOLDS
from ce_core.practice import MODES, SEEDS, TOPICS
from ce_core.presets import PRESETS, preset
from tests.strategies import REDUCTIONS, arguments, cases, extreme
from ui.hiding import HIDEABLE
from ui.link import (
    DTYPES,
    IGNORED,
    KNOWN,
    MAX_NUMBERS,
    OPTIONS,
    Dropped,
    address,
    decode,
    encode,
    fits,
)
from ui.notation import shorten
from ui.teach.settings import HEIGHTS, THEMES, Lesson
from ui.teach.settings import PAGES as LESSONS
from ui.view import (
    LONGEST_NAME,
    View,
    asked_class,
    names_fault,
    of_preset,
    positions,
    start,
    step_keys,
)
from ui.words.speaking import CODES, DECIMALS

EXAMPLE = {"logits": "3,4;6,9", "target": "1,0", "weight": "0.4,0.36", "step": "mean_loss"}
KEYS = [chosen.key for chosen in PRESETS]
OWN = {"logits": "1,2;3,4;5,7", "target": "0,1,1"}  # three rows, two classes

BINARY = {"loss": "bce", "input": "2.5,-1", "target": "1,0"}
NLL = {"loss": "nll_loss", "input": "-0.5,-1;-2,-0.1", "target": "0,1"}

# What stands in the link -> the parameters named as left out -> the link to what is shown instead.
BROKEN = {
    "number": ({"logits": "1,2;3,x", "target": "0,1"}, {"logits", "target"}, {}),
    "ragged": ({"logits": "1,2;3", "target": "0,1"}, {"logits", "target"}, {}),
    "one left": ({"logits": "1,2;3,x", "target": "0,1", "weight": "5,6", "reduction": "sum"},
                 {"logits", "target", "weight"}, {"reduction": "sum"}),
    "no target": ({"logits": "1,2;3,4"}, {"logits"}, {}),
    "no logits": ({"preset": "rare_class", "target": "0,1"}, {"target"}, {"preset": "rare_class"}),
    "out of range": (OWN | {"target": "0,1,2"}, {"logits", "target"}, {}),
    "negative": (OWN | {"target": "0,1,-1"}, {"logits", "target"}, {}),
    "target float": (OWN | {"target": "0,1,0.5"}, {"logits", "target"}, {}),
    "target short": (OWN | {"target": "0,1"}, {"logits", "target"}, {}),
    "options stay": (OWN | {"target": "0,1,2", "reduction": "sum", "label_smoothing": "0.1"},
                     {"logits", "target"}, {"reduction": "sum", "label_smoothing": "0.1"}),
    "one number": ({"logits": "1", "target": "0"}, {"logits", "target"}, {}),
    "weight": (OWN | {"weight": "1,2,3"}, {"weight"}, OWN),
    "weight of an example": ({"preset": "rare_class", "weight": "1"}, {"weight"},
                             {"preset": "rare_class"}),
    "step": (OWN | {"step": "unknown"}, {"step"}, OWN),
    "step of others": (OWN | {"step": "target_dist"}, {"step"}, OWN),
    "row": (OWN | {"row": "3"}, {"row"}, OWN),
    "negative row": (OWN | {"row": "-1"}, {"row"}, OWN),
    "huge row": (OWN | {"row": "9" * 30}, {"row"}, OWN),
    "half row": (OWN | {"row": "0.5"}, {"row"}, OWN),
    "no rows": ({"preset": "empty_batch", "row": "1"}, {"row"}, {"preset": "empty_batch"}),
    "class": (OWN | {"class": "2"}, {"class"}, OWN),
    "term": (OWN | {"term": "4"}, {"term"}, OWN),  # the longest sum has the 3 rows
    "unknown": (OWN | {"colour": "red"}, {"colour"}, OWN),
    "too large": ({"logits": "1e999,1;2,3", "target": "0,1"}, {"logits", "target"}, {}),
    "too large weight": (OWN | {"weight": "1,1e999"}, {"weight"}, OWN),
    "long": ({"logits": "1," * 50_000, "target": "0"}, {"logits", "target"}, {}),
    "deep": ({"logits": "[" * 30_000, "target": "0"}, {"logits", "target"}, {}),
    "deep pairs": ({"logits": "[" * 900 + "1" + "]" * 900, "target": "0"},
                   {"logits", "target"}, {}),
    "vast": ({"logits": "empty(0,999999,999999,999999,999999)", "target": "empty(0)"},
             {"logits", "target"}, {}),
    "nul": (OWN | {"step": "mean_loss\0"}, {"step"}, OWN),
    "nul number": (OWN | {"weight": "1,2\0"}, {"weight"}, OWN),
    "markup": (OWN | {"classes": "<script>alert(1)</script>"}, {"classes"}, OWN),
    "code": ({"logits": "__import__('os').system('id')", "target": "0"},
             {"logits", "target"}, {}),
    "brackets with code": ({"logits": "[__import__]", "target": "0"}, {"logits", "target"}, {}),
    "smoothing": (OWN | {"label_smoothing": "2"}, {"label_smoothing"}, OWN),
    "smoothing word": (OWN | {"label_smoothing": "much"}, {"label_smoothing"}, OWN),
    "ignore": (OWN | {"ignore_index": "x"}, {"ignore_index"}, OWN),
    "ignore too large": (OWN | {"ignore_index": "9" * 19}, {"ignore_index"}, OWN),
    "ignore not the padding": ({"preset": "padding", "ignore_index": "5", "weight": "1,1,1"},
                               {"ignore_index"},
                               {"preset": "padding", "weight": "1,1,1"}),
    "reduction": (OWN | {"reduction": "median"}, {"reduction"}, OWN),
    "preset": ({"preset": "nope"}, {"preset"}, {}),
    "dtype": (OWN | {"dtype": "int8"}, {"dtype"}, OWN),
    "topic": (OWN | {"topic": "everything"}, {"topic"}, OWN),
    "seed": (OWN | {"seed": "-1"}, {"seed"}, OWN),
    "seed word": (OWN | {"seed": "one"}, {"seed"}, OWN),
    "seed too large": (OWN | {"seed": str(SEEDS)}, {"seed"}, OWN),
    "mode": (OWN | {"mode": "exam"}, {"mode"}, OWN),
    "blank": (OWN | {"blank": "mean_loss,sigmoid"}, {"blank"}, OWN),
    "blank of another topic": (OWN | {"topic": "gradient", "blank": "target_dist"}, {"blank"},
                               OWN | {"topic": "gradient"}),
    "blank of a topic that is not": (OWN | {"topic": "all", "blank": "target_dist"},
                                     {"topic", "blank"}, OWN),
    "hide": (OWN | {"hide": "roof"}, {"hide"}, OWN),
    "hide in part": (OWN | {"hide": "formula,roof"}, {"hide"}, OWN | {"hide": "formula"}),
    "present": (OWN | {"present": "true"}, {"present"}, OWN),
    "language": (OWN | {"lang": "tlh"}, {"lang"}, OWN),
    "decimal sign": (OWN | {"decimal": "dot"}, {"decimal"}, OWN),
    "lesson": (OWN | {"lesson": "teach"}, {"lesson"}, OWN),
    "height": (OWN | {"height": "500"}, {"height"}, OWN),
    "theme": (OWN | {"theme": "sepia"}, {"theme"}, OWN),
    "paper": (OWN | {"paper": "a3"}, {"paper"}, OWN),
    "items": (OWN | {"items": "21"}, {"items"}, OWN),
    "predict": (OWN | {"predict": "yes"}, {"predict"}, OWN),
    "device": (OWN | {"device": "cuda:x"}, {"device"}, OWN),
    "names few": (OWN | {"classes": "cat"}, {"classes"}, OWN),
    "names alike": (OWN | {"classes": "cat,cat"}, {"classes"}, OWN),
    "names empty": (OWN | {"classes": "cat,"}, {"classes"}, OWN),
    "names long": (OWN | {"classes": f"cat,{'d' * 31}"}, {"classes"}, OWN),
    "names taken": (OWN | {"classes": "cat,target"}, {"classes"}, OWN),
    "answer long": (OWN | {"answer": "1" * 2_001}, {"answer"}, OWN),
    "answer unseen": (OWN | {"answer": "0.5\0"}, {"answer"}, OWN),
    "of": (OWN | {"of": "nope"}, {"of"}, OWN),
    "of yes or no": (OWN | {"of": "kept"}, {"of"}, OWN),
    "of another kind": (OWN | {"of": "positive_part"}, {"of"}, OWN),
    "finding": (OWN | {"finding": "nope"}, {"finding"}, OWN),
    "one finding of two": (OWN | {"finding": "log2,<b>"}, {"finding"}, OWN),
    "loss": (OWN | {"loss": "hinge"}, {"loss"}, OWN),
    "loss of others": (OWN | {"loss": "cross_entropy", "input": "1,2", "pos_weight": "3,",
                              "holds": "probs"}, {"input", "pos_weight", "holds"}, OWN),
    "binary logits": (BINARY | {"logits": "1,2;3,4", "preset": "padding"}, {"logits", "preset"},
                      BINARY),
    "binary smoothing": (BINARY | {"label_smoothing": "0.1"}, {"label_smoothing"}, BINARY),
    "binary ignore": (BINARY | {"ignore_index": "1"}, {"ignore_index"}, BINARY),
    "binary holds": (BINARY | {"holds": "log_probs"}, {"holds"}, BINARY),
    "binary reduction": (BINARY | {"reduction": "median"}, {"reduction"}, BINARY),
    "binary weight": (BINARY | {"weight": "1,2,3"}, {"weight"}, BINARY),
    "binary pos_weight": (BINARY | {"pos_weight": "a"}, {"pos_weight"}, BINARY),
    "binary target": (BINARY | {"target": "1"}, {"loss", "input", "target"}, {}),
    "binary input": (BINARY | {"input": "x", "reduction": "sum"},
                     {"loss", "input", "target", "reduction"}, {}),
    "binary alone": ({"loss": "bce", "weight": "1,2", "answer": "0.5"}, {"loss", "weight"},
                     {"answer": "0.5"}),
    "not probabilities": (BINARY | {"holds": "probs"}, {"loss", "input", "target", "holds"}, {}),
    "nll": (NLL | {"pos_weight": "1"}, {"pos_weight"}, NLL),
    "nll target": (NLL | {"target": "0,5"}, {"loss", "input", "target"}, {}),
    "nll ignore": (NLL | {"ignore_index": "0.5"}, {"ignore_index"}, NLL),
    "nll case": (NLL | {"case": "0" * 24}, {"case"}, NLL),
    "another's case": ({"case": "0" * 24, "step": "mean_loss"}, {"case"}, {}),
    "all": ({"logits": "a", "target": "b", "weight": "c", "step": "d", "row": "e", "preset": "f"},
            {"logits", "target", "weight", "step", "row", "preset"}, {}),
}  # fmt: skip

WORKED = [key for topic in TOPICS for key in topic.steps]
STORED = [mistake.key for mistake in MISTAKES]
shown = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])
looks = {
    "device": st.sampled_from(("cpu", "mps", "cuda", "cuda:0", "cuda:11")),
    "dtype": st.sampled_from(DTYPES),
    "answer": st.text(shown, max_size=60).map(str.strip),
    "finding": st.lists(st.sampled_from(STORED), max_size=3).map(",".join),
    "lang": st.sampled_from(CODES),
    "decimal": st.sampled_from(DECIMALS),
    "hide": st.sets(st.sampled_from(HIDEABLE)).map(
        lambda parts: tuple(part.key for part in HIDEABLE if part in parts)
    ),
    "present": st.booleans(),
    "lesson": st.builds(
        Lesson, st.sampled_from(LESSONS), st.sampled_from(THEMES), st.sampled_from(HEIGHTS).map(int)
    ),
}
names = st.text(st.characters(codec="utf-8", exclude_characters=","), min_size=1, max_size=30)


def number_steps(case):
    """The steps that a person's number may be: not the one that says yes or no."""
    return [key for key in step_keys(case) if key != "kept"]


@st.composite
def views(draw):
    """Views of random cases, with everything about them that a link carries."""
    case = draw(cases())
    count = case.classes
    named = draw(st.lists(names.map(str.strip), min_size=count, max_size=count))
    row = draw(st.integers(0, max(positions(case) - 1, 0)))
    column = draw(st.none() | st.integers(0, count - 1))
    return View(
        case,
        () if names_fault(named, count) else tuple(named),
        step=draw(st.sampled_from(("", *step_keys(case)))),
        row=row,
        column=None if column == asked_class(case, row) else column,  # None is the row's target
        term=draw(st.integers(0, max(positions(case), count))),
        of=draw(st.sampled_from(("", *number_steps(case)))),
        mode=draw(st.sampled_from(MODES)),
        predict=draw(st.booleans()),
        **{name: draw(values) for name, values in looks.items()},
    ).practising(
        topic=draw(st.sampled_from([topic.key for topic in TOPICS])),
        seed=draw(st.integers(0, SEEDS - 1)),
        blank=draw(st.lists(st.sampled_from(sorted({*WORKED})), unique=True)),
    )


@st.composite
def other_views(draw):
    """Views of random cases of the other losses, with a person's number."""
    other = draw(nll_cases() | binary_cases())
    of = draw(st.sampled_from(("", *number_steps(other))))
    drawn = {name: draw(values) for name, values in looks.items()}
    return start().with_other(other).replace(of=of, **drawn)


@st.composite
def nll_cases(draw):
    """Cases of NLLLoss, of log-probabilities or probabilities."""
    holds = draw(st.sampled_from(NLL_HOLDS))
    elements = st.floats(0, 1) if holds == "probs" else extreme
    drawn = draw(arguments(soft=False, elements=elements, smoothing=st.just(0.0)))
    drawn["given"] = drawn.pop("logits")
    del drawn["label_smoothing"]
    return NLLCase(**drawn, holds=holds)


@st.composite
def binary_cases(draw):
    """Cases of the binary losses, of any shape, with weights that broadcast."""
    holds = draw(st.sampled_from(BINARY_HOLDS))
    shape = draw(st.lists(st.integers(0, 3), max_size=3).map(tuple))

    def array(of, elements):
        return draw(stnp.arrays(float, of, elements=elements))

    def factor():
        of = draw(st.none() | st.sampled_from(((), shape, shape[-1:])))
        return None if of is None else array(of, st.floats(-2, 8))

    return BinaryCase(
        array(shape, st.floats(0, 1) if holds == "probs" else extreme),
        array(shape, st.floats(0, 1)),
        factor(),
        factor() if holds == "logits" else None,
        draw(st.sampled_from(REDUCTIONS)),
        holds,
    )


def assert_same(one, other):
    """Two views are equal, down to nan and the sign of zero in their cases."""
    for field in fields(View):
        assert getattr(one, field.name) == getattr(other, field.name), field.name
    for ours, theirs in ((one.case, other.case), (one.other, other.other)):
        for name, value in ours.arguments.items() if ours is not None else ():
            kept = theirs.arguments[name]
            assert repr(np.asarray(value).tolist()) == repr(np.asarray(kept).tolist())
            assert np.shape(value) == np.shape(kept)


def assert_survives(view):
    """A view's link is read whole and gives the view, whose link is the same."""
    query = encode(view)
    back, dropped = decode(query)
    assert dropped == ()
    assert_same(back, view)
    assert encode(back) == query


@pytest.mark.parametrize("reduction", REDUCTIONS)
@pytest.mark.parametrize("key", KEYS)
def test_preset_survives(key, reduction):
    """Each preset with each reduction, at each step of each of its rows, survives its link."""
    view = of_preset(preset(key))
    view = view.with_case(view.case.replace(reduction=reduction))
    for step in ("", *step_keys(view.case)):
        for row in range(max(positions(view.case), 1)):
            assert_survives(view.replace(step=step, row=row))


@pytest.mark.parametrize("key", KEYS)
def test_preset_is_short(key):
    """The link to an example holds its name and no numbers; the first one's holds nothing."""
    assert encode(of_preset(preset(key))) == ({} if key == KEYS[0] else {"preset": key})


@pytest.mark.parametrize("key", KEYS)
def test_preset_survives_as_numbers(key):
    """Each preset's numbers survive a link that spells them out."""
    assert_survives(View(preset(key).case.replace(label_smoothing=0.25, reduction="sum")))


@settings(max_examples=400, deadline=None)
@given(views())
def test_random_view_survives(view):
    """Any case of any shape, with nan, infinities, -0.0 and any options, survives its link."""
    assert_survives(view)


@settings(max_examples=400, deadline=None)
@given(other_views())
def test_random_other_loss_survives(view):
    """Any case of NLLLoss and of the binary losses survives its link, with a person's number."""
    assert_survives(view)


def test_example_of_another_loss():
    """The documentation's link to a binary loss is read as it looks, and written the same way."""
    query = BINARY | {"pos_weight": "3,", "answer": "0.1643", "of": "losses"}
    view, dropped = decode(query)
    assert dropped == ()
    assert view.other == BinaryCase([2.5, -1], [1, 0], pos_weight=[3])
    assert (view.case, view.answer, view.of) == (start().case, "0.1643", "losses")
    assert encode(view) == query


@pytest.mark.parametrize(
    "shape", [(1,), (1, 1), (1, 3), (3, 1), (3,), (0, 3), (2, 3, 0), (2, 3, 2, 2), (0, 1)], ids=str
)
@pytest.mark.parametrize("soft", [False, True], ids=["classes", "probabilities"])
def test_shape_survives(shape, soft):
    """A length of 1 or 0 anywhere in the shape is not lost, for both kinds of target."""
    logits = np.arange(np.prod(shape), dtype=float).reshape(shape)
    rows = shape[:1] + shape[2:] if len(shape) > 1 else ()
    target = np.full(shape, 0.5) if soft else np.zeros(rows, dtype=np.int64)
    if shape == (1,) and not soft:
        target = np.zeros((), dtype=np.int64)
    case = Case(logits, target)
    assert case.soft == soft
    assert_survives(View(case))


def test_example_of_the_design():
    """The link that the documentation shows is read as it looks, and written the same way."""
    view, dropped = decode(EXAMPLE)
    assert dropped == ()
    case = Case(logits=[[3, 4], [6, 9]], target=[1, 0], weight=[0.4, 0.36])
    assert (view.case, view.step, view.row) == (case, "mean_loss", 0)
    assert encode(view) == EXAMPLE


def test_exercise_in_a_link():
    """What is practised is in the link in few words, its steps in the order of the work."""
    query = {"topic": "gradient", "seed": "7", "mode": "complete", "blank": "share,gradient"}
    view, dropped = decode(query | {"blank": "gradient,share", "predict": "1"})
    assert dropped == ()
    assert encode(view) == query | {"predict": "1"}
    assert encode(view.replace(predict=False)) == query


def test_address_is_readable():
    """The address leaves commas, semicolons and brackets as they are, and escapes the rest."""
    view = decode(OWN | {"classes": "a&b,c=d#", "row": "2"})[0]
    link = address("http://here/steps", view)
    assert link.startswith("http://here/steps?logits=1,2;3,4;5,7&target=0,1,1&")
    query = {name: values[-1] for name, values in parse_qs(urlsplit(link).query).items()}
    assert decode(query) == (view, ())
    assert address("http://here/", start()) == "http://here/"


@pytest.mark.parametrize("kind", BROKEN)
def test_broken_link(kind):
    """What cannot be read is named with a reason; all else in the link is shown."""
    query, left_out, shown = BROKEN[kind]
    started = time.process_time()
    view, dropped = decode(query)
    assert time.process_time() - started < 1
    assert {item.name for item in dropped} == left_out
    assert len(dropped) == len(left_out)
    for item in dropped:
        assert item.reason
        assert item.text == shorten(query[item.name])
    assert (view, ()) == decode(shown)


def test_example_with_another_weight_keeps_its_names():
    """An example's class names stay when a link changes its weights."""
    view, dropped = decode({"preset": "rare_class", "weight": "1,1"})
    assert dropped == ()
    assert view.names == ("healthy", "sick")
    assert_survives(view)


def test_names_taken_away():
    """A link says so when an example's class names were taken away."""
    view = of_preset(preset("rare_class")).replace(names=())
    back, dropped = decode(encode(view))
    assert (back.classes, dropped) == (("A", "B"), ())


def test_streamlit_parameters():
    """What Streamlit itself reads from an address is not called unknown."""
    assert decode(dict.fromkeys(IGNORED, "true")) == (start(), ())


def test_large_case():
    """A case too large for a link is found again by its digest where it is kept, else named."""
    logits = np.zeros((MAX_NUMBERS // 2, 2))
    case = Case(logits, np.zeros(len(logits), dtype=np.int64))
    view = View(case, step="mean_loss", row=700)
    query = encode(view)
    assert not fits(case)
    assert query == {"case": case.digest, "step": "mean_loss", "row": "700"}
    assert decode(query, {case.digest: case}) == (view, ())
    other, dropped = decode(query)
    assert other.case == start().case
    assert other.step == ""  # without its case a place means nothing
    assert {item.name for item in dropped} == {"case"}


def test_largest_case_that_fits():
    """As many numbers as a link may hold, at 18 characters each, make an address of 32 kB."""
    rows = MAX_NUMBERS // 5
    logits = np.random.default_rng(0).normal(size=(rows, 4)) / 3
    case = Case(logits, np.zeros(rows, dtype=np.int64))
    assert fits(case)
    assert_survives(View(case))
    assert len(address("", View(case))) < 32_000


words = st.one_of(
    st.text(),
    st.text("0123456789,;.-[]einfa ", max_size=30),
    st.sampled_from([text for query, *_ in BROKEN.values() for text in query.values()]),
    st.sampled_from(KEYS),
    st.sampled_from(step_keys(start().case)),
)


@settings(max_examples=600, deadline=4000)  # a second, and room for a busy machine
@given(st.dictionaries(st.sampled_from(KNOWN) | st.text(), words, max_size=8))
def test_any_query(query):
    """Any query at all gives a view that its own link gives back; decoding never raises."""
    view, dropped = decode(query)
    assert all(isinstance(item, Dropped) and item.reason for item in dropped)
    assert view == decode(encode(view))[0]
    assert not decode(encode(view))[1]


@settings(max_examples=300, deadline=4000)
@given(st.sampled_from(KEYS), st.dictionaries(st.sampled_from((*OPTIONS, "weight")), words))
def test_options_over_a_preset(key, query):
    """Options of any kind over an example are taken or named, one or the other."""
    view, dropped = decode({"preset": key, **query})
    left_out = {item.name for item in dropped}
    for name in OPTIONS:
        if name not in query or name in left_out:
            assert repr(getattr(view.case, name)) == repr(getattr(preset(key).case, name))


@given(st.lists(st.text(max_size=40), max_size=4), st.integers(0, 4))
def test_names_fault(given_names, count):
    """Names without a fault are as many as classes, all different, short and free of commas."""
    if not names_fault(given_names, count):
        assert len(set(given_names)) == count
        assert all(0 < len(name) <= LONGEST_NAME and "," not in name for name in given_names)
