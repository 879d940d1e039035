"""Options of the loss: `ignore_index`, `label_smoothing` and `reduction`."""

from ce_core.refusals.record import NAME, Refusal

ROWS = (
    Refusal(
        key="ignore-index-with-probabilities",
        pattern=r"ignore_index is not supported for floating point target",
        title="ignore_index does not go with probabilities",
        meaning="Your target holds class probabilities, so no position has a class number that "
        "could be ignored, and ignore_index is 0 or more.",
        remedy="Leave ignore_index out, or pass class numbers as the target. To leave rows out, "
        "pick the others: logits[keep] and target[keep].",
        wrong="F.cross_entropy(torch.randn(3, 5), torch.rand(3, 5).softmax(1), ignore_index=0)",
        right="F.cross_entropy(torch.randn(3, 5), torch.rand(3, 5).softmax(1))",
    ),
    Refusal(
        key="ignore-index-type",
        pattern=r"argument 'ignore_index' \(position \d{1,2}\) must be int, not "
        rf"(?P<given>{NAME})",
        title="ignore_index is not a whole number",
        meaning="ignore_index must be one whole number; torch found {given}.",
        remedy="Leave it out (it is −100 then), or name the class number to leave out, as in "
        "ignore_index=0.",
        wrong="F.cross_entropy(torch.randn(2, 3), torch.tensor([0, 1]), ignore_index=None)",
        right="F.cross_entropy(torch.randn(2, 3), torch.tensor([0, 1]), ignore_index=0)",
    ),
    Refusal(
        key="whole-number-too-large",
        pattern=r"Overflow when unpacking long(?: long)?",
        title="A whole number is too large",
        meaning="A whole number, such as ignore_index or a label, does not fit into 64 bits, "
        "which is what torch has for whole numbers.",
        remedy="Choose a small number that is not a class, such as −100 (the default).",
        wrong="F.cross_entropy(torch.randn(2, 3), torch.tensor([0, 1]), ignore_index=2**70)",
        right="F.cross_entropy(torch.randn(2, 3), torch.tensor([0, 1]), ignore_index=-1)",
    ),
    Refusal(
        key="label-smoothing-range",
        pattern=r"label_smoothing must be between 0\.0 and 1\.0\. Got: "
        r"(?P<given>[-+.\deinf]{1,30})",
        title="label_smoothing is more than 1",
        meaning="label_smoothing is the part of the target that is spread evenly over all "
        "classes, from 0 to 1; yours is {given}.",
        remedy="Choose a value such as 0.1; for 10 percent write 0.1, not 10.",
        wrong="F.cross_entropy(torch.randn(3, 5), torch.tensor([1, 0, 4]), label_smoothing=1.5)",
        right="F.cross_entropy(torch.randn(3, 5), torch.tensor([1, 0, 4]), label_smoothing=0.15)",
    ),
    Refusal(
        key="label-smoothing-type",
        pattern=r"argument 'label_smoothing' \(position \d{1,2}\) must be float, not "
        rf"(?P<given>{NAME})",
        title="label_smoothing is not a number",
        meaning="label_smoothing must be one number from 0 to 1; torch found {given}.",
        remedy="Write label_smoothing=0.1, or leave it out for no smoothing.",
        wrong="F.cross_entropy(torch.randn(2, 3), torch.tensor([0, 1]), label_smoothing=None)",
        right="F.cross_entropy(torch.randn(2, 3), torch.tensor([0, 1]), label_smoothing=0.0)",
    ),
    Refusal(
        key="number-too-large",
        pattern=r"int too large to convert to float",
        title="A number is too large for a float",
        meaning="A whole number, such as label_smoothing or a weight, is larger than any float, "
        "about 1.8 times 10 to the 308th.",
        remedy="Choose label_smoothing from 0 to 1, and weights of ordinary size: only their "
        "ratios count in the weighted mean.",
        wrong="F.cross_entropy(torch.randn(2, 3), torch.tensor([0, 1]), label_smoothing=10**400)",
        right="F.cross_entropy(torch.randn(2, 3), torch.tensor([0, 1]), label_smoothing=0.1)",
    ),
    Refusal(
        key="reduction-name",
        # Not where torch's own source writes f"{reduction} is not a valid ..."
        pattern=r"(?P<given>(?<=Error:)[^\n:]{0,60}?|(?<![\w{-])[\w-]{1,40}+['\"\])]{0,3})"
        r" is not a valid value for reduction",
        title="reduction is none of the three words",
        meaning="reduction is {given}; it must be 'none', 'sum' or 'mean', in small letters and "
        "without a space.",
        remedy="Write reduction='mean' for the average, 'sum' for the total, 'none' (a text, in "
        "quotes) for one loss per sample.",
        wrong="F.cross_entropy(torch.randn(3, 5), torch.tensor([1, 0, 4]), reduction='average')",
        right="F.cross_entropy(torch.randn(3, 5), torch.tensor([1, 0, 4]), reduction='mean')",
    ),
)
