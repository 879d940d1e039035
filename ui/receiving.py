"""How uploaded files are received: in memory alone, and no more of them than the memory bears.

Starlette, through which Streamlit receives a file, writes what is larger than 1 MB to a temporary
file on disk; and Streamlit bounds the size of each file, but not how many a browser may send.
Neither can be set, so both are changed here, for the versions that are pinned; tests hold it.
"""

from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartParser
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

LARGEST = 32 * 2**20  # bytes of a file that stay in memory; none may have more than 20 MB
MOST_OF_ONE = 64 * 2**20  # of a tab's files; the fields of all pages together take three files
MOST_OF_ALL = 512 * 2**20
FULL = "Other people's files fill the memory for uploads. Paste your numbers, or try again later."

_add_file = MemoryUploadedFileManager.add_file


def start() -> None:
    """Receive files so from now on; a second call changes nothing."""
    MultiPartParser.spool_max_size = LARGEST
    setattr(MemoryUploadedFileManager, "add_file", _bounded)  # noqa: B010 - no subclass is asked


def _bounded(manager: MemoryUploadedFileManager, session_id: str, file: UploadedFileRec) -> None:
    """Hold a file: of one tab's too many the oldest go, of everybody's the last is refused."""
    own = manager.file_storage.get(session_id, {})
    room = MOST_OF_ONE - len(file.data)
    for name, old in list(own.items())[::-1]:  # the newest first
        room -= len(old.data)
        if room < 0:
            manager.remove_file(session_id, name)
    if _held(manager) + len(file.data) > MOST_OF_ALL:
        raise HTTPException(status_code=507, detail=FULL)
    _add_file(manager, session_id, file)


def _held(manager: MemoryUploadedFileManager) -> int:
    """The bytes of everybody's files."""
    tabs = list(manager.file_storage.values())
    return sum(len(file.data) for files in tabs for file in list(files.values()))
