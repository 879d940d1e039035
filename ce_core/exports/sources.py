"""A rule's own NumPy as plain statements: `shifted = logits - row_max[:, None]`."""

import ast
import inspect
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from textwrap import dedent
from typing import Any

from ce_core.rule import Rule


@cache
def statements(rule: Rule) -> str:
    """The body of the rule's function, with its result under the rule's key."""
    *before, last = _body(_parsed(rule.function))
    if not isinstance(last, ast.Return) or last.value is None:
        raise TypeError(f"the rule {rule.key} does not end with a return")
    if isinstance(last.value, ast.Name) and last.value.id not in rule.reads:
        renaming = _Renaming({last.value.id: rule.key})  # it is built up under another name
        return _text([renaming.visit(line) for line in before])
    made = ast.Assign([ast.Name(rule.key, ast.Store())], last.value, lineno=0)
    return _text([*before, made])


def helpers(rules: Iterable[Rule]) -> str:
    """The functions of this package that the rules call, as definitions, each once."""
    found: dict[str, Callable[..., Any]] = {}
    for rule in rules:
        _collect(rule.function, found)
    return "\n\n\n".join(_definition(function) for function in found.values())


def _collect(function: Callable[..., Any], found: dict[str, Callable[..., Any]]) -> None:
    names = function.__globals__
    for node in ast.walk(ast.Module(_parsed(function).body, [])):
        if not isinstance(node, ast.Name):
            continue
        called = names.get(node.id)
        if inspect.isfunction(called) and node.id not in found:
            _collect(called, found)
            found[node.id] = called


def _definition(function: Callable[..., Any]) -> str:
    tree = _parsed(function)
    for argument in tree.args.args:
        argument.annotation = None
    tree.returns = None
    tree.decorator_list = []
    return _text([tree])


def _parsed(function: Callable[..., Any]) -> ast.FunctionDef:
    tree = ast.parse(dedent(inspect.getsource(function))).body[0]
    assert isinstance(tree, ast.FunctionDef)  # noqa: S101 - rules and what they call are functions
    return tree


def _body(tree: ast.FunctionDef) -> list[ast.stmt]:
    first = tree.body[0]
    said = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    return tree.body[1:] if said else tree.body


def _text(lines: list[ast.stmt]) -> str:
    return ast.unparse(ast.fix_missing_locations(ast.Module(lines, [])))


class _Renaming(ast.NodeTransformer):
    """Gives names another one."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names

    def visit_Name(self, node: ast.Name) -> ast.Name:
        return ast.Name(self._names.get(node.id, node.id), node.ctx)


def as_torch(expression: str, names: Iterable[str], ending: str = "_torch") -> str:
    """A rule's torch text with an ending on each array's name, so that one program has both."""
    tree = ast.parse(expression, mode="eval")
    return ast.unparse(_Renaming({name: name + ending for name in names}).visit(tree))
