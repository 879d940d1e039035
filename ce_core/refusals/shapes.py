"""Logits and target whose shapes do not go together."""

from ce_core.refusals.record import COUNT, SHAPE, Refusal

FOUND = r"(?:dimension: |size: ?:? ?)"  # a count of axes, in older torch the shape

ROWS = (
    Refusal(
        key="target-without-rows",
        pattern=rf"Expected input batch_size \((?P<rows>{COUNT})\) to match target batch_size "
        r"\(0\)",
        title="The target has no rows",
        meaning="Your logits have {rows} rows and the target has none: it is a single number "
        "without an axis, or it is empty.",
        remedy="Give every row of the logits its class number, as in torch.tensor([1, 0]). "
        "print(target.shape) shows what you have; an index such as target[0] takes the axis away.",
        wrong="F.cross_entropy(torch.randn(2, 3), torch.tensor(1))",
        right="F.cross_entropy(torch.randn(2, 3), torch.tensor([1, 0]))",
    ),
    Refusal(
        key="batch-sizes-differ",
        pattern=rf"Expected input batch_size \((?P<rows>{COUNT})\) to match target batch_size "
        rf"\((?P<labels>{COUNT})\)",
        title="The batch sizes differ",
        meaning="Your logits have {rows} rows, your target has {labels}: every row needs exactly "
        "one class number. If one count is a multiple of the other, a view or reshape has cut "
        "samples apart or glued them together.",
        remedy="Print logits.shape and target.shape. For sequences flatten both in the same way: "
        "logits.reshape(-1, C) and target.reshape(-1), where C is the number of classes.",
        wrong="F.cross_entropy(torch.randn(2, 4, 3).reshape(8, 3), torch.tensor([1, 0]))",
        right="F.cross_entropy(torch.randn(2, 4, 3).mean(1), torch.tensor([1, 0]))",
    ),
    Refusal(
        key="target-has-columns",
        pattern=r"multi-target not supported",
        title="The target has an axis too many",
        meaning="The target must be one row of class numbers, shape (N,), and yours is a table. "
        "Most often it is a column of shape (N, 1). It may also hold one-hot rows (a 1 "
        "in the column of the class) or probabilities: cross_entropy takes those only in "
        "exactly the logits' shape, and nll_loss never takes them.",
        remedy="For a column write target.squeeze(1). For one-hot rows write target.argmax(1). "
        "For probabilities use F.cross_entropy and give each row one number per class.",
        wrong="F.cross_entropy(torch.randn(3, 5), torch.tensor([[1], [0], [4]]))",
        right="F.cross_entropy(torch.randn(3, 5), torch.tensor([[1], [0], [4]]).squeeze(1))",
    ),
    Refusal(
        key="one-sample-many-labels",
        pattern=rf"For 1D input, 1D target must have size 1, but got target size: "
        rf"(?P<labels>{COUNT})",
        title="One sample of logits, many class numbers",
        meaning="Logits with a single axis, (C,), are the scores of one sample, so they take one "
        "class number; your target has {labels}.",
        remedy="Give the logits a row per sample, shape (N, C). If a squeeze or an index took an "
        "axis away, leave it out; for one sample pass one class number.",
        wrong="F.cross_entropy(torch.randn(5), torch.tensor([0, 1]))",
        right="F.cross_entropy(torch.randn(2, 5), torch.tensor([0, 1]))",
    ),
    Refusal(
        key="sequence-target-size",
        pattern=r"Expected target size (?P<wanted>[\[(][\d,\s]{0,60}[\])]), got "
        rf"(?:torch\.Size\()?(?P<got>{SHAPE})",
        title="The target does not fit the axes of the logits",
        meaning="For your logits the target must have shape {wanted}; yours has {got}. Torch "
        "takes the second axis of the logits as the classes. Most often the classes stand last, "
        "as in (N, T, C), and torch took the T positions for classes. Otherwise the target really "
        "has another length, or an axis too many.",
        remedy="If the classes stand last, write logits.movedim(-1, 1), which makes (N, C, T). "
        "Otherwise bring the target to shape {wanted}.",
        wrong="F.cross_entropy(torch.randn(2, 7, 5), torch.randint(0, 5, (2, 7)))",
        right="F.cross_entropy(torch.randn(2, 7, 5).movedim(-1, 1), torch.randint(0, 5, (2, 7)))",
    ),
    Refusal(
        key="image-classes-last",
        pattern=rf"size mismatch \(got input: (?P<logits>\[(?P<images>{COUNT}), (?P<h>{COUNT}), "
        rf"(?P<w>{COUNT}), {COUNT}\]) ?, target: "
        r"(?P<target>\[(?P=images), (?P=h), (?P=w)\])",
        title="The classes stand last in the logits of an image",
        meaning="Your logits have shape {logits} and your target {target}. Torch takes the second "
        "axis of the logits as the classes, but here it is the height of the image and the "
        "classes stand last.",
        remedy="Move the classes to the second place: logits.permute(0, 3, 1, 2).",
        wrong="F.cross_entropy(torch.randn(2, 4, 4, 3), torch.randint(0, 3, (2, 4, 4)))",
        right="F.cross_entropy(torch.randn(2, 4, 4, 3).permute(0, 3, 1, 2), "
        "torch.randint(0, 3, (2, 4, 4)))",
    ),
    Refusal(
        key="image-sizes-differ",
        pattern=rf"size mismatch \(got input: (?P<logits>{SHAPE}) ?, target: (?P<target>{SHAPE})",
        title="Logits and mask differ in height or width",
        meaning="Your logits have shape {logits}, which is (images, classes, height, width), and "
        "your target has shape {target}, which must be (images, height, width) with the same "
        "three numbers.",
        remedy="Resize the logits to the mask: F.interpolate(logits, size=target.shape[-2:]). To "
        "resize a mask use mode='nearest', since there is no class between two classes.",
        wrong="F.cross_entropy(torch.randn(2, 3, 4, 4), torch.randint(0, 3, (2, 8, 8)))",
        right="F.cross_entropy(F.interpolate(torch.randn(2, 3, 4, 4), size=(8, 8)), "
        "torch.randint(0, 3, (2, 8, 8)))",
    ),
    Refusal(
        key="mask-has-channels",
        pattern=r"batches of spatial targets supported \((?:non-empty )?3D tensors\) but got "
        rf"targets of {FOUND}(?P<got>[4-9]|\[{COUNT}(?:, {COUNT}){{3,6}}\])",
        title="The mask has an axis too many",
        meaning="With logits of shape (N, C, H, W) the target is a mask of class numbers with "
        "three axes, (N, H, W). Torch wanted 3 axes and found {got}: usually there is a channel "
        "axis of length 1, (N, 1, H, W), or a mask in colours with three channels. "
        "Probabilities must have exactly the logits' shape.",
        remedy="For one channel write target.squeeze(1). For a mask in colours, first turn each "
        "colour into its class number.",
        wrong="F.cross_entropy(torch.randn(2, 3, 4, 4), torch.randint(0, 3, (2, 1, 4, 4)))",
        right="F.cross_entropy(torch.randn(2, 3, 4, 4), "
        "torch.randint(0, 3, (2, 1, 4, 4)).squeeze(1))",
    ),
    Refusal(
        key="image-logits-not-pooled",
        pattern=r"batches of spatial targets supported \((?:non-empty )?3D tensors\) but got "
        rf"targets of {FOUND}(?P<got>[0-2]|\[{COUNT}(?:, {COUNT}){{0,1}}\])",
        title="The logits still have height and width",
        meaning="Your logits have four axes, (N, C, H, W), so torch wants a class number per "
        "pixel: it wanted 3 axes in the target and found {got}. Most often there is one label per "
        "image, and the network lacks its last pooling or flatten layer.",
        remedy="Bring the logits to shape (N, C), for example with logits.mean((2, 3)) or a "
        "pooling, a flatten and a linear layer. For a label per pixel give the mask all three "
        "axes, (N, H, W).",
        wrong="F.cross_entropy(torch.randn(2, 3, 8, 8), torch.tensor([1, 1]))",
        right="F.cross_entropy(torch.randn(2, 3, 8, 8).mean((2, 3)), torch.tensor([1, 1]))",
    ),
    Refusal(
        key="single-target-with-axis",
        pattern=r"output with shape \[\] doesn't match the broadcast shape \[1\]",
        title="One sample whose target has an axis",
        meaning="Your logits are one sample, (C,), and the target has shape (1,). Torch allows "
        "that, but not together with label_smoothing, where the target must have no axis.",
        remedy="Write target[0], or give both a batch axis: logits[None] and the target as it is.",
        wrong="F.cross_entropy(torch.randn(5), torch.tensor([1]), label_smoothing=0.1)",
        right="F.cross_entropy(torch.randn(5)[None], torch.tensor([1]), label_smoothing=0.1)",
    ),
    Refusal(
        key="logits-without-axes",
        pattern=r"Dimension specified as -?\d{1,9} but tensor has no dimensions"
        r"|Expected 1 or more dimensions \(got 0\)",
        title="The logits are a single number",
        meaning="The logits need at least one axis, with a score per class, and yours are a "
        "single number without any. Often a loss or a mean was passed on in their place.",
        remedy="Pass the model's whole output, shape (N, C): print(logits.shape) before the loss.",
        wrong="F.cross_entropy(torch.tensor(1.0), torch.tensor(1.0))",
        right="F.cross_entropy(torch.tensor([[1.0, 0.5]]), torch.tensor([1]))",
    ),
)
