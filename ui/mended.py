"""What Streamlit does otherwise here: each change is a module of its own, with its reason."""

from ui import failing, forgetting, receiving, turns


def start() -> None:
    """Make the changes, once for the whole process; later calls change nothing."""
    for change in (failing, receiving, turns, forgetting):
        change.start()
