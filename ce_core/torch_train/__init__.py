"""Torch as a trainer: all strategies and runs of a plan at once, as one stack of small models.

>>> from ce_core.lab import Plan, split_of
>>> from ce_core.torch_train import train
>>> plan = Plan(strategies=("plain", "weighted"), runs=2, steps=10)
>>> train(plan, split_of(plan)).test_logits.shape
(2, 2, 4000, 2)

Only here and in `ce_core.torch_check` is torch imported; `import ce_core` does not.
"""

from ce_core.torch_train.progress import Progress
from ce_core.torch_train.timing import time_steps
from ce_core.torch_train.training import train

__all__ = ["Progress", "time_steps", "train"]
