"""What a process costs, as Linux counts it: its own processor time and its memory."""

import os
import re
from pathlib import Path

MB = 2**20


def cpu_seconds(pid: int | str = "self") -> float:
    """Seconds of processor time that all threads of a process have had."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def own_mb(pid: int | str = "self") -> float:
    """Its memory without the files it has open, whose share hangs on who else has them open.

    The resident set where that is hidden.
    """
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except PermissionError:
        return resident_mb(pid)
    found = re.search(r"^Pss_Anon:\s+(\d+) kB", text, re.MULTILINE)
    return int(found[1]) * 1024 / MB if found else resident_mb(pid)


def resident_mb(pid: int | str = "self") -> float:
    """Its resident set."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / MB
