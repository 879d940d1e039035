"""Torch's error messages, recognised in what a person pastes and explained with their numbers."""

from ce_core.refusals.find import recognise
from ce_core.refusals.record import Recognised, Refusal
from ce_core.refusals.table import REFUSALS

__all__ = ["REFUSALS", "Recognised", "Refusal", "recognise"]
