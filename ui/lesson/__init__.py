"""A lesson as one HTML file, which needs no server: the walk as it is on the site."""

from ui.lesson.file import lesson_html

__all__ = ["lesson_html"]
