"""Logits that are no floats, or no tensor."""

from ce_core.refusals.record import DTYPE, NAME, Refusal

WHOLE = r"(?:U?Int(?:16|32|64)?|Long|Short|Char|Byte|Bool)"
NOT_LOGITS = (
    r"\b(?:cross_entropy_loss|nll_loss\w{0,3}|(?:log_)?softmax|binary_cross_entropy\w{0,12})\(\): "
    r"argument 'input' \(position 1\) must be Tensor, not "
)
PLAIN = r"(?:list|int|float|numpy\.\w{1,20})\b"

ROWS = (
    Refusal(
        key="logits-whole-numbers",
        pattern=r"softmax(?:_lastdim)?(?:_kernel_impl)?\" not implemented for "
        rf"'(?P<found>{WHOLE})'",
        title="The logits are whole numbers",
        meaning="The first argument of the loss holds {found} numbers, and a softmax needs "
        "floats. Either the scores were typed without a decimal point, or the two arguments are "
        "swapped, so that the class numbers came first.",
        remedy="Write F.cross_entropy(logits, target), in this order, and 1. for 1 in scores that "
        "you type, or logits.float().",
        wrong="F.cross_entropy(torch.tensor([[1, 2, 3]]), torch.tensor([1]))",
        right="F.cross_entropy(torch.tensor([[1.0, 2.0, 3.0]]), torch.tensor([1]))",
    ),
    Refusal(
        key="logits-of-rare-kind",
        pattern=r"(?:softmax(?:_lastdim)?(?:_kernel_impl)?|nll_loss\w{0,30}_frame)\" "
        rf"not implemented for '(?P<found>(?!{WHOLE}'){DTYPE})'",
        title="Torch has no loss for logits of this type",
        meaning="Your logits hold {found} numbers, and your torch cannot compute the loss from "
        "them on this device. Half (float16) on a CPU is missing in older versions of torch only.",
        remedy="Write logits.float(); for complex numbers say which real number you mean, such "
        "as logits.real or logits.abs().",
        wrong="F.cross_entropy(torch.complex(torch.ones(2, 3), torch.ones(2, 3)), "
        "torch.tensor([1, 0]))",
        right="F.cross_entropy(torch.complex(torch.ones(2, 3), torch.ones(2, 3)).abs(), "
        "torch.tensor([1, 0]))",
    ),
    Refusal(
        key="nll-whole-numbers",
        pattern=rf"\"nll_loss\w{{0,30}}_frame\" not implemented for "
        rf"'(?P<found>{WHOLE})'",
        title="nll_loss was given whole numbers",
        meaning="The first argument of nll_loss holds {found} numbers. It must hold "
        "log-probabilities, which are floats; perhaps the two arguments are swapped.",
        remedy="Write F.nll_loss(F.log_softmax(logits, dim=1), target), or simply "
        "F.cross_entropy(logits, target).",
        wrong="F.nll_loss(torch.tensor([[1, 2]]), torch.tensor([0]))",
        right="F.nll_loss(F.log_softmax(torch.tensor([[1.0, 2.0]]), dim=1), torch.tensor([0]))",
    ),
    Refusal(
        key="logits-not-a-tensor",
        pattern=rf"{NOT_LOGITS}(?P<given>{PLAIN})",
        title="The logits are not a tensor",
        meaning="The first argument, the logits, must be a torch tensor; torch found {given}.",
        remedy="Write torch.tensor(logits) for a list and torch.from_numpy(logits) for a NumPy "
        "array; the numbers must be floats.",
        wrong="F.cross_entropy([[1.0, 2.0]], torch.tensor([0]))",
        right="F.cross_entropy(torch.tensor([[1.0, 2.0]]), torch.tensor([0]))",
    ),
    Refusal(
        key="model-returns-more",
        pattern=rf"{NOT_LOGITS}(?P<given>(?!{PLAIN}){NAME})",
        title="The model returns more than the logits",
        meaning="The first argument, the logits, must be a torch tensor; torch found {given}. "
        "Many models return several things together: the scores and a hidden state, a "
        "dictionary, or an output object. None means that forward lacks its return.",
        remedy="Take the scores out of it: output[0] for a tuple, output['out'] for a dictionary "
        "(print its keys), output.logits for an output object.",
        wrong="F.cross_entropy((torch.randn(3, 5), None), torch.tensor([1, 0, 4]))",
        right="F.cross_entropy((torch.randn(3, 5), None)[0], torch.tensor([1, 0, 4]))",
    ),
)
