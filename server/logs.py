"""The log: a line at the start, one for each error, one at the end, and warnings; no addresses."""

import logging

from streamlit import config

from ui import reporting

# Streamlit undoes uvicorn's own switch for it. A link holds what a person typed.
ADDRESSES = "uvicorn.access"
SERVER = "uvicorn.error"  # its name for all that it says itself


def start() -> None:
    """Have everything that logs in this process log so."""
    reporting.start()
    root = logging.getLogger()
    root.setLevel(logging.WARNING)
    root.handlers = list(reporting.LOG.handlers)
    config.set_option("logger.level", "warning")
    quiet()


def quiet() -> None:
    """Take away the handlers that others have put up; again after all is imported."""
    logging.getLogger(ADDRESSES).disabled = True
    for name in list(logging.root.manager.loggerDict):
        log = logging.getLogger(name)
        if name.partition(".")[0] in {"streamlit", "uvicorn"}:
            log.handlers, log.propagate = [], True
            log.setLevel(logging.WARNING)


def silence() -> None:
    """Say nothing more: the one line that tells why it did not start has been said."""
    logging.getLogger(SERVER).disabled = True
