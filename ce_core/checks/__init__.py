"""The rules of `F.cross_entropy`'s arguments, each with the message torch 2.13 raises.

The messages were read off torch 2.13.0 on the CPU; `tests/test_case_errors.py` asks torch again.
"""

from ce_core.checks.classes import classes
from ce_core.checks.dtypes import arrays, target_dtype
from ce_core.checks.options import options
from ce_core.checks.shapes import shapes

__all__ = ["arrays", "classes", "options", "shapes", "target_dtype"]
