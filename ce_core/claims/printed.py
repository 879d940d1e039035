"""Thread 004: three of its 55 printed numbers are not what the calculation gives."""

import numpy as np

from ce_core.claims.given import SOFT_BATCH
from ce_core.claims.record import FALSE, Claim, Evidence, Row
from ce_core.trace import run
from ce_core.words import Numeral, words

PLACE = "preset=soft_targets&step=weighted_terms"


def _printed(digits: str) -> Numeral:
    """A number with the digits that stand in the thread."""
    return Numeral(float(digits.replace("−", "-")), digits)


def _product(column: int, prob: float, target: float) -> Evidence:
    """One product log(p) · t of the second row, from all digits and from the printed ones."""
    trace = run(SOFT_BATCH)
    exact = trace["log_probs"].output[1, column] * SOFT_BATCH.target[1, column]
    return Evidence(
        words("Row 2, class {number}: log p times the target's probability.", number=column + 1),
        (
            Row("with all the digits", float(exact), 5),
            Row(
                words(
                    "from the printed {prob} and {target}",
                    prob=prob,
                    target=_printed(f"{target:.4e}".replace("e-", "e−")),
                ),
                float(np.log(prob) * target),
                5,
            ),
        ),
    )


def _first_product() -> Evidence:
    return _product(0, 0.89069, 0.0000037266)


def _third_product() -> Evidence:
    return _product(2, 0.10907, 0.00000016788)


def _addends() -> Evidence:
    trace = run(SOFT_BATCH)
    return Evidence(
        "The three printed terms of row 1, added.",
        (
            Row("0.00004578 + 0.0678 + 7.857", 0.00004578 + 0.0678 + 7.857, 6),
            Row("with all the digits", float(trace["losses"].rows[0]), 6),
        ),
    )


PRODUCT = "log({prob}) · {target} is {product}."
PRINTED = (
    Claim(
        "first-product",
        "004",
        words(
            PRODUCT,
            prob=_printed("0.89069"),
            target=_printed("0.0000037266"),
            product=_printed("−4.3139e−7"),
        ),
        FALSE,
        words(
            "It is {product}. The printed number comes from factors that had been rounded before.",
            product=_printed("−4.3141e−7"),
        ),
        _first_product,
        "steps",
        f"{PLACE}&row=1&class=0",
    ),
    Claim(
        "third-product",
        "004",
        words(
            PRODUCT,
            prob=_printed("0.10907"),
            target=_printed("0.00000016788"),
            product=_printed("−3.7198e−7"),
        ),
        FALSE,
        words("It is {product}, for the same reason.", product=_printed("−3.7199e−7")),
        _third_product,
        "steps",
        f"{PLACE}&row=1&class=2",
    ),
    Claim(
        "sum-of-addends",
        "004",
        "0.00004578 + 0.0678 + 7.857 is 7.9249.",
        FALSE,
        "These addends sum to 7.9248. 7.9249 is what torch gives, from terms with all their "
        "digits.",
        _addends,
        "steps",
        "preset=soft_targets&step=losses",
    ),
)
