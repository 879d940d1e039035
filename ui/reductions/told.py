"""A sentence with numbers in it that can be pointed at: text, and the names of numbers."""

from ui.words import tr

Told = list[str | dict[str, str]]
MARK = "\0"  # stands in no text of ours, in any language


def told(*sentences: str, **names: str) -> Told:
    """The sentences as the page says them, in parts; a dict is a number.

    Args:
        sentences: templates, or Words; "" is left out.
        names: for each field of the templates the name of a number.
    """
    marked = {field: f"{MARK}{name}{MARK}" for field, name in names.items()}
    text = " ".join(tr(one, **marked) for one in sentences if one)
    return [{"n": part} if k % 2 else part for k, part in enumerate(text.split(MARK)) if part]
