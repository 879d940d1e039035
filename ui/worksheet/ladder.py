"""The fading ladder: from one sheet or exercise to the next, more of the last steps are left out.

The first steps stay worked examples the longest, and no rung leaves out all: that is the question
sheet.
"""

CASE_RUNGS = 2  # sheets of one case: the last third is left to fill in, then the last two thirds


def left_out(rung: int, rungs: int, steps: int) -> int:
    """How many of the last steps are left to the person.

    Args:
        rung: 1 to `rungs`.
        rungs: how many there are.
        steps: how many steps the calculation has.
    """
    return max(min(round(steps * rung / (rungs + 1)), steps - 1), 1)
