"""Which samples each step sees: shuffled, or drawn by weight, an epoch at a time.

Runs of the same seed are shuffled alike whatever the strategy. What does not fill a batch at the
end of an epoch is left out, as by `DataLoader(drop_last=True)`; the next one shuffles anew.
"""

import numpy as np
import torch
from torch import Tensor

from ce_core.lab import Plan, Split
from ce_core.torch_train.losses import Formula

START, SHUFFLE, DRAW = range(3)  # each has a stream of random numbers of its own


def generator_of(seed: int, purpose: int) -> torch.Generator:
    """A generator on the CPU, so that every device sees the same; torch's own is left alone."""
    mixed = int(np.random.SeedSequence([seed, purpose]).generate_state(1, np.uint64)[0])
    generator = torch.Generator()
    generator.manual_seed(mixed >> 1)
    return generator


def shuffled(count: int, generator: torch.Generator) -> Tensor:
    """An epoch's places, as `RandomSampler` gives them."""
    return torch.randperm(count, generator=generator)


def drawn(weights: Tensor, generator: torch.Generator) -> Tensor:
    """An epoch's places, as `WeightedRandomSampler(weights, len(weights))` gives them."""
    return torch.multinomial(weights, len(weights), replacement=True, generator=generator)


def sample_weights(split: Split, weight: np.ndarray) -> Tensor:
    """The weight of each training sample's class, (N,) float64."""
    return torch.tensor(weight[split.train.labels], dtype=torch.float64)


class Batches:
    """For each step the places (T × R, B) in the training samples that each model sees."""

    def __init__(
        self, plan: Plan, split: Split, formulas: tuple[Formula, ...], device: str
    ) -> None:
        self.count, self.size = len(split.train), min(plan.batch, len(split.train))
        seeds = range(plan.seed, plan.seed + plan.runs)
        self.shufflers = [generator_of(seed, SHUFFLE) for seed in seeds]
        self.drawers = [generator_of(seed, DRAW) for seed in seeds]
        self.weights = [
            None if row.drawn is None else sample_weights(split, row.drawn) for row in formulas
        ]
        self.device = device
        self.left: list[Tensor] = []

    def next(self) -> Tensor:
        """The places of the next step."""
        if not self.left:
            self.left = list(torch.split(self._epoch(), self.size, dim=1))
            self.left = self.left[: self.count // self.size][::-1]
        return self.left.pop()

    def _epoch(self) -> Tensor:
        order = [shuffled(self.count, one) for one in self.shufflers]
        rows = [
            order if weights is None else [drawn(weights, one) for one in self.drawers]
            for weights in self.weights
        ]
        return torch.stack([one for row in rows for one in row]).to(self.device)
