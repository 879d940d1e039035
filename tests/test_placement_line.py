"""Two classes on a line: the weight as a shift of the intercept, Elkan's rule, and their limits."""

import math

import numpy as np
import pytest
import torch
from torch.nn import functional as F  # noqa: N812 - the name that torch's users know

from ce_core.placement import WORLDS, apart, decide, fit, fitted, log_odds, separable, world
from ce_core.placement.deciding import expected_cost
from ce_core.placement.worlds import below, density

SETTINGS = [(0.1, 9.0, 2.0), (0.01, 50.0, 1.0), (0.5, 1.0, 4.0), (0.3, 2.5, 1.7), (0.01, 1.0, 4.0)]
each_setting = pytest.mark.parametrize(("rare", "ratio", "gap"), SETTINGS)
each_world = pytest.mark.parametrize("one", WORLDS, ids=lambda one: one.key)
X = np.linspace(-4, 8, 241)


@each_world
def test_densities_hold_one(one):
    """Each class's density sums to 1 over the grid, and to its distribution function."""
    x = one.grid()
    for hills in (one.common, one.rare):
        np.testing.assert_allclose(density(hills, x).sum() * (x[1] - x[0]), 1, rtol=1e-12)
        low = x[x <= 0.5]
        part = np.trapezoid(density(hills, low), low)
        np.testing.assert_allclose(part, below(hills, float(low[-1])), atol=1e-3)


@each_setting
def test_well_specified_intercept_moves_by_log_ratio(rare, ratio, gap):
    """Where the model fits, the weights move the intercept by log(w1 / w0), and the slope stays."""
    both = fitted(apart(gap), rare, ratio)
    assert both.straight
    np.testing.assert_allclose(both.rise, math.log(ratio), atol=1e-6)
    np.testing.assert_allclose(both.turn, 1, atol=1e-6)
    # Two normals of spread 1 at 0 and g: log f1 / f0 = g x - g^2 / 2.
    np.testing.assert_allclose(both.plain.slope, gap, atol=1e-6)
    np.testing.assert_allclose(
        both.plain.intercept, math.log(rare / (1 - rare)) - gap**2 / 2, atol=1e-6
    )


@each_setting
def test_threshold_is_elkans(rare, ratio, gap):
    """The weighted posterior passes 1/2 where p passes c10/(c10+c01) and the cost is lowest."""
    found = decide(apart(gap), rare, ratio, X)
    assert found.level == 1 / (1 + ratio)
    # g x - g^2/2 + log odds of the shares + log ratio = 0
    by_hand = gap / 2 - (math.log(rare / (1 - rare)) + math.log(ratio)) / gap
    np.testing.assert_allclose([found.cut, found.level_cut], by_hand, atol=1e-9)
    np.testing.assert_allclose(found.cheapest, by_hand, atol=1e-5)  # its cost is flat to 1e-11
    line = fitted(apart(gap), rare, ratio)
    np.testing.assert_allclose(line.weighted.crosses(), by_hand, atol=1e-6)
    np.testing.assert_allclose(line.by_threshold, by_hand, atol=1e-6)
    assert found.cost_at_cut <= found.cost_at_plain + 1e-15
    assert found.cost_at_cut <= found.cost.min() + 1e-15


def test_example_of_the_page():
    """A tenth is rare, a miss costs 9: boundary 1 + log 9 / 2 without weights, 1 with them."""
    found = decide(apart(2.0), 0.1, 9.0, X)
    np.testing.assert_allclose(found.plain_cut, 1 + math.log(9) / 2, atol=1e-9)
    np.testing.assert_allclose(found.cut, 1, atol=1e-9)
    # From x = 1 on, half the gap from both means: .9 * 1 * Q(1) + .1 * 9 * Q(1), Q(1) = 0.158655
    np.testing.assert_allclose(found.cost_at_cut, 1.8 * 0.15865525393145707, rtol=1e-9)


def test_posteriors():
    """The weighted posterior is w1 p / (w1 p + w0 (1 - p))."""
    found = decide(apart(2.0), 0.1, 9.0, X)
    p = found.rare / (found.rare + found.common)
    np.testing.assert_allclose(found.posterior, p, atol=1e-12)
    np.testing.assert_allclose(found.weighted, 9 * p / (9 * p + 1 - p), atol=1e-12)


def test_cost_is_the_integral():
    """The expected cost is what false alarms and misses cost, summed over x."""
    one, x = apart(2.0), np.linspace(-12, 14, 200_001)
    common, rare = one.densities(x)
    right = x >= 0.7
    summed = (0.9 * common * right + 5 * 0.1 * rare * ~right).sum() * (x[1] - x[0])
    np.testing.assert_allclose(expected_cost(one, 0.1, 5.0, 0.7), summed, atol=1e-4)


@each_world
@pytest.mark.parametrize("ratio", [1.0, 9.0, 50.0])
def test_fit_has_no_slope_left(one, ratio):
    """At the fitted line torch's gradient of the weighted loss, on a finer grid, is 0."""
    line = fit(one, 0.1, ratio)
    grid = one.grid()
    x = np.linspace(grid[0] - 1, grid[-1] + 1, 20_011)
    common, rare = one.densities(x)
    step = x[1] - x[0]
    at = torch.tensor([line.intercept, line.slope], dtype=torch.float64, requires_grad=True)
    logits = torch.stack([torch.zeros(len(x)), at[0] + at[1] * torch.tensor(x)], dim=1)
    target = torch.tensor(np.stack([0.9 * common, 0.1 * rare], axis=1) * step)
    weight = torch.tensor([1.0, ratio], dtype=torch.float64)
    F.cross_entropy(logits, target, weight, reduction="sum").backward()
    np.testing.assert_allclose(at.grad.numpy(), 0, atol=1e-9)


@pytest.mark.parametrize(
    ("key", "slopes", "turn"),
    [("wide", (0.4494, 0.2058), 0.458), ("split", (0.2525, 0.0950), 0.376)],
)
def test_misspecified_slope_changes(key, slopes, turn):
    """Where the log-odds bend, weights 1:9 turn the line, and the intercept misses log 9."""
    # The lines are those at which the gradient is 0, by the test above.
    both = fitted(world(key, 2.0), 0.1, 9.0)
    assert not both.straight
    np.testing.assert_allclose((both.plain.slope, both.weighted.slope), slopes, atol=5e-5)
    np.testing.assert_allclose(both.turn, turn, atol=5e-4)
    assert abs(both.rise - math.log(9)) > 0.03


def test_log_odds():
    """Three times as wide: log f1 / f0 = -log 3 - (x - 1)^2 / 18 + x^2 / 2, plus the shares."""
    x = np.array([-2.0, 0.0, 3.0])
    by_hand = -math.log(3) - (x - 1) ** 2 / 18 + x**2 / 2 + math.log(1 / 9)
    np.testing.assert_allclose(log_odds(world("wide", 2.0), 0.1, x), by_hand, rtol=1e-12)


def test_unknown_world_is_the_straight_one():
    """The first world is the one whose means the slider moves."""
    assert world("line", 3.0) == apart(3.0)
    assert {one.key for one in WORLDS} == {"line", "wide", "split"}


def test_separable_boundary_creeps_back():
    """At x = -1 and 1, weights 1 and 9: -.565 after 10 steps, -.282 after 100, -.126 after 1e4."""
    reached = separable(9.0)
    boundaries = {one.steps: one.boundary for one in reached}
    for steps, boundary in ((10, -0.565), (100, -0.282), (10_000, -0.1265)):
        np.testing.assert_allclose(boundaries[steps], boundary, atol=5e-4)
    assert all(np.diff([one.boundary for one in reached]) > 0)
    assert all(one.boundary < 0 for one in reached)
    # The margins' losses balance as e^-u0 = 9 e^-u1, so the boundary nears -log(9) / (2 slope).
    last = reached[-1]
    np.testing.assert_allclose(last.boundary, -math.log(9) / (2 * last.slope), rtol=1e-3)


def test_separable_is_torch_sgd():
    """The steps are those of torch's SGD on the weighted mean, learning rate 1."""
    line = torch.zeros(2, dtype=torch.float64, requires_grad=True)  # intercept, slope
    x, target = torch.tensor([-1.0, 1.0], dtype=torch.float64), torch.tensor([0, 1])
    optimiser = torch.optim.SGD([line], lr=1.0)
    for _ in range(100):
        optimiser.zero_grad()
        logits = torch.stack([torch.zeros(2, dtype=torch.float64), line[0] + line[1] * x], dim=1)
        loss = F.cross_entropy(logits, target, torch.tensor([1.0, 9.0], dtype=torch.float64))
        loss.backward()
        optimiser.step()
    (reached,) = separable(9.0, (100,))
    intercept, slope = line.tolist()
    np.testing.assert_allclose((reached.boundary, reached.slope), (-intercept / slope, slope))
