"""Code that uses the chosen weights: torch, its sampler, scikit-learn, Keras."""

from collections.abc import Callable
from dataclasses import dataclass

from ui.choose.made import Made
from ui.choose.naming import tidy

MOST = 500  # weights written out; more are computed
LINE = 84


@dataclass(frozen=True)
class Snippet:
    """One way to use the weights: its title, what to know about it, and its code."""

    key: str
    title: str
    says: str
    text: Callable[[Made], str]


def _numbers(made: Made) -> list[str]:
    weights = made.chosen.weights
    return [] if weights is None else [f"{value:.7g}" for value in weights]


def wrapped(parts: list[str], indent: str = "    ") -> str:
    """The parts with commas between them, on lines of a fair length."""
    lines, line = [], ""
    for part in parts:
        if line and len(line) + len(part) + 2 > LINE:
            lines.append(line)
            line = ""
        line += f"{part}, "
    return "\n".join(f"{indent}{text.strip()}" for text in [*lines, line])


def _comment(made: Made) -> str:
    """Which class is which, as a comment; a name cannot end it."""
    listed = ", ".join(f"{k} {tidy(name)}" for k, name in enumerate(made.names[:8]))
    more = ", ..." if len(made.names) > 8 else ""
    return f"# {made.chosen.scheme.title.lower()}; classes: {listed}{more}"


def _weight(made: Made) -> str:
    """Lines that make the tensor `weight`."""
    numbers = _numbers(made)
    if len(numbers) > MOST:
        lines = made.chosen.scheme.torch
        return (
            f"counts = torch.bincount(y_train).double()  # {len(numbers)} classes\n"
            f"beta = {made.classes.beta!r}\n{lines}\nweight = weight.float()"
        )
    if len(numbers) <= 8:
        return f"weight = torch.tensor([{', '.join(numbers)}], dtype=torch.float32)"
    return f"weight = torch.tensor([\n{wrapped(numbers)}\n], dtype=torch.float32)"


def torch_text(made: Made) -> str:
    """torch: the weights in the loss."""
    return (
        f"import torch\nfrom torch import nn\n\n{_comment(made)}\n{_weight(made)}\n"
        'device = "cuda" if torch.cuda.is_available() else "cpu"\n'
        "loss = nn.CrossEntropyLoss(weight=weight).to(device)"
    )


def sampler_text(made: Made) -> str:
    """torch: the weights in the sampler, and none in the loss."""
    return (
        f"import torch\nfrom torch.utils.data import WeightedRandomSampler\n\n{_comment(made)}\n"
        f"{_weight(made)}\n"
        "# y_train: the class number of each sample, a tensor of int64\n"
        "sampler = WeightedRandomSampler(weight[y_train], num_samples=len(y_train))"
    )


def dictionary(made: Made) -> str:
    """The weights as a dict by class number."""
    numbers = _numbers(made)
    if len(numbers) > MOST:
        return "{k: float(w) for k, w in enumerate(weight)}"
    parts = [f"{k}: {number}" for k, number in enumerate(numbers)]
    if len(parts) <= 5:
        return "{" + ", ".join(parts) + "}"
    return "{\n" + wrapped(parts) + "\n}"


def _before(made: Made) -> str:
    if len(_numbers(made)) <= MOST:
        return ""
    return f"import torch\n\ny_train = torch.as_tensor(y)\n{_weight(made)}\n"


def sklearn_text(made: Made) -> str:
    """scikit-learn: the weights by label."""
    text = (
        f"from sklearn.linear_model import LogisticRegression\n{_before(made)}\n{_comment(made)}\n"
        f"class_weight = {dictionary(made)}\n"
        "model = LogisticRegression(class_weight=class_weight)"
    )
    if made.chosen.scheme.key == "balanced":
        text += "\n# the same, counted by scikit-learn itself:"
        text += '\nmodel = LogisticRegression(class_weight="balanced")'
    return text


def keras_text(made: Made) -> str:
    """Keras: the weights in fit."""
    start = _before(made) + "\n" if _before(made) else ""
    return (
        f"{start}{_comment(made)}\nclass_weight = {dictionary(made)}\n"
        "model.fit(x, y, class_weight=class_weight)"
    )


SNIPPETS = (
    Snippet(
        "torch",
        "torch",
        "The loss moves its weights along with .to(device): no .cuda() is needed. They must have "
        "the logits’ number type, float32 as a rule.",
        torch_text,
    ),
    Snippet(
        "sampler",
        "torch, sampler",
        "Instead of weights in the loss, never both: the sampler draws each sample in proportion "
        "to its class’s weight.",
        sampler_text,
    ),
    Snippet(
        "sklearn",
        "scikit-learn",
        "The keys are your labels as they stand in y; here they are the class numbers.",
        sklearn_text,
    ),
    Snippet(
        "keras",
        "Keras",
        "Keras divides by the number of samples N, not by the sum of the weights: scale matters "
        "there, and balanced weights keep the loss at its usual size.",
        keras_text,
    ),
)
