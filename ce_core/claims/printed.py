"""Thread 004: three of its 55 printed numbers are not what the calculation gives."""

import numpy as np

from ce_core.claims.given import SOFT_BATCH
from ce_core.claims.record import FALSE, Claim, Evidence, Row
from ce_core.trace import run

PLACE = "preset=soft_targets&step=weighted_terms"


def _product(column: int, prob: float, target: float) -> Evidence:
    """One product log(p) · t of the second row, from all digits and from the printed ones."""
    trace = run(SOFT_BATCH)
    exact = trace["log_probs"].output[1, column] * SOFT_BATCH.target[1, column]
    return Evidence(
        f"Row 2, class {column + 1}: log p times the target's probability.",
        (
            Row("with all the digits", float(exact), 5),
            Row(
                f"from the printed {prob} and {target:.4e}".replace("e-", "e−"),
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


PRINTED = (
    Claim(
        "first-product",
        "004",
        "log(0.89069) · 0.0000037266 is −4.3139e−7.",
        FALSE,
        "It is −4.3141e−7. The printed number comes from factors that had been rounded before.",
        _first_product,
        "steps",
        f"{PLACE}&row=1&class=0",
    ),
    Claim(
        "third-product",
        "004",
        "log(0.10907) · 0.00000016788 is −3.7198e−7.",
        FALSE,
        "It is −3.7199e−7, for the same reason.",
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
