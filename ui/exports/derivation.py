"""The walk as a LaTeX document: each step in symbols, with the numbers of one place, as a whole."""

from ce_core import Step
from ce_core.arrays import Array
from ce_core.rule import ONE
from ce_core.trace import as_rows
from ui.exports.tex import address, array, text
from ui.figures import latex
from ui.mistake.spot import Spot, in_numbers
from ui.place import Place, axes_of, in_words, result
from ui.words import tr

PREAMBLE = r"""% For lualatex or xelatex; pdflatex will do where class names are in Latin letters.
\documentclass[a4paper,11pt]{article}
\usepackage{iftex}
\ifPDFTeX\usepackage[T1]{fontenc}\usepackage[utf8]{inputenc}\else\usepackage{fontspec}\fi
\usepackage{amsmath}
\setlength{\parindent}{0pt}
\setcounter{MaxMatrixCols}{12}
\allowdisplaybreaks
\begin{document}"""


def derivation(at: Place, link: str = "") -> str:
    """The document's text.

    Args:
        at: the trace, and the row and the class whose numbers are put into the formulas.
        link: the address of the same case on the site, if it is to be named.
    """
    parts = [
        PREAMBLE,
        rf"\section*{{{text(tr('Weighted cross-entropy, step by step'))}}}",
        *([address(link)] if link else []),
        *_given(at),
        *(_step(at, number, step) for number, step in enumerate(at.trace, start=1)),
        r"\end{document}",
    ]
    return "\n\n".join(parts) + "\n"


def _given(at: Place) -> list[str]:
    case = at.case
    symbols = {"logits": "z", "target": "q" if case.soft else "y", "weight": "w"}
    names = ", ".join(text(name) for name in at.names)
    lines = [
        rf"\[ {symbol} = {array(_rows(at, name))} \qquad \text{{{name}}} \]"
        for name, symbol in symbols.items()
    ]
    return [
        rf"\subsection*{{{text(tr('The numbers'))}}}",
        f"{text(tr('Classes'))}: {names}",
        *lines,
    ]


def _rows(at: Place, name: str) -> Array:
    values, axes = at.case.inputs[name], axes_of(at.trace, name)
    return values if axes is None else as_rows(values, axes)


def _step(at: Place, number: int, step: Step) -> str:
    heading = rf"\subsection*{{{number}. {text(tr(step.rule.title))}}}"
    lines = [rf"\[ {step.rule.formula} \]"]
    if at.exists:
        lines += [text(in_words(at, step)), *_here(at, step)]
    if step.rule.axes is not ONE or not at.exists:
        lines.append(rf"\[ \text{{{text(step.key)}}} = {array(step.rows)} \]")
    return "\n\n".join([heading, *lines, text(tr(step.rule.why))])


def _here(at: Place, step: Step) -> list[str]:
    """The formula's right side with the numbers of the place, and what comes out."""
    column = at.target if step.key == "target_log_prob" and not at.ignored else at.column
    put_in = in_numbers(Spot(at.trace, at.names, at.row, column or 0), step)
    if not put_in or (at.ignored and step.rule.axes is not ONE):
        return []
    return [rf"\[ {put_in} = {latex(result(at, step))} \]"]
