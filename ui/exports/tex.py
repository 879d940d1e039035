"""Text and arrays for LaTeX."""

import numpy as np

from ce_core.arrays import Array
from ui.figures import latex

MOST_ROWS, MOST_CLASSES = 12, 10  # of an array that is written out; a page has no room for more
BREAK = r"\allowbreak{}"
MARKS = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': r"\char34{}",
    "ε": r"$\varepsilon$",
    "−": "$-$",
    "∞": r"$\infty$",
    "·": r"$\cdot$",
    "×": r"$\times$",
}


def text(words: str) -> str:
    """Words as LaTeX text: whatever they hold is shown, and nothing in them is a command."""
    kept = "".join(letter for letter in " ".join(words.split()) if letter.isprintable())
    return "".join(MARKS.get(letter, letter) for letter in kept)


def address(link: str) -> str:
    """A link in type of one width, broken into lines after its marks."""
    return rf"\texttt{{{''.join(text(x) + (BREAK if x in '/?&=,;' else '') for x in link)}}}"


def array(values: Array) -> str:
    """A list as a row vector, a table as a matrix; of a large one the beginning, with dots."""
    if values.ndim == 0:
        return latex(float(values))
    if not values.size:
        return rf"\text{{{' x '.join(map(str, values.shape))}}}"
    table = values[None] if values.ndim == 1 else values
    rows = [_line(row) for row in table[:MOST_ROWS]]
    if len(table) > MOST_ROWS:
        rows.append(r"\vdots")
    return "\\begin{pmatrix}\n" + " \\\\\n".join(rows) + "\n\\end{pmatrix}"


def _line(row: Array) -> str:
    shown = [latex(float(value)) for value in np.asarray(row)[:MOST_CLASSES]]
    return " & ".join([*shown, *([r"\cdots"] if len(row) > MOST_CLASSES else [])])
