"""What a call makes: tensors from numbers, never from a run; the rest is named, not done."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod

import numpy as np

from ce_core.words import words
from ui.notation import MOST_OF_NONE

from .build import Array, Builder, NotNumbersError
from .dtypes import CLASSES, cast, dtype_of, implied
from .nodes import Items, Node, Suffix
from .record import MAX_NDIM, MAX_NUMBERS

# The dtype that a constructor gives to decimal numbers; None: it keeps what it is given.
MAKERS: dict[str, str | None] = {
    "tensor": "float32", "as_tensor": "float32", "constant": "float32", "array": "float64",
    "asarray": "float64", "matrix": "float64", "from_numpy": None, "Variable": None,
    "Parameter": None, **CLASSES,
}  # fmt: skip
FILLS = {"zeros": 0.0, "ones": 1.0, "empty": 0.0, "full": 0.0, "eye": 0.0, "arange": 0}
RANDOM = {
    "randn", "rand", "randint", "random", "normal", "uniform", "randperm", "bernoulli", "choice",
    "randn_like", "rand_like", "randint_like", "random_", "normal_", "uniform_", "multinomial",
}  # fmt: skip
ELEMENTWISE = {
    "softmax", "log_softmax", "sigmoid", "logsigmoid", "log", "exp", "relu", "tanh", "Softmax",
    "LogSoftmax", "Sigmoid", "LogSigmoid", "ReLU", "normalize", "one_hot", "softplus", "stack",
    "logit", "clamp",
}  # fmt: skip


@dataclass(frozen=True)
class Drawn:
    """Random numbers, which nobody can know from the text; `source` is how they are made."""

    source: str


def made(builder: Builder, name: str, call: Suffix, args: list[Node | Array]) -> Array | Drawn:
    """What the constructor `name` makes of its arguments."""
    first = args[0] if args else None
    at = call.start
    sizes = sizes_of(args)
    if CLASSES.get(name) and sizes is not None and not isinstance(first, Items):
        return _unset(builder, name, sizes, at)
    array = taken(builder, first, at)
    array = cast(Array(array.values, None, at), array.dtype)
    size = call.named.get("size")
    if not array.values.size and isinstance(size, Items) and (shape := sizes_of([size])):
        array.values = array.values.reshape(_fits(shape, 0))
    wanted = dtype_of(call.named["dtype"]) if "dtype" in call.named else None
    if wanted is None and name in CLASSES:
        wanted = CLASSES[name]
    if wanted is None and array.dtype is None and (real := MAKERS[name]):
        wanted = implied(array.values, real)
    return cast(array, wanted)


def taken(builder: Builder, node: object, at: int) -> Array:
    """The numbers a node holds, as an array."""
    if isinstance(node, Array):
        builder.toil(node.values.size)
        return node
    if isinstance(node, int | float):
        builder.spend(1)
        return Array(np.array(node), None, at)
    if isinstance(node, Items):
        return Array(builder.array(node), None, node.at)
    raise NotNumbersError(
        words(
            "Line {line}: no numbers stand in the brackets. Write the numbers.",
            line=builder.tokens.line(at),
        )
    )


def filled(builder: Builder, name: str, call: Suffix, args: list[Node | Array]) -> Array | Drawn:
    """`zeros`, `ones`, `full`, `eye`, `arange`, and `empty` where it has no elements."""
    given: Sequence[object] = (
        [call.named["size"]] if "size" in call.named else args[:1] if name == "full" else args
    )
    sizes = sizes_of(given)
    dtype = dtype_of(call.named["dtype"]) if "dtype" in call.named else None
    if sizes is None or (name == "arange" and not 1 <= len(sizes) <= 3):
        raise NotNumbersError(
            words(
                "Line {line}: the size of `{name}` is not written as numbers. Write whole numbers, "
                "or print the tensor and paste it.",
                line=builder.tokens.line(call.start),
                name=name,
            )
        )
    if name == "arange":
        start, stop, step = [*([0] if len(sizes) == 1 else []), *sizes, 1, 1][:3]
        count = max(0, -(-(stop - start) // step)) if step else 0
        builder.spend(count)
        counted = start + step * np.arange(count)
        return cast(Array(counted, "int64", call.start), dtype)
    if name == "empty":
        return cast(_unset(builder, name, sizes, call.start), dtype)
    sizes = (sizes * 2)[:2] if name == "eye" else sizes
    builder.spend(prod(_fits(sizes)))
    fill = call.named.get("fill_value", args[1] if name == "full" and len(args) > 1 else None)
    value = fill if isinstance(fill, int | float) else FILLS[name]
    values = np.eye(sizes[0], sizes[1]) if name == "eye" else np.full(sizes, value)
    return cast(Array(values, implied(values), call.start), dtype)


def _unset(builder: Builder, name: str, sizes: list[int], at: int) -> Array:
    """A tensor whose numbers are whatever was in memory, so only without elements."""
    if prod(_fits(sizes)):
        raise NotNumbersError(
            words(
                "Line {line}: `{call}` holds whatever was in memory. Print the tensor and paste "
                "the printed numbers.",
                line=builder.tokens.line(at),
                call=f"{name}({', '.join(map(str, sizes))})",
            )
        )
    return Array(np.zeros(sizes), CLASSES.get(name, "float32"), at)


def sizes_of(args: Sequence[object]) -> list[int] | None:
    """The arguments as whole numbers, if they all are."""
    if len(args) == 1 and isinstance(args[0], Items):
        args = list(args[0].values)
    if not all(type(arg) is int for arg in args[:MAX_NDIM]) or not 0 < len(args) <= MAX_NDIM:
        return None
    return [arg for arg in args if isinstance(arg, int)]


def _fits(sizes: list[int], count: int | None = None) -> list[int]:
    """The sizes, if an array may have them."""
    elements = prod(sizes)
    longest = prod(size for size in sizes if size)  # without its zeros: classes of no rows
    vast = elements == 0 and longest > MOST_OF_NONE
    if min(sizes) < 0 or vast or (count is not None and elements != count):
        raise NotNumbersError(
            words("A tensor of size {sizes} cannot be made. Change the size.", sizes=sizes)
        )
    return sizes if elements <= MAX_NUMBERS else [MAX_NUMBERS + 1]
