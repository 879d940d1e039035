"""One loss for all strategies: each is a row of numbers put into the same formula.

    z' = z + shift                          shift = tau log prior for logit adjustment, else 0
    pays[y, c] = w_c ((1 - e) [c = y] + e / C)
    l = (1 - p_y)^gamma  sum_c pays[y, c] (-log p_c)         p = softmax(z')
    L = sum l / sum w_y

With weights 1, e = 0, gamma = 0 and no shift this is plain cross-entropy and its mean. With
weights and e it is torch's `CrossEntropyLoss(weight=w, label_smoothing=e)`: its mean, too, is
divided by the weights of the targets alone.
"""

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from ce_core.arrays import Array
from ce_core.lab import Plan, Split, weights_of

LEAST = 1e-12  # instead of 0 below a power: its derivative could be infinite there


@dataclass(frozen=True)
class Formula:
    """What a strategy puts into the loss, and whether its batches are drawn by weight.

    Attributes:
        weight: (C,) of the loss; 1 where the strategy has none.
        shift: (C,) that is added to the logits in training.
        smoothing: of the labels, e.
        gamma: the exponent of (1 - p_y).
        drawn: (C,) the weights by which samples are drawn; None where they are shuffled.
    """

    weight: Array
    shift: Array
    smoothing: float = 0.0
    gamma: float = 0.0
    drawn: Array | None = None


def formula_of(key: str, plan: Plan, split: Split) -> Formula:
    """The strategy's row, from the training samples' counts."""
    weight = weights_of(plan.scheme, split.train.counts, plan.beta)
    ones, zeros = np.ones(split.train.classes), np.zeros(split.train.classes)
    rows = {
        "plain": Formula(ones, zeros),
        "weighted": Formula(weight, zeros),
        "sampler": Formula(ones, zeros, drawn=weight),
        "adjusted": Formula(ones, adjustment(plan, split)),
        "focal": Formula(ones, zeros, gamma=plan.gamma),
        "smoothed": Formula(weight, zeros, smoothing=plan.smoothing),
    }
    return rows[key]


def adjustment(plan: Plan, split: Split) -> Array:
    """What logit adjustment adds: tau log prior, (C,)."""
    added: Array = plan.tau * np.log(split.prior)
    return added


class Losses:
    """The losses of T strategies with R runs each, on one device."""

    def __init__(self, formulas: tuple[Formula, ...], runs: int, device: str) -> None:
        def stacked(rows: list[Array]) -> Tensor:
            """(T, ...) as (T × R, ...): one row for each model."""
            table = torch.tensor(np.stack(rows), dtype=torch.float32, device=device)
            return table.repeat_interleave(runs, dim=0)

        self.weight = stacked([row.weight for row in formulas])  # (M, C)
        self.shift = stacked([row.shift for row in formulas]).unsqueeze(1)  # (M, 1, C)
        self.pays = stacked([_pays(row) for row in formulas])  # (M, C, C)
        self.gamma = stacked([np.array([row.gamma]) for row in formulas])  # (M, 1)
        self.focal = any(row.gamma for row in formulas)
        self.model = torch.arange(len(self.weight), device=device).unsqueeze(1)

    def of(self, logits: Tensor, labels: Tensor) -> Tensor:
        """The loss (M,) of each model: logits (M, B, C), labels (M, B)."""
        log_probs = (logits + self.shift).log_softmax(dim=2)
        each = -(self.pays[self.model, labels] * log_probs).sum(dim=2)
        if self.focal:
            missing = -log_probs.gather(2, labels.unsqueeze(2)).squeeze(2).expm1()
            each = missing.clamp_min(LEAST) ** self.gamma * each
        return each.sum(dim=1) / self.weight[self.model, labels].sum(dim=1)


def _pays(row: Formula) -> Array:
    """(C, C): what a sample of class y pays for the -log p of class c."""
    classes = len(row.weight)
    shares: Array = (1 - row.smoothing) * np.eye(classes) + row.smoothing / classes
    return shares * row.weight
