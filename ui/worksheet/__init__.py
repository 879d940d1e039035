"""The worksheet: question sheet, faded sheet and key, as PDF and as Markdown."""
