"""A person's own table for the lab: two columns of numbers and one of labels."""

import csv
import io

from tests.fuzz.claims import read_or_refused, short
from tests.fuzz.files import STARTS, TABLES, TEXT, named
from tests.fuzz.record import Target
from ui.lab.own.columns import guessed, rows
from ui.lab.own.table import Table, read_file
from ui.npy import MAX_BYTES
from ui.paste import PasteError


def run(data: bytes) -> None:
    """Columns of one length with names that differ; what is chosen of them is there."""
    name, content = named(data)
    table = read_or_refused(lambda: read_file(name, content), PasteError)
    if table is None:
        return
    short(table.names)
    assert len(set(table.names)) == len(table.names) == len(table.columns)
    assert len({len(column) for column in table.columns}) <= 1
    chosen = read_or_refused(lambda: guessed(table), PasteError)
    if chosen is not None:
        found = rows(table, chosen)
        assert len(found.points) == len(found.labels) == table.rows - found.left_out
    _again(table)


def _again(table: Table) -> None:
    """Written as .csv with its names, the table has the same cells."""
    file = io.StringIO()
    writer = csv.writer(file, quoting=csv.QUOTE_ALL)
    writer.writerows(zip(*table.columns, strict=True))
    whole = all(any(row) for row in zip(*table.columns, strict=True))
    odd = any(sign in cell for column in table.columns for cell in column for sign in "\n\r\t;|")
    if len(table.columns) < 2 or table.rows < 2 or not whole or odd:
        return
    again = read_or_refused(lambda: read_file("a.csv", file.getvalue().encode()), PasteError)
    assert again is not None
    assert len(again.columns) == len(table.columns)


TARGET = Target("table", run, TABLES, TEXT, MAX_BYTES, STARTS)
