"""An uploaded file stays in the memory of the process: not on disk, not passed on, not for ever."""

import io
import os
import subprocess
import sys
import time
from urllib.request import urlopen

import numpy as np
import pytest
from playwright.sync_api import expect
from starlette.exceptions import HTTPException
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from tests.browser.conftest import ROOT, START_S, open_page, rerun
from tests.copies import _free_port
from tests.watched import LEAVES
from ui import receiving

MARK = "marmoset7391"  # in every file, and nowhere else
TTL_S = 1  # seconds that a tab is kept which is gone; 120 where nobody says anything


def table(rows):
    """A CSV file: a class is called by the mark."""
    lines = [f"{MARK},other,target", *(f"{k % 7},{k % 5},{k % 2}" for k in range(rows))]
    return "\n".join(lines).encode()


def arrays(rows):
    """An .npz file that is not packed, with an array called by the mark."""
    stream = io.BytesIO()
    logits = np.arange(2.0 * rows).reshape(rows, 2)
    np.savez(stream, logits=logits, target=np.zeros(rows, np.int64), **{MARK: np.ones(2)})
    return stream.getvalue()


# The page, the tab its field stands in, the file, and what the page says once it has read it.
FIELDS = {
    "small table": ("/", "Upload", "a.csv", table(20), "20 samples"),
    "large table": ("/", "Upload", "b.csv", table(300_000), "300,000 samples"),
    "large arrays": ("/", "Upload", "c.npz", arrays(200_000), "200,000 samples"),
    "labels": ("/choose", "Count", "d.csv", table(300_000), "300,000 samples"),
    "the lab's": ("/lab?data=own", "Upload", "e.csv", table(150), MARK),
}


@pytest.fixture(scope="module")
def watched(tmp_path_factory):
    """The app's address, its log, and the only folder it could write into."""
    folder, port = tmp_path_factory.mktemp("watched"), _free_port()
    base, log = f"http://127.0.0.1:{port}", folder.parent / f"{folder.name}.log"
    places = dict.fromkeys(("HOME", "TMPDIR", "TEMP", "TMP", "XDG_CACHE_HOME"), str(folder))
    options = ["--server.headless", "true", "--server.disconnectedSessionTTL", str(TTL_S)]
    with log.open("wb") as sink:
        process = subprocess.Popen(
            [sys.executable, "-B", "-m", "tests.watched", str(port), *options],
            cwd=ROOT,
            env={**os.environ, **places},
            stdout=sink,
            stderr=sink,
        )
    try:
        _wait(lambda: process.poll() is not None or _answers(base))
        assert process.poll() is None, log.read_text()
        yield base, log, folder
    finally:
        process.kill()
        process.wait()


def _answers(base):
    try:
        return held(base) >= 0
    except OSError:
        return False


def _wait(met):
    deadline = time.monotonic() + START_S
    while not met():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def held(base):
    """The bytes of all uploaded files, as the server's own metrics say them."""
    with urlopen(f"{base}/_stcore/metrics", timeout=10) as answer:
        lines = answer.read().decode().splitlines()
    return sum(float(line.split()[-1]) for line in lines if '"UploadedFileManager"' in line)


@pytest.mark.parametrize("name", FIELDS)
def test_stays_in_the_process(new_page, watched, name):
    """A file of any size is read; meanwhile nothing is written, no program started, no host asked,
    and neither a file nor the log holds it. When its tab is gone, the memory is free.
    """
    base, log, folder = watched
    path, way, file, data, says = FIELDS[name]
    page = new_page()
    open_page(page, base, path)
    rerun(page, page.get_by_role("tab", name=way).click)
    field = page.locator("input[type=file]").first
    before = len(log.read_bytes())  # what the page imports, it has imported
    payload = {"name": f"{MARK}{file}", "mimeType": "text/plain", "buffer": data}
    rerun(page, lambda: field.set_input_files(payload))
    expect(page.get_by_text(says).first).to_be_visible()
    _wait(lambda: held(base) == len(data))  # the metrics count it now and then
    told = log.read_bytes()[before:].decode(errors="replace")
    assert [line for line in told.splitlines() if LEAVES in line] == []
    assert MARK not in told
    left = [path for path in folder.rglob("*") if path.is_file()]
    assert [path for path in left if MARK.encode() in path.read_bytes()] == []
    page.context.close()
    _wait(lambda: held(base) == 0)


def rec(name, size):
    """An uploaded file as the server holds it."""
    return UploadedFileRec(name, f"{name}.csv", "text/csv", bytes(size))


def names(manager, tab):
    """The files of a tab."""
    return list(manager.file_storage[tab])


def test_many_files_of_one_tab(monkeypatch):
    """Of the files that one tab sends without end, the newest stay, and no other tab loses one."""
    monkeypatch.setattr(receiving, "MOST_OF_ONE", 10)
    manager = MemoryUploadedFileManager("/upload")
    receiving._bounded(manager, "other", rec("its", 9))
    for k in range(5):
        receiving._bounded(manager, "tab", rec(f"file {k}", 4))
    assert names(manager, "tab") == ["file 3", "file 4"]  # 4 + 4 bytes; a third would make 12
    assert names(manager, "other") == ["its"]


def test_many_files_of_many_tabs(monkeypatch):
    """When the memory for uploads is full, the next file is refused, and all others stay."""
    monkeypatch.setattr(receiving, "MOST_OF_ALL", 10)
    manager = MemoryUploadedFileManager("/upload")
    for tab in ("a", "b"):
        receiving._bounded(manager, tab, rec("first", 5))
    with pytest.raises(HTTPException, match="Paste your numbers") as refused:
        receiving._bounded(manager, "c", rec("late", 1))
    assert refused.value.status_code == 507
    assert [names(manager, tab) for tab in ("a", "b", "c")] == [["first"], ["first"], []]
