"""What torch's messages call things, in the words that a person writes."""

import re
from collections.abc import Mapping

from ce_core.arrays import type_names
from ce_core.words import Words, words

DTYPES = {said: f"torch.{name}" for name, said in type_names.items()} | {
    "BFloat16": "torch.bfloat16"
}
TYPES = {
    "": "empty",
    "NoneType": "None",
    "bool": "True or False (bool)",
    "dict": "a dictionary",
    "float": "a plain number (float)",
    "int": "a plain whole number (int)",
    "list": "a list",
    "numpy.ndarray": "a NumPy array",
    "str": "a text (str)",
    "tuple": "a tuple",
}


def told(template: str, groups: Mapping[str, str]) -> Words:
    """The template with the message's own words in it; braces in those words mean nothing."""
    return words(template, **{name: in_words(said) for name, said in groups.items()})


def in_words(said: str) -> str:
    """A shape as Python writes it, a dtype with its name in code, a type with an article."""
    said = " ".join(said.split())
    if re.fullmatch(r"\[[-\d, ]*\]", said, re.ASCII):
        return str(tuple(map(int, re.findall(r"-?\d+", said))))
    if said in DTYPES:
        return f"{said} ({DTYPES[said]})"
    return words(TYPES[said]) if said in TYPES else said
