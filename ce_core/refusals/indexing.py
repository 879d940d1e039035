"""A loss by hand: picking, reshaping and moving numbers before torch's own loss sees them."""

from ce_core.refusals.record import COUNT, DEVICE, WORD, Refusal

ROWS = (
    Refusal(
        key="gather-axes",
        pattern=r"Index tensor must have the same number of dimensions as input tensor",
        title="gather needs an index with as many axes",
        meaning="gather takes an index that has as many axes as the tensor it picks from: for "
        "log-probabilities of shape (N, C) an index of shape (N, 1), where a target is (N,). "
        "Without a gather of your own, label_smoothing is on and weight has an axis too many.",
        remedy="Write log_probs.gather(1, target[:, None]).squeeze(1). For a weight write "
        "weight.reshape(C), C being the number of classes.",
        wrong="torch.randn(2, 3).log_softmax(1).gather(1, torch.tensor([0, 1]))",
        right="torch.randn(2, 3).log_softmax(1).gather(1, torch.tensor([0, 1])[:, None])",
    ),
    Refusal(
        key="gather-dtype",
        pattern=r"gather\(\): Expected dtype int(?:32/int)?64 for index",
        title="gather needs int64 class numbers",
        meaning="gather picks by whole numbers, int64 (Long), and your class numbers are of "
        "another type, such as floats or uint8. Without a gather of your own, the loss has weight "
        "and label_smoothing and a target of uint8.",
        remedy="Write target.long().",
        wrong="torch.randn(2, 3).log_softmax(1).gather(1, torch.tensor([[0.0], [1.0]]))",
        right="torch.randn(2, 3).log_softmax(1).gather(1, torch.tensor([[0.0], [1.0]]).long())",
    ),
    Refusal(
        key="index-too-large",
        pattern=r"index (?P<index>-?\d{1,19}) is out of bounds for dimension (?P<axis>\d{1,3}) "
        rf"with size (?P<size>{COUNT})",
        title="An index points beyond the tensor",
        meaning="Something was looked up at place {index}, along an axis (number {axis}, counted "
        "from 0) that has {size} entries. In a loss by hand that is weight[target] or a gather "
        "with a target that is no class: counted from 1, or a mark such as −100 (which torch "
        "1.10 itself tripped over).",
        remedy="Leave out the rows that are marked before you look up, with keep = target != -100, "
        "and number the classes from 0.",
        wrong="torch.ones(2)[torch.tensor([0, -100])]",
        right="torch.ones(2)[torch.tensor([0, -100])[torch.tensor([0, -100]) != -100]]",
    ),
    Refusal(
        key="no-such-axis",
        pattern=r"Dimension out of range \(expected to be in range of \[(?P<low>-\d{1,2}), "
        r"(?P<high>\d{1,2})\], but got (?P<asked>-?\d{1,9})\)",
        title="The tensor has no such axis",
        meaning="Axis {asked} was asked for, and the tensor has only axes {low} to {high}. In a "
        "loss the classes are axis 1: where that is missing, the logits are a single number or "
        "one row, (C,).",
        remedy="Give the logits a batch axis, logits[None], or leave out the squeeze or index that "
        "took it away. For one row write dim=-1.",
        wrong="F.log_softmax(torch.randn(3), dim=1)",
        right="F.log_softmax(torch.randn(3), dim=-1)",
    ),
    Refusal(
        key="view-does-not-fit",
        pattern=r"shape '(?P<shape>\[[-\d,\s]{1,60}\])' is invalid for input of size "
        rf"(?P<size>{COUNT})",
        title="The numbers do not fill that shape",
        meaning="A view or reshape asks for shape {shape}, which {size} numbers cannot fill: its "
        "entries, multiplied, must give {size}. A −1 among them stands for “whatever is left”.",
        remedy="Print x.shape before the line. For logits write logits.reshape(-1, C), where C is "
        "the number of outputs of the last layer.",
        wrong="torch.randn(3, 4).view(-1, 5)",
        right="torch.randn(3, 4).view(-1, 4)",
    ),
    Refusal(
        key="devices-differ",
        pattern=r"(?:Expected all tensors to be on the same device, but (?:found at least two "
        rf"devices, |got {WORD} is on )|Tensor on device )(?P<one>{DEVICE})"
        r"(?: and |, different from other tensors on | is not on the expected device )"
        rf"(?P<other>{DEVICE})",
        title="Tensors lie on different devices",
        meaning="One tensor lies on {one} and another on {other}; logits, target and weight must "
        "lie on one device. Most often weight is forgotten: a loss with weights must be moved "
        "too.",
        remedy="Write target.to(logits.device) and weight.to(logits.device), or once "
        "criterion.to(device) for a loss object.",
        wrong="F.cross_entropy(torch.randn(2, 3), torch.tensor([0, 1]), "
        'weight=torch.ones(3, device="meta"))',
        right="F.cross_entropy(torch.randn(2, 3), torch.tensor([0, 1]), weight=torch.ones(3))",
    ),
)
