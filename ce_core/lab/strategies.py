"""What can be done about a rare class: each strategy is a row."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Strategy:
    """A way to train on unbalanced data.

    Attributes:
        key: in links and results.
        title: on the screen.
        says: what it does, in a sentence.
        formula: its loss over a batch of B samples, in LaTeX.
        torch: how one writes it.
        trained: False for what is done to another strategy's logits after training.
    """

    key: str
    title: str
    says: str
    formula: str
    torch: str
    trained: bool = True


STRATEGIES = (
    Strategy(
        "plain",
        "Plain cross-entropy",
        "Every sample counts the same, so the common class counts most.",
        r"L = -\frac{1}{B} \sum_i \log p_{i y_i}",
        "nn.CrossEntropyLoss()",
    ),
    Strategy(
        "weighted",
        "Class weights",
        "Each sample's loss is multiplied by the weight of its class; the mean divides by the "
        "sum of these weights in the batch.",
        r"L = -\frac{\sum_i w_{y_i} \log p_{i y_i}}{\sum_i w_{y_i}}",
        "nn.CrossEntropyLoss(weight=w)",
    ),
    Strategy(
        "sampler",
        "Weighted sampler",
        "Plain cross-entropy, but samples are drawn with replacement, each with a probability "
        "in proportion to the weight of its class.",
        r"i \sim w_{y_i}, \quad L = -\frac{1}{B} \sum_i \log p_{i y_i}",
        "WeightedRandomSampler(w[target], num_samples=len(target))",
    ),
    Strategy(
        "adjusted",
        "Logit adjustment",
        "While training, each logit gets tau times the log of its class's share added, so the "
        "model itself need not learn that a class is rare.",
        r"L = -\frac{1}{B} \sum_i \log \operatorname{softmax}(z_i + \tau \log \pi)_{y_i}",
        "F.cross_entropy(logits + tau * prior.log(), target)",
    ),
    Strategy(
        "adjusted_after",
        "Adjustment after training",
        "The plain model, with tau times the log of each class's share taken off its logits "
        "afterwards. It costs no training.",
        r"\hat{y}_i = \arg\max_c \left( z_{ic} - \tau \log \pi_c \right)",
        "(logits - tau * prior.log()).argmax(dim=1)",
        trained=False,
    ),
    Strategy(
        "focal",
        "Focal loss",
        "Samples that the model already gets right count less. It does not ask which class is "
        "rare.",
        r"L = -\frac{1}{B} \sum_i (1 - p_{i y_i})^{\gamma} \log p_{i y_i}",
        "((1 - p_t) ** gamma * F.cross_entropy(logits, target, reduction='none')).mean()",
    ),
    Strategy(
        "smoothed",
        "Class weights and label smoothing",
        "The target gives a little of its 1 to every class, and each part is multiplied by that "
        "class's own weight; the mean divides by the weights of the targets alone.",
        r"L = -\frac{\sum_i \sum_c w_c q_{ic} \log p_{ic}}{\sum_i w_{y_i}}, \quad "
        r"q_{ic} = (1 - \varepsilon) [c = y_i] + \frac{\varepsilon}{C}",
        "nn.CrossEntropyLoss(weight=w, label_smoothing=eps)",
    ),
)


def strategy_of(key: str) -> Strategy:
    """The strategy of that key."""
    return next(strategy for strategy in STRATEGIES if strategy.key == key)
