"""A plan in training: a stack of models, what it has seen, and what it knows so far."""

from time import perf_counter

import numpy as np
import torch
from torch import Tensor

from ce_core.arrays import Array
from ce_core.lab import Plan, Results, Split
from ce_core.lab.models import model_of
from ce_core.lab.scaling import grid_of, scale_of
from ce_core.torch_train.batches import START, Batches, generator_of
from ce_core.torch_train.losses import Losses, adjustment, formula_of
from ce_core.torch_train.stack import logits_at, logits_of, sizes_of, start

MOMENTUM = 0.9
POINTS = 200  # at most, of the curve of the losses
AFTER = "adjusted_after"


def trained(strategies: tuple[str, ...]) -> tuple[str, ...]:
    """The strategies that are trained; what is adjusted afterwards needs the plain one."""
    return tuple(dict.fromkeys("plain" if key == AFTER else key for key in strategies))


class Course:
    """All strategies and runs of a plan, trained together by SGD with momentum."""

    def __init__(self, plan: Plan, split: Split, device: str) -> None:
        self.plan, self.split, self.device = plan, split, device
        self.trained = trained(plan.strategies)
        formulas = tuple(formula_of(key, plan, split) for key in self.trained)
        self.losses = Losses(formulas, plan.runs, device)
        self.batches = Batches(plan, split, formulas, device)
        self.sizes = sizes_of(model_of(plan.model), split.train.classes)
        seeds = range(plan.seed, plan.seed + plan.runs)
        starts = torch.stack([start(self.sizes, generator_of(seed, START)) for seed in seeds])
        self.parameters = starts.repeat(len(formulas), 1).to(device).requires_grad_()
        self.velocity = torch.zeros_like(self.parameters)
        self.scale = scale_of(split.train)
        self.points = self._seen(split.train.points)
        self.labels = torch.tensor(split.train.labels, device=device)
        self.test = self._seen(split.test.points)
        self.grid = grid_of(split.train)
        x, y = np.meshgrid(*self.grid)
        self.grid_points = self._seen(np.stack([x.ravel(), y.ravel()], axis=1))
        self.history = torch.empty((2, plan.steps, len(self.parameters)), device=device)
        self.step = 0
        self.began = perf_counter()

    def advance(self) -> None:
        """One step of every model."""
        places = self.batches.next()
        logits = logits_of(self.parameters, self.sizes, self.points[places])
        losses = self.losses.of(logits, self.labels[places])
        # The models share no parameter: the gradient of the sum is each one's own.
        (gradient,) = torch.autograd.grad(losses.sum(), self.parameters)
        with torch.no_grad():
            self.history[0, self.step] = losses
            self.history[1, self.step] = gradient.norm(dim=1)
            self.velocity.mul_(MOMENTUM).add_(gradient)
            self.parameters.sub_(self.velocity, alpha=self.plan.rate)
        self.step += 1

    def results(self) -> Results:
        """What there is after the steps done so far."""
        test, grid = self._told(self.test), self._told(self.grid_points)
        losses, norms = self.history[:, : self.step].cpu().numpy()
        every = -(-self.plan.steps // POINTS)
        full = self.step // every
        means = losses[: full * every].reshape(full, every, losses.shape[1]).mean(axis=1)
        side = len(self.grid[0])
        return Results(
            self.plan,
            self.plan.strategies,
            self.step == self.plan.steps,
            self.step,
            perf_counter() - self.began,
            self.device,
            self._by_strategy(means.T),
            (np.arange(full) + 1) * every,
            self._by_strategy(norms.T),
            test,
            *self.grid,
            grid.reshape(*grid.shape[:2], side, side, -1),
        )

    def _seen(self, points: Array) -> Tensor:
        return torch.tensor(self.scale.apply(points), device=self.device)

    def _by_strategy(self, rows: Array) -> Array:
        """Of a row for each model, (T × R, ...), one for each strategy and run, (S, R, ...)."""
        table = rows.reshape(len(self.trained), self.plan.runs, *rows.shape[1:])
        places = [
            self.trained.index("plain" if key == AFTER else key) for key in self.plan.strategies
        ]
        return table[places]

    def _told(self, points: Tensor) -> Array:
        """The logits (S, R, N, C) that each strategy decides by."""
        logits = self._by_strategy(logits_at(self.parameters, self.sizes, points).cpu().numpy())
        if AFTER in self.plan.strategies:
            added = adjustment(self.plan, self.split).astype(np.float32)
            logits[self.plan.strategies.index(AFTER)] -= added
        return logits
