"""The code that asks torch's autograd for the gradient, complete, to copy and run elsewhere."""

from ce_core.case import Case
from ce_core.torch_check.lines import tensors


def backward(case: Case, device: str = "cpu", dtype: str = "float64") -> str:
    """Torch's own gradient of the case's loss with respect to the logits, as Python text.

    Args:
        case: the numbers and the options.
        device: a torch device's name.
        dtype: one of `DTYPES`.

    Returns:
        The text. Cases of more than 2,000 numbers have a placeholder, with the shape, for each
        large tensor.
    """
    weight = "" if case.weight is None else " weight=weight,"
    options = f"label_smoothing=float(label_smoothing), reduction={case.reduction!r}"
    start = "loss.sum().backward()" if case.reduction == "none" else "loss.backward()"
    why = "  # backward starts from one number" if case.reduction == "none" else ""
    return "\n".join(
        [
            "import torch",
            "import torch.nn.functional as F",
            "",
            f'device, dtype = "{device}", torch.{dtype}',
            *tensors(case),
            "",
            "logits.requires_grad_()",
            "loss = F.cross_entropy(",
            f"    logits, target,{weight} ignore_index=ignore_index, {options}",
            ")",
            f"{start}{why}",
            "print(logits.grad)",
            "",
        ]
    )
