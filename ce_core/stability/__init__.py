"""Where floating point breaks: softmax and its log step by step in the number type of one's choice.

>>> from ce_core.stability import NUMBER_TYPES, number_type
>>> kind = number_type("float16")
>>> kind.eps, kind.largest
(0.0009765625, 65504.0)
"""

from ce_core.stability.adding import STARTS, Sums, fixed_point, sums
from ce_core.stability.chains import MUCH, NAIVE, SHIFTED, Chains, chains
from ce_core.stability.equal import EQUAL, LN2, equal_formulas, keeps_digits
from ce_core.stability.gap import Gaps, gaps
from ce_core.stability.number_types import NUMBER_TYPES, NumberType, number_type
from ce_core.stability.thresholds import CLASSES, THRESHOLDS, Threshold, reach

__all__ = [
    "CLASSES",
    "EQUAL",
    "LN2",
    "MUCH",
    "NAIVE",
    "NUMBER_TYPES",
    "SHIFTED",
    "STARTS",
    "THRESHOLDS",
    "Chains",
    "Gaps",
    "NumberType",
    "Sums",
    "Threshold",
    "chains",
    "equal_formulas",
    "fixed_point",
    "gaps",
    "keeps_digits",
    "number_type",
    "reach",
    "sums",
]
