"""Numbers as people read them: a true minus, no minus zero, few decimals, infinity named.

They have the decimal sign of the page. What goes into code, a link or a comparison is written by
`ui.notation.write_number`, whose point never changes.
"""

import math
from collections.abc import Iterable

from ui.words.speaking import COMMA, tongue

DECIMALS = 4
SMALL, LARGE = 10.0**-DECIMALS, 1e6
NOISE = 1e-12  # of the value: what float64 leaves of a short decimal, 0.30000000000000004
MINUS = "−"


def figure(value: float, decimals: int = DECIMALS) -> str:
    """A number for a sentence: at most `decimals` decimals, fewer where those are exact.

    So 0.36 is the number itself and 0.3133 a rounded one. What would round to zero, and what is
    huge, is written with a power of ten: 4.07e−7.
    """
    return _signed(_plain(value, decimals))


def listed(values: Iterable[float], decimals: int = DECIMALS) -> str:
    """Numbers for a sentence, parted so that a decimal comma is not taken for the end of one."""
    between = "; " if _sign() == "," else ", "
    return between.join(figure(value, decimals) for value in values)


def column(values: Iterable[float], decimals: int = DECIMALS) -> list[str]:
    """Numbers for a column of a table, with as many decimals each, so that the points line up."""
    numbers = [float(value) for value in values]
    plain = [_plain(value, decimals) for value in numbers]
    needed = max((len(text.partition(".")[2]) for text in plain if "e" not in text), default=0)
    point = _sign()
    return [
        _signed(f"{value + 0.0:.{needed}f}" if _is_decimal(text) else text, point)
        for value, text in zip(numbers, plain, strict=True)
    ]


def _is_decimal(text: str) -> bool:
    return text.lstrip("-").replace(".", "", 1).isdigit()


def latex(value: float, decimals: int = DECIMALS) -> str:
    r"""The same number for a formula: `4.07 \cdot 10^{-7}`, `\infty`; a decimal comma as `{,}`."""
    text = _plain(value, decimals)
    if text in ("nan", "inf", "-inf"):
        return text.replace("inf", r"\infty").replace("nan", r"\text{nan}")
    mantissa, e, exponent = text.partition("e")
    if _sign() == ",":
        mantissa = mantissa.replace(".", "{,}")  # without braces TeX sets a space after it
    return rf"{mantissa} \cdot 10^{{{exponent}}}" if e else mantissa


def digits(value: float, count: int) -> str:
    """A number with so many significant digits, noughts at the end included: 1.7530."""
    text = f"{value:#.{count}g}".removesuffix(".")
    mantissa, e, exponent = text.partition("e")
    return _signed(mantissa + (f"e{int(exponent)}" if e else ""))


def full(value: float) -> str:
    """All the digits of a float64."""
    return _signed(repr(float(value)).removesuffix(".0"))


def _signed(text: str, point: str = "") -> str:
    """Python's digits with a true minus, and with the decimal sign of the page."""
    return text.replace("-", MINUS).replace(".", point or _sign())


def _sign() -> str:
    return "," if tongue().decimal == COMMA else "."


def _plain(value: float, decimals: int) -> str:
    value = float(value)
    if math.isnan(value) or math.isinf(value):
        return str(value)
    if abs(value) < LARGE:
        for places in range(decimals + 1):
            text = f"{value:.{places}f}"
            if abs(float(text) - value) <= NOISE * abs(value):
                return text if float(text) else "0"
        if abs(value) >= SMALL:
            return text
    mantissa, exponent = f"{value:.2e}".split("e")
    return f"{mantissa}e{int(exponent)}"
