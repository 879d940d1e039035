"""A trace as a Jupyter notebook."""

import json
from typing import Any

from ce_core.exports.cells import Kind, cells
from ce_core.trace import Trace


def notebook(trace: Trace, names: tuple[str, ...] = (), link: str = "") -> str:
    """The notebook's text, in nbformat 4.5.

    Raises:
        CaseError: as `cells`.
    """
    made = [
        _cell(number, cell.kind, cell.text)
        for number, cell in enumerate(cells(trace, names, link), start=1)
    ]
    about = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    whole = {"cells": made, "metadata": about, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _cell(number: int, kind: Kind, text: str) -> dict[str, Any]:
    cell: dict[str, Any] = {
        "cell_type": kind.value,
        "id": f"cell-{number}",
        "metadata": {},
        "source": text.splitlines(keepends=True),
    }
    return cell | ({"execution_count": None, "outputs": []} if kind is Kind.CODE else {})
