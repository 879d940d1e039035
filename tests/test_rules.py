"""Every rule says what it does, and torch's expression for it gives the same array."""

import ast
import itertools
import string

import numpy as np
import pytest
import torch
from torch.nn import functional as F  # noqa: N812 - the name that the expressions use

from ce_core import Axes, Case, Rule, run
from ce_core.rules import all_rules, rules_for
from tests import witness
from tests.strategies import REDUCTIONS

INPUTS = ("logits", "target", "weight", "ignore_index", "label_smoothing")
PLACES = {
    "row",
    "row_number",
    "class",
    "class_number",
    "classes",
}  # what a sentence may say besides numbers
SHAPES = {"one": (4,), "batch": (3, 4), "signal": (2, 4, 3), "image": (2, 3, 2, 2)}
TARGETS = ("numbers", "ignored", "all-ignored", "probabilities")
WEIGHTS = ("none", "positive", "zero", "negative")
KINDS = tuple(itertools.product(SHAPES, TARGETS, (0.0, 0.1), WEIGHTS, REDUCTIONS))


def make(shape: str, target: str, smoothing: float, weight: str, reduction: str) -> Case:
    """A case of the kind, always the same one."""
    sizes = SHAPES[shape]
    random = np.random.default_rng(7)
    classes = sizes[0] if len(sizes) == 1 else sizes[1]
    rows = sizes[:1] + sizes[2:] if len(sizes) > 1 else ()
    numbers = random.integers(0, classes, rows)
    numbers = np.where(random.random(rows) < 0.3, -100, numbers) if target == "ignored" else numbers
    numbers = np.full(rows, -100) if target == "all-ignored" else numbers
    return Case(
        random.normal(size=sizes) * 4,
        random.random(sizes) if target == "probabilities" else numbers,
        {
            "none": None,
            "positive": random.random(classes) + 0.5,
            "zero": np.where(np.arange(classes) % 2, 0.0, 1.5),
            "negative": np.linspace(-1, 2, classes),
        }[weight],
        label_smoothing=smoothing,
        reduction=reduction,
    )


def lists_of_rules() -> dict[str, tuple[Rule, ...]]:
    """Each order in which rules are run, by a name."""
    ways = itertools.product(("numbers", "probabilities"), (0.0, 0.1), REDUCTIONS)
    return {
        f"{target}-{smoothing}-{reduction}": rules_for(
            make("batch", target, smoothing, "positive", reduction)
        )
        for target, smoothing, reduction in ways
    }


WAYS = lists_of_rules()
RULES = {f"{place}-{rule.key}": rule for place, rule in enumerate(all_rules())}
each_rule = pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
each_way = pytest.mark.parametrize("rules", WAYS.values(), ids=WAYS)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: "-".join(map(str, kind)))
def test_each_step_equals_its_torch_expression(kind):
    """A step's torch expression, fed torch's own earlier steps, gives the step's array."""
    trace = run(make(*kind))
    known = {name: torch.tensor(array) for name, array in trace.case.inputs.items()}
    atol = witness.loss_slack(trace)
    for step in trace:
        known[step.key] = eval(step.rule.torch, {"torch": torch, "F": F} | known)  # noqa: S307 - our own source
        assert known[step.key].shape == step.output.shape, step.key
        witness.assert_close(step.output, known[step.key].numpy(), atol, says=step.key)


def test_every_rule_is_reached():
    """The kinds of case above run every rule there is, and no other."""
    reached = {id(rule) for rules in WAYS.values() for rule in rules}
    assert reached == {id(rule) for rule in all_rules()}


def _free_names(expression: str) -> set[str]:
    """The names an expression reads, without the parameters of its lambdas."""
    tree = ast.parse(expression, mode="eval")
    bound = {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)} - bound


def _fields(template: str) -> set[str]:
    """The names in a template's braces."""
    return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}


@each_way
def test_torch_expression_reads_what_is_known(rules):
    """A torch expression is one expression over torch, F, the inputs and earlier steps."""
    known = {"torch", "F", "int", "float", *INPUTS}  # int and float of a number among the inputs
    for rule in rules:
        assert _free_names(rule.torch) <= known, rule.key
        known.add(rule.key)


@each_way
def test_rule_reads_what_is_known(rules):
    """A rule reads inputs and earlier steps, and each step has a key of its own."""
    known = set(INPUTS)
    for rule in rules:
        assert set(rule.reads) <= known, rule.key
        assert rule.key not in known
        known.add(rule.key)


@each_way
def test_templates_name_what_is_known(rules):
    """Numbers and sentence speak of inputs, earlier steps, the step itself, and places."""
    known = {*INPUTS, *PLACES}
    for rule in rules:
        known.add(rule.key)
        assert _fields(rule.numbers) <= known, rule.key
        assert _fields(rule.sentence) <= known, rule.key
        assert rule.key in _fields(rule.sentence), rule.key


@each_way
def test_way_ends_with_answer_and_gradient(rules):
    """Every way ends with the gradient, right after the answer and what the gradient needs."""
    assert [rule.key for rule in rules].count("gradient") == 1
    assert rules[-1].key == "gradient"


@each_rule
def test_rule_says_everything(rule):
    """A rule has a title, a formula, numbers, a sentence and a reason."""
    for text in (rule.title, rule.formula, rule.numbers, rule.sentence, rule.why):
        assert text.strip() == text
        assert text
    assert rule.sentence.endswith(".")
    assert rule.why.endswith(".")


@each_rule
def test_latex_braces_balance(rule):
    """Formula and filled-in numbers are LaTeX with balanced braces and brackets that match."""
    filled = rule.numbers.format_map(_Filled())
    for text in (rule.formula, filled):
        depths = list(itertools.accumulate({"{": 1, "}": -1}.get(sign, 0) for sign in text))
        assert min(depths, default=0) >= 0, text
        assert depths[-1:] in ([], [0]), text
        assert text.count(r"\Bigl") == text.count(r"\Bigr")


class _Filled(dict):
    """A number for every field, whatever its format."""

    def __missing__(self, key):
        return _Number()


class _Number:
    def __format__(self, spec):
        return "1.5"


@each_rule
def test_axes_are_those_of_the_output(rule):
    """A rule's axes say what there is one number of in its output."""
    way = next(rules for rules in WAYS.values() if rule in rules)
    name = next(name for name, rules in WAYS.items() if rules is way)
    target, smoothing, reduction = name.split("-")
    case = make("image", target, float(smoothing), "positive", reduction)
    shapes = {Axes.CELL: case.logits.shape, Axes.ROW: case.shape, Axes.ONE: ()}
    step = run(case)[rule.key]
    assert step.output.shape == shapes[rule.axes]
    count = np.prod(case.shape, dtype=int)
    rows = {Axes.CELL: (count, case.classes), Axes.ROW: (count,), Axes.ONE: ()}
    assert step.rows.shape == rows[rule.axes]


def test_rows_keep_a_position_together():
    """Laid out in rows, an image's pixels come in reading order with their classes beside them."""
    step = run(make("image", "numbers", 0.0, "none", "mean"))["probs"]
    np.testing.assert_array_equal(step.rows[0], step.output[0, :, 0, 0])
    np.testing.assert_array_equal(step.rows[1], step.output[0, :, 0, 1])
    np.testing.assert_array_equal(step.rows[-1], step.output[-1, :, -1, -1])


def test_unknown_step_is_named():
    """Asking a trace for a step it does not have says which it has."""
    trace = run(Case([[1.0, 2.0]], [0], reduction="sum"))
    assert "mean_loss" not in trace
    assert len(trace) == len(trace.keys)
    with pytest.raises(KeyError, match=r"no step 'mean_loss' .* it has row_max, shifted"):
        trace["mean_loss"]


def test_other_rules_run_in_their_place():
    """Rules given to run are those that run."""
    case = Case([[1.0, 2.0]], [0])
    assert run(case, rules_for(case)[:2]).keys == ("row_max", "shifted")
