"""The losses for yes or no: `binary_cross_entropy` and `binary_cross_entropy_with_logits`."""

from ce_core.refusals.record import COUNT, DTYPE, NAME, SHAPE, Refusal

TARGET_SIZE = r"(?:Target|a target) size \(torch\.Size\("
INPUT_SIZE = r"\)\) (?:must be the same as|that is different to the) input size \(torch\.Size\("
END = r"\)\)(?!\. This will)"  # mse_loss only warns of it, in the same words

ROWS = (
    Refusal(
        key="bce-column",
        pattern=rf"{TARGET_SIZE}(?P<target>\[(?P<rows>{COUNT})\]){INPUT_SIZE}"
        rf"(?P<logits>\[(?P=rows), 1\]){END}",
        title="The logits are a column, the target is not",
        meaning="Binary cross-entropy compares number by number, so both must have the same "
        "shape: your logits have shape {logits}, a column, and your target has {target}.",
        remedy="Write logits.squeeze(1), or target.unsqueeze(1).",
        wrong="F.binary_cross_entropy_with_logits(torch.randn(3, 1), "
        "torch.tensor([1.0, 0.0, 1.0]))",
        right="F.binary_cross_entropy_with_logits(torch.randn(3, 1).squeeze(1), "
        "torch.tensor([1.0, 0.0, 1.0]))",
    ),
    Refusal(
        key="bce-sizes-differ",
        pattern=rf"{TARGET_SIZE}(?P<target>{SHAPE}){INPUT_SIZE}(?P<logits>{SHAPE}){END}",
        title="Logits and target differ in shape",
        meaning="Binary cross-entropy compares number by number, so both must have the same "
        "shape: your logits have shape {logits} and your target has {target}. It takes a 0 or 1 "
        "for each class, not class numbers.",
        remedy="If every sample has exactly one class, use F.cross_entropy(logits, target). If it "
        "may have several, give the target a 0. or 1. per class, such as "
        "F.one_hot(target, C).float() for one.",
        wrong="F.binary_cross_entropy_with_logits(torch.randn(2, 3), torch.tensor([0, 1]))",
        right="F.cross_entropy(torch.randn(2, 3), torch.tensor([0, 1]))",
    ),
    Refusal(
        key="bce-input-not-probabilities",
        pattern=r"all elements of input should be between 0 and 1"
        r"|input_val >= zero && input_val <= one",
        title="BCELoss was given logits",
        meaning="BCELoss (binary_cross_entropy) wants probabilities, from 0 to 1, and found a "
        "number outside, or nan. Most often these are raw scores: the sigmoid is missing.",
        remedy="Use F.binary_cross_entropy_with_logits, or nn.BCEWithLogitsLoss, which takes raw "
        "scores and does the sigmoid itself. For nan look for what made it in the model.",
        wrong="F.binary_cross_entropy(torch.tensor([1.5, -0.2]), torch.tensor([1.0, 0.0]))",
        right="F.binary_cross_entropy_with_logits(torch.tensor([1.5, -0.2]), "
        "torch.tensor([1.0, 0.0]))",
    ),
    Refusal(
        key="bce-target-not-probabilities",
        pattern=r"all elements of target should be between 0 and 1"
        r"|target_val >= zero && target_val <= one",
        title="A binary target lies outside 0 to 1",
        meaning="The target of BCELoss says yes or no: each number must be from 0 to 1, and one "
        "of yours is not. Labels 1 and 2, −1 and 1, class numbers above 1 and pixels up to 255 "
        "all do this.",
        remedy="Map the target to 0. and 1., as in (target == 2).float() or target / 255. For "
        "more than two classes use F.cross_entropy.",
        wrong="F.binary_cross_entropy(torch.rand(3), torch.tensor([1.0, 2.0, 1.0]))",
        right="F.binary_cross_entropy(torch.rand(3), (torch.tensor([1.0, 2.0, 1.0]) == 2).float())",
    ),
    Refusal(
        key="bce-target-whole",
        pattern=rf"result type (?P<wanted>{DTYPE}) can't be cast to the desired output type "
        r"(?P<found>(?:Long|Int|Short|Char|Byte|Bool))\b",
        title="The binary target must be floats",
        meaning="Torch has results of {wanted} to put into a tensor of {found}. In binary "
        "cross-entropy that tensor is the target, which must hold floats; that is the opposite of "
        "cross_entropy, where class numbers are whole.",
        remedy="Write target.float().",
        wrong="F.binary_cross_entropy_with_logits(torch.randn(3), torch.tensor([1, 0, 1]))",
        right="F.binary_cross_entropy_with_logits(torch.randn(3), torch.tensor([1, 0, 1]).float())",
    ),
    Refusal(
        key="bce-target-bool",
        pattern=r"Subtraction, the .{0,2}-.{0,2} operator, with "
        r"(?:two bool tensors|a bool tensor) is not supported",
        title="True and False cannot be subtracted",
        meaning="A tensor of True and False stands where torch computes 1 − target. In binary "
        "cross-entropy the target must hold floats.",
        remedy="Write target.float(), which makes 1. of True and 0. of False.",
        wrong="F.binary_cross_entropy_with_logits(torch.randn(2), torch.tensor([True, False]))",
        right="F.binary_cross_entropy_with_logits(torch.randn(2), "
        "torch.tensor([True, False]).float())",
    ),
    Refusal(
        key="bce-dtypes-differ",
        pattern=rf"Found dtype (?P<found>{DTYPE}) but expected (?P<wanted>{DTYPE})",
        title="Input and target are of different types",
        meaning="Torch found {found} numbers where the other tensor has {wanted}. In BCELoss "
        "input and target must be floats of one type; most often the target is whole numbers, or "
        "comes from NumPy as float64. In backward() it is a loss such as mse_loss with a target "
        "of another type.",
        remedy="Write target.to(logits.dtype); if it is the input that holds whole numbers, "
        "input.float().",
        wrong="F.binary_cross_entropy(torch.rand(3), torch.tensor([1, 0, 1]))",
        right="F.binary_cross_entropy(torch.rand(3), torch.tensor([1, 0, 1]).float())",
    ),
    Refusal(
        key="bce-logits-whole",
        pattern=rf"\"log_sigmoid\w{{0,30}}\" not implemented for '(?P<found>{DTYPE})'",
        title="Binary logits of a type that has no sigmoid",
        meaning="The first argument holds {found} numbers, and the log of the sigmoid needs "
        "floats. Either the scores are whole numbers, or the two arguments are swapped.",
        remedy="Write F.binary_cross_entropy_with_logits(logits.float(), target.float()), in this "
        "order.",
        wrong="F.binary_cross_entropy_with_logits(torch.tensor([1, 0]), torch.tensor([1.0, 0.0]))",
        right="F.binary_cross_entropy_with_logits(torch.tensor([1, 0]).float(), "
        "torch.tensor([1.0, 0.0]))",
    ),
    Refusal(
        key="pos-weight-not-a-tensor",
        pattern=r"argument 'pos_weight' \(position \d\) must be Tensor, not "
        rf"(?P<given>{NAME})",
        title="pos_weight is not a tensor",
        meaning="pos_weight must be a torch tensor, also for a single number; torch found {given}.",
        remedy="Write pos_weight=torch.tensor([3.0]), with one entry per class.",
        wrong="F.binary_cross_entropy_with_logits(torch.randn(4), torch.rand(4), pos_weight=3.0)",
        right="F.binary_cross_entropy_with_logits(torch.randn(4), torch.rand(4), "
        "pos_weight=torch.tensor([3.0]))",
    ),
    Refusal(
        key="sizes-do-not-meet",
        pattern=rf"The size of tensor a \((?P<a>{COUNT})\) must match the size of tensor b "
        rf"\((?P<b>{COUNT})\) at non-singleton dimension (?P<axis>{COUNT})",
        title="Two tensors do not line up",
        meaning="Two tensors are combined number by number, and along axis {axis} (counted from "
        "0) one has {a} entries and the other {b}. Torch lines shapes up from the last axis. In "
        "BCEWithLogitsLoss that is a weight or pos_weight meant for another axis than the last; in "
        "a loss by hand often N losses times C class weights.",
        remedy="For classes on the second axis of an image write pos_weight.view(-1, 1, 1). By "
        "hand, look up the weight of each sample's class: losses * weight[target].",
        wrong="F.binary_cross_entropy_with_logits(torch.randn(4, 2, 9), torch.rand(4, 2, 9), "
        "pos_weight=torch.tensor([1.0, 3.0]))",
        right="F.binary_cross_entropy_with_logits(torch.randn(4, 2, 9), torch.rand(4, 2, 9), "
        "pos_weight=torch.tensor([1.0, 3.0]).view(2, 1))",
    ),
    Refusal(
        key="weight-enlarges-loss",
        pattern=rf"output with shape (?P<shape>{SHAPE}) doesn't match the broadcast shape "
        rf"(?P<larger>{SHAPE})",
        title="weight or pos_weight is too large",
        meaning="The losses have shape {shape}. Multiplied with your weight or pos_weight they "
        "would grow to {larger}, because it has more entries than the logits have classes.",
        remedy="Give weight and pos_weight one entry per column of the logits; for a single "
        "output, torch.tensor([3.0]).",
        wrong="F.binary_cross_entropy_with_logits(torch.randn(2, 1), torch.rand(2, 1), "
        "pos_weight=torch.ones(3))",
        right="F.binary_cross_entropy_with_logits(torch.randn(2, 1), torch.rand(2, 1), "
        "pos_weight=torch.ones(1))",
    ),
    Refusal(
        key="bce-weight-shape",
        pattern=rf"Attempting to broadcast a dimension of length {COUNT} at -?\d{{1,2}}! "
        rf"Mismatching argument at index 1 had torch\.Size\((?P<weight>{SHAPE})\); but expected "
        rf"shape should be broadcastable to (?P<shape>{SHAPE})",
        title="The weight does not fit the losses",
        meaning="The losses have shape {shape} and your weight has {weight}. Torch lines shapes up "
        "from the last axis, where the weight must have one entry, or as many as the losses.",
        remedy="For a weight per class give it as many entries as there are columns; for a weight "
        "per sample write weight.unsqueeze(1).",
        wrong="F.binary_cross_entropy(torch.rand(2, 3), torch.rand(2, 3), weight=torch.ones(2))",
        right="F.binary_cross_entropy(torch.rand(2, 3), torch.rand(2, 3), "
        "weight=torch.ones(2).unsqueeze(1))",
    ),
)
