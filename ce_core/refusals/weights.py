"""Class weights of the wrong length, shape or type."""

from ce_core.refusals.record import COUNT, DTYPE, FLOATS, NAME, SHAPE, Refusal

ROWS = (
    Refusal(
        key="weight-length",
        pattern=rf"weight tensor should be defined either for all (?P<classes>{COUNT}) classes or "
        rf"no classes but got weight tensor of shape: \[(?P<entries>{COUNT})\]",
        title="weight has the wrong length",
        meaning="Your logits have {classes} classes and your weight has {entries} entries: it "
        "needs one for each class. Often the classes were counted in a part of the data where "
        "some do not occur, or it is a weight per sample.",
        remedy="Count the classes in the whole training set, with 0 for those that do not occur: "
        "torch.bincount(labels, minlength={classes}). For a weight per sample take "
        "reduction='none' and multiply the losses yourself.",
        wrong="F.cross_entropy(torch.randn(3, 5), torch.tensor([1, 0, 4]), weight=torch.ones(3))",
        right="F.cross_entropy(torch.randn(3, 5), torch.tensor([1, 0, 4]), weight=torch.ones(5))",
    ),
    Refusal(
        key="weight-shape",
        pattern=rf"weight tensor should be defined either for all (?P<classes>{COUNT}) classes or "
        rf"no classes but got weight tensor of shape: (?P<shape>{SHAPE})",
        title="weight is not one row of numbers",
        meaning="weight must have one axis with an entry for each of the {classes} classes, shape "
        "({classes},); yours has shape {shape}.",
        remedy="If it holds {classes} numbers, write weight.reshape({classes}); otherwise leave "
        "out the axis that does not belong to the classes.",
        wrong="F.cross_entropy(torch.randn(3, 2), torch.tensor([1, 0, 1]), "
        "weight=torch.ones(1, 2))",
        right="F.cross_entropy(torch.randn(3, 2), torch.tensor([1, 0, 1]), "
        "weight=torch.ones(1, 2).reshape(2))",
    ),
    Refusal(
        key="weight-length-image",
        pattern=r"weight tensor should be defined either for all or no classes",
        title="weight does not have one entry per class",
        meaning="The number of entries of weight is not the number of classes. For logits with "
        "more than two axes torch counts the classes along the second, and this message "
        "does not say how many there are.",
        remedy="Compare weight.shape with logits.shape[1]: weight must have shape (C,), with an "
        "entry also for classes that do not occur. If the classes stand last in your logits, "
        "move them: logits.movedim(-1, 1).",
        wrong="F.cross_entropy(torch.randn(2, 3, 4, 4), torch.zeros(2, 4, 4).long(), "
        "weight=torch.ones(2))",
        right="F.cross_entropy(torch.randn(2, 3, 4, 4), torch.zeros(2, 4, 4).long(), "
        "weight=torch.ones(3))",
    ),
    Refusal(
        key="weight-shape-smoothed",
        pattern=rf"shape '\[1(?:, 1){{1,8}}\]' is invalid for input of size (?P<entries>{COUNT})",
        title="weight has an axis too many",
        meaning="With label_smoothing torch spreads weight along the classes, and that fails: "
        "weight has {entries} entries, but its first axis has length 1, as in shape "
        "(1, {entries}).",
        remedy="weight must have one axis, with an entry per class: weight.reshape({entries}).",
        wrong="F.cross_entropy(torch.randn(2, 3, 4), torch.zeros(2, 4).long(), "
        "weight=torch.ones(1, 3), label_smoothing=0.1)",
        right="F.cross_entropy(torch.randn(2, 3, 4), torch.zeros(2, 4).long(), "
        "weight=torch.ones(1, 3).reshape(3), label_smoothing=0.1)",
    ),
    Refusal(
        key="weight-dtype",
        pattern=rf"[Ee]xpected (?:object of )?scalar type (?P<wanted>{FLOATS}) but "
        rf"(?:found|got scalar type) (?P<found>{DTYPE})",
        title="Numbers of two types meet",
        meaning="Torch wanted {wanted} numbers and found {found}. In a loss with class numbers "
        "the first is the type of the logits and the second that of weight, and they must be the "
        "same: a NumPy array makes Double, whole numbers make Long. If the traceback ends in a "
        "layer instead, the layer's input has another type than its parameters.",
        remedy="Write weight.to(logits.dtype). In a model write x.float() for its input.",
        wrong="F.cross_entropy(torch.randn(3, 2), torch.tensor([1, 0, 1]), "
        "weight=torch.tensor([1.0, 2.0], dtype=torch.float64))",
        right="F.cross_entropy(torch.randn(3, 2), torch.tensor([1, 0, 1]), "
        "weight=torch.tensor([1.0, 2.0], dtype=torch.float64).float())",
    ),
    Refusal(
        key="weight-not-a-tensor",
        pattern=r"argument 'weight' \(position 3\) must be Tensor, not "
        rf"(?P<given>{NAME})",
        title="weight is not a tensor",
        meaning="weight must be a torch tensor with an entry per class; torch found {given}. The "
        "third argument of the loss is the weight, so another option in third place ends up here.",
        remedy="Write weight=torch.tensor([1.0, 2.0]), and give every option its name, as in "
        "reduction='sum'.",
        wrong="F.cross_entropy(torch.randn(3, 2), torch.tensor([1, 0, 1]), weight=[1.0, 2.0])",
        right="F.cross_entropy(torch.randn(3, 2), torch.tensor([1, 0, 1]), "
        "weight=torch.tensor([1.0, 2.0]))",
    ),
    Refusal(
        key="loss-object-weight",
        pattern=rf"cannot assign '(?P<given>{NAME})' object to buffer "
        r"'(?P<name>(?:pos_)?weight)'",
        title="The loss object needs a tensor as weight",
        meaning="{name} must be a torch tensor when the loss is made; torch found {given}. The "
        "loss keeps it as a buffer: a tensor that moves to the GPU along with it.",
        remedy="Write {name}=torch.tensor([1.0, 2.0]), with floats, or for a NumPy array "
        "torch.from_numpy(weight).float().",
        wrong="nn.CrossEntropyLoss(weight=[1.0, 2.0])",
        right="nn.CrossEntropyLoss(weight=torch.tensor([1.0, 2.0]))",
    ),
    Refusal(
        key="weight-learned",
        pattern=r"function 'nll_loss\w{0,20}' is not differentiable with respect to argument "
        r"'weight'",
        title="weight cannot be learned here",
        meaning="Your weight has requires_grad=True, so torch should learn it. With class numbers "
        "as target the loss has no gradient for its weight.",
        remedy="Write weight.detach() for fixed weights. Probabilities as the target do give "
        "weight a gradient: F.one_hot(target, C).float().",
        wrong="F.cross_entropy(torch.randn(2, 3), torch.tensor([0, 1]), "
        "weight=torch.ones(3, requires_grad=True))",
        right="F.cross_entropy(torch.randn(2, 3), torch.tensor([0, 1]), "
        "weight=torch.ones(3, requires_grad=True).detach())",
    ),
)
