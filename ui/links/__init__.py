"""Links to the app's own pages: one part of the page, however many they are."""

from ui.links.component import Group, Link, links

__all__ = ["Group", "Link", "links"]
