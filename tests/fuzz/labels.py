"""An uploaded file of labels, which are counted."""

from tests.fuzz.claims import read_or_refused, short
from tests.fuzz.files import ARRAYS, NUMPY, STARTS, TABLES, TEXT, named
from tests.fuzz.record import Target
from ui.choose.labels import Counted, count_file
from ui.npy import MAX_BYTES
from ui.paste import PasteError


def run(data: bytes) -> None:
    """Each label once with its count, for every column that can be chosen."""
    name, content = named(data)
    found = _counted(name, content, None, None)
    if found is None:
        return
    for column in range(min(len(found.columns), 3)):
        _counted(name, content, column, None)
    if found.header is not None:
        _counted(name, content, found.chosen, not found.header)


def _counted(name: str, data: bytes, column: int | None, header: bool | None) -> Counted | None:  # noqa: FBT001
    found = read_or_refused(lambda: count_file(name, data, column, header), PasteError)
    if found is not None:
        short((*found.columns, *found.tally.notes, *found.tally.names))
        assert 0 <= found.chosen < len(found.columns)
        assert len(found.tally.names) == len(found.tally.counts) == len(set(found.tally.names))
        assert all(count > 0 for count in found.tally.counts)
        assert found.tally.missing >= 0
    return found


TARGET = Target("labels", run, (*TABLES, *ARRAYS), (*TEXT, *NUMPY), MAX_BYTES, STARTS)
