"""What a test may need from the machine."""

import os
import sys

import pytest

try:
    from hypothesis import settings
except ImportError:  # a machine with a GPU may have torch and pytest alone
    settings = None
if settings is not None and os.environ.get("CI"):
    # The same examples on every run, so that a change is judged by the change alone.
    settings.register_profile("ci", derandomize=True)
    settings.load_profile("ci")


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Let tests that run side by side leave the cores to each other, and skip what needs a GPU."""
    if "torch" in sys.modules:
        sys.modules["torch"].set_num_threads(1)
    if item.get_closest_marker("gpu"):
        import torch

        if not torch.cuda.is_available():
            pytest.skip("needs a CUDA device")
