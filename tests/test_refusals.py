"""A message of torch is known wherever it stands in a paste, and told with its own numbers."""

import re
import string
import subprocess
import sys

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import nn
from torch.nn import functional as F  # noqa: N812 - the name that torch's users know

from ce_core import Case, CaseError
from ce_core.refusals import REFUSALS, find, recognise
from ce_core.refusals.find import AROUND, MOST
from ce_core.refusals.record import Recognised
from tests.test_case_errors import BAD

ON_GPU = [row for row in REFUSALS if "cuda" in row.wrong]
ON_CPU = [row for row in REFUSALS if row not in ON_GPU]

each_row = pytest.mark.parametrize("row", REFUSALS, ids=lambda row: row.key)
each_row_on_cpu = pytest.mark.parametrize("row", ON_CPU, ids=lambda row: row.key)


def evaluate(code):
    """The value of an expression of our own table."""
    return eval(code, {"torch": torch, "nn": nn, "F": F})  # noqa: S307


def message(code):
    """What torch raises for the expression, as Python prints it last."""
    with pytest.raises(Exception) as caught:  # noqa: PT011 - any exception, of any message
        evaluate(code)
    return f"{type(caught.value).__name__}: {caught.value}"


def key(text):
    """The key of the row that is recognised; None if there is none."""
    found = recognise(text)
    return found.refusal.key if found else None


def test_keys_are_slugs_and_unique():
    """Each row has a key of its own, in small letters."""
    keys = [row.key for row in REFUSALS]
    assert len(set(keys)) == len(keys)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) for name in keys)


@each_row_on_cpu
def test_wrong_raises_what_is_recognised_as_this_row(row):
    """Torch refuses the wrong code with a message that leads to this row and no other."""
    assert recognise(message(row.wrong)).refusal is row


@each_row
def test_right_runs(row):
    """The mended code runs."""
    evaluate(row.right)


@pytest.mark.gpu
@pytest.mark.skipif(not torch.cuda.is_available(), reason="needs a CUDA device")
@pytest.mark.parametrize("row", ON_GPU, ids=lambda row: row.key)
def test_wrong_raises_on_the_gpu(row):
    """On a CUDA device too; in a process of its own, which the error leaves without a device."""
    code = f"import torch; from torch.nn import functional as F; {row.wrong}"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert recognise(ran.stderr).refusal is row


@each_row
def test_templates_speak_of_the_pattern_s_groups(row):
    """What stands in braces is a named group of the pattern, so each message fills it."""
    fields = {
        name for text in (row.meaning, row.remedy) for _, name, *_ in string.Formatter().parse(text)
    }
    assert fields - {None} <= set(re.compile(row.pattern).groupindex)


@each_row
def test_words_are_for_a_student(row):
    """Sentences that end in a full stop, a short title that does not, and no "invalid"."""
    assert row.title[0].isupper() or row.title.split()[0] in row.wrong + row.pattern
    assert len(row.title) <= 60
    assert not row.title.endswith(".")
    assert row.meaning.endswith(".")
    assert row.remedy.endswith(".")
    assert "invalid" not in f"{row.title} {row.meaning} {row.remedy}".lower()


def repeats(parsed):
    """The largest count of each repetition in a parsed pattern, at any depth."""
    for operator, argument in parsed:
        if str(operator).endswith("REPEAT"):
            yield argument[1]
        for part in argument if isinstance(argument, (tuple, list)) else ():
            for inner in part if isinstance(part, list) else [part]:
                if isinstance(inner, re._parser.SubPattern):
                    yield from repeats(inner)


@each_row
def test_no_pattern_repeats_without_bound(row):
    """Each repetition ends after at most 60 signs, so the time grows with the text, not faster."""
    assert all(most <= 60 for most in repeats(re._parser.parse(row.pattern)))


@pytest.mark.parametrize("break_", ["\n", " "])
def test_message_between_long_arrays(break_):
    """A printed array is not read for messages; one that stands between two is found and quoted."""
    numbers = str([[0.5, -1e-05]] * 2_000)
    message = "RuntimeError: expected target dtype to be Long or Byte, but got Float"
    found = recognise(break_.join([f"logits = {numbers}", message, numbers]))
    assert found.refusal.key == "target-holds-floats"
    assert message in found.quoted
    assert len(found.quoted) < 400


def test_long_arrays_are_left_out(monkeypatch):
    """What the patterns are held against does not grow with the numbers."""
    read = []
    monkeypatch.setattr(find, "_find", lambda text, **_: read.append(len(text)))
    for count in (1_000, 100_000):
        recognise(f"logits = {[0.5] * count}")
    assert read[:2] == read[2:]
    assert max(read) < 1_000


@each_row
def test_no_pattern_has_a_space_in_brackets(row):
    """A space stands for any white space, which a set of signs in brackets spells out itself."""
    sets = re.findall(r"(?<!\\)\[(?:\\.|[^\]\\])*\]", row.pattern)
    assert not [part for part in sets if " " in part]


# What people posted: each message of the collection, with its row.

POSTED = [
    ("target-holds-floats", "RuntimeError: expected target dtype to be Long or Byte, but got Float"),
    ("target-not-int64", "RuntimeError: expected target dtype to be Long or Byte, but got Int"),
    ("target-not-int64", "RuntimeError: expected target dtype to be Long or Byte, but got Bool"),
    ("probabilities-not-floats", "RuntimeError: Expected floating point type for target with class probabilities, got Long"),
    ("target-has-columns", "RuntimeError: 0D or 1D target tensor expected, multi-target not supported"),
    ("target-too-large", "IndexError: Target 3 is out of bounds."),
    ("target-negative", "IndexError: Target -1 is out of bounds."),
    ("one-output", "IndexError: Target 1 is out of bounds."),
    ("batch-sizes-differ", "ValueError: Expected input batch_size (3) to match target batch_size (2)."),
    ("sequence-target-size", "RuntimeError: Expected target size [2, 5], got [2, 7]"),
    ("image-classes-last", "RuntimeError: size mismatch (got input: [2, 4, 4, 3] , target: [2, 4, 4]"),
    ("mask-has-channels", "RuntimeError: only batches of spatial targets supported (3D tensors) but got targets of dimension: 4"),
    ("image-logits-not-pooled", "RuntimeError: only batches of spatial targets supported (3D tensors) but got targets of dimension: 1"),
    ("image-sizes-differ", "RuntimeError: size mismatch (got input: [2, 3, 4, 4] , target: [2, 8, 8]"),
    ("weight-length", "RuntimeError: weight tensor should be defined either for all 5 classes or no classes but got weight tensor of shape: [3]"),
    ("weight-shape", "RuntimeError: weight tensor should be defined either for all 2 classes or no classes but got weight tensor of shape: [1, 2]"),
    ("weight-not-a-tensor", "TypeError: cross_entropy_loss(): argument 'weight' (position 3) must be Tensor, not list"),
    ("loss-object-weight", "TypeError: cannot assign 'list' object to buffer 'weight' (torch Tensor or None required)"),
    ("weight-dtype", "RuntimeError: expected scalar type Float but found Double"),
    ("weight-dtype", "RuntimeError: expected scalar type Float but found Long"),
    ("logits-whole-numbers", "NotImplementedError: \"log_softmax_lastdim_kernel_impl\" not implemented for 'Long'"),
    ("loss-class-called-with-data", "RuntimeError: Boolean value of Tensor with more than one value is ambiguous"),
    ("ignore-index-with-probabilities", "RuntimeError: ignore_index is not supported for floating point target"),
    ("label-smoothing-range", "RuntimeError: label_smoothing must be between 0.0 and 1.0. Got: 1.5"),
    ("reduction-name", "ValueError: average is not a valid value for reduction"),
    ("backward-of-many", "RuntimeError: grad can be implicitly created only for scalar outputs"),
    ("model-returns-more", "TypeError: cross_entropy_loss(): argument 'input' (position 1) must be Tensor, not tuple"),
    ("target-not-a-tensor", "TypeError: cross_entropy_loss(): argument 'target' (position 2) must be Tensor, not numpy.ndarray"),
    ("bce-input-not-probabilities", "RuntimeError: all elements of input should be between 0 and 1"),
    ("bce-column", "ValueError: Target size (torch.Size([3])) must be the same as input size (torch.Size([3, 1]))"),
    ("bce-target-whole", "RuntimeError: result type Float can't be cast to the desired output type Long"),
    ("sizes-do-not-meet", "RuntimeError: The size of tensor a (2) must match the size of tensor b (100) at non-singleton dimension 2"),
    ("pos-weight-not-a-tensor", "TypeError: binary_cross_entropy_with_logits(): argument 'pos_weight' (position 4) must be Tensor, not float"),
]  # fmt: skip

# Other forms of the same messages: older torch, a GPU, another argument.
ALSO = [
    ("target-holds-floats", "Expected object of scalar type Long but got scalar type Float for argument #2 'target' in call to _thnn_nll_loss_forward"),
    ("target-holds-floats", "RuntimeError: expected scalar type Long but found Float"),
    ("target-holds-floats", "RuntimeError: \"nll_loss_forward_reduce_cuda_kernel_2d_index\" not implemented for 'Float'"),
    ("target-not-int64", "RuntimeError: \"nll_loss_forward_no_reduce_cuda_kernel_index\" not implemented for 'Int'"),
    ("target-has-columns", "RuntimeError: 1D target tensor expected, multi-target not supported"),
    ("sequence-target-size", "ValueError: Expected target size (2, 5), got torch.Size([2, 7])"),
    ("mask-has-channels", "RuntimeError: 1only batches of spatial targets supported (non-empty 3D tensors) but got targets of size: : [4, 3, 512, 512]"),
    ("image-logits-not-pooled", "RuntimeError: only batches of spatial targets supported (3D tensors) but got targets of size: : [4]"),
    ("weight-length", "RuntimeError: cross_entropy: weight tensor should be defined either for all 3 classes or no classes but got weight tensor of shape: [2]"),
    ("weight-shape", "RuntimeError: weight tensor should be defined either for all 3 classes or no classes but got weight tensor of shape: []"),
    ("weight-dtype", "RuntimeError: expected scalar type Half but found Float"),
    ("loss-object-weight", "TypeError: cannot assign 'float' object to buffer 'pos_weight' (torch Tensor or None required)"),
    ("logits-whole-numbers", "RuntimeError: \"host_softmax\" not implemented for 'Long'"),
    ("logits-of-rare-kind", "RuntimeError: \"log_softmax_lastdim_kernel_impl\" not implemented for 'Half'"),
    ("logits-of-rare-kind", "NotImplementedError: \"log_softmax_lastdim_kernel_impl\" not implemented for 'Float8_e4m3fn'"),
    ("logits-of-rare-kind", "RuntimeError: \"nll_loss_out_frame\" not implemented for 'Half'"),
    ("target-not-int64", "RuntimeError: expected target dtype to be Long or Byte, but got Float8_e5m2"),
    ("nll-whole-numbers", "NotImplementedError: \"nll_loss2d_forward_out_frame\" not implemented for 'Long'"),
    ("logits-not-a-tensor", "TypeError: log_softmax(): argument 'input' (position 1) must be Tensor, not numpy.ndarray"),
    ("model-returns-more", "TypeError: cross_entropy_loss(): argument 'input' (position 1) must be Tensor, not SequenceClassifierOutput"),
    ("loss-class-called-with-data", "RuntimeError: bool value of Tensor with more than one value is ambiguous"),
    ("reduction-name", "ValueError: ['mean'] is not a valid value for reduction"),
    ("whole-number-too-large", "RuntimeError: Overflow when unpacking long"),
    ("bce-sizes-differ", "ValueError: Using a target size (torch.Size([2])) that is different to the input size (torch.Size([3])) is deprecated. Please ensure they have the same size."),
    ("bce-input-not-probabilities", "Loss.cu:92: operator(): block: [0,0,0], thread: [1,0,0] Assertion `input_val >= zero && input_val <= one` failed."),
    ("bce-target-bool", "RuntimeError: Subtraction, the `-` operator, with a bool tensor is not supported. If you are trying to invert a mask, use the `~` or `logical_not()` operator instead."),
    ("bce-dtypes-differ", "RuntimeError: Found dtype Float but expected Long"),
    ("index-too-large", "IndexError: index -100 is out of bounds for dimension 0 with size 2"),
    ("devices-differ", "RuntimeError: Expected all tensors to be on the same device, but found at least two devices, cuda:0 and cpu! (when checking argument for argument target in method wrapper_CUDA_nll_loss_forward)"),
    ("devices-differ", "RuntimeError: Expected all tensors to be on the same device, but got weight is on cpu, different from other tensors on cuda:0 (when checking argument in method wrapper_CUDA_nll_loss_forward)"),
    ("target-missing", "TypeError: forward() missing 1 required positional argument: 'target'"),
    ("label-smoothing-unknown", "TypeError: __init__() got an unexpected keyword argument 'label_smoothing'"),
    ("device-side-assert", "RuntimeError: CUDA error: device-side assert triggered\nCUDA kernel errors might be asynchronously reported at some other API call"),
    ("device-side-assert", "/pytorch/aten/src/ATen/native/cuda/Loss.cu:250: nll_loss_forward_reduce_cuda_kernel_2d: block: [0,0,0], thread: [3,0,0] Assertion `t >= 0 && t < n_classes` failed."),
    ("device-side-assert", "RuntimeError: Assertion `cur_target >= 0 && cur_target < n_classes' failed.  at /pytorch/aten/src/THNN/generic/ClassNLLCriterion.c:94"),
]  # fmt: skip

each_message = pytest.mark.parametrize(
    ("expected", "said"), POSTED + ALSO, ids=[said[:70] for _, said in POSTED + ALSO]
)


@each_message
def test_posted_message_is_recognised(expected, said):
    """Each message that people posted leads to its row."""
    assert key(said) == expected


@each_message
def test_the_exception_s_name_is_not_needed(expected, said):
    """The bare message is enough."""
    assert key(re.sub(r"^\w+Error: ", "", said)) == expected


TRACEBACK = """\
Hi all, I get this and do not know why:

Traceback (most recent call last):
  File "train.py", line 12, in <module>
    loss = criterion(output, target)  # a valid value for reduction?
           ^^^^^^^^^^^^^^^^^^^^^^^^^
  File "/usr/lib/python3/site-packages/torch/nn/modules/loss.py", line 1297, in forward
    return F.cross_entropy(
  File "/usr/lib/python3/site-packages/torch/nn/_reduction.py", line 26, in get_enum
    raise ValueError(f"{reduction} is not a valid value for reduction")
%s

Any help? My batch size is 4.
"""


@each_message
def test_message_in_a_traceback(expected, said):
    """What stands round it, torch's own source included, does not matter."""
    found = recognise(TRACEBACK % said)
    assert found.refusal.key == expected
    assert found.says == recognise(said).says


@each_message
@pytest.mark.parametrize("width", [21, 40, 57, 80])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\n    "], ids=repr)
def test_message_that_a_terminal_broke(expected, said, width, end):
    """Lines may be broken anywhere, also inside a word, and the blank at the break may be gone."""
    said = " ".join(said.split())
    most, last = said.rsplit(" ", 1)  # a break inside the last word cannot be told from its end
    pieces = [most[k : k + width] for k in range(0, len(most), width)]
    pieces[-1] += f" {last}"
    assert key(end.join(pieces)) == expected
    assert key(end.join(piece.strip() for piece in pieces)) == expected


@each_message
def test_message_with_other_signs(expected, said):
    """Curly quotes, coloured text, quoted mail and escaped quotes are read as the plain message."""
    curly = re.sub(r"\"([^\"]*)\"", "“\\1”", said).replace("'", "’").replace(" -", " −")
    assert key(curly) == expected
    assert key(f"\x1b[0;31m{said.replace(':', chr(27) + '[0m:', 1)}") == expected
    assert key("\n".join(f"> {line}" for line in said.splitlines())) == expected
    assert key(said.replace("'", "\\'").replace('"', '\\"')) == expected
    assert key("\n".join(f"│ {line}   │" for line in said.splitlines())) == expected


def test_last_message_counts():
    """Of several errors the one that Python raised last is explained."""
    first, last = POSTED[0], POSTED[8]
    text = f"{first[1]}\n\nDuring handling of the above exception, another occurred:\n\n{last[1]}"
    assert key(text) == last[0]


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: bad.key)
def test_each_message_that_a_case_quotes_is_known(bad):
    """Whatever torch would say of a case that the page refuses is explained here as well."""
    with pytest.raises(CaseError) as caught:
        Case(bad.logits, bad.target, bad.weight, **bad.options)
    assert not caught.value.torch or recognise(caught.value.torch)


def test_numbers_of_the_message_are_in_the_words():
    """The sentence speaks of the numbers in this very message."""
    says = recognise("Expected input batch_size (640) to match target batch_size (32).").says
    assert "640 rows" in says
    assert "32" in says


@pytest.mark.parametrize(
    ("said", "parts"),
    [
        ("size mismatch (got input: [2, 3, 4, 4] , target: [2, 8, 8]", ["(2, 3, 4, 4)", "(2, 8, 8)"]),
        ("weight tensor should be defined either for all 5 classes or no classes but got weight tensor of shape: [1, 5]", ["5 classes", "(1, 5)"]),
        ("weight tensor should be defined either for all 5 classes or no classes but got weight tensor of shape: []", ["shape ()."]),
        ("Expected target size [2, 5], got [2, 7]", ["(2, 5)", "(2, 7)"]),
        ("shape '[-1, 5]' is invalid for input of size 12", ["(-1, 5)", "12 numbers"]),
        ("expected scalar type Float but found Double", ["Float (torch.float32)", "Double (torch.float64)"]),
        ("expected target dtype to be Long or Byte, but got UInt16", ["UInt16 (torch.uint16)"]),
        ("cross_entropy_loss(): argument 'target' (position 2) must be Tensor, not NoneType", ["found None."]),
        ("cross_entropy_loss(): argument 'target' (position 2) must be Tensor, not numpy.ndarray", ["a NumPy array"]),
        ("ValueError: Mean loss is not a valid value for reduction", ["reduction is Mean loss;"]),
        ("ValueError:  is not a valid value for reduction", ["reduction is empty;"]),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else "",
)  # fmt: skip
def test_words_of_the_message_are_translated(said, parts):
    """Shapes stand as Python writes them, dtypes with their name in code, types in words."""
    says = recognise(said).says
    assert all(part in says for part in parts), says


def test_remedy_speaks_of_the_number():
    """The remedy can be copied: it holds the very number."""
    assert "ignore_index=-7" in recognise("IndexError: Target -7 is out of bounds.").remedy


def test_shared_messages_name_all_causes():
    """Where torch says the same of several slips, each of them is named."""
    swapped = recognise("\"log_softmax_lastdim_kernel_impl\" not implemented for 'Long'").says
    assert "swapped" in swapped
    assert "decimal point" in swapped
    mixed = recognise("RuntimeError: expected scalar type Float but found Double").says
    assert mixed.index("weight") < mixed.index("layer")


@pytest.mark.parametrize("given_", ["{}", "{0}", "{x.__class__}", "%s", "{{rows}}", "a}b{c"])
def test_braces_in_a_message_mean_nothing(given_):
    """What torch prints of a person's own text is told as it is, and never filled in."""
    found = recognise(f"ValueError: ('{given_}', 1) is not a valid value for reduction")
    assert given_ in found.says
    other = recognise(f"{given_} IndexError: Target 3 is out of bounds. {given_}")
    assert other.refusal.key == "target-too-large"
    assert given_ in other.quoted


def test_quoted_is_the_line():
    """The line that was recognised is quoted, with the exception's name."""
    said = "IndexError: Target 3 is out of bounds."
    assert recognise(TRACEBACK % said).quoted == said


def test_quoted_is_cut():
    """Of a line without end only what stands near the message is quoted."""
    said = "Target 3 is out of bounds"
    quoted = recognise("x" * 5000 + said + "y" * 5000).quoted
    assert said in quoted
    assert quoted.startswith("…x")
    assert quoted.endswith("y…")
    assert len(quoted) == len(said) + 2 * (AROUND + 1)


CASE = Case([[1.0, 2.0, 0.5], [0.1, 0.2, 3.0]], [1, 2], [1.0, 2.0, 3.0])


@pytest.mark.parametrize(
    ("said", "beside"),
    [
        (POSTED[8][1], "On this page the logits are (2, 3) and the target is (2,): these go together."),
        (POSTED[5][1], "On this page the logits are (2, 3), so a class number is one of 0 to 2, or ignore_index (-100)."),
        (POSTED[14][1], "On this page the logits are (2, 3) and weight is (3,)."),
    ],
    ids=["shapes", "classes", "weight"],
)  # fmt: skip
def test_case_on_the_page_stands_beside(said, beside):
    """With a case, the last sentence says what it has where the message speaks of the same."""
    alone = recognise(said).says
    assert recognise(said, CASE).says == f"{alone} {beside}"


@pytest.mark.parametrize(
    ("case", "said", "ending"),
    [
        (CASE.replace(weight=None), POSTED[14][1], "there is no weight."),
        (Case([[1.0]], [0]), POSTED[5][1], "so a class number is 0, or ignore_index (-100)."),
        (Case([[0.5, 1.0]], [[0.5, 0.5]]), POSTED[5][1], recognise(POSTED[5][1]).says[-20:]),
        (Case(np.zeros((1, 0)), [-100]), POSTED[5][1], recognise(POSTED[5][1]).says[-20:]),
    ],
    ids=["no-weight", "one-class", "probabilities", "no-classes"],
)
def test_case_at_the_edge(case, said, ending):
    """No weight is said in words; where there are no class numbers, nothing is added."""
    assert recognise(said, case).says.endswith(ending)


def test_case_is_left_out_where_it_does_not_help():
    """A message about the call says nothing of the page."""
    said = "RuntimeError: grad can be implicitly created only for scalar outputs"
    assert recognise(said, CASE) == recognise(said)


CODE = """
import torch
import torch.nn.functional as F

logits = torch.tensor([[3., 4.], [6., 9.]])
target = torch.tensor([1, 0])
weight = torch.tensor([0.4, 0.36])
criterion = nn.CrossEntropyLoss(weight=weight, ignore_index=-100, reduction="mean", label_smoothing=0.1)
loss = F.cross_entropy(logits, target, weight)
if reduction not in ("none", "sum", "mean"):
    raise ValueError(f"{reduction} is not a valid value for reduction")
raise ValueError(f"Target size ({target.size()}) must be the same as input size ({input.size()})")
"""


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t ",
        "0.6662",
        "nan",
        "-inf",
        "tensor(nan)",
        "tensor(2.5405)",
        "tensor([1., 2.])",
        "tensor(1.7529, grad_fn=<NllLossBackward0>)",
        "[[3, 4], [6, 9]]",
        "(no error) tensor(1.6160)",
        "F.cross_entropy(logits, target)",
        CODE,
        "RuntimeError: mat1 and mat2 shapes cannot be multiplied (3x4 and 5x6)",
        "TypeError: linear(): argument 'input' (position 1) must be Tensor, not list",
        "TypeError: __init__() got an unexpected keyword argument 'hidden'",
        "AttributeError: module 'torch' has no attribute 'compile'",
        "KeyError: 'target'",
        "UserWarning: Using a target size (torch.Size([3])) that is different to the input size (torch.Size([3, 1])). This will likely lead to incorrect results due to broadcasting.",
        "My target is out of bounds, what now?",
        "\x00\ud800",
    ],
    ids=lambda text: repr(text[:30]),
)
def test_other_text_is_not_recognised(text):
    """Numbers, prints, code and other errors are no message of a loss."""
    assert recognise(text) is None


@given(st.text(max_size=400))
def test_any_text_is_read(text):
    """No text whatever raises."""
    assert recognise(text) is None or isinstance(recognise(text), Recognised)


@given(
    st.sampled_from(POSTED + ALSO),
    st.text(max_size=60),
    st.text(max_size=60),
    st.integers(0, 200),
    st.text(max_size=5),
)
def test_any_damage_to_a_message_is_read(row, before, after, place, put_in):
    """A message with anything round it or inside it never raises, and is quoted at bounded length."""
    said = row[1]
    for text in (before + said + after, said[:place] + put_in + said[place:], said[:place]):
        found = recognise(text, CASE)
        assert found is None or len(found.quoted) <= 600


@pytest.mark.parametrize(
    "junk", ["Target 1 ", "shape '[1, ", "Loss_", "[1,", "\\'", " \n", "expected "], ids=repr
)
def test_a_million_signs_of_junk_are_read(junk):
    """Much junk is read to its end, and a message after it is still found."""
    text = junk * (MOST // len(junk))
    assert recognise(text) is None
    assert key(text + "\nIndexError: Target 3 is out of bounds.") == "target-too-large"
