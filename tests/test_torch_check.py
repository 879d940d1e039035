"""Torch beside every step: right traces agree in all dtypes, wrong ones do not."""

import subprocess
import sys
import threading
from dataclasses import replace

import numpy as np
import pytest
import torch
from hypothesis import given, settings

from ce_core import Case, run
from ce_core.presets import PRESETS
from ce_core.rules import rules_for
from ce_core.torch_check import DTYPES, DeviceError, broken, check, devices, script
from ce_core.torch_check import devices as devices_of_torch
from ce_core.torch_check import witness
from ce_core.torch_check.compare import compare
from ce_core.torch_check.dtypes import rounded
from ce_core.torch_check.lines import LITERALS
from ce_core.torch_check.tolerance import TOLERANCES, Tolerance
from tests.strategies import cases
