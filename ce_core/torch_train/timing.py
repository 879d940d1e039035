"""What a step costs where a strategy is trained alone, written as one usually writes it."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 - the name that torch's users know

from ce_core.lab import Plan, Split
from ce_core.lab.models import model_of
from ce_core.lab.scaling import scale_of
from ce_core.torch_check.machine import usable
from ce_core.torch_train.batches import DRAW, drawn, generator_of, sample_weights, shuffled
from ce_core.torch_train.course import MOMENTUM, trained
from ce_core.torch_train.losses import Formula, formula_of
from ce_core.torch_train.threads import one_core
from ce_core.torch_train.training import in_words

ROUNDS = 40  # steps of each strategy, and a few more to warm up
WARM = 5
Loss = Callable[[Tensor, Tensor], Tensor]


def time_steps(plan: Plan, split: Split, device: str = "cpu") -> dict[str, float]:
    """Seconds that a step of each strategy takes when it is trained alone, by its key.

    A step is a batch taken, forward, backward and the optimiser; to it comes its part of making
    the epoch's order, which is what a sampler costs. The strategies take turns, so that what
    else the machine does falls on all; each number is the median of 40 steps.

    Raises:
        DeviceError: no such device, one that does not work, or too little memory on it.
    """
    place = usable(device)
    with one_core(), in_words(place):
        alone = {key: Alone(key, plan, split, place) for key in trained(plan.strategies)}
        took: dict[str, list[tuple[float, float]]] = {key: [] for key in alone}
        for turn in range(WARM + ROUNDS):
            for key, one in alone.items():
                pair = one.order(), one.step()
                if turn >= WARM:
                    took[key].append(pair)
    an_epoch = max(1, len(split.train) // plan.batch)
    seconds = {}
    for key, pairs in took.items():
        orders, steps = zip(*pairs, strict=True)
        seconds[key] = median(steps) + median(orders) / an_epoch
    return seconds


def network(plan: Plan, classes: int) -> nn.Module:
    """The plan's model as a module."""
    units = model_of(plan.model).units
    if not units:
        return nn.Linear(2, classes)
    return nn.Sequential(nn.Linear(2, units), nn.Tanh(), nn.Linear(units, classes))


def loss_of(row: Formula, device: str) -> Loss:
    """A strategy's loss by torch's own functions."""
    weight = torch.tensor(row.weight, dtype=torch.float32, device=device)
    shift = torch.tensor(row.shift, dtype=torch.float32, device=device)

    def focal(logits: Tensor, labels: Tensor) -> Tensor:
        each = F.cross_entropy(logits, labels, reduction="none")
        return ((1 - (-each).exp()) ** row.gamma * each).mean()

    def adjusted(logits: Tensor, labels: Tensor) -> Tensor:
        return F.cross_entropy(logits + shift, labels)

    if row.gamma:
        return focal
    if row.shift.any():
        return adjusted
    if (row.weight == 1).all():
        return nn.CrossEntropyLoss(label_smoothing=row.smoothing)
    return nn.CrossEntropyLoss(weight, label_smoothing=row.smoothing)


@dataclass(frozen=True)
class Order:
    """How a strategy orders an epoch: shuffled, or drawn by weight."""

    count: int
    weights: Tensor | None
    generator: torch.Generator

    def make(self) -> Tensor:
        """The epoch's places, (N,)."""
        if self.weights is None:
            return shuffled(self.count, self.generator)
        return drawn(self.weights, self.generator)


class Alone:
    """One model in training by one strategy."""

    def __init__(self, key: str, plan: Plan, split: Split, device: str) -> None:
        row = formula_of(key, plan, split)
        weights = None if row.drawn is None else sample_weights(split, row.drawn)
        self.orders = Order(len(split.train), weights, generator_of(plan.seed, DRAW))
        self.points = torch.tensor(scale_of(split.train).apply(split.train.points), device=device)
        self.labels = torch.tensor(split.train.labels, device=device)
        with torch.random.fork_rng(devices=[]):  # a module draws from torch's own generator
            self.model = network(plan, split.train.classes).to(device)
        self.loss = loss_of(row, device)
        # Not torch.optim.SGD: its import brings in torch's compiler, 800 modules.
        self.velocities = [torch.zeros_like(one) for one in self.model.parameters()]
        self.batch, self.rate, self.device = plan.batch, plan.rate, device

    def order(self) -> float:
        """Seconds that an epoch's order takes."""
        start = perf_counter()
        self.places = self.orders.make().to(self.device)
        return perf_counter() - start

    def step(self) -> float:
        """Seconds that a step takes."""
        start = perf_counter()
        places = self.places[: self.batch]
        parameters = list(self.model.parameters())
        loss = self.loss(self.model(self.points[places]), self.labels[places])
        gradients = torch.autograd.grad(loss, parameters)
        with torch.no_grad():
            for part, velocity, gradient in zip(
                parameters, self.velocities, gradients, strict=True
            ):
                velocity.mul_(MOMENTUM).add_(gradient)
                part.sub_(velocity, alpha=self.rate)
        loss.item()  # a GPU has done it only now
        return perf_counter() - start
