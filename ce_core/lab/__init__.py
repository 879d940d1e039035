"""The imbalance lab: small models on unbalanced data. What is trained, and what it is worth.

>>> from ce_core.lab import Plan, split_of
>>> split = split_of(Plan(share=0.05, samples=1000))
>>> split.train.counts.tolist()
[950, 50]

Training itself needs torch: `ce_core.torch_train.train(plan, split)` gives the `Results` that
`measure(results, split)` takes.
"""

from ce_core.lab.measuring import measure
from ce_core.lab.models import MODELS, Model
from ce_core.lab.outcome import Calibration, Measures, Norms, Outcome
from ce_core.lab.own import read_own
from ce_core.lab.plan import LIMITS, MOST_WORK, Plan, PlanError
from ce_core.lab.results import Results
from ce_core.lab.samples import Samples, Split
from ce_core.lab.sources import DATA, Source, source_of
from ce_core.lab.splitting import split_of
from ce_core.lab.strategies import STRATEGIES, Strategy, strategy_of
from ce_core.lab.student import Interval, interval
from ce_core.lab.weights import SCHEMES, weights_of

__all__ = [
    "DATA",
    "LIMITS",
    "MODELS",
    "MOST_WORK",
    "SCHEMES",
    "STRATEGIES",
    "Calibration",
    "Interval",
    "Measures",
    "Model",
    "Norms",
    "Outcome",
    "Plan",
    "PlanError",
    "Results",
    "Samples",
    "Source",
    "Split",
    "Strategy",
    "interval",
    "measure",
    "read_own",
    "source_of",
    "split_of",
    "strategy_of",
    "weights_of",
]
