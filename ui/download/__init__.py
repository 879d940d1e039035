"""Files for a person, made when they ask and handed over within the page."""

from ui.download.component import download

__all__ = ["download"]
