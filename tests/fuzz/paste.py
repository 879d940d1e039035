"""Pasted text: prints of torch, NumPy, TensorFlow and JAX, code, tables and prose."""

import json
from pathlib import Path

import numpy as np

from tests.fuzz.claims import read_or_refused, short
from tests.fuzz.record import Target, encoded
from ui.mistake.pasted import other_of
from ui.paste import MAX_TEXT, Pasted, PasteError, read

POSTED = Path(__file__).parent.parent / "posted_numbers.json"
MOST_AGAIN = 2_000  # numbers that are written and read again
SEEDS = encoded(
    "logits = torch.tensor([[3., 4.], [6., 9.]])\nlabels = torch.tensor([1, 0])\n"
    "w = torch.tensor([0.4, 0.36])\nloss = nn.CrossEntropyLoss(weight=w)(logits, labels)",
    "tensor([[ 0.1000, -1.2000],\n        [ 3.0000,  4.0000]], device='cuda:0', "
    "grad_fn=<AddmmBackward0>)",
    "array([[1., 2.],\n       [3., 4.]], dtype=float32)",
    "<tf.Tensor: shape=(2, 2), dtype=float32, numpy=\narray([[3., 4.],\n       [6., 9.]], "
    "dtype=float32)>",
    "Array([[3., 4.],\n       [6., 9.]], dtype=float32)",
    "tf.Tensor(\n[[3. 4.]\n [6. 9.]], shape=(2, 2), dtype=float32)",
    ">>> x\nVariable containing:\n 3  4\n 6  9\n[torch.FloatTensor of size 2x2]\n",
    "(0 ,.,.) = \n 1 2\n 3 4\n[torch.FloatTensor of size 1x2x2]",
    "Columns 0 to 1\n 1 2\nColumns 2 to 3\n 3 4\n[torch.FloatTensor of size 1x4]",
    "1.0e-02 *\n 1 2\n[torch.FloatTensor of size 1x2]",
    "F.cross_entropy(torch.tensor([[1., 2.]]), torch.tensor([0]), ignore_index=-100, "
    "label_smoothing=0.1, reduction='sum')",
    'In [3]: y\nOut[3]: \n{"logits": [[1, 2]], "target": [0]}',
    "cat,dog,label\n0.5,1.5,1\n2.5,3.5,0\n",
    "Hund;Katze\n0,5;1.234,5\n-2,25;3\n",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "3,4;6,9",
    "https://example.org/steps?logits=3,4;6,9&target=1,0&weight=0.4,0.36&reduction=sum",
    "names = ['cat', 'dog']\nlogits: torch.Tensor = torch.arange(6).view(3, -1).float()\n",
    "x = [0.25] * 4\ny = [[np.float64(0.5), np.int64(2)], [float('inf'), -np.nan]]",
    "a = b = np.eye(2); c, d = [1], [2]\nprint(a)\n# tensor([1, 2])\n# x",
    "torch.zeros(2, 3).t().permute(1, 0).unsqueeze(0).squeeze().flatten(0).long()",
    "m = nn.LogSoftmax(dim=1)\nnn.NLLLoss()(m(torch.tensor([[1., 2.]])), torch.tensor([0]))",
    "nn.BCEWithLogitsLoss(pos_weight=torch.tensor([3.]))(torch.tensor([2.2]), torch.tensor([1.]))",
    *(json.dumps(row["inputs"]) for row in json.loads(POSTED.read_text(encoding="utf-8"))[:12]),
)
TOKENS = encoded(
    *("[", "]", "(", ")", "{", "}", ",", ";", ":", "=", ".", "-", "*", "/", " ", "\n", "'", '"'),
    *(
        "#",
        "\\\n",
        "\\",
        "\t",
        "|",
        "|-|",
        "1",
        "2.5",
        "1e400",
        "1e300",
        "-inf",
        "nan",
        "...",
        "0,5",
    ),
    *("9" * 25, "0" * 30, "x", "y", "logits", "target", "weight=", "True", "None", "torch.tensor("),
    *("torch.zeros(", "torch.eye(", "torch.arange(", "torch.full((2,2),", "np.array(", ".view("),
    *("0, 1099511627776", "9223372036854775807", "-9223372036854775808", "-1", "200000"),
    *(".squeeze(", ".long()", ".bool()", ".permute(", ".unsqueeze(", ".softmax(1)", ".flatten("),
    *(".transpose(", ".T", ".t()", ".reshape(", "[:, 0]", "dtype=torch.long", "dtype=np.uint8"),
    *("np.int64(", "float('inf')", "int(", "bool(", "torch.empty(", "torch.randn(2)", "size="),
    *("nn.CrossEntropyLoss(", "F.cross_entropy(", "criterion(", "nn.BCELoss(", "nn.NLLLoss("),
    *("F.softmax(", "print(", ">>> ", "... ", "In [1]: ", "```", "> ", "# tensor(", ":)", "&"),
    *("Variable containing:\n", "[torch.FloatTensor of size 2x2]", "Columns 0 to 1\n", "1.0e-02 *"),
    *("(0 ,.,.) = \n", "names = ['a', 'b']\n", "a,b\n", "a,label\n", "\u2212", "\u00a0", "\u0663"),
)


def run(data: bytes) -> None:
    """Tensors in the three kinds of numbers and roles among them; written out, they read back."""
    text = data.decode(errors="replace")
    read_or_refused(lambda: other_of(text))
    pasted = read_or_refused(lambda: read(text), PasteError)
    if pasted is None:
        return
    _sound(pasted)
    for tensor in pasted.tensors[:3]:
        if 0 < tensor.values.size <= MOST_AGAIN and 0 < tensor.values.ndim < 9:
            again = read(f"x = {tensor.values.tolist()!r}").tensors[0].values
            np.testing.assert_array_equal(again, tensor.values)
            assert again.dtype == tensor.values.dtype


def _sound(pasted: Pasted) -> None:
    short(pasted.notes)
    places = pasted.roles.values()
    assert pasted.tensors
    assert all(0 <= place < len(pasted.tensors) for place in places)
    assert len(set(places)) == len(places)
    assert all(tensor.values.dtype in (np.float64, np.int64, np.bool_) for tensor in pasted.tensors)


TARGET = Target("paste", run, SEEDS, TOKENS, MAX_TEXT)
