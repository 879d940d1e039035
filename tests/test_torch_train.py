"""The stack of models is trained as torch's own modules and losses would train each alone."""

import doctest
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn import functional as F  # noqa: N812 - the name that torch's users know
from torch.utils.data import WeightedRandomSampler

import ce_core.torch_train
from ce_core.lab import MODELS, STRATEGIES, Plan, measure, read_own, split_of, weights_of
from ce_core.torch_check import DeviceError
from ce_core.torch_train import time_steps, train
from ce_core.torch_train.batches import DRAW, SHUFFLE, Batches, generator_of
from ce_core.torch_train.course import Course
from ce_core.torch_train.losses import formula_of
from ce_core.torch_train.stack import layers
from ce_core.torch_train.threads import one_core

ROOT = Path(__file__).parent.parent
TRAINED = tuple(row.key for row in STRATEGIES if row.trained)
EVERY = tuple(row.key for row in STRATEGIES)
SMALL = Plan(strategies=EVERY, runs=2, steps=20)


def course_of(plan):
    """The plan, about to be trained."""
    return Course(plan, split_of(plan), "cpu")


def module_of(course, model):
    """One model of the stack as a module of its own."""
    linear = []
    for weight, bias in layers(course.parameters.detach(), course.sizes):
        part = nn.Linear(*weight.shape[1:])
        part.weight.data, part.bias.data = weight[model].T.clone(), bias[model, 0].clone()
        linear += [part, nn.Tanh()]
    return nn.Sequential(*linear[:-1])


def loss_of(key, plan, split):
    """A strategy's loss, written as its page says."""
    weight = torch.tensor(weights_of(plan.scheme, split.train.counts, plan.beta)).float()
    prior = torch.tensor(split.prior).float()

    def focal(logits, target):
        p_t = logits.softmax(dim=1).gather(1, target.unsqueeze(1)).squeeze(1)
        each = F.cross_entropy(logits, target, reduction="none")
        return ((1 - p_t) ** plan.gamma * each).mean()

    return {
        "plain": nn.CrossEntropyLoss(),
        "sampler": nn.CrossEntropyLoss(),
        "weighted": nn.CrossEntropyLoss(weight=weight),
        "adjusted": lambda x, y: F.cross_entropy(x + plan.tau * prior.log(), y),
        "focal": focal,
        "smoothed": nn.CrossEntropyLoss(weight=weight, label_smoothing=plan.smoothing),
    }[key]


@one_core()
@pytest.mark.parametrize("data", ["blobs", "three"])
@pytest.mark.parametrize("model", [row.key for row in MODELS])
def test_gradients_are_those_of_modules(model, data):
    """After some steps, each model's loss and gradient are what a module with torch's loss gives.

    float32: sums over 64 samples differ by the order of adding, some eps of the largest term.
    """
    plan = Plan(data=data, model=model, strategies=TRAINED, runs=2, batch=64)
    course, split = course_of(plan), split_of(plan)
    for _ in range(5):
        course.advance()
    modules = [module_of(course, place) for place in range(len(TRAINED) * 2)]
    before = course.velocity.clone()
    places = course.batches.next()
    course.batches.left.append(places)  # the step takes the same
    course.advance()
    gradients = course.velocity - 0.9 * before
    for place, module in enumerate(modules):
        points, target = course.points[places[place]], course.labels[places[place]]
        loss = loss_of(TRAINED[place // 2], plan, split)(module(points), target)
        loss.backward()
        parts = [p.grad.T.flatten() if p.ndim == 2 else p.grad for p in module.parameters()]
        expected = torch.cat(parts)
        size = float(expected.abs().max())
        torch.testing.assert_close(course.history[0, 5, place], loss.detach(), rtol=1e-5, atol=1e-6)
        torch.testing.assert_close(gradients[place], expected, rtol=1e-4, atol=5e-6 * max(size, 1))
        assert torch.isclose(course.history[1, 5, place], expected.norm(), rtol=1e-5)


@one_core()
def test_steps_are_those_of_sgd():
    """Twenty steps end where torch.optim.SGD with momentum 0.9 ends, module by module."""
    plan = Plan(strategies=("weighted",), runs=1, steps=20)
    course, other = course_of(plan), course_of(plan)
    module = module_of(course, 0)
    loss = loss_of("weighted", plan, split_of(plan))
    optimiser = torch.optim.SGD(module.parameters(), lr=plan.rate, momentum=0.9)
    for _ in range(20):
        places = other.batches.next()[0]
        optimiser.zero_grad()
        loss(module(course.points[places]), course.labels[places]).backward()
        optimiser.step()
        course.advance()
    ours = module_of(course, 0)(course.points)
    torch.testing.assert_close(ours, module(course.points), rtol=1e-4, atol=1e-4)


def test_same_start_same_batches():
    """All strategies of a run start alike and see the same batches, but for the sampler's."""
    course = course_of(Plan(strategies=TRAINED, runs=3))
    starts = course.parameters.detach().view(len(TRAINED), 3, -1)
    places = course.batches.next().view(len(TRAINED), 3, -1)
    for place, key in enumerate(TRAINED):
        assert torch.equal(starts[place], starts[0])
        assert torch.equal(places[place], places[0]) == (key != "sampler")
    assert not torch.equal(starts[0, 0], starts[0, 1])
    assert not torch.equal(places[0, 0], places[0, 1])


def test_run_is_its_seed():
    """Run 1 of seed 4 starts as run 0 of seed 5 does, on seed 4's data."""
    one = course_of(Plan(seed=4, runs=2, strategies=("plain",)))
    two = course_of(Plan(seed=5, runs=1, strategies=("plain",)))
    assert torch.equal(one.parameters[1], two.parameters[0])


def epoch(batches):
    """All places of an epoch, (M, batches × B)."""
    return torch.cat([batches.next() for _ in range(batches.count // batches.size)], dim=1)


def test_sampler_draws_as_torch_does():
    """The same generator gives the draws of WeightedRandomSampler, one epoch after another."""
    plan = Plan(strategies=("sampler",), runs=1, samples=640)
    split = split_of(plan)
    row = formula_of("sampler", plan, split)
    batches = Batches(plan, split, (row,), "cpu")
    each = torch.tensor(row.drawn[split.train.labels])
    generator = generator_of(plan.seed, DRAW)
    sampler = WeightedRandomSampler(each, len(each), replacement=True, generator=generator)
    for _ in range(2):
        assert epoch(batches)[0].tolist() == list(sampler)


def test_sampler_draws_classes_alike():
    """Balanced weights draw each class half of the time: within 4 deviations of 10,000 draws."""
    plan = Plan(strategies=("sampler",), runs=1, samples=10_000, batch=1_000)
    split = split_of(plan)
    batches = Batches(plan, split, (formula_of("sampler", plan, split),), "cpu")
    rare = split.train.labels[epoch(batches)[0].numpy()].mean()
    assert abs(rare - 0.5) < 4 * 0.5 / 100


def test_shuffled_epoch_has_each_sample_once():
    """An epoch is a permutation; the next one is another."""
    plan = Plan(strategies=("plain",), runs=1, samples=640)
    split = split_of(plan)
    batches = Batches(plan, split, (formula_of("plain", plan, split),), "cpu")
    first, second = epoch(batches)[0], epoch(batches)[0]
    assert first.sort().values.tolist() == second.sort().values.tolist() == list(range(640))
    assert not torch.equal(first, second)
    order = torch.randperm(640, generator=generator_of(plan.seed, SHUFFLE))
    assert torch.equal(first, order)


def test_same_plan_same_bits():
    """Two trainings of a plan give the same numbers, bit for bit, whoever drew random ones."""
    first = train(SMALL, split_of(SMALL))
    torch.manual_seed(5)
    torch.rand(3)
    second = train(SMALL, split_of(SMALL))
    for name in ("losses", "norms", "test_logits", "grid_logits"):
        assert np.array_equal(getattr(first, name), getattr(second, name)), name


def _two_threads():
    """Torch has two for each test that looks whether it still has them afterwards."""
    torch.set_num_threads(2)
    return 2


def test_torch_is_left_as_it_is():
    """Neither torch's seed nor the number of threads that it uses in any thread is changed."""
    threads = _two_threads()
    state, seen = torch.get_rng_state(), []

    def told(_):
        other = threading.Thread(target=lambda: seen.append(torch.get_num_threads()))
        other.start()
        other.join()
        seen.append(torch.get_num_threads())
        return True

    train(SMALL, split_of(SMALL), told=told)
    time_steps(SMALL, split_of(SMALL))
    assert seen[:2] == [threads, 1]  # elsewhere, and in the thread that trains
    assert torch.get_num_threads() == threads
    assert torch.equal(torch.get_rng_state(), state)


def test_several_at_once():
    """Plans that are trained in threads of one server give what each gives alone."""
    threads, split = _two_threads(), split_of(SMALL)
    alone = train(SMALL, split).test_logits
    with ThreadPoolExecutor(4) as pool:
        several = list(pool.map(lambda _: train(SMALL, split).test_logits, range(8)))
    assert all(np.array_equal(one, alone) for one in several)
    with ThreadPoolExecutor(1) as fresh:
        assert fresh.submit(torch.get_num_threads).result() == threads


def test_shapes():
    """Every array has the shape that its record states, and nobody can write to it."""
    plan = SMALL.replace(data="three", steps=450)
    told = train(plan, split_of(plan))
    S, R, K = len(EVERY), 2, 150
    assert told.finished
    assert told.step == 450
    assert told.strategies == EVERY
    assert told.losses.shape == (S, R, K)
    assert told.at_steps.tolist() == list(range(3, 451, 3))
    assert told.norms.shape == (S, R, 450)
    assert told.test_logits.shape == (S, R, 4_000, 3)
    G = len(told.grid_x)
    assert told.grid_logits.shape == (S, R, G, G, 3)
    assert told.grid_classes.shape == (S, R, G, G)
    for name in ("losses", "norms", "test_logits", "grid_logits", "grid_x", "at_steps"):
        assert not getattr(told, name).flags.writeable
    for name in ("losses", "norms", "test_logits", "grid_logits"):
        assert getattr(told, name).dtype == np.float32


def test_grid_is_what_the_model_says_there():
    """`grid_logits[s, r, j, i]` is at (grid_x[i], grid_y[j])."""
    course = course_of(SMALL)
    course.advance()
    told = course.results()
    point = np.array([[told.grid_x[7], told.grid_y[30]]])
    said = module_of(course, 0)(torch.tensor(course.scale.apply(point)))
    assert np.allclose(told.grid_logits[0, 0, 30, 7], said.detach(), rtol=1e-4, atol=1e-5)


def test_adjusted_after_is_the_plain_model():
    """Its logits are the plain ones minus tau log prior, also where plain is not asked for."""
    both = SMALL.replace(strategies=("plain", "adjusted_after"), tau=0.5)
    alone = both.replace(strategies=("adjusted_after",))
    plain, after = train(both, split_of(both)).test_logits
    prior = split_of(both).prior
    assert np.allclose(after, plain - 0.5 * np.log(prior), rtol=1e-6, atol=1e-6)
    (by_itself,) = train(alone, split_of(alone)).test_logits
    assert np.allclose(by_itself, after, rtol=1e-4, atol=1e-5)


def test_told_while_training():
    """It is told after the first step, and each telling is a picture that does not change."""
    seen = []

    def told(progress):
        seen.append((progress, progress.results.norms.copy()))
        return True

    final = train(SMALL, split_of(SMALL), told=told)
    first, norms = seen[0]
    assert (first.step, first.steps, first.results.finished) == (1, 20, False)
    assert first.left > 0
    assert np.array_equal(first.results.norms, norms)
    assert np.array_equal(final.norms[:, :, :1], norms)
    assert first.results.losses.shape == (len(EVERY), 2, 1)


def test_stopped():
    """Training ends with what there is once `told` returns False."""
    plan = Plan(steps=5_000, runs=1, strategies=("plain",))
    told = train(plan, split_of(plan), told=lambda _: False)
    assert (told.step, told.finished) == (1, False)
    assert told.losses.shape == (1, 1, 0)


def test_error_of_the_listener_is_its_own():
    """What `told` raises comes out as it is, and the number of threads is put back."""
    threads = _two_threads()

    def told(_):
        raise RuntimeError("mine")

    with pytest.raises(RuntimeError, match=r"^mine$"):
        train(SMALL, split_of(SMALL), told=told)
    assert torch.get_num_threads() == threads


@pytest.mark.parametrize("device", ["cuda:99", "other"])
def test_missing_device(device):
    """A device that is not there is refused with those that are."""
    for act in (train, time_steps):
        with pytest.raises(DeviceError, match=r"There is no device .* only cpu"):
            act(SMALL, split_of(SMALL), device)


def test_too_little_memory(monkeypatch):
    """What torch cannot hold is told with a remedy."""

    def fails(*_):
        raise torch.OutOfMemoryError("CUDA out of memory. Tried")

    monkeypatch.setattr("ce_core.torch_train.course.logits_of", fails)
    with pytest.raises(DeviceError, match="cpu cannot train this plan: CUDA out of memory"):
        train(SMALL, split_of(SMALL))


@pytest.mark.parametrize("scheme", ["effective", "largest"])
def test_diverging_rate(scheme):
    """A rate that is far too large ends in numbers that are not finite, not in an error."""
    plan = Plan(
        rate=10.0, scheme=scheme, steps=300, runs=2, share=0.005, samples=100, model="straight"
    )  # fmt: skip
    told = train(plan, split_of(plan))
    assert told.finished
    assert len(measure(told, split_of(plan))) == len(plan.strategies)


def test_smallest_own_table():
    """Two rows of each class, a batch larger than what there is, ten classes."""
    points = np.arange(40.0).reshape(20, 2)
    own = read_own(points, np.repeat(range(10), 2), tuple("abcdefghij"))
    plan = Plan(data="own", steps=10, runs=1)
    split = split_of(plan, own)
    assert train(plan, split).test_logits.shape == (6, 1, 10, 10)
    assert time_steps(plan, split)["plain"] > 0


def test_times():
    """Every strategy that is trained has a time."""
    times = time_steps(SMALL, split_of(SMALL))
    assert tuple(times) == TRAINED
    assert all(0 < seconds < 1 for seconds in times.values())


def test_torch_text_of_a_strategy_is_its_loss():
    """What the page shows as torch's text of a strategy gives the loss that is trained."""
    plan = Plan(data="three")
    split = split_of(plan)
    logits, target = torch.randn(50, 3), torch.randint(3, (50,))
    names = {
        "nn": nn, "F": F, "WeightedRandomSampler": WeightedRandomSampler,
        "logits": logits, "target": target, "gamma": plan.gamma, "tau": plan.tau,
        "eps": plan.smoothing, "prior": torch.tensor(split.prior).float(),
        "p_t": logits.softmax(dim=1)[range(50), target],
        "w": torch.tensor(weights_of(plan.scheme, split.train.counts, plan.beta)).float(),
    }  # fmt: skip
    for row in STRATEGIES:
        made = eval(row.torch, names)  # noqa: S307 - our own table
        if row.key in ("sampler", "adjusted_after"):
            assert len(made) == 50 if row.key == "sampler" else made.shape == (50,)
            continue
        answer = made(logits, target) if isinstance(made, nn.Module) else made
        torch.testing.assert_close(answer, loss_of(row.key, plan, split)(logits, target))


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.key)
def test_torch_text_of_a_model_is_the_model(model):
    """It has the layers that are trained."""
    shown = eval(model.torch, {"nn": nn, "C": 2})  # noqa: S307 - our own table
    course = course_of(Plan(model=model.key, runs=1))
    trained = module_of(course, 0)
    parts = list(shown.parameters())
    assert [part.shape for part in parts] == [part.shape for part in trained.parameters()]


def test_training_loads_no_compiler():
    """Neither training nor timing brings in torch's compiler, which would take seconds."""
    code = (
        "import sys\n"
        "from ce_core.lab import Plan, split_of\n"
        "from ce_core.torch_train import time_steps, train\n"
        "plan = Plan(steps=10)\n"
        "train(plan, split_of(plan)); time_steps(plan, split_of(plan))\n"
        "print('torch._dynamo' in sys.modules)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == "False"


def test_example_in_the_first_lines_runs():
    """The example that opens the package gives what it says."""
    ran = doctest.testmod(ce_core.torch_train)
    assert ran.attempted == 4
    assert not ran.failed
