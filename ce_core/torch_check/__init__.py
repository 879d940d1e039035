"""Torch as a witness: every step of a trace beside torch's own number, on a device and in a dtype.

>>> from ce_core import Case, run
>>> from ce_core.torch_check import check, values
>>> trace = run(Case(logits=[[3, 4], [6, 9]], target=[1, 0], weight=[0.4, 0.36]))
>>> [row.verdict for row in check(trace)][-1]
'agrees'

Only here and in `ce_core.torch_train` is torch imported; `import ce_core` does not.
"""

from ce_core.torch_check.backward import backward
from ce_core.torch_check.compare import Check, Verdict
from ce_core.torch_check.dtypes import DTYPES
from ce_core.torch_check.lines import script
from ce_core.torch_check.machine import Device, DeviceError, broken, devices, take_one_core
from ce_core.torch_check.witness import check, values

__all__ = [
    "DTYPES",
    "Check",
    "Device",
    "DeviceError",
    "Verdict",
    "backward",
    "broken",
    "check",
    "devices",
    "script",
    "take_one_core",
    "values",
]
