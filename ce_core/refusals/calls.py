"""A loss that is called in another way than torch means it, and what comes after the call."""

from ce_core.refusals.record import NAME, WORD, Refusal

LOSS = r"(?:cross_entropy|nll_loss|binary_cross_entropy(?:_with_logits)?|_?(?:\w{1,30}Loss))"

ROWS = (
    Refusal(
        key="loss-class-called-with-data",
        pattern=r"[Bb]ool(?:ean)? value of Tensor with more than one value is ambiguous",
        title="A tensor was asked for yes or no",
        meaning="Python asked a tensor of several numbers whether it is true. With "
        "nn.CrossEntropyLoss(logits, target) that happens because the loss is a class: the "
        "logits became its weight and the target an old yes-or-no option. An if or and with a "
        "tensor does it too.",
        remedy="Make the loss first, then call it: nn.CrossEntropyLoss()(logits, target); or write "
        "F.cross_entropy(logits, target). In an if write (a == b).all().",
        wrong="nn.CrossEntropyLoss(torch.randn(3, 5), torch.tensor([1, 0, 4]))",
        right="nn.CrossEntropyLoss()(torch.randn(3, 5), torch.tensor([1, 0, 4]))",
    ),
    Refusal(
        key="loss-object-for-value",
        pattern=r"'(?P<name>\w{1,30}Loss)' object has no attribute "
        r"'(?P<asked>backward|item|mean|sum|detach|cpu|numpy)'",
        title="The loss object was taken for its value",
        meaning="{name} is a class: {name}(...) only makes the object, and {asked} belongs to "
        "the number that the object gives when it is called.",
        remedy="Write criterion = {name}() once, then loss = criterion(logits, target) and "
        "loss.{asked}().",
        wrong="nn.CrossEntropyLoss().item()",
        right="nn.CrossEntropyLoss()(torch.randn(1, 5), torch.tensor([1])).item()",
    ),
    Refusal(
        key="target-missing",
        pattern=rf"\b(?P<name>{LOSS}(?:\.forward)?|forward)\(\) missing \d required positional "
        r"arguments?: (?:'input' and )?'target'",
        title="The loss was called without a target",
        meaning="{name}() needs two arguments, the logits and the target, and the target was not "
        "given.",
        remedy="Write F.cross_entropy(logits, target), or criterion(logits, target) for a loss "
        "object.",
        wrong="nn.CrossEntropyLoss()(torch.randn(2, 3))",
        right="nn.CrossEntropyLoss()(torch.randn(2, 3), torch.tensor([0, 1]))",
    ),
    Refusal(
        key="options-in-the-call",
        pattern=rf"\b(?:{LOSS}\.)?forward\(\) takes (?:from )?3 positional arguments but "
        r"(?P<given>\d{1,2}) were given",
        title="Options stand in the wrong call",
        meaning="A loss object is called with the logits and the target only. Torch counted "
        "{given} arguments, the object itself among them.",
        remedy="Options go into the first call: "
        "nn.CrossEntropyLoss(weight=weight)(logits, target).",
        wrong="nn.CrossEntropyLoss()(torch.randn(2, 3), torch.tensor([0, 1]), torch.ones(3))",
        right="nn.CrossEntropyLoss(torch.ones(3))(torch.randn(2, 3), torch.tensor([0, 1]))",
    ),
    Refusal(
        key="pos-weight-unknown",
        pattern=rf"\b(?P<name>{LOSS}(?:\.__init__)?)\(\) got an unexpected keyword argument "
        r"'pos_weight'",
        title="This loss has no pos_weight",
        meaning="{name}() does not know pos_weight: only BCEWithLogitsLoss and "
        "binary_cross_entropy_with_logits do.",
        remedy="Use F.binary_cross_entropy_with_logits with raw scores. In cross_entropy a weight "
        "of 3 for the second class is weight=torch.tensor([1.0, 3.0]).",
        wrong="F.binary_cross_entropy(torch.rand(2), torch.rand(2), pos_weight=torch.ones(2))",
        right="F.binary_cross_entropy_with_logits(torch.rand(2), torch.rand(2), "
        "pos_weight=torch.ones(2))",
    ),
    Refusal(
        key="label-smoothing-unknown",
        pattern=rf"\b(?P<name>{LOSS}(?:\.__init__)?|__init__)\(\) got an unexpected keyword "
        r"argument 'label_smoothing'",
        title="This loss has no label_smoothing",
        meaning="{name}() does not know label_smoothing. Only CrossEntropyLoss and cross_entropy "
        "do, and only since torch 1.10.",
        remedy="print(torch.__version__) shows your torch: update one that is older than 1.10. In "
        "place of nll_loss of log-probabilities use cross_entropy of the logits.",
        wrong="nn.NLLLoss(label_smoothing=0.1)",
        right="nn.CrossEntropyLoss(label_smoothing=0.1)",
    ),
    Refusal(
        key="option-unknown",
        pattern=rf"\b(?P<name>{LOSS}(?:\.__init__|\.forward)?)\(\) got an unexpected keyword "
        rf"argument '(?P<option>(?!pos_weight'|label_smoothing'){WORD})'",
        title="The loss does not know this option",
        meaning="{name}() has no argument called {option}. The logits are called input, the "
        "labels target, and the number of classes is read from the logits.",
        remedy="Write F.cross_entropy(logits, target, weight=..., ignore_index=..., "
        "reduction=..., label_smoothing=...): these are all the options there are.",
        wrong="F.cross_entropy(logits=torch.randn(2, 3), target=torch.tensor([0, 1]))",
        right="F.cross_entropy(input=torch.randn(2, 3), target=torch.tensor([0, 1]))",
    ),
    Refusal(
        key="loss-not-there",
        pattern=r"module '(?P<module>torch(?:\.nn(?:\.functional)?)?)' has no attribute "
        r"'(?P<name>\w{0,30}(?:[Ee]ntropy|[Ll]oss|LOSS)\w{0,20})'",
        title="There is no loss of that name",
        meaning="{module} has nothing called {name}. Losses that are classes stand in "
        "torch.nn in capitals, CrossEntropyLoss; losses that are functions stand in "
        "torch.nn.functional in small letters, cross_entropy.",
        remedy="Write nn.CrossEntropyLoss()(logits, target) or F.cross_entropy(logits, target); "
        "for yes or no nn.BCEWithLogitsLoss or F.binary_cross_entropy_with_logits.",
        wrong="F.binary_cross_entropy_loss(torch.rand(2), torch.rand(2))",
        right="F.binary_cross_entropy(torch.rand(2), torch.rand(2))",
    ),
    Refusal(
        key="target-not-a-tensor",
        pattern=r"argument 'target' \(position 2\) must be Tensor, not "
        rf"(?P<given>{NAME})",
        title="The target is not a tensor",
        meaning="The second argument, the target, must be a torch tensor; torch found {given}.",
        remedy="Write torch.tensor(target) for a list or a number and torch.from_numpy(target) for "
        "a NumPy array; class numbers also need .long().",
        wrong="F.cross_entropy(torch.randn(3, 5), torch.tensor([1, 0, 4]).numpy())",
        right="F.cross_entropy(torch.randn(3, 5), "
        "torch.from_numpy(torch.tensor([1, 0, 4]).numpy()))",
    ),
    Refusal(
        key="plain-value-for-tensor",
        pattern=r"'(?P<given>list|tuple|int|float|str|NoneType)' object has no attribute "
        r"'(?P<asked>size|dim|log_softmax|softmax|dtype|shape)'",
        title="A plain Python value stands for a tensor",
        meaning="The loss asked its argument for {asked}, which every tensor has, and found "
        "{given}. In binary cross-entropy it is the target; elsewhere a model that returns several "
        "things in a tuple.",
        remedy="Write torch.tensor(...) round the list or number, with floats for a binary target; "
        "take output[0] from a tuple.",
        wrong="F.binary_cross_entropy_with_logits(torch.randn(2), [1.0, 0.0])",
        right="F.binary_cross_entropy_with_logits(torch.randn(2), torch.tensor([1.0, 0.0]))",
    ),
    Refusal(
        key="backward-of-many",
        pattern=r"grad can be implicitly created only for scalar outputs",
        title="backward() needs a single number",
        meaning="The loss has several numbers, one per sample, and backward() starts from one. "
        "With reduction='none' nothing has been added up yet.",
        remedy="Write loss.mean().backward() or loss.sum().backward(). With class weights, divide "
        "the sum by weight[target].sum() to get what reduction='mean' gives.",
        wrong="F.cross_entropy(torch.randn(2, 2, requires_grad=True), torch.tensor([0, 0]), "
        "reduction='none').backward()",
        right="F.cross_entropy(torch.randn(2, 2, requires_grad=True), torch.tensor([0, 0]), "
        "reduction='none').mean().backward()",
    ),
    Refusal(
        key="backward-of-nothing",
        pattern=r"element 0 of tensors does not require grad and does not have a grad_fn",
        title="The loss is not connected to the model",
        meaning="backward() found nothing to learn: no number that went into the loss came from "
        "parameters that require a gradient. An argmax, .item(), .detach(), torch.no_grad() or a "
        "new torch.tensor(...) on the way cuts the connection.",
        remedy="Pass the model's raw scores to the loss. For logits that you type write "
        "requires_grad=True.",
        wrong="F.cross_entropy(torch.randn(2, 2), torch.tensor([0, 0])).backward()",
        right="F.cross_entropy(torch.randn(2, 2, requires_grad=True), "
        "torch.tensor([0, 0])).backward()",
    ),
)
