"""The code that the page offers does what it says, and the examples' stories state true numbers."""

import ast
import re

import numpy as np
import pytest
import torch
from sklearn.linear_model import LogisticRegression
from sklearn.utils.class_weight import compute_class_weight

from ce_core.presets import preset
from ce_core.weighting import SCHEMES, ClassCounts, scheme_of
from ui.choose.examples import EXAMPLES, with_example
from ui.choose.made import made, with_choosing, with_counts
from ui.choose.snippets import SNIPPETS, sklearn_text
from ui.view import View, start

# Seven digits are off by 5e-7 of the number at most, and float32 by 6e-8 more.
WRITTEN = 6e-7
KEYS = [scheme.key for scheme in SCHEMES]
STORIES = {example.key: example for example in EXAMPLES}


def chosen(key, counts=(900, 100, 40), names=()):
    """A page's classes with a scheme chosen, and with costs and images to have them all."""
    view = with_counts(start(), counts, names)
    size = len(counts)
    costs = tuple(tuple(float(i != j) * (i + 1) for j in range(size)) for i in range(size))
    costs = costs if size <= 50 else ()
    return made(with_choosing(view, scheme=key, costs=costs, images=(tuple(counts),)))


def executed(text, **given):
    """What our own code makes, run."""
    room = dict(given)
    exec(text, room)  # noqa: S102 - our own source
    return room


def snippet(key):
    """The snippet of that key."""
    return next(one for one in SNIPPETS if one.key == key)


@pytest.mark.parametrize("key", KEYS)
def test_torch_code(key):
    """The loss holds the weights that the table shows, as float32 on whatever device there is."""
    page = chosen(key)
    text = snippet("torch").text(page)
    loss = executed(text)["loss"]
    assert loss.weight.dtype == torch.float32
    np.testing.assert_allclose(loss.weight.cpu(), page.chosen.weights, rtol=WRITTEN)
    assert ".cuda()" not in text


@pytest.mark.parametrize("size", [9, 100, 501])
def test_torch_code_of_many_classes(size):
    """Many weights are wrapped, more are computed from the labels; they are the same numbers."""
    counts = [k % 7 + 1 for k in range(size)]
    page = chosen("balanced", counts)
    labels = torch.arange(size).repeat_interleave(torch.tensor(counts))
    text = snippet("torch").text(page)
    assert max(map(len, text.splitlines())) <= 90
    loss = executed(text, y_train=labels)["loss"]
    np.testing.assert_allclose(loss.weight.cpu(), page.chosen.weights, rtol=WRITTEN)


@pytest.mark.parametrize("key", KEYS)
def test_sampler_code(key):
    """The sampler draws each sample by its class's weight."""
    page = chosen(key)
    labels = torch.tensor([0, 2, 1, 0])
    sampler = executed(snippet("sampler").text(page), y_train=labels)["sampler"]
    expected = page.chosen.weights[labels.numpy()]
    np.testing.assert_allclose(sampler.weights, expected, rtol=WRITTEN)
    assert sampler.num_samples == 4


def test_scikit_learn_code():
    """The dict is what scikit-learn counts for balanced; both models learn the same."""
    page = chosen("balanced")
    labels = np.repeat([0, 1, 2], [900, 100, 40])
    room = executed(sklearn_text(page))
    witness = compute_class_weight("balanced", classes=np.arange(3), y=labels)
    np.testing.assert_allclose(list(room["class_weight"].values()), witness, rtol=1e-6)
    assert room["model"].class_weight == "balanced"
    inputs = np.random.default_rng(0).normal(size=(len(labels), 2)) + labels[:, None]
    mine = LogisticRegression(class_weight=room["class_weight"], tol=1e-8).fit(inputs, labels)
    theirs = room["model"].set_params(tol=1e-8).fit(inputs, labels)
    np.testing.assert_allclose(mine.coef_, theirs.coef_, rtol=1e-4)


@pytest.mark.parametrize("key", KEYS)
def test_keras_code(key):
    """The code for Keras parses, and its dict holds the weights."""
    page = chosen(key)
    tree = ast.parse(snippet("keras").text(page))
    (given,) = [node for node in tree.body if isinstance(node, ast.Assign)]
    found = ast.literal_eval(given.value)
    np.testing.assert_allclose([found[k] for k in range(3)], page.chosen.weights, rtol=WRITTEN)


@pytest.mark.parametrize("one", SNIPPETS, ids=lambda one: one.key)
@pytest.mark.parametrize("size", [3, 12, 600])
def test_code_parses(one, size):
    """Every snippet parses, for few classes and for many."""
    ast.parse(one.text(chosen("balanced", [k + 1 for k in range(size)])))


def test_names_stay_in_the_comment():
    """A name from a file or a link cannot leave its comment."""
    page = chosen("balanced", names=("a\nimport os", "b\r\nx = 1", "c\u2028y = 2"))
    for one in SNIPPETS:
        nodes = ast.walk(ast.parse(one.text(page)))
        names = {
            alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names
        }
        assert names <= {"torch"}
        assert "x = 1" not in one.text(page).splitlines()


@pytest.mark.parametrize("key", STORIES)
def test_example(key):
    """An example brings its counts, its scheme and its numbers; the scheme has weights."""
    view = with_example(start(), STORIES[key])
    page = made(view)
    assert page.chosen.weights is not None
    assert page.chosen.scheme.key == STORIES[key].scheme
    assert page.problems == {}
    if STORIES[key].preset:
        assert view.case == preset(STORIES[key].preset).case
        assert view.case.classes == len(STORIES[key].counts)


def test_example_keeps_own_numbers():
    """A person's own case stays where it is."""
    own = View(start().case.replace(logits=[[1, 2], [3, 4]]))
    assert with_example(own, STORIES["two_counts"]).case == own.case


def test_stories():
    """4.5556 = 41000/9000; 43.5405 = 12888/296; 13.83, ...; 3 times by count, once by frequency."""
    assert pytest.approx(4.5556, abs=5e-5) == 41000 / 9000
    assert "4.5556" in STORIES["two_counts"].story
    assert pytest.approx(43.5405, abs=5e-5) == 12888 / 296
    assert "43.5405" in STORIES["five_counts"].story
    printed = re.findall(r"[0-9]+\.[0-9]+", STORIES["max_over_count"].story)
    found = scheme_of("largest").weights(ClassCounts(STORIES["max_over_count"].counts))
    for text, weight in zip(printed, found, strict=True):
        assert float(text) == pytest.approx(weight, abs=0.005)
    images = STORIES["four_images"]
    assert np.sum(images.images, axis=0).tolist() == list(images.counts)
    by_count = scheme_of("median_count").weights(ClassCounts(images.counts))
    by_frequency = made(with_example(start(), images)).chosen.weights
    assert by_count[2] / by_count[1] == 3
    assert by_frequency[2] == by_frequency[1]
    assert made(with_example(start(), STORIES["two_to_one"])).chosen.weights.tolist() == [2, 1]
