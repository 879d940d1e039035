"""Looks ahead in the tokens: does an assignment begin here, or a list of numbers?"""

from .roles import role_of
from .tokens import Tokens

BEGINS = {
    "True", "False", "nan", "inf", "float", "tensor", "array", "np", "torch", "numpy", "math",
}  # fmt: skip
SIZES = {"shape", "size", "sizes", "dim", "dims", "dimension", "dimensions"}


def targets(tokens: Tokens, i: int, eol: int) -> tuple[list[str], int, str]:
    """The names before `=`, or before `:`, or alone on a line; where what they name begins."""
    kinds, texts = tokens.kind, tokens.text
    names: list[str] = []
    words: list[str] = []
    while i < eol and len(names) + len(words) < 20:
        text = texts[i]
        if len(words) == 1 and kinds[i] == "number" and role_of(words[0]):
            return words, i, ":"
        if kinds[i] in ("word", "junk", "number") and (words or kinds[i] != "number"):
            words.append(text)
        elif kinds[i] == "string" and not words and i + 1 < eol and texts[i + 1] in ":=":
            words.append(text.strip("rbfuRBFU'\""))
        elif text == "." and words and i + 1 < eol and kinds[i + 1] == "word":
            words[-1] = f"{words[-1]}.{texts[i + 1]}"
            i += 1
        elif text == "," and len(words) == 1:
            names, words = [*names, words[0]], []
        elif text == "=" and words and texts[i + 1 : i + 2] != ["="]:
            return [*names, "_".join(words)], i + 1, "="
        elif text == ":" and words and len(words) <= 5:
            assigned = _after_annotation(tokens, i + 1, eol)
            return ["_".join(words)], assigned or i + 1, "=" if assigned else ":"
        else:
            return [], i, ""
        i += 1
    alone = i >= eol and len(words) == 1 and not names
    return (words, i, "") if alone else ([], i, "")


def _after_annotation(tokens: Tokens, i: int, eol: int) -> int:
    """Where the value of `name: torch.Tensor = value` begins, from behind the colon; else 0."""
    for j in range(i, min(i + 8, eol - 1)):
        if tokens.text[j] == "=" and j > i:
            return j + 1
        if tokens.kind[j] != "word" and tokens.text[j] not in (".", "[", "]", "|"):
            return 0
    return 0


def numberish(tokens: Tokens, i: int) -> bool:
    """Whether a bracket holds numbers, by its first token that is no bracket."""
    texts, kinds = tokens.text, tokens.kind
    first = i
    while i < len(texts) and texts[i] in ("[", "(") and i < first + 12:
        i += 1
    if i == first or i >= len(texts):
        return False
    if texts[i] == "]" and texts[i - 1] == "[":
        return first == 0 or tokens.kind[first - 1] == "line"
    before = texts[first - 1] if first else ""
    if before in SIZES or (before == "of" and first > 1 and texts[first - 2] in SIZES):
        return False
    if texts[i] in "+-" and i + 1 < len(texts):
        i += 1
    return kinds[i] in ("number", "dots") or texts[i] in BEGINS or i >= first + 12


def single(text: str) -> int | float | None:
    """A number that stands alone, which is a scalar and no row."""
    text = text.strip(" ;")
    try:
        return float(text) if not text.lstrip("+-").isdigit() or len(text) > 18 else int(text)
    except ValueError:
        return None
