"""Torch's own samples for its cross-entropy, as its own tests run them, give its own answers.

The samples come from `torch.testing._internal`: OpInfo for the functions, ModuleInfo for the
classes. It is private, and a new torch may move it; the numbers of samples are asserted, so that
this cannot go unnoticed.
"""

from typing import Any, NamedTuple

import pytest
import torch
from torch.nn import functional as F  # noqa: N812 - the name that torch's users know
from torch.testing._internal.common_methods_invocations import op_db
from torch.testing._internal.common_modules import module_db

from ce_core import Case, CaseError, run
from tests import witness

OPTIONS = ("weight", "ignore_index", "label_smoothing", "reduction")


class Sample(NamedTuple):
    """The arguments of one call."""

    input: torch.Tensor
    target: torch.Tensor
    options: dict[str, Any]


def op_samples(name: str) -> list[Sample]:
    """Those of a function."""
    op = next(op for op in op_db if op.name == name)
    torch.manual_seed(0)
    found = op.reference_inputs("cpu", torch.float64, requires_grad=False)
    return [Sample(sample.input, sample.args[0], sample.kwargs) for sample in found]


def module_samples(name: str, *, errors: bool = False) -> list[Sample]:
    """Those of a module, or those it must refuse."""
    info = next(info for info in module_db if info.name == name)
    torch.manual_seed(0)
    make = info.module_error_inputs_func if errors else info.module_inputs_func
    found = make(info, "cpu", torch.float64, False, training=True)  # noqa: FBT003 - torch's order
    found = [each.module_error_input for each in found] if errors else found
    return [
        Sample(
            each.forward_input.args[0], each.forward_input.args[1], each.constructor_input.kwargs
        )
        for each in found
        if not each.constructor_input.args
    ]


def case_of(sample: Sample) -> Case:
    """The sample as a case, its arrays of the sample's dtypes."""
    options = {name: sample.options[name] for name in OPTIONS if name in sample.options}
    if options.get("weight") is not None:
        options["weight"] = options["weight"].numpy()
    return Case(sample.input.numpy(), sample.target.numpy(), **options)


def agree(case: Case, expected: torch.Tensor) -> None:
    """The case has torch's answer and shape, and autograd's gradient."""
    trace = run(case)
    assert trace.answer.shape == expected.shape
    witness.assert_close(trace.answer, expected.numpy(), witness.loss_slack(trace))
    witness.assert_close(trace.gradient, witness.gradient(case), witness.slack(trace))


CROSS_ENTROPY = op_samples("nn.functional.cross_entropy")
NLL = op_samples("nn.functional.nll_loss")
CROSS_ENTROPY_MODULE = module_samples("nn.CrossEntropyLoss")
NLL_MODULE = module_samples("nn.NLLLoss")


def test_samples_are_there():
    """Torch 2.13 has this many samples, and all can be run."""
    assert len(CROSS_ENTROPY) == 21
    assert len(NLL) == 61
    assert len(CROSS_ENTROPY_MODULE) == 105
    assert len(NLL_MODULE) == 28


@pytest.mark.parametrize("place", range(len(CROSS_ENTROPY)))
def test_cross_entropy_function(place):
    """The samples of F.cross_entropy give its answers."""
    sample = CROSS_ENTROPY[place]
    agree(case_of(sample), F.cross_entropy(sample.input, sample.target, **sample.options))


@pytest.mark.parametrize("place", range(len(CROSS_ENTROPY_MODULE)))
def test_cross_entropy_module(place):
    """The samples of nn.CrossEntropyLoss give its answers."""
    sample = CROSS_ENTROPY_MODULE[place]
    agree(case_of(sample), torch.nn.CrossEntropyLoss(**sample.options)(sample.input, sample.target))


@pytest.mark.parametrize("samples", [NLL, NLL_MODULE], ids=["function", "module"])
def test_nll_loss(samples):
    """Cross-entropy of any logits is F.nll_loss of their log-softmax, on the samples of
    F.nll_loss and nn.NLLLoss taken as logits."""
    for sample in samples:
        log_probs = F.log_softmax(sample.input, dim=min(1, sample.input.ndim - 1))
        agree(case_of(sample), F.nll_loss(log_probs, sample.target, **sample.options))


@pytest.mark.parametrize("name", ["nn.CrossEntropyLoss", "nn.NLLLoss"])
def test_error_samples(name):
    """What torch's tests expect to be refused is refused, with torch's message."""
    samples = module_samples(name, errors=True)
    assert samples
    for sample in samples:
        with pytest.raises(CaseError) as refused:
            case_of(sample)
        with pytest.raises((RuntimeError, ValueError, IndexError)) as told:
            F.cross_entropy(sample.input, sample.target, **sample.options)
        first_line = str(told.value).splitlines()[0]
        assert refused.value.torch == f"{told.type.__name__}: {first_line}"
