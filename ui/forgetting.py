"""What a browser tab held is forgotten soon after it is gone, though nobody else comes.

Streamlit keeps a tab that is gone for two minutes, in case that its line was cut. It looks for
those whose time is over only when the next tab comes or goes; on a quiet site that may be days.
"""

import threading
import time

from streamlit import config, runtime

PARTS = 4  # looks in the time that a tab is kept: it is gone at most a quarter later
_started = threading.Lock()


def start() -> None:
    """Look for such tabs from now on; a second call changes nothing."""
    if runtime.exists() and _started.acquire(blocking=False):
        threading.Thread(target=_look, name="forgetting", daemon=True).start()


def _look() -> None:
    server = runtime.get_instance()
    while runtime.exists():
        time.sleep(max(config.get_option("server.disconnectedSessionTTL"), 1) / PARTS)
        loop = server._get_async_objs().eventloop  # noqa: SLF001 - held by a test
        if loop.is_closed():
            return
        loop.call_soon_threadsafe(_forget, server)


def _forget(server: runtime.Runtime) -> None:
    """Let go of the tabs whose time is over, and of their files at once."""
    storage = server._session_mgr._session_storage  # type: ignore[attr-defined]  # noqa: SLF001
    for _, gone in storage._cache.expire():  # noqa: SLF001
        gone.session.shutdown()  # it would end with the last hold on it, but some go in circles
