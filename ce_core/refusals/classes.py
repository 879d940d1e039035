"""Targets with a number that is no class."""

from ce_core.refusals.record import Refusal

ROWS = (
    Refusal(
        key="ignored-mark-changed",
        pattern=r"Target (?P<label>-100) is out of bounds",
        title="The target −100 is no longer ignored",
        meaning="A target is {label}. Torch leaves out such rows only as long as ignore_index is "
        "its default, −100; with any other ignore_index, −100 is no class.",
        remedy="Leave ignore_index at −100, or write your own mark into the target: "
        "target[target == -100] = ignore_index.",
        wrong="F.cross_entropy(torch.randn(2, 5), torch.tensor([1, -100]), ignore_index=-1)",
        right="F.cross_entropy(torch.randn(2, 5), torch.tensor([1, -100]), ignore_index=-100)",
    ),
    Refusal(
        key="target-negative",
        pattern=r"Target (?P<label>-\d{1,19}) is out of bounds",
        title="A class number is negative",
        meaning="A target is {label}, and classes are numbered from 0. Most often {label} stands "
        "for “no label”, but the mark that torch leaves out by itself is −100.",
        remedy="If {label} marks rows to leave out, write ignore_index={label}. If it is a "
        "class, number the classes from 0.",
        wrong="F.cross_entropy(torch.randn(3, 5), torch.tensor([1, 0, -1]))",
        right="F.cross_entropy(torch.randn(3, 5), torch.tensor([1, 0, -1]), ignore_index=-1)",
    ),
    Refusal(
        key="one-output",
        pattern=r"Target (?P<label>1) is out of bounds",
        title="The model has only one output",
        meaning="A target is {label}, and your logits have a single column, so there is only "
        "class 0. Cross-entropy needs a column per class, also for two classes.",
        remedy="Give the last layer two outputs. Or keep the one output, squeeze it to (N,) and "
        "use F.binary_cross_entropy_with_logits(logits.squeeze(1), target.float()).",
        wrong="F.cross_entropy(torch.randn(3, 1), torch.tensor([1, 0, 1]))",
        right="F.cross_entropy(torch.randn(3, 2), torch.tensor([1, 0, 1]))",
    ),
    Refusal(
        key="target-255",
        pattern=r"Target (?P<label>255) is out of bounds",
        title="The mask holds the value 255",
        meaning="A target is {label}, and your logits have no column {label}. In masks, 255 "
        "either marks pixels to leave out, or is the white of a picture that knows only 0 and 255.",
        remedy="To leave those pixels out write ignore_index=255. If white is class 1, write "
        "(target > 0).long(). print(target.unique()) shows which values there are.",
        wrong="F.cross_entropy(torch.randn(1, 3, 2, 2), torch.tensor([[[0, 1], [2, 255]]]))",
        right="F.cross_entropy(torch.randn(1, 3, 2, 2), torch.tensor([[[0, 1], [2, 255]]]), "
        "ignore_index=255)",
    ),
    Refusal(
        key="target-too-large",
        pattern=r"Target (?P<label>\d{1,19}) is out of bounds",
        title="A class number is too large",
        meaning="A target is {label}, and your logits have no column {label}: with C columns the "
        "classes are 0 to C − 1. Most often the labels count from 1. Or the last layer has too "
        "few outputs, or the mask holds grey values in place of class numbers.",
        remedy="If the labels count from 1, write target - 1. Otherwise give the last layer one "
        "output per class, or map your labels to 0 to C − 1. Compare target.max() with "
        "logits.shape[1].",
        wrong="F.cross_entropy(torch.randn(3, 3), torch.tensor([1, 2, 3]))",
        right="F.cross_entropy(torch.randn(3, 3), torch.tensor([1, 2, 3]) - 1)",
    ),
    Refusal(
        key="device-side-assert",
        pattern=r"\b(?:cur_target|t) >= 0 && (?:cur_target|t) < n_classes"
        r"|device-side assert triggered",
        title="On the GPU a number is no class",
        meaning="The GPU met an index that it cannot use. In a loss that is a class number below "
        "0 or not below the number of classes (and not ignore_index). The GPU reports "
        "late, so the line in the traceback may be another one, and every later call fails too.",
        remedy="Restart Python and run the loss once on the CPU, with logits.cpu() and "
        "target.cpu(): there torch names the number. Or compare target.min() and target.max() "
        "with 0 and C − 1 before the loss.",
        wrong='F.cross_entropy(torch.randn(3, 5, device="cuda"), '
        'torch.tensor([1, 0, 5], device="cuda")).item()',
        right="F.cross_entropy(torch.randn(3, 5), torch.tensor([1, 0, 4]))",
    ),
)
