"""Many small models as one: a row of numbers for each, all computed together by `baddbmm`."""

from math import sqrt

import torch
from torch import Tensor

from ce_core.lab.models import Model

Sizes = tuple[tuple[int, int], ...]  # of each layer, inputs and outputs
CHUNK = 4_000_000  # hidden numbers that are held at once where no gradient is asked for


def sizes_of(model: Model, classes: int) -> Sizes:
    """From a point's 2 numbers to C logits, by way of the hidden layer if there is one."""
    return ((2, model.units), (model.units, classes)) if model.units else ((2, classes),)


def length(sizes: Sizes) -> int:
    """How many parameters one model has, P."""
    return sum(ins * outs + outs for ins, outs in sizes)


def start(sizes: Sizes, generator: torch.Generator) -> Tensor:
    """The parameters (P,) that a model starts from, spread as those of a new `nn.Linear` are."""
    parts = []
    for ins, outs in sizes:
        bound = 1 / sqrt(ins)
        count = ins * outs + outs
        parts.append(torch.empty(count).uniform_(-bound, bound, generator=generator))
    return torch.cat(parts)


def layers(parameters: Tensor, sizes: Sizes) -> list[tuple[Tensor, Tensor]]:
    """Of parameters (M, P) each layer's weights (M, ins, outs) and biases (M, 1, outs)."""
    counts = [count for ins, outs in sizes for count in (ins * outs, outs)]
    parts = torch.split(parameters, counts, dim=1)
    return [
        (weight.view(-1, *size), bias.unsqueeze(1))
        for weight, bias, size in zip(parts[::2], parts[1::2], sizes, strict=True)
    ]


def logits_of(parameters: Tensor, sizes: Sizes, points: Tensor) -> Tensor:
    """What M models say: parameters (M, P) and points (M, B, 2) give logits (M, B, C)."""
    made = points
    for place, (weight, bias) in enumerate(layers(parameters, sizes)):
        made = torch.baddbmm(bias, made.tanh() if place else made, weight)
    return made


@torch.no_grad()
def logits_at(parameters: Tensor, sizes: Sizes, points: Tensor) -> Tensor:
    """The logits (M, N, C) of M models at the same points (N, 2), some models at a time."""
    each = max(1, CHUNK // (len(points) * max(outs for _, outs in sizes)))
    return torch.cat(
        [
            logits_of(some, sizes, points.expand(len(some), -1, -1))
            for some in torch.split(parameters, each)
        ]
    )
