"""What the lab says of an experiment, beside what its numbers are."""

import re
from functools import lru_cache

import numpy as np
import pytest

from ce_core.lab import Plan, split_of
from ce_core.torch_train import train
from ui.lab.meaning import meaning
from ui.lab.training import Experiment

THREE = ("plain", "weighted", "sampler")


@lru_cache
def experiment(plan):
    """The plan, trained."""
    split = split_of(plan)
    return Experiment(plan, "cpu", split, train(plan, split))


def said(plan, about):
    """The sentence about something, "" if there is none."""
    return next((one for one in meaning(experiment(plan)) if one.startswith(f"**{about}")), "")


PLANS = {
    "default": Plan(strategies=THREE),
    "rare": Plan(strategies=THREE, share=0.01),
    "three": Plan(strategies=THREE, data="three", share=0.02),
    "rings": Plan(strategies=THREE, data="rings"),
    "small batches": Plan(strategies=THREE, batch=8),
    "one run": Plan(strategies=THREE, runs=1, steps=100),
}


@pytest.mark.parametrize("name", PLANS)
def test_huge_steps(name):
    """The longest gradient over the median is that of the second half's steps; the verdict follows.

    Recomputed from every step's length. "More" or "less" is said only of intervals that do not
    touch, mean ± t s / sqrt(3) with t = 4.3027 for the 3 runs.
    """
    plan = PLANS[name]
    norms = np.asarray(experiment(plan).results.norms, np.float64)[:, :, plan.steps // 2 :]
    ratio = norms.max(axis=2) / np.median(norms, axis=2)  # (strategy, run)
    sentence = said(plan, "Once in a while")
    told = [float(text) for text in re.findall(r"([0-9.]+) times", sentence)]
    assert told == pytest.approx(ratio.mean(axis=1)[[1, 2, 0]], abs=0.051)
    if plan.runs == 1:
        assert "one run cannot tell" in sentence
        return
    half = 4.302653 * ratio.std(axis=1, ddof=1) / np.sqrt(3)
    apart = abs(ratio[1].mean() - ratio[2].mean()) > half[1] + half[2]
    assert ("cannot tell" in sentence) != apart
    assert ("more with weights" in sentence) == (apart and ratio[1].mean() > ratio[2].mean())
    assert ("less with weights" in sentence) == (apart and ratio[1].mean() < ratio[2].mean())


def test_the_first_step_is_no_huge_one():
    """Trained plainly, the longest gradient of all is the first: it says nothing of weights."""
    norms = experiment(PLANS["rare"]).results.norms[0]
    assert (norms.argmax(axis=1) <= 1).all()


def test_probabilities():
    """Weights raise the rare class's probability; weights that are all 1 do not, and it says so."""
    assert "do not read its outputs as probabilities" in said(PLANS["default"], "Probabilities")
    plan = PLANS["default"].replace(scheme="none", steps=100)
    assert "hardly raise" in said(plan, "Probabilities")


def test_weights_and_sampler():
    """At a batch of 1 the weight cancels, so the two do not end alike, and the sentence says so."""
    plan = PLANS["default"].replace(batch=1, steps=300)
    assert "do not end alike" in said(plan, "Weights and sampler")
    assert "cannot tell" in said(PLANS["default"], "Weights and sampler")


@pytest.mark.parametrize("name", PLANS)
def test_the_price(name):
    """Accuracy "goes" only where its two decimals do."""
    sentence = said(PLANS[name], "Most is found")
    first, last = re.search(r"goes from ([0-9.]+) to ([0-9.]+)", sentence).groups()
    assert float(first) != float(last)
    assert ("paid for" in sentence) == (float(last) < float(first))
