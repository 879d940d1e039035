"""What is trained: every number that a link carries, checked where the plan is made."""

from dataclasses import dataclass, replace
from math import isfinite
from typing import Any

from ce_core.errors import CaseError
from ce_core.lab.models import MODELS, model_of
from ce_core.lab.sources import DATA
from ce_core.lab.strategies import STRATEGIES
from ce_core.lab.weights import SCHEMES
from ce_core.words import Words, words

PlanError = CaseError
DEFAULT = ("plain", "weighted", "sampler", "adjusted", "focal", "smoothed")

# The least and the most of each number. A page's fields have the same ends.
LIMITS: dict[str, tuple[float, float]] = {
    "share": (0.005, 0.5),
    "samples": (100, 20_000),
    "spread": (0.1, 3.0),
    "runs": (1, 10),
    "steps": (10, 5_000),
    "batch": (1, 1_024),
    "rate": (1e-4, 10.0),
    "seed": (0, 999_999),
    "gamma": (0.0, 10.0),
    "tau": (0.0, 3.0),
    "smoothing": (0.0, 0.9),
    "beta": (0.0, 0.999999),
}
WHOLE = ("samples", "runs", "steps", "batch", "seed")
MOST_WORK = 1_000_000_000  # strategies × runs × steps × batch × units; see bench/lab.py


@dataclass(frozen=True)
class Plan:
    """An experiment: the data, the strategies that are compared, and how each is trained.

    Attributes:
        data: a key of `DATA`.
        share: of the rare class among the training samples; of three classes at most a third.
        samples: how many training samples are made.
        spread: how far the samples of a class lie apart, so how much the classes overlap.
        strategies: keys of `STRATEGIES`, in the order of the results.
        scheme: a key of `SCHEMES`: the weights of the strategies that have any.
        model: a key of `MODELS`.
        runs: how often each strategy is trained, each time from another start.
        steps: of training, each on one batch.
        batch: samples in a batch; all of them where there are fewer.
        rate: the learning rate of stochastic gradient descent with momentum 0.9.
        seed: makes the data and the first run; run r starts from `seed + r`.
        gamma: the focal loss's exponent.
        tau: how much of the log-prior logit adjustment adds.
        smoothing: of the labels.
        beta: of the effective number of samples.

    Raises:
        CaseError: a field that is out of its limits, a name that no table has, or too much work.
    """

    data: str = "blobs"
    share: float = 0.05
    samples: int = 1_000
    spread: float = 1.0
    strategies: tuple[str, ...] = DEFAULT
    scheme: str = "balanced"
    model: str = "curved"
    runs: int = 3
    steps: int = 600
    batch: int = 64
    rate: float = 0.1
    seed: int = 0
    gamma: float = 2.0
    tau: float = 1.0
    smoothing: float = 0.1
    beta: float = 0.999

    def __post_init__(self) -> None:
        for name in LIMITS:
            _check_number(name, getattr(self, name))
        _check_key("data", self.data, tuple(source.key for source in DATA))
        _check_key("scheme", self.scheme, tuple(scheme.key for scheme in SCHEMES))
        _check_key("model", self.model, tuple(model.key for model in MODELS))
        _check_strategies(self.strategies)
        _check_batch(self)
        _check_work(self)

    @property
    def work(self) -> int:
        """Strategies × runs × steps × batch × units: what the training's time grows with."""
        units = max(model_of(self.model).units, 4)
        return len(self.strategies) * self.runs * self.steps * self.batch * units

    def replace(self, **changes: Any) -> "Plan":  # noqa: ANN401 - any field of a Plan
        """The same plan with some fields changed."""
        return replace(self, **changes)


def _check_number(name: str, value: object) -> None:
    low, high = LIMITS[name]
    whole = name in WHOLE
    kinds = (int,) if whole else (int, float)
    ends = {"name": name, "low": low, "high": high}
    rule = (
        words("{name} must be a whole number from {low:g} to {high:,g}", **ends)
        if whole
        else words("{name} must be a number from {low:g} to {high:,g}", **ends)
    )
    remedy = words("Choose {name} from {low:g} to {high:,g}.", **ends)
    if isinstance(value, bool) or not isinstance(value, kinds):
        raise CaseError(name, rule, _found(name, value), remedy)
    if not isfinite(value) or not low <= value <= high:
        raise CaseError(name, rule, words("{name} is {value:,g}", name=name, value=value), remedy)


def _found(name: str, value: object) -> Words:
    return words("{name} is {value}", name=name, value=repr(value))


def _check_key(name: str, value: object, keys: tuple[str, ...]) -> None:
    if value not in keys:
        known = ", ".join(keys)
        rule = words("{name} must be one of {known}", name=name, known=known)
        remedy = words("Choose one of {known}.", known=known)
        raise CaseError(name, rule, _found(name, value), remedy)


def _check_strategies(keys: object) -> None:
    name = "strategies"
    if not isinstance(keys, tuple) or not keys:
        rule = words("strategies must hold at least one strategy")
        remedy = words("Choose a strategy, such as plain.")
        raise CaseError(name, rule, _found(name, keys), remedy)
    for place, key in enumerate(keys):
        _check_key(f"strategies[{place}]", key, tuple(one.key for one in STRATEGIES))
    if len(set(keys)) < len(keys):
        rule, twice = (
            words("each strategy is trained once"),
            next(k for k in keys if keys.count(k) > 1),
        )
        found = words("strategies holds {twice} twice", twice=repr(twice))
        raise CaseError(name, rule, found, words("Leave one of them out."))


def _check_batch(plan: Plan) -> None:
    if plan.batch > plan.samples:
        raise CaseError(
            "batch",
            words("a batch cannot hold more than the training samples there are"),
            words(
                "batch is {batch:,} of {samples:,} samples", batch=plan.batch, samples=plan.samples
            ),
            words("Take a smaller batch or more samples."),
        )


def _check_work(plan: Plan) -> None:
    if plan.work > MOST_WORK:
        raise CaseError(
            "steps",
            words(
                "strategies × runs × steps × batch × units must be at most {most:,}",
                most=MOST_WORK,
            ),
            words(
                "this plan comes to {work:,}, which would train for minutes",
                work=plan.work,
            ),
            words("Take fewer steps, a smaller batch, fewer runs or fewer strategies."),
        )
