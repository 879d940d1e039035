"""What was pasted becomes the case that torch would compute, and what torch refuses is said."""

import numpy as np
import pytest
import torch
from torch.nn import functional as F  # noqa: N812 - torch's own name for it

from ce_core import Case, CaseError, run
from ce_core.presets import PRESETS
from ui.found import UNUSED, Found, build
from ui.intake import EXAMPLE
from ui.paste import read

CURRENT = PRESETS[0].case.replace(reduction="sum", label_smoothing=0.5, ignore_index=7)
SET = {"reduction": "sum", "label_smoothing": 0.5, "ignore_index": 7}  # the options of CURRENT
Z, Y, W = [[3.0, 4.0], [6.0, 9.0]], [1, 0], [0.4, 0.36]

# What is pasted -> the case it makes.
SNIPPETS = {
    "placeholder": (EXAMPLE, Case(Z, Y, W)),
    "functional": (
        (
            "F.cross_entropy(torch.tensor([[3., 4.], [6., 9.]]), torch.tensor([1, 0]), "
            "reduction='none', label_smoothing=0.1, ignore_index=-1)"
        ),
        Case(Z, Y, None, -1, 0.1, "none"),
    ),
    "soft": (
        (
            "x = torch.tensor([[3., 4.], [6., 9.]])\ny = torch.tensor([[0.3, 0.7], [1., 0.]])\n"
            "F.cross_entropy(x, y)"
        ),
        Case(Z, [[0.3, 0.7], [1.0, 0.0]]),
    ),
    "single": (
        "F.cross_entropy(torch.tensor([3., 4.]), torch.tensor(1))",
        Case(Z[0], np.array(1)),
    ),
    "pixels": (
        (
            "out = torch.zeros(1, 3, 2, 2)\nmask = torch.tensor([[[0, 1], [2, 255]]])\n"
            "loss = nn.CrossEntropyLoss(ignore_index=255)(out, mask)"
        ),
        Case(np.zeros((1, 3, 2, 2)), [[[0, 1], [2, 255]]], ignore_index=255),
    ),
}
WHOLE = "logits = torch.tensor([[3, 4], [6, 9]])\ntarget = torch.tensor([1, 0])"
INT32 = "logits = torch.tensor([[3., 4.], [6., 9.]])\ntarget = np.array([1, 0], dtype=np.int32)"


def found(text, **roles):
    """A text with the roles that the reader gives, or with those given here by array number."""
    pasted = read(text)
    given = roles or pasted.roles
    by_number = {number: role for role, number in given.items()}
    return Found(pasted, tuple(by_number.get(k, UNUSED) for k in range(len(pasted.tensors))))


@pytest.mark.parametrize("kind", SNIPPETS)
def test_snippet(kind):
    """A call states all options, torch's defaults for the rest; without a call the page's stay."""
    text, case = SNIPPETS[kind]
    made, notes = build(found(text), CURRENT)
    assert made == case
    assert notes == ()


def test_snippet_gives_torchs_loss():
    """The placeholder's case gives what torch gives for the same snippet, 1.7529."""
    case, _ = build(found(EXAMPLE), CURRENT)
    loss = F.cross_entropy(torch.tensor(Z), torch.tensor(Y), torch.tensor(W))
    assert float(run(case).answer) == pytest.approx(float(loss), rel=1e-6)


def test_typed_digits_stay():
    """0.36 stays 0.36 though torch's float32 would make it 0.36000001430511475."""
    case, _ = build(found(EXAMPLE), CURRENT)
    assert case.weight.tolist() == W


def test_whole_logits():
    """Whole numbers as logits are taken, and it is said that torch refuses them, in its words."""
    case, notes = build(found(WHOLE), CURRENT)
    assert case == Case(Z, Y, **SET)
    (note,) = notes
    assert note.startswith("logits holds whole numbers, which torch refuses here")
    with pytest.raises(NotImplementedError) as raised:
        F.cross_entropy(torch.tensor([[3, 4], [6, 9]]), torch.tensor(Y))
    assert str(raised.value) in note


def test_whole_weights():
    """Whole numbers as weights are taken, and what torch says of them is quoted."""
    text = f"{EXAMPLE.splitlines()[0]}\ny = torch.tensor([1, 0])\nweight = torch.tensor([2, 1])"
    case, notes = build(found(text), CURRENT)
    assert case == Case(Z, Y, [2, 1], **SET)
    (note,) = notes
    with pytest.raises(RuntimeError) as raised:
        F.cross_entropy(torch.tensor(Z), torch.tensor(Y), torch.tensor([2, 1]))
    assert str(raised.value) in note


def test_plain_list_of_whole_numbers():
    """A plain list has no dtype of its own, so whole numbers in it are no slip."""
    case, notes = build(found("[[3, 4], [6, 9]]", logits=0), CURRENT)
    assert case.logits.tolist() == Z
    assert not any("whole numbers" in note for note in notes)


def test_int32_targets():
    """Class numbers in int32 are read as class numbers, and torch's refusal and remedy are said."""
    case, notes = build(found(INT32), CURRENT)
    assert case == Case(Z, Y, **SET)
    (note,) = notes
    assert "expected target dtype to be Long or Byte, but got Int" in note
    assert "target.long()" in note


def test_no_target():
    """Without a target every row gets class 0, and it says so; pixels get one each."""
    case, notes = build(found("logits = torch.zeros(2, 3)"), CURRENT)
    assert case == Case(np.zeros((2, 3)), [0, 0], **SET)
    assert any("No target was found" in note for note in notes)
    case, _ = build(found("logits = torch.zeros(2, 3, 4)"), CURRENT)
    assert case.target.shape == (2, 4)
    case, _ = build(found("logits = torch.zeros(3)"), CURRENT)
    assert case.target.shape == ()


def test_no_logits():
    """Weights alone go to the numbers on the page, which keep their reduction."""
    case, notes = build(found("weight = torch.tensor([5., 6.])"), CURRENT)
    assert case.logits.tolist() == Z
    assert (case.weight.tolist(), case.reduction) == ([5, 6], "sum")
    assert any("No logits were found" in note for note in notes)


def test_only_a_weight_keeps_the_page():
    """Weights alone change nothing but the weights: ignored rows and smoothing stay, too."""
    case, _ = build(found("weight = torch.tensor([5., 6.])"), CURRENT)
    assert case == CURRENT.replace(weight=[5, 6])


def test_tensors_without_a_call():
    """Where no loss is called, the options stay as they are on the page."""
    case, _ = build(found(EXAMPLE.rpartition("\n")[0]), CURRENT)
    assert case == CURRENT


def test_roles_can_change():
    """Another role for an array makes another case of the same text."""
    text = "a = torch.tensor([[3., 4.], [6., 9.]])\nb = torch.tensor([[0.5, 0.5], [0.1, 0.9]])"
    one, _ = build(found(text, logits=0, target=1), CURRENT)
    other, _ = build(found(text, logits=1, target=0), CURRENT)
    assert one.logits.tolist() == other.target.tolist() == Z
    assert one.target.tolist() == other.logits.tolist() == [[0.5, 0.5], [0.1, 0.9]]
    alone, notes = build(found(text, logits=1), CURRENT)
    assert alone == Case([[0.5, 0.5], [0.1, 0.9]], [0, 0], **SET)
    assert notes


@pytest.mark.parametrize(
    ("text", "at_fault"),
    [
        ("logits = torch.zeros(2, 3)\ntarget = torch.tensor([0, 3])", "target"),
        ("logits = torch.zeros(2, 3)\ntarget = torch.tensor([0, 1, 2])", "target"),
        ("logits = torch.zeros(2, 3)\ntarget = torch.tensor([0., 1.])", "target"),
        ("logits = torch.zeros(2, 3)\ntarget = torch.tensor([0, 1])\nw = torch.ones(2)", "weight"),
        (
            "F.cross_entropy(torch.zeros(2, 3), torch.tensor([0, 1]), label_smoothing=2)",
            "label_smoothing",
        ),
    ],
    ids=["out of range", "too many", "floats", "weight", "smoothing"],
)
def test_what_torch_refuses(text, at_fault):
    """What torch refuses is refused here, with the argument at fault and a remedy."""
    with pytest.raises(CaseError) as raised:
        build(found(text), CURRENT)
    assert raised.value.input == at_fault
    assert raised.value.remedy


def test_a_number_alone_is_no_case():
    """A printed loss is named as such, and changes nothing."""
    with pytest.raises(CaseError, match=r"a single number, 1\.7529") as raised:
        build(found("tensor(1.7529, grad_fn=<NllLossBackward0>)"), CURRENT)
    assert "Paste the logits and the target" in raised.value.remedy


def test_page_option_that_does_not_fit():
    """A page's ignore_index of 7 would forbid class probabilities; it gives way to the default."""
    text = "logits = torch.tensor([[3., 4.]])\ntarget = torch.tensor([[0.5, 0.5]])"
    case, _ = build(found(text), CURRENT)
    assert (case.soft, case.ignore_index, case.reduction) == (True, -100, "sum")
