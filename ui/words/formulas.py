"""The words that stand between the letters of a formula, in the language of the page."""

import re

from ui.words.translate import tr

TEXT = re.compile(r"\\text\{(\s*)((?:[^{}\\]|\\_)*?)(\s*)\}")
VALUES = ("nan",)  # texts that are numbers


def formula_words(latex: str) -> str:
    r"""The formula with each `\text{...}` said in the language of the page; code stays."""

    def say(found: re.Match[str]) -> str:
        before, text, after = found.groups()
        code = "\\_" in text and " " not in text  # a name alone
        said = text if code or text in VALUES else _escaped(text)
        return rf"\text{{{before}{said}{after}}}"

    return TEXT.sub(say, latex)


def _escaped(text: str) -> str:
    return tr(text.replace("\\_", "_")).replace("_", "\\_")
