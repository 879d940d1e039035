"""What a call makes: tensors from numbers, never from a run; the rest is named, not done."""

from collections.abc import Callable
from dataclasses import dataclass
from math import prod

import numpy as np

from .build import Array, Builder, NotNumbers
from .dtypes import CLASSES, cast, dtype_of, implied
from .nodes import Chain, Items, Node, Suffix
from .record import MAX_NDIM, MAX_NUMBERS, shown

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
SAME = {
    "cuda", "cpu", "clone", "detach", "numpy", "contiguous", "requires_grad_", "tolist", "copy",
    "data", "type_as", "retain_grad", "pin_memory", "values", "resolve_conj", "share_memory_",
}  # fmt: skip
CASTS = {
    "float": "float32", "double": "float64", "half": "float16", "bfloat16": "bfloat16",
    "long": "int64", "int": "int32", "short": "int16", "byte": "uint8", "char": "int8",
    "bool": "bool",
}  # fmt: skip


@dataclass(frozen=True)
class Drawn:
    """Random numbers, which nobody can know from the text; `source` is how they are made."""

    source: str


def made(builder: Builder, name: str, call: Suffix, args: list[Node | Array]) -> Array | Drawn:
    """What the constructor `name` makes of its arguments."""
    first = args[0] if args else None
    at = call.start
    sizes = _sizes(args)
    if CLASSES.get(name) and sizes is not None and not isinstance(first, Items):
        return _unset(builder, name, sizes, at)
    array = taken(builder, first, at)
    array = cast(Array(array.values, None, at), array.dtype)
    size = call.named.get("size")
    if not array.values.size and isinstance(size, Items) and (shape := _sizes([size])):
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
    raise NotNumbers(
        f"Line {builder.tokens.line(at)}: no numbers stand in the brackets. Write the numbers."
    )


def filled(builder: Builder, name: str, call: Suffix, args: list[Node | Array]) -> Array | Drawn:
    """`zeros`, `ones`, `full`, `eye`, `arange`, and `empty` where it has no elements."""
    given = [call.named["size"]] if "size" in call.named else args[:1] if name == "full" else args
    sizes = _sizes(given)
    dtype = dtype_of(call.named["dtype"]) if "dtype" in call.named else None
    if sizes is None or (name == "arange" and not 1 <= len(sizes) <= 3):
        raise NotNumbers(
            f"Line {builder.tokens.line(call.start)}: the size of `{name}` is not written as "
            "numbers. Write whole numbers, or print the tensor and paste it."
        )
    if name == "arange":
        start, stop, step = [*([0] if len(sizes) == 1 else []), *sizes, 1, 1][:3]
        count = max(0, -(-(stop - start) // step)) if step else 0
        builder.spend(count)
        values = start + step * np.arange(count)
        return cast(Array(values, "int64", call.start), dtype)
    if name == "empty":
        return cast(_unset(builder, name, sizes, call.start), dtype)
    sizes = sizes * 2 if name == "eye" and len(sizes) == 1 else sizes
    builder.spend(prod(_fits(sizes)))
    fill = call.named.get("fill_value", args[1] if name == "full" and len(args) > 1 else None)
    value = fill if isinstance(fill, int | float) else FILLS[name]
    values = np.eye(*sizes[:2]) if name == "eye" else np.full(sizes, value)
    return cast(Array(values, implied(values), call.start), dtype)


def _unset(builder: Builder, name: str, sizes: list[int], at: int) -> Array:
    """A tensor whose numbers are whatever was in memory, so only without elements."""
    if prod(_fits(sizes)):
        raise NotNumbers(
            f"Line {builder.tokens.line(at)}: `{name}({', '.join(map(str, sizes))})` holds "
            "whatever was in memory. Print the tensor and paste the printed numbers."
        )
    return Array(np.zeros(sizes), CLASSES.get(name, "float32"), at)


def _sizes(args: list[Node | Array]) -> list[int] | None:
    """The arguments as whole numbers, if they all are."""
    if len(args) == 1 and isinstance(args[0], Items):
        args = list(args[0].values)
    if not all(type(arg) is int for arg in args[:MAX_NDIM]) or not 0 < len(args) <= MAX_NDIM:
        return None
    return [arg for arg in args if isinstance(arg, int)]


def _fits(sizes: list[int], count: int | None = None) -> list[int]:
    """The sizes, if an array may have them."""
    elements = prod(sizes)
    if min(sizes) < 0 or max(sizes) > 2**40 or (count is not None and elements != count):
        raise NotNumbers(f"A tensor of size {sizes} cannot be made. Change the size.")
    return sizes if elements <= MAX_NUMBERS else [MAX_NUMBERS + 1]


def method(builder: Builder, array: Array, name: str, call: Suffix | None) -> Array | None:
    """The array after a method that moves or retypes numbers; None if it would compute."""
    args = call.args if call else []
    builder.toil(array.values.size)
    if name in SAME:
        return array
    if name in CASTS:
        return cast(array, CASTS[name])
    if name in ("to", "type", "astype"):
        candidates = [*args, *(call.named.values() if call else [])]
        return cast(array, next(filter(None, map(dtype_of, candidates)), None))
    if name not in LAYOUTS or (name == "T") != (call is None):
        return None
    whole = _sizes(list(args)) or []
    try:
        return Array(LAYOUTS[name](array.values, whole), array.dtype, array.at)
    except (ValueError, TypeError, IndexError) as error:
        shape, source = list(array.values.shape), builder.tokens.source
        raise NotNumbers(
            f"Line {builder.tokens.line(array.at)}: a tensor of shape {shape} cannot be changed by "
            f"`.{name}{shown(source[call.start : call.end]) if call else ''}`. Change the numbers."
        ) from error


def _reshaped(values: np.ndarray, sizes: list[int]) -> np.ndarray:
    return values.reshape(sizes) if sizes else values


def _squeezed(values: np.ndarray, sizes: list[int]) -> np.ndarray:
    """As torch does it: an axis that is not 1 long stays."""
    if not sizes:
        return values.squeeze()
    return values.squeeze(sizes[0]) if values.shape[sizes[0]] == 1 else values


def _swapped(values: np.ndarray, sizes: list[int]) -> np.ndarray:
    return values.swapaxes(sizes[0], sizes[1]) if len(sizes) == 2 else values.transpose()


LAYOUTS: dict[str, Callable[[np.ndarray, list[int]], np.ndarray]] = {
    "view": _reshaped,
    "reshape": _reshaped,
    "unsqueeze": lambda values, sizes: np.expand_dims(values, sizes[0]),
    "squeeze": _squeezed,
    "flatten": lambda values, sizes: values.reshape(-1) if not sizes else _flat(values, sizes),
    "ravel": lambda values, _: values.reshape(-1),
    "t": lambda values, _: values.transpose(),
    "T": lambda values, _: values.transpose(),
    "transpose": _swapped,
    "permute": lambda values, sizes: values.transpose(sizes),
}


def _flat(values: np.ndarray, sizes: list[int]) -> np.ndarray:
    start, stop = sizes[0] % values.ndim, (sizes[1] if len(sizes) > 1 else -1) % values.ndim
    shape = values.shape
    return values.reshape(*shape[:start], prod(shape[start : stop + 1]), *shape[stop + 1 :])


def is_maker(node: Chain) -> bool:
    """Whether the chain begins with a call that makes a tensor."""
    names = [str(node.base)]
    for suffix in node.suffixes:
        if suffix.kind != "attr":
            return suffix.kind == "call" and (names[-1] in MAKERS or names[-1] in FILLS)
        names.append(suffix.name)
    return False
