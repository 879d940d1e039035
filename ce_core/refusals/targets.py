"""Targets whose numbers are of a type that torch does not take."""

from ce_core.refusals.record import DTYPE, FLOATS, Refusal

# What torch 2.13 says, and what older ones say on a CPU and on a GPU.
NOT_LONG = (
    r"(?:[Ee]xpected (?:target dtype to be Long or Byte, but got "
    r"|scalar type Long but found |object of scalar type Long but got scalar type )"
    r"|\"nll_loss\w{0,50}_index\" not implemented for ')"
)

ROWS = (
    Refusal(
        key="target-holds-floats",
        pattern=rf"{NOT_LONG}(?P<found>{FLOATS})",
        title="The class numbers are floats",
        meaning="Your target holds {found} numbers and does not have the logits' shape, so torch "
        "reads it as class numbers, which must be whole: int64, in torch's words Long.",
        remedy="For class numbers write target.long(). For probabilities give the target exactly "
        "the logits' shape, one number per class. For yes-or-no targets with one output use "
        "F.binary_cross_entropy_with_logits.",
        wrong="F.cross_entropy(torch.randn(3, 5), torch.tensor([1.0, 0.0, 4.0]))",
        right="F.cross_entropy(torch.randn(3, 5), torch.tensor([1.0, 0.0, 4.0]).long())",
    ),
    Refusal(
        key="target-is-byte",
        pattern=r"[Ee]xpected scalar type Long but found Byte\b",
        title="The class numbers are uint8",
        meaning="Your target holds uint8 numbers (Byte), as masks read from image files do. Torch "
        "takes those only for logits of shape (C,) or (N, C); with more axes they must be int64 "
        "(Long).",
        remedy="Write target.long().",
        wrong="F.cross_entropy(torch.randn(2, 3, 4), torch.zeros(2, 4, dtype=torch.uint8))",
        right="F.cross_entropy(torch.randn(2, 3, 4), torch.zeros(2, 4, dtype=torch.uint8).long())",
    ),
    Refusal(
        key="target-not-int64",
        pattern=rf"{NOT_LONG}(?P<found>(?!{FLOATS}){DTYPE})",
        title="The class numbers are not int64",
        meaning="Your target holds {found} numbers. Class numbers must be int64, in torch's words "
        "Long. NumPy on Windows makes int32, a comparison makes Bool.",
        remedy="Write target.long().",
        wrong="F.cross_entropy(torch.randn(3, 5), torch.tensor([1, 0, 4], dtype=torch.int32))",
        right="F.cross_entropy(torch.randn(3, 5), "
        "torch.tensor([1, 0, 4], dtype=torch.int32).long())",
    ),
    Refusal(
        key="probabilities-not-floats",
        pattern=r"Expected floating point type for target with class probabilities, got "
        rf"(?P<found>{DTYPE})",
        title="The target has the logits' shape, but whole numbers",
        meaning="Your target has exactly the logits' shape, so torch reads it as class "
        "probabilities, which must be floats; it found {found}. Most often F.one_hot made it. "
        "It also happens when the logits have lost their class axis and both are (N,): one score "
        "per sample, or the class that argmax gives in place of the scores.",
        remedy="For one-hot rows write F.one_hot(target, C).float(), or pass the class numbers "
        "themselves. Otherwise pass the raw scores, shape (N, C), without argmax or squeeze.",
        wrong="F.cross_entropy(torch.randn(3, 5), F.one_hot(torch.tensor([1, 0, 4]), 5))",
        right="F.cross_entropy(torch.randn(3, 5), F.one_hot(torch.tensor([1, 0, 4]), 5).float())",
    ),
)
