"""On a CUDA device the lab trains the same plans to the same findings."""

import numpy as np
import pytest
import torch

from ce_core.lab import STRATEGIES, Plan, measure, split_of
from ce_core.torch_train import time_steps, train

pytestmark = [
    pytest.mark.gpu,
    pytest.mark.skipif(not torch.cuda.is_available(), reason="needs a CUDA device"),
]

GPU = "cuda:0"
PLAN = Plan(strategies=tuple(row.key for row in STRATEGIES), runs=2, steps=30)


def test_few_steps_as_on_the_cpu():
    """The same start and batches: after 30 steps the numbers differ by rounding alone."""
    split = split_of(PLAN)
    here, there = train(PLAN, split), train(PLAN, split, GPU)
    assert there.device == GPU
    for name in ("losses", "norms", "test_logits", "grid_logits"):
        assert np.allclose(getattr(here, name), getattr(there, name), rtol=1e-3, atol=1e-3), name


def test_same_bits_again():
    """Two trainings there give the same numbers."""
    split = split_of(PLAN)
    first, second = train(PLAN, split, GPU), train(PLAN, split, GPU)
    assert np.array_equal(first.test_logits, second.test_logits)


def test_told_and_stopped_there():
    """Progress comes from the GPU, and it stops when told to."""
    told = train(Plan(steps=5_000), split_of(PLAN), GPU, told=lambda _: False)
    assert (told.step, told.finished) == (1, False)


def test_measured_and_timed_there():
    """What was trained there can be measured, and its steps be timed."""
    split = split_of(PLAN)
    assert all(np.isfinite(one.log_loss).all() for one in measure(train(PLAN, split, GPU), split))
    assert all(seconds > 0 for seconds in time_steps(PLAN, split, GPU).values())
