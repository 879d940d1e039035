"""A small table of numbers that a person typed: a row a line, numbers by "," or a space."""

import re

from ui.choose.settings import Table, read_rows


def read_table(text: str) -> Table:
    """The rows of numbers in a text; () where there is none.

    Raises:
        NotationError: something in it is no number, or below 0.
    """
    plain = re.sub(r"\]\s*,\s*\[", ";", text)
    plain = re.sub(r"\b(?:array|tensor|np|torch)\b\.?|[\[\](){}]", " ", plain)
    rows = [row.strip(" \t,|") for row in re.split(r"[\n;]", plain)]
    cells = [",".join(re.split(r"[\s,|]+", row)) for row in rows if row]
    return read_rows(";".join(cells)) if cells else ()
