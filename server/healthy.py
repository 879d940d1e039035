"""Whether the copy in this container draws its first page: `python -m server.healthy`.

`/_stcore/health` answers even when the app cannot be imported. This asks Streamlit to run the
app's script once and tells by its exit code, 0 or 1, what came of it.
"""

import os
import sys
from collections.abc import Mapping
from http.client import HTTPException
from urllib.request import ProxyHandler, build_opener

from server.settings import SettingError, base_path

PATH = "/_stcore/script-health-check"
PATIENCE = 20.0  # seconds; a busy copy is not a broken one
EVERYWHERE = {"": "127.0.0.1", "0.0.0.0": "127.0.0.1", "::": "[::1]"}  # noqa: S104 - where it listens


def address(environment: Mapping[str, str] = os.environ) -> str:
    """Where the copy of this environment is asked.

    Raises:
        SettingError: BASE_PATH is no path.
    """
    host = environment.get("UVICORN_HOST", "127.0.0.1")
    host = EVERYWHERE.get(host, f"[{host}]" if ":" in host else host)
    return f"http://{host}:{environment.get('UVICORN_PORT', '8000')}{base_path(environment)}{PATH}"


def problem(url: str, patience: float = PATIENCE) -> str:
    """What is wrong with the copy there; "" if nothing is."""
    direct = build_opener(ProxyHandler({}))  # a proxy for the outside is not for this
    try:
        with direct.open(url, timeout=patience) as answer:
            said = answer.read(100).decode(errors="replace").strip()
    except (OSError, HTTPException) as found:
        return f"{type(found).__name__}: {found}"
    # Without that route Streamlit answers any address with its page.
    return "" if said == "ok" else "the answer is not ok"


def main() -> int:
    """Ask; say what is wrong."""
    try:
        found = problem(address())
    except SettingError as refused:
        found = str(refused)
    if found:
        print(found, file=sys.stderr)  # noqa: T201 - what `docker inspect` shows of the check
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
