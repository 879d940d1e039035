"""The models that are trained: two, small enough that each runs in a moment."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Model:
    """A model: `units` of its hidden layer, 0 for one without."""

    key: str
    title: str
    says: str
    units: int
    torch: str


MODELS = (
    Model(
        "straight",
        "Straight boundary",
        "Logistic regression: the boundary between two classes is a straight line.",
        0,
        "nn.Linear(2, C)",
    ),
    Model(
        "curved",
        "Curved boundary",
        "One hidden layer of 16 tanh units: the boundary can bend.",
        16,
        "nn.Sequential(nn.Linear(2, 16), nn.Tanh(), nn.Linear(16, C))",
    ),
)


def model_of(key: str) -> Model:
    """The model of that key."""
    return next(model for model in MODELS if model.key == key)
