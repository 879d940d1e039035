"""The code to copy gives the gradient that the trace has, and the package's example runs."""

import doctest
import runpy

import numpy as np
import pytest

from ce_core import Case, descent, run
from ce_core.presets import PRESETS
from ce_core.torch_check import DTYPES, backward
from tests.strategies import REDUCTIONS


@pytest.mark.parametrize("chosen", PRESETS, ids=lambda preset: preset.key)
@pytest.mark.parametrize("reduction", REDUCTIONS)
def test_code_gives_the_gradient(chosen, reduction, tmp_path, capsys):
    """The code runs as it is shown and prints the gradient of the page."""
    case = chosen.case.replace(reduction=reduction)
    trace = run(case)
    file = tmp_path / "backward.py"
    file.write_text(backward(case))
    names = runpy.run_path(str(file))
    assert "tensor(" in capsys.readouterr().out
    ours, theirs = trace.gradient, names["logits"].grad.numpy()
    assert theirs.shape == case.logits.shape
    finite = np.isfinite(theirs)
    np.testing.assert_allclose(ours[finite], theirs[finite], rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("dtype", DTYPES)
def test_code_holds_the_dtype(dtype):
    """The code says the number type and the device that were asked for."""
    text = backward(PRESETS[0].case, "cuda:0", dtype)
    assert f'device, dtype = "cuda:0", torch.{dtype}' in text


def test_code_of_a_large_case():
    """A large tensor has a placeholder with its shape."""
    case = Case(np.zeros((1_000, 3)), np.zeros(1_000, dtype=int))
    assert "# your (1000, 3) tensor" in backward(case)


def test_backward_starts_from_one_number():
    """A list of losses is summed first; one number is not."""
    case = PRESETS[0].case
    assert "\nloss.backward()\n" in backward(case)
    assert "\nloss.sum().backward()" in backward(case.replace(reduction="none"))


def test_example_of_the_package_runs():
    """The example that opens the package gives what it says: 0.36 and 0.4 of 0.76."""
    ran = doctest.testmod(descent)
    assert ran.attempted == 4
    assert not ran.failed
