"""Names as the page says them: ours in its language, those that a person typed as they are."""

from ce_core.lab import strategy_of
from ce_core.words import Words
from ui.words import tr


def named(name: str) -> str:
    """The name of a class, an axis or a column."""
    return tr(name) if isinstance(name, Words) else name


def titled(key: str) -> str:
    """A strategy's title."""
    return tr(strategy_of(key).title)
