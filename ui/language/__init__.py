"""The way to the page in another language, or with another decimal sign."""

from ui.language.component import offer, pending, switch

__all__ = ["offer", "pending", "switch"]
