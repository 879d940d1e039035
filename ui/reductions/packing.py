"""A payload made short for the way to the browser, which puts it back together.

Hundreds of numbers are told in the same few sentences, so each sentence goes once, with gaps for
the figures in it, and a number goes as a list without what can be left out.
"""

import re
from typing import Any

FIGURE = re.compile(r"#|\d[\d.,]*")  # a "#" of a person's own is a figure, too: gaps stay gaps


def packed(data: dict[str, Any]) -> dict[str, Any]:
    """The payload with its books of numbers packed, and `phrases` to unpack them with."""
    phrases: dict[str, int] = {}
    return {**_pack(data, phrases), "phrases": list(phrases)}


def _pack(part: Any, phrases: dict[str, int]) -> Any:  # noqa: ANN401 - any part of a JSON
    if isinstance(part, list):
        return [_pack(one, phrases) for one in part]
    if not isinstance(part, dict):
        return part
    return {
        key: {name: _number(one, phrases) for name, one in value.items()}
        if key == "numbers"
        else _pack(value, phrases)
        for key, value in part.items()
    }


def _number(number: dict[str, Any], phrases: dict[str, int]) -> list[Any]:
    text = number["text"]
    row = [
        text,
        _said(number["called"], phrases),
        _said(number["made"], phrases),
        number["concept"],
        number["of"] or 0,
        *(0 if number.get(key, text) == text else number[key] for key in ("full", "cell")),
    ]
    while not row[-1]:
        row.pop()
    return row


def _said(text: str, phrases: dict[str, int]) -> list[Any]:
    return [phrases.setdefault(FIGURE.sub("#", text), len(phrases)), *FIGURE.findall(text)]
