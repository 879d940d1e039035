"""Whatever a person pastes becomes the numbers that stand in it, or one sentence of remedy."""

import time
from contextlib import suppress

import numpy as np
import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ui.paste import MAX_NUMBERS, MAX_TEXT, PasteError, read

PLAIN = {
    "1,5;2;3,5": [1.5, 2, 3.5],  # as rows they would differ in length
    "0,5;1,5\n2,5;3,5": [[0.5, 1.5], [2.5, 3.5]],
    "1.234,5;2,5\n3;4": [[1234.5, 2.5], [3, 4]],
    "[[1, 2], [3, 4]]": [[1, 2], [3, 4]],
    "((1, 2), (3, 4))": [[1, 2], [3, 4]],
    "[[1., .5,\n  1e-5], # first\n [-inf, nan, 1_000],]": [
        [1.0, 0.5, 1e-5],
        [-np.inf, np.nan, 1000.0],
    ],
    "[float('inf'), float(\"-inf\"), torch.inf, -np.inf, np.nan, math.inf]": [
        np.inf, -np.inf, np.inf, -np.inf, np.nan, np.inf,
    ],
    "[\u22121, \u22122.5]": [-1.0, -2.5],
    "[True, False]": [True, False],
    "[]": np.zeros(0),
    "[[], []]": np.zeros((2, 0)),
    "[1/4, 1 - 0.5, 2*3]": [0.25, 0.5, 6.0],
    "[0.25] * 4": [0.25] * 4,
    "[[1. 2.]\n [3. -4.]]": [[1.0, 2.0], [3.0, -4.0]],
    "[ True False]": [True, False],
    "[np.float64(0.5), np.float64(-1.5)]": [0.5, -1.5],
    "[0.1, 0.2]\n[0.3, 0.4]": [[0.1, 0.2], [0.3, 0.4]],
    "[1, 2], [3, 4]": [[1, 2], [3, 4]],
    "3,4;6,9": [[3, 4], [6, 9]],
    "3 4; 6 9": [[3, 4], [6, 9]],
    "3;6": [3, 6],
    "0,5;1,2": [[0, 5], [1, 2]],
    "0,5 1,2": [0.5, 1.2],
    "0,5\t1,2\n3,0\t4,5": [[0.5, 1.2], [3.0, 4.5]],
    "0,5;1,2\n3,0;4,5": [[0.5, 1.2], [3.0, 4.5]],
    "0,05;0,95": [0.05, 0.95],
    "1;2\n3;4": [[1, 2], [3, 4]],
    "1, 2\n3, 4": [[1, 2], [3, 4]],
    "1 2\n\n3 4\n": [[1, 2], [3, 4]],
    "1\n0\n2": [1, 0, 2],
    "5": [5],
    "a,b\n1,2\n3,4": [[1, 2], [3, 4]],
    ",a,b\n0,1.5,2\n1,3,4": [[1.5, 2.0], [3.0, 4.0]],
    "     a    b\n0  0.1  0.2\n1  0.3  0.4": [[0.1, 0.2], [0.3, 0.4]],
    "| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |": [[1, 2], [3, 4]],
}  # fmt: skip

STATED = {
    "torch.tensor([[1., 2.]])": "float32",
    "torch.tensor([1, 0])": "int64",
    "torch.tensor([True])": "bool",
    "torch.tensor([1, 2], dtype=torch.float64)": "float64",
    "torch.tensor([1, 2], dtype=float)": "float64",
    "torch.tensor([1, 2], dtype=torch.float)": "float32",
    "torch.tensor([1., 2.], dtype=torch.long)": "int64",
    "torch.tensor([1, 2], dtype=torch.int)": "int32",
    "np.array([1., 2.])": "float64",
    "np.array([1, 2], dtype=np.float32)": "float32",
    "array([1., 2.], dtype=float32)": "float32",
    "torch.from_numpy(np.array([[1., 2.]]))": "float64",
    "torch.as_tensor([1, 2])": "int64",
    "torch.Tensor([1, 2])": "float32",
    "torch.FloatTensor([[1, 2]])": "float32",
    "torch.LongTensor([1, 2])": "int64",
    "torch.cuda.LongTensor([1, 2])": "int64",
    "torch.IntTensor([1, 2])": "int32",
    "Variable(torch.FloatTensor([[1, 2]]))": "float32",
    "nn.Parameter(torch.tensor([[1., 2.]]), requires_grad=True)": "float32",
    "tensor([1.], device='cuda:0', grad_fn=<AddmmBackward0>)": "float32",
    "torch.tensor([1, 2]).float().cuda()": "float32",
    "torch.tensor([1., 2.]).to(device).long()": "int64",
    "torch.tensor([1., 2.]).to(torch.float16)": "float16",
    "torch.tensor([1, 2]).type(torch.DoubleTensor)": "float64",
    "np.array([1, 2]).astype(np.int32)": "int32",
    "torch.zeros(2, 3)": "float32",
    "torch.zeros(2, 3, dtype=torch.long)": "int64",
    "torch.full((2, 3), -100)": "int64",
    "torch.arange(5)": "int64",
    "torch.empty(0, 5)": "float32",
    "[1, 2]": None,
}

SHAPED = {
    "torch.arange(6).view(2, 3)": (2, 3),
    "torch.arange(6).reshape((3, -1))": (3, 2),
    "torch.tensor([1, 2]).unsqueeze(0)": (1, 2),
    "torch.tensor([[1, 2]]).squeeze()": (2,),
    "torch.tensor([[1, 2]]).squeeze(1)": (1, 2),
    "torch.zeros(2, 3).t()": (3, 2),
    "torch.ones(size=(2, 3)).T": (3, 2),
    "torch.zeros(2, 3, 4).permute(0, 2, 1)": (2, 4, 3),
    "tensor([], size=(0, 5))": (0, 5),
    "torch.eye(3)": (3, 3),
}

WEIGHTED = {"logits": [[3, 4], [6, 9]], "target": [1, 0], "weight": [0.4, 0.36]}
OLD = """>>> loss = nn.CrossEntropyLoss(size_average=False)
>>> x
Variable containing:
 3  4
 6  9
[torch.FloatTensor of size 2x2]

>>> y
Variable containing:
 1
 0
[torch.LongTensor of size 2]

>>> loss(x, y)
"""
SNIPPETS = {
    "forum": ("""
Hi all, I don't get it :( here is my code:
```python
import torch
import torch.nn as nn
x = torch.tensor([[3., 4.], [6., 9.]], requires_grad=True)
y = torch.tensor([1, 0])
class_weights = torch.FloatTensor([0.4, 0.36]).cuda()
criterion = nn.CrossEntropyLoss(weight=class_weights)
loss = criterion(x, y)
print(loss)   # tensor(1.7529)
```
I get `1.7529` but by hand it is 0.6662?
""", WEIGHTED, {}),
    "functional": ("""
F.cross_entropy(torch.tensor([[3.,4.],[6.,9.]]), torch.tensor([1,0]), torch.tensor([0.4,0.36]),
                label_smoothing=0.1, reduction='sum')
""", WEIGHTED, {"label_smoothing": 0.1, "reduction": "sum"}),
    "repl": (""">>> out = model(images)
>>> out
tensor([[3., 4.],
        [6., 9.]], device='cuda:0', grad_fn=<AddmmBackward0>)
>>> labels
tensor([1, 0], device='cuda:0')
>>> w = torch.tensor([0.4, 0.36])
>>> F.cross_entropy(out, labels, weight=w, ignore_index=-1)
tensor(1.7529)
""", WEIGHTED, {"ignore_index": -1}),
    "notebook": ("""In [3]: IGNORE = 255
In [4]: criterion = nn.CrossEntropyLoss(ignore_index=IGNORE, reduction="none")
In [5]: output
Out[5]:
tensor([[3., 4.],
        [6., 9.]])

In [6]: target
Out[6]: tensor([1, 0])

In [7]: criterion(output, target)
Out[7]: tensor([0.3133, 3.0486])
""", {k: WEIGHTED[k] for k in ("logits", "target")}, {"ignore_index": 255, "reduction": "none"}),
    "labelled print": ("""Input: tensor([[3., 4.],
        [6., 9.]], requires_grad=True)
Target: tensor([1, 0])
class weights: [0.4, 0.36]
Loss before reduction: tensor([0.3133, 3.0486])
""", WEIGHTED, {}),
    "script and its output": ("""
output = torch.randn(2, 2, requires_grad=True)
print(output)
'''
tensor([[3., 4.],
        [6., 9.]], requires_grad=True)
'''
label = torch.empty(2, dtype=torch.long).random_(2)
print(label)  # tensor([1, 0])
loss = nn.CrossEntropyLoss()
print('loss :', loss(output, label))  # loss : tensor(1.6809, grad_fn=<NllLossBackward>)
""", {k: WEIGHTED[k] for k in ("logits", "target")}, {}),
    "old torch": (OLD, {k: WEIGHTED[k] for k in ("logits", "target")}, {"reduction": "sum"}),
    "labels above rows": ("""logits:
3 4
6 9

target: 1, 0
weights = 0.4 0.36
""", WEIGHTED, {}),
    "link": ("https://ce.example/steps?logits=3,4;6,9&target=1,0&weight=0.4,0.36&reduction=sum",
             WEIGHTED, {"reduction": "sum"}),
    "json": ('{"logits": [[3.0, 4.0], [6.0, 9.0]], "target": [1, 0], "weight": [0.4, 0.36]}',
             WEIGHTED, {}),
    "prose": ("My logits are [[3, 4], [6, 9]] and the labels are [1, 0], see [1] and shape (2, 2).",
              {k: WEIGHTED[k] for k in ("logits", "target")}, {}),
    "class method": ("""
class Net(nn.Module):
    def __init__(self):
        self.criterion = nn.CrossEntropyLoss(torch.tensor([0.4, 0.36]), reduction='mean')
    def step(self, batch):
        a = np.array([[3, 4], [6, 9]])
        x = torch.from_numpy(a).float()
        y = torch.tensor([1, 0]).long()
        return self.criterion(x, y).backward()
""", WEIGHTED, {"reduction": "mean"}),
    "called at once": ("""
CrossEntropyLoss(weight=torch.tensor([.4, .36]), label_smoothing=0.1)(
    torch.tensor([[3, 4], [6, 9.]]), torch.tensor([1, 0]))
""", WEIGHTED, {"label_smoothing": 0.1}),
    "nll": ("""
m = nn.LogSoftmax(dim=1)
loss = nn.NLLLoss(weight=torch.tensor([0.4, 0.36]))
input = torch.tensor([[3., 4.], [6., 9.]], requires_grad=True)
target = torch.tensor([1, 0])
output = loss(m(input), target)
""", WEIGHTED, {}),
    "annotated": ("""
x: torch.Tensor = torch.tensor([[3., 4.], [6., 9.]])
y: torch.LongTensor = torch.tensor([1, 0])
loss_fn(x, y)
""", {k: WEIGHTED[k] for k in ("logits", "target")}, {}),
    "labels without a sign": ("logits 3 4; 6 9\ntarget 1 0\nweights 0.4 0.36", WEIGHTED, {}),
    "loss that is only made": ("nn.CrossEntropyLoss(weight=[0.4, 0.36], ignore_index=0)",
                               {"weight": [0.4, 0.36]}, {"ignore_index": 0}),
    "cut off": ("logits = [[3,4],[6,9]\ntarget = [1, 0]",
                {k: WEIGHTED[k] for k in ("logits", "target")}, {}),
    "scalars": ("x = torch.tensor([1., 2., 3.])\ny = torch.tensor(1)\ncel = nn.CrossEntropyLoss()\ncel(input=x, target=y)  # tensor(1.4076)",
                {"logits": [1, 2, 3], "target": 1}, {}),
    "unnamed": ("[[3.0, 4.0], [6.0, 9.0]]\n\n[1, 0]\n\n[0.4, 0.36]", WEIGHTED, {}),
    "traceback": ("""
logits = torch.tensor([[3., 4.], [6., 9.]])
target = torch.tensor([1, 0])
loss_none = F.cross_entropy(input=logits, target=target, ignore_index=255, reduction='none')
RuntimeError                              Traceback (most recent call last)
<ipython-input-1-05aa00c09776> in <module>
---> 10 loss_none =  F.cross_entropy(input=logits, target=target, ignore_index=255, reduction='none')
~/anaconda3/lib/python3.7/site-packages/torch/nn/functional.py in cross_entropy(input, target, weight)
-> 1970     return nll_loss(log_softmax(input, 1), target, weight, None, ignore_index, None, reduction)
""", {k: WEIGHTED[k] for k in ("logits", "target")}, {"ignore_index": 255, "reduction": "none"}),
    "one-hot": ("""
preds = torch.tensor([[3., 4.], [6., 9.]])
y_true = torch.tensor([[0., 1.], [1., 0.]])
F.cross_entropy(preds, y_true)
""", {"logits": [[3, 4], [6, 9]], "target": [[0, 1], [1, 0]]}, {}),
    "quoted mail": ("""
> logits = torch.tensor([[3., 4.],
>                        [6., 9.]])
> target = torch.tensor([1, 0])
did you try that?
""", {k: WEIGHTED[k] for k in ("logits", "target")}, {}),
    "retyped target": ("""
x, y = [[3., 4.], [6., 9.]], [1, 0]
x = torch.tensor(x)
y = torch.tensor(y)
y = y.long()
weight = torch.tensor([0.4, 0.36])
""", WEIGHTED, {}),
}  # fmt: skip

NOTES = {
    "logits = torch.tensor([[1., 2.]]).softmax(dim=1)": "Line 1: `.softmax(dim=1)` after the tensor "
    "was not run; these are the numbers before it.",
    "x = torch.tensor([1., 2.])\ny = torch.randn(2, 3)": "y = torch.randn(2, 3) makes new random "
    "numbers at every run: print it and paste the printed numbers.",
    "y = torch.tensor([1, 0])\nout = model(x)\ncriterion(out, y)": "`out` has no numbers in this "
    "text: print it and paste the printed numbers.",
    "F.cross_entropy(torch.randn(2, 3), torch.tensor([1, 0]))": "torch.randn(2, 3) makes new",
    "x = [1, 2\ny = [3, 4]": "Line 1: the bracket '[' is never closed.",
    "0,5;1,2": "was read as two numbers, 0 and 5",
    "0,5 1,2": "Commas were read as decimal points",
    "a,b\n1,2": "The first line was read as names: a, b.",
    ",a,b\n0,1,2\n1,3,4": "left out as the row index",
    "a,b,label\n1.5,2,0\n3,4,1": "The column 'label' was read as the target",
    "t = torch.tensor([1, 0])\nt[0] = 3": "`t[0] = …` was not run",
    "x = torch.tensor([[1., 2.]])\nw = torch.tensor([a, 1.])": "Line 2: `a` stands where",
}

REFUSED = {
    "": "No numbers were found",
    "hello world": "No numbers were found",
    "logits = torch.randn(2, 3)": "makes new random numbers",
    "[[1, 2], [3]]": "Line 1: row 2 has 1 numbers and row 1 has 2",
    "[[1, 2], 3]": "numbers and lists stand side by side",
    "1 2 3\n4 5": "Line 2: row 2 has 2 numbers and row 1 has 3",
    "tensor([[1., 2., ..., 3.]])": "call torch.set_printoptions(profile='full')",
    "[[1 2 ... 3]\n ...\n [4 5 ... 6]]": "was shortened with '...'",
    "[" * 9 + "1" + "]" * 9: "at most 8",
    "[" * 5000 + "]" * 5000: "more than 40 deep",
    "[" * 5000: "never closed",
    "logits = [[1, 2], [3, 4]": "the text ends inside a list",
    "[[1, 2], [3": "the text ends inside a list",
    "[1, 2]\n[3, 4]\n[5, 6": "Line 3: the bracket '[' is never closed",
    "[" + "1" * 5000 + "]": "int64",
    "x = [-(-9223372036854775807 - 1)]": "int64",
    "[1, foo, 2]": "`foo` stands where a number must be",
    "[1, , 2]": "`,` stands where a number must be",
    "torch.empty(2, 3)": "whatever was in memory",
    "torch.arange(6).view(4, 2)": "shape [6] cannot be changed by `.view(4, 2)`",
    "torch.zeros(1000, 1000)": f"{MAX_NUMBERS:,}",
    "torch.tensor([nan], dtype=torch.long)": "whole numbers cannot be",
    "1,2 3,4.5": "Put each row on a line of its own",
    "1,,2\n3,4,5": "nothing stands",
    " 1 2\n[torch.FloatTensor of size 2x2]": "must be 4",
}


def same(left, right):
    """Equal in shape and numbers, nan to nan."""
    left, right = np.asarray(left), np.asarray(right)
    return left.shape == right.shape and np.array_equal(
        left.astype(float), right.astype(float), equal_nan=True
    )


@pytest.mark.parametrize("text", PLAIN)
def test_plain_numbers(text):
    """Lists, prints and tables without a constructor give their numbers and no dtype."""
    (tensor,) = read(text).tensors
    expected = np.asarray(PLAIN[text])
    assert same(tensor.values, expected)
    assert tensor.values.dtype == expected.dtype
    assert tensor.dtype is None
    assert not tensor.values.flags.writeable


@pytest.mark.parametrize("text", STATED)
def test_dtype(text):
    """The dtype is the one torch would give, and the values have its kind."""
    (tensor,) = read(text).tensors
    assert tensor.dtype == STATED[text]
    kind = "f" if "float" in str(tensor.dtype) else "b" if tensor.dtype == "bool" else "i"
    assert tensor.values.dtype.kind == kind


@pytest.mark.parametrize("text", SHAPED)
def test_layout(text):
    """Methods that only move numbers are applied."""
    (tensor,) = read(text).tensors
    assert tensor.values.shape == SHAPED[text]


@pytest.mark.parametrize("key", SNIPPETS)
def test_snippet(key):
    """What people post gives the tensors by role and the options the call states."""
    text, expected, options = SNIPPETS[key]
    assert isinstance(expected, dict)
    pasted = read(text)
    roles = {role: pasted.tensors[place].values for role, place in pasted.roles.items()}
    assert roles.keys() == expected.keys(), pasted.tensors
    for role, values in expected.items():
        assert same(roles[role], values)
    assert dict(pasted.options) == options


@pytest.mark.parametrize("text", NOTES)
def test_note(text):
    """What was not run, or could be read in two ways, is said."""
    assert any(NOTES[text] in note for note in read(text).notes), read(text).notes


@pytest.mark.parametrize("text", REFUSED, ids=lambda text: text[:30])
def test_refused(text):
    """What cannot be read is refused with a sentence that says what to do."""
    with pytest.raises(PasteError) as caught:
        read(text)
    assert REFUSED[text] in str(caught.value)
    assert len(str(caught.value)) < 400


def test_bounds_are_named():
    """A paste that is too long, or holds too many numbers, hears the bound and a way out."""
    with pytest.raises(PasteError, match=f"{MAX_TEXT:,}.*upload"):
        read("1 " * MAX_TEXT)
    with pytest.raises(PasteError, match=f"{MAX_NUMBERS:,}.*upload"):
        read("[" + "1," * (MAX_NUMBERS + 1) + "]")


DTYPES = (
    torch.float16, torch.bfloat16, torch.float32, torch.float64,
    torch.int8, torch.uint8, torch.int16, torch.int32, torch.int64, torch.bool,
)  # fmt: skip


@pytest.mark.parametrize("shape", [(3,), (2, 3), (4, 30), (2, 3, 2, 2), (0,), (0, 5), ()])
@pytest.mark.parametrize("dtype", DTYPES, ids=str)
@pytest.mark.parametrize("scale", [1.0, 1e6, 1e-6])
def test_printed_tensor_round_trips(dtype, shape, scale):
    """The repr of a tensor of any dtype reads back as that tensor, to the digits printed."""
    made = torch.randn(shape, generator=torch.Generator().manual_seed(7)) * 3 * scale
    made = made.to(dtype) if dtype.is_floating_point else (made / scale).abs().to(dtype)
    (tensor,) = read(f"x = {made!r}").tensors
    assert tensor.dtype == str(made.dtype).removeprefix("torch.")
    exact = made.double().numpy()
    assert tensor.values.shape == exact.shape
    np.testing.assert_allclose(tensor.values, exact, rtol=1e-4, atol=6e-5 * min(scale, 1) + 1e-10)


@pytest.mark.parametrize("show", [str, repr])
@pytest.mark.parametrize("dtype", ["float64", "float32", "int64", "bool"])
@pytest.mark.parametrize("shape", [(3,), (2, 3), (5, 40), (2, 3, 4)])
def test_printed_array_round_trips(show, dtype, shape):
    """What NumPy prints, with commas or without, reads back as that array."""
    made = (np.random.default_rng(7).normal(size=shape) * 3).astype(dtype)
    (tensor,) = read(show(made)).tensors
    assert tensor.dtype in (None, dtype)
    np.testing.assert_allclose(tensor.values, made.astype(tensor.values.dtype), rtol=1e-5)


def test_scale_line_is_applied():
    """Old torch printed one factor for the whole tensor; 1e-02 * 1.5 is 0.015."""
    text = "\n1.00000e-02 *\n  1.5000  2.0000\n -3.0000  4.0000\n[torch.FloatTensor of size 2x2]\n"
    np.testing.assert_allclose(
        read(text).tensors[0].values, [[0.015, 0.02], [-0.03, 0.04]], rtol=1e-15
    )
    newer = "tensor(1.00000e-02 *\n       [[ 1.5000,  2.0000]])"
    np.testing.assert_allclose(read(newer).tensors[0].values, [[0.015, 0.02]], rtol=1e-15)


def test_old_slices_are_stacked():
    """Old torch printed three axes as titled pages and wide tensors in column blocks."""
    pages = "(0 ,.,.) = \n 1 2\n 3 4\n\n(1 ,.,.) = \n 5 6\n 7 8\n[torch.LongTensor of size 2x2x2]"
    assert same(read(pages).tensors[0].values, np.arange(1, 9).reshape(2, 2, 2))
    wide = "Columns 0 to 1 \n 1 2\n 4 5\n\nColumns 2 to 2 \n 3\n 6\n[torch.FloatTensor of size 2x3]"
    assert same(read(wide).tensors[0].values, [[1, 2, 3], [4, 5, 6]])


def test_names_and_columns():
    """A tensor has the name it was given, a table the names above its columns."""
    assert read("my_out = [[1.0, 2.0]]").tensors[0].name == "my_out"
    assert read("cat,dog\n1,2").tensors[0].columns == ("cat", "dog")
    assert read("label\n1\n0").tensors[0].name == "label"
    assert [tensor.name for tensor in read("a = b = [1, 2]").tensors] == ["a"]


HOSTILE = (
    "[", "(", "{", "a=", "1,", "1;", "1 ", "1", "1.", "-", "'a", "\\'", '"', "#", "<a", "[1", "[1]",
    "[1],", "[1]\n", "a=1\n", "a=[1]\n", "a.", "a[", "f(", "f(1)", "1*[", "\n", "|", ":(", "...",
    "tensor([1,2])\n", "a=torch.zeros(200000)\n", "a=[0]*200000\n", "# tensor([1\n", "logits=&",
    "1 2\n[torch.FloatTensor of size 1x2]\n", "F.cross_entropy([1],[0])\n", "{'a':", "([{", "(]",
    "print(x)\n", "a,", "a:", ">>> ", "> ", "1e", "x=x.view(1)\n", "-[", "1_",
)  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_text_is_answered_soon(piece):
    """A megabyte of anything is answered in a few seconds, and with nothing but PasteError."""
    text = (piece * (MAX_TEXT // len(piece) + 1))[:MAX_TEXT]
    start = time.process_time()
    with suppress(PasteError):
        read(text)
    assert time.process_time() - start < 5  # 2 s here; room for a slower machine


LATE = {
    "a number a line, under torch's old footer": "1\n" * 400_000
    + "[torch.FloatTensor of size 99999999]",
    "a product of names": "x = " + "a*" * 20_000 + "a",
    "names in a list of lists": "x = [[y] * 200000] * 200000",
    "tensors that all differ": "".join(f"print([{k},{k + 1}])\n" for k in range(20_000)),
    "tensors that are all one": "print([1,2])\n" * 20_000,
}


@pytest.mark.parametrize("kind", LATE)
def test_late_text_is_answered_soon(kind):
    """What once took minutes, or Python's whole stack, is answered in a few seconds."""
    start = time.process_time()
    with suppress(PasteError):
        read(LATE[kind])
    assert time.process_time() - start < 5  # a second here; room for a slower machine


ODD = {
    "torch.zeros(0, 1099511627776, 1099511627776)": "cannot be made",
    "torch.zeros(0, 10001)": "cannot be made",
    "torch.tensor(5).flatten(0)": "cannot be changed",
    "torch.tensor([5]).unsqueeze(9223372036854775807)": "cannot be changed",
    "[np.int64(1e300)]": "beyond the largest whole number",
    "a\n\\\n#": "No numbers were found",
}


@pytest.mark.parametrize("text", ODD)
def test_odd_text_is_refused(text):
    """What NumPy or Python refuses is refused in words of our own."""
    with pytest.raises(PasteError, match=ODD[text]):
        read(text)


def test_label_beyond_whole_numbers():
    """A column of labels with a number that no int64 holds is no target."""
    (tensor,) = read("a,label\n1,1e300\n2,1").tensors
    np.testing.assert_array_equal(tensor.values, [[1, 1e300], [2, 1]])


def test_scale_beyond_the_largest_number():
    """Scaled beyond the largest number is inf, as in torch, and warns nobody."""
    (tensor,) = read("1e300 *\n 1e300\n[torch.FloatTensor of size 1]").tensors
    np.testing.assert_array_equal(tensor.values, [np.inf])


PIECES = st.sampled_from([
    "[", "]", "(", ")", "{", "}", ",", ";", ":", "=", ".", "-", "*", "/", " ", "\n", "'", '"', "#",
    "1", "2.5", "1e400", "-inf", "nan", "...", "0,5", "9" * 25, "x", "y", "logits", "target", "True",
    "torch.tensor(", "torch.zeros(", "torch.arange(", "torch.full((2,2),", "np.array(", ".view(",
    ".squeeze(", ".long()", ".permute(1,0)", ".unsqueeze(9)", ".softmax(1)", "dtype=torch.long",
    "nn.CrossEntropyLoss(", "F.cross_entropy(", "criterion", "weight=", "ignore_index=", ">>> ",
    "print(", "[torch.FloatTensor of size 2x2]", "Variable containing:\n", "a,b\n", "\t", "|", "1 2",
    "float('inf')", "float(", "torch.randn(2)", "size=", "[[1,2],[3,4]]", "[1,0]", ".T", ".flatten(",
    "torch.eye(", "Columns 0 to 1", "(0 ,.,.) =", "1.0e-02 *", ".transpose(0,", "int(", "bool(",
])  # fmt: skip


@settings(max_examples=1500, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=40).map("".join)))
def test_any_text_is_read_or_refused(text):
    """Any text gives tensors or a PasteError, never another error, and every role has its place."""
    try:
        pasted = read(text)
    except PasteError as error:
        assert str(error)
        return
    assert pasted.tensors
    assert all(0 <= place < len(pasted.tensors) for place in pasted.roles.values())
    assert len(set(pasted.roles.values())) == len(pasted.roles)
    assert all(tensor.values.dtype in (np.float64, np.int64, np.bool_) for tensor in pasted.tensors)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.lists(st.floats(allow_subnormal=True), min_size=2, max_size=4), min_size=1, max_size=4
    ).filter(lambda rows: len({len(row) for row in rows}) == 1)
)
def test_repr_of_a_list_is_exact(rows):
    """Every float64 that Python writes is read back as itself."""
    assert same(read(repr(rows)).tensors[0].values, rows)


NAMED = "logits = torch.tensor([[2, 1, 0.1], [0.5, 2.5, 0.3]])\n{}\ntarget = torch.tensor([0, 2])"


@pytest.mark.parametrize(
    "line",
    [
        'classes = ["cat", "dog", "owl"]',
        "class_names = ('cat', 'dog', \"owl\",)  # in order",
        "names = [\n    'cat',\n    'dog',\n    'owl',\n]",
    ],
)
def test_class_names(line):
    """A list of class names in the text names the logits' columns, and nothing is complained of."""
    pasted = read(NAMED.format(line))
    assert pasted.tensors[pasted.roles["logits"]].columns == ("cat", "dog", "owl")
    assert pasted.notes == read(NAMED.format("")).notes
    assert len(pasted.tensors) == 2


def test_class_names_that_do_not_fit():
    """A list of another length is no list of class names; the text is read as ever."""
    pasted = read(NAMED.format("classes = ['cat', 'dog']"))
    assert pasted.tensors[pasted.roles["logits"]].columns is None
    assert any("'cat'" in note for note in pasted.notes)


def test_class_names_of_a_long_text():
    """A text that is no list is told from one in time."""
    begun = time.perf_counter()
    for text in ("classes = [" + "'a', " * 100_000, "classes = [" + " " * 500_000, " " * 500_000):
        with suppress(PasteError):
            read(f"{text}\n1 2\n")
    assert time.perf_counter() - begun < 10
