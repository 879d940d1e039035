"""The page Find my mistake: numbers that people posted, by link, by hand and from a pasted text."""

import json
import re
from itertools import permutations

import numpy as np
import pytest

from ce_core import BinaryCase, Case, NLLCase, find_mistakes
from ce_core.mistakes import MISTAKES
from ce_core.presets import preset
from ce_core.refusals import recognise
from tests.posted import ROWS, load
from tests.test_pages import assert_fine, key, opened, view
from ui.figures import figure
from ui.link import MAX_ANSWER, encode
from ui.mistake.account import account, place_of
from ui.mistake.asking import STORIES
from ui.mistake.kinds import KINDS, kind_of, read_as
from ui.mistake.lines import right_line
from ui.mistake.outcome import nothing, rightness
from ui.mistake.pasted import other_of
from ui.mistake.search import name_of
from ui.mistake.sureness import headline, sureness
from ui.mistake.typed import made, read_field
from ui.mistake.words import far, tell
from ui.other import count
from ui.view import View, of_preset, start

BINARY = "loss=bce"
SNIPPET = """logits = torch.tensor([2.1972, -1.3863, -1.3863, -1.3863])
labels = torch.tensor([1., 0., 0., 0.])
criterion = nn.BCEWithLogitsLoss(pos_weight=torch.tensor([3.0]))
loss = criterion(logits, labels)
"""
GODOY = BinaryCase([2.1972, -1.3863, -1.3863, -1.3863], [1, 0, 0, 0], pos_weight=[3])
OUT_OF_BOUNDS = "IndexError: Target 2 is out of bounds."


def mistake_page(**query):
    """The page, opened by a link."""
    return opened("mistake", **query)


def typed(app, text):
    """The page after a number was typed."""
    return app.text_input(key=key(app, "answer")).set_value(text).run()


def html(app):
    """What the page draws as HTML, as one text."""
    return "\n".join(node.proto.body for node in app.get("html"))


def verdict(app):
    """The headline of the card that says what the number is."""
    return re.search(r"<section.*?<h2>(.*?)</h2>", html(app), re.DOTALL)[1]


def view_of(case, answer):
    """A view of any kind of case, with a number."""
    shown = start().with_other(case) if not plain(case) else start().of_case(case)
    return shown.replace(answer=answer)


def plain(case):
    """Whether the case is one of cross-entropy."""
    return not isinstance(case, NLLCase | BinaryCase)


def rows():
    """The posted numbers whose answer is one text."""
    for row in ROWS:
        case, answer = load(row)
        text = answer if isinstance(answer, str) else json.dumps(answer).replace('"', "")
        yield pytest.param(case, text, id=row["id"])


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.title)
def test_stories(story):
    """Each ready example opens with its answer: a mistake named, or a number that is right."""
    app = mistake_page(**encode(story.view))
    assert_fine(app)
    assert view(app) == story.view
    assert not verdict(app).startswith("No known")


def test_the_first_thread():
    """0.6662 is told as the sum divided by 2 where torch divides by 0.76, with both lines of code."""
    app = mistake_page(answer="0.6662")
    assert_fine(app)
    assert verdict(app) == "It looks as if you divided by the number of samples"
    said = html(app)
    # 0.36 * 0.3133 + 0.4 * 3.0486 = 1.3322; 0.36 + 0.4 = 0.76; 1.3322 / 0.76 = 1.7529
    assert (
        "0.6662 is the sum of the weighted losses, 1.3322, divided by the number of samples, 2. "
        "Torch divides by the sum of the targets&#x27; weights, 0.76, and gives 1.7529"
    ) in said
    assert said.count("here they part") == 1
    assert "F.cross_entropy(logits, target, weight=weight)" in [box.value for box in app.code]


def test_ties():
    """Ways to the same number are told apart by one question, and the answer is in the link."""
    app = mistake_page(answer="0.6662")
    (question,) = app.radio
    assert question.label.startswith("4 ways lead to this very number.")
    assert question.value is None
    question.set_value("divided_by_number_of_classes").run()
    assert_fine(app)
    assert verdict(app) == "You divided by the number of classes"
    assert encode(view(app))["finding"] == "divided_by_number_of_classes"
    again = mistake_page(**encode(view(app)))
    assert verdict(again) == "You divided by the number of classes"
    assert again.radio[0].value == "divided_by_number_of_classes"


def test_other_ways():
    """Any of the other findings can be shown in place of the first."""
    app = mistake_page(answer="2")
    (first, *_) = [button for button in app.button if button.label == "Show this way"]
    assert "known ways come to about 2" in verdict(app)
    first.click().run()
    assert_fine(app)
    assert view(app).finding
    assert verdict(app).startswith("You ")


def test_right():
    """A right number is said to be right; one with few digits, as far as it goes."""
    assert verdict(mistake_page(answer="1.7529")) == "1.7529 is right"
    assert verdict(mistake_page(answer="1.8")) == "1.8 is right, as far as it goes"
    assert verdict(mistake_page(preset="all_ignored", answer="nan")) == "nan is right"


def test_nothing():
    """A number that no known mistake gives is answered with what to try."""
    app = mistake_page(answer="0.1234")
    assert_fine(app)
    assert verdict(app) == "No known mistake gives 0.1234"
    assert "Torch gives 1.7529." in html(app)
    assert "Give all the digits that you have." in html(app)


@pytest.mark.parametrize(
    "text", ["hello", "[1, 2", "[[1,2],[3]]", "[1,2,3,4,5]", "<b>x</b>", "$x$"]
)
def test_nonsense(text):
    """What is no number is answered beside the field, and stays in it."""
    app = mistake_page()
    typed(app, text)
    assert [box.value for box in app.exception] == []
    (message,) = [box.value for box in app.error]
    assert "<b>" not in message
    assert app.text_input(key=key(app, "answer")).value == text
    assert view(app).answer == text
    typed(app, "0.6662")
    assert_fine(app)


def test_markup_in_the_number():
    """A list with markup around it is drawn as text."""
    app = mistake_page(answer="<img src=x onerror=alert(1)> IndexError: Target 2 is out of bounds.")
    assert "<img" not in html(app)
    assert_fine(app)


def test_error_message():
    """An error message in place of a number is explained, with the wrong and the right line."""
    app = mistake_page(answer=OUT_OF_BOUNDS)
    assert_fine(app)
    assert verdict(app) == "A class number is too large"
    refusal = recognise(OUT_OF_BOUNDS).refusal
    assert [box.value for box in app.code][1:] == [OUT_OF_BOUNDS, refusal.wrong, refusal.right]


def test_long_text():
    """A traceback is shortened to its message; another long text is refused and stays."""
    app = mistake_page()
    trace = "Traceback (most recent call last):\n" + '  File "a.py", line 1\n' * 150 + OUT_OF_BOUNDS
    assert len(trace) > MAX_ANSWER
    typed(app, trace.replace("\n", " "))
    assert_fine(app)
    assert verdict(app) == "A class number is too large"
    typed(app, "x" * (MAX_ANSWER + 1))
    assert "2,001 characters" in app.error[0].value
    assert len(app.text_input(key=key(app, "answer")).value) == MAX_ANSWER + 1


def test_pasted_error():
    """An error message in the pasted text is explained while there is no number."""
    app = mistake_page()
    app.text_area(key=key(app, "paste")).input(f"I get this:\n{OUT_OF_BOUNDS}").run()
    assert [box.value for box in app.exception] == []
    assert verdict(app) == "A class number is too large"


def test_pasted_binary():
    """A snippet with a binary loss offers a link to the page with that loss."""
    app = opened("steps")
    app.text_area(key=key(app, "paste")).input(SNIPPET).run()
    assert [box.value for box in app.exception] == []
    labels = [node.proto.label for node in app.get("page_link")]
    assert "Find a mistake with a binary loss: take its numbers from this text" in labels
    assert other_of(SNIPPET) == GODOY


TEXTS = {
    "logits = torch.tensor([[1., 2.]])\ny = torch.tensor([0])\nF.cross_entropy(logits, y)": None,
    "p = torch.tensor([0.2, 0.9])\ny = torch.tensor([0., 1.])\nnn.BCELoss()(p, y)": BinaryCase(
        [0.2, 0.9], [0, 1], holds="probs"
    ),
    "lp = torch.tensor([[-0.5, -1.], [-2., -0.1]])\ny = torch.tensor([0, 1])\n"
    "F.nll_loss(lp, y, weight=torch.tensor([1., 2.]), reduction='sum')": NLLCase(
        [[-0.5, -1], [-2, -0.1]], [0, 1], [1, 2], reduction="sum"
    ),
    "x = torch.tensor([1., 2.])\nF.binary_cross_entropy_with_logits(x, x, weight=x)": BinaryCase(
        [1, 2], [1, 2], [1, 2]
    ),
    "nn.BCEWithLogitsLoss()": None,
}


@pytest.mark.parametrize("text", TEXTS)
def test_other_loss_of_a_text(text):
    """The case of NLLLoss or of a binary loss is read from a text; nothing where numbers lack."""
    assert other_of(text) == TEXTS[text]


def test_binary():
    """A binary case opens by its link, names its mistake, and its fields change it."""
    app = mistake_page(**encode(start().with_other(GODOY).replace(answer="0.1643")))
    assert_fine(app)
    assert verdict(app) == "It looks as if you divided by the sum of the weights (pos_weight)"
    app.text_input(key=key(app, "other-binary_logits-pos_weight")).set_value("").run()
    assert_fine(app)
    assert view(app).other == GODOY.replace(pos_weight=None)
    app.text_area(key=key(app, "other-binary_logits-input")).set_value("1, 2").run()
    (message,) = [box.value for box in app.error]
    assert "same shape" in message
    assert app.text_area(key=key(app, "other-binary_logits-input")).value == "1, 2"
    app.text_area(key=key(app, "other-binary_logits-target")).set_value("[1, 0]").run()
    assert_fine(app)
    assert view(app).other == BinaryCase([1, 2], [1, 0])


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.key)
def test_kinds(kind):
    """Each kind of numbers can be chosen, says what torch gives, and comes back with its numbers."""
    app = mistake_page(preset="rare_class")
    before = view(app)
    app.selectbox(key=key(app, "kind")).select(kind.key).run()
    assert_fine(app)
    assert kind_of(view(app)) == kind
    typed(app, "0.123")
    assert_fine(app)
    app.selectbox(key=key(app, "kind")).select("logits").run()
    assert_fine(app)
    assert (view(app).case, view(app).names) == (before.case, before.names)
    assert view(app).answer == "0.123"


@pytest.mark.parametrize(("one", "other"), list(permutations(KINDS, 2)), ids=lambda kind: kind.key)
def test_every_change_of_kind(one, other):
    """From any kind of numbers to any other, and back with the numbers that stood there."""
    app = mistake_page(answer="0.123")
    app.selectbox(key=key(app, "kind")).select(one.key).run()
    before = view(app).question
    app.selectbox(key=key(app, "kind")).select(other.key).run()
    assert_fine(app)
    assert kind_of(view(app)) == other
    app.selectbox(key=key(app, "kind")).select(one.key).run()
    assert_fine(app)
    assert view(app).question == before


def test_step():
    """A number may be any step's: the same list is right for one and wrong for the loss."""
    app = mistake_page(answer="[0.3133, 3.0486]", of="nll")
    assert verdict(app) == "[0.3133, 3.0486] is right"
    name = f"of-{view(app).question.digest[-12:]}"
    app.selectbox(key=key(app, name)).select("denominator").run()
    assert view(app).of == "denominator"
    assert "denominator has shape" in app.error[0].value
    typed(app, "2")
    assert_fine(app)
    assert "number of samples" in html(app)


def test_gradient():
    """A gradient with its sign turned is named, and the right line makes the gradient."""
    app = mistake_page(answer="[[-0.1274, 0.1274], [0.5014, -0.5014]]")
    assert_fine(app)
    assert verdict(app) == "You turned the sign"
    assert app.code[-1].value.endswith(".backward()  # the gradient is in logits.grad")


def test_large():
    """A case beyond what mistakes are tried on says so, and what torch gives."""
    app = mistake_page()
    logits = np.random.default_rng(0).normal(size=(30_000, 10))
    case = view(app).case.replace(logits=logits, target=np.arange(30_000) % 10, weight=None)
    app.session_state["view"] = View(case, answer="0.1")
    app.run()
    assert_fine(app)
    assert "300,000" in html(app)


def test_number_stays():
    """A typed number stays when numbers are pasted, and goes along to other pages and back."""
    app = mistake_page(answer="0.6662")
    app.text_area(key=key(app, "paste")).input("0.5 -1\n2 0").run()
    assert_fine(app)
    assert view(app).answer == "0.6662"


def test_hidden_cases():
    """What a case hides leads to a case on which the mistake shows, with a number it gives."""
    app = mistake_page(answer="1.7529")
    (shows,) = [node.proto for node in app.get("page_link") if "shows it" in node.proto.label]
    query = dict(part.split("=", 1) for part in shows.query_string.split("&"))
    assert float(query["answer"])


@pytest.mark.parametrize(("case", "text"), list(rows()))
def test_posted(case, text):
    """Each number that was posted is answered in plain words, without a gap in any of them."""
    found = find_mistakes(case, text)
    if found.right:
        said = [*rightness(found)]
    elif not len(found):
        headed, line, tries = nothing(found)
        said = [headed, line, *tries]
    else:
        said = []
        for one in found:
            said += [headline(found, one, said=False), account(found, one, ())]
            said += [sureness(found, one, said=False), tell(one), far(one), name_of(one)]
    said.append(right_line(case))
    for line in said:
        assert line.strip()
        assert not re.search(r"[{}]|None|  |\.\.(?!\.)", line), line


@pytest.mark.parametrize(
    "case",
    [pytest.param(way.shows, id=f"{m.key}-{k}") for m in MISTAKES for k, way in enumerate(m.ways)],
)
def test_every_case_goes_into_fields(case):
    """Each kind of case is read as it is written: by its fields, and by its link."""
    if plain(case):
        return
    shown = start().with_other(case)
    typed_in = {name: text for name, text in encode(shown).items() if name != "loss"}
    if "ignore_index" in typed_in:
        typed_in["ignore_index"] = int(typed_in["ignore_index"])
    typed_in.setdefault("reduction", case.reduction)
    assert made(kind_of(shown), typed_in) == case
    assert count(case) >= case.target.size


def test_fields_take_torch():
    """A field takes the link's notation, a list, or a printed tensor."""
    wanted = [[0.5, -1.0], [2.0, 0.0]]
    for text in ("0.5,-1;2,0", "[[0.5, -1], [2, 0]]", "tensor([[ 0.5000, -1.0000],\n [2., 0.]])"):
        assert read_field("input", text).tolist() == wanted


def test_same_numbers_as_another_kind():
    """Numbers are taken for another kind as they are; where they cannot be, an example says why."""
    case = preset("pixels_twice").case
    same, why = read_as(of_preset(preset("pixels_twice")), KINDS[2])
    assert (same.other, why) == (NLLCase(case.logits, case.target, holds="probs"), "")
    example, why = read_as(start(), KINDS[4])
    assert example.other == KINDS[4].example
    assert why.startswith("Your numbers cannot be these")


def test_start_leads_here():
    """The first page has a way in with the number of its thread."""
    app = opened("start")
    (link,) = [node.proto for node in app.get("page_link") if "does not match" in node.proto.label]
    assert link.query_string == "answer=0.6662"


def test_torch_is_shown_without_a_number():
    """Before there is a number, the page says what torch gives."""
    assert figure(1.7529067738632331) in html(mistake_page())


def test_the_place_shown_is_where_the_ways_are_furthest_apart():
    """Clipping moves row 0 by 1e-7 and row 1 by 284: the account is about row 1."""
    case = Case([[300, 100, 100], [-100, 200, 500]], [0, 1])
    found = find_mistakes(case, "8.05904786964")
    ours, _ = place_of(found, found[0], ())
    assert (ours.row, ours.column) == (1, 1)
    assert "−16.1181" in account(found, found[0], ())  # ln 1e-7
