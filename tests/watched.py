"""Serves the app as `make run` does, and says on stderr what writes, connects or starts a program.

`python -m tests.watched <port> <options of streamlit run>`. Python tells an audit hook of each
such act before it is done.
"""

import os
import sys

LEAVES = "LEAVES THE PROCESS:"
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC
ACTS = (
    *("socket.connect", "socket.sendto", "socket.sendmsg", "subprocess.Popen", "os.system"),
    *("os.exec", "os.posix_spawn", "os.fork", "os.forkpty", "os.rename", "os.link", "os.symlink"),
    *(
        "os.mkdir",
        "os.truncate",
        "os.putenv",
        "tempfile.mkstemp",
        "tempfile.mkdtemp",
        "mmap.__new__",
    ),
    *("shutil.copyfile", "shutil.move", "sqlite3.connect", "pty.spawn", "ctypes.dlopen"),
    *("smtplib.connect", "ftplib.connect", "http.client.connect", "urllib.Request"),
)


def watch(event, args):
    """Say the act, if it is one of those; called by Python itself."""
    if event in ACTS or (event == "open" and _writes(*args)):
        told = " ".join(repr(arg)[:200] for arg in args)
        os.write(2, f"{LEAVES} {event} {told}\n".encode(errors="replace"))


def _writes(path, mode, flags):
    named = isinstance(mode, str) and bool(set(mode) & set("wax+"))
    return path != os.devnull and (named or bool((flags or 0) & WRITES))


if __name__ == "__main__":
    from streamlit.web import cli

    sys.addaudithook(watch)
    sys.argv = ["streamlit", "run", "app.py", "--server.port", *sys.argv[1:]]
    sys.exit(cli.main())
