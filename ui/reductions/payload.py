"""Everything the Reductions page draws in the browser, as one JSON made from traces.

Each number comes with its text, so the browser neither computes nor rounds; switching the weights
to 1, building a sum and cutting the batch need no way back to the server.
"""

from typing import Any

from ce_core import Trace
from ui.reductions.parts import divided
from ui.reductions.scene import scene
from ui.reductions.trap import trap


def payload(
    trace: Trace, ones: Trace | None, names: tuple[str, ...], chosen: str
) -> dict[str, Any]:
    """The page's JSON.

    Args:
        trace: the case with reduction "mean".
        ones: the same without weights; None where it has none.
        names: the names of the classes.
        chosen: the reduction that the person chose.
    """
    return {
        "id": f"{trace.case.digest}-{'-'.join(names)}",
        "chosen": chosen,
        "own": scene(trace, names),
        "ones": ones and scene(ones, names, ones=True),
        "trap": trap(),
        "divided": divided(trace.case),
    }
