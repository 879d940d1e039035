"""The worksheet as Markdown with LaTeX between dollars: for Jupyter, Quarto and GitHub alike."""

from collections.abc import Iterator

from ui.words import tr
from ui.worksheet.grids import Grid, emptied
from ui.worksheet.settings import ANSWERED
from ui.worksheet.sheets import Paper, Worksheet
from ui.worksheet.slips import Told
from ui.worksheet.steps import Work
from ui.worksheet.task import Guess, Task

DOTS = "…" * 8
# What GitHub reads as an escape of Markdown before it reads the formula, said in letters.
IN_LETTERS = (
    (r"\,", r"\thinspace "),
    (r"\_", "-"),
    (r"\ ", r"\enspace "),
)
SPECIAL = r"\`*_[]<>$|~&#"


def markdown(made: Worksheet) -> str:
    """The sheets, one after another, as text.

    Args:
        made: the worksheet; its class names as `as_text` writes them.
    """
    lines = [f"# {as_prose(made.title)}", ""]
    for number, paper in enumerate(made.papers):
        lines += ["***", ""] if number else []
        lines += _paper(paper)
    return "\n".join(lines).rstrip() + "\n"


def as_text(name: str) -> str:
    """A person's text that is shown letter by letter, in a sentence, a table and a notebook.

    An entity is neither markup nor the bar of a table, and no program looks for formulas in code.
    """
    if all(letter.isalnum() or letter in " -" for letter in name) and name[:1].isalnum():
        return name
    letters = (x if x.isalnum() or x == " " else f"&#{ord(x)};" for x in name)
    return f"<code>{''.join(letters)}</code>"


def as_prose(text: str) -> str:
    """A sentence of ours, none of whose letters is markup."""
    return "".join(f"\\{letter}" if letter in SPECIAL else letter for letter in text)


def as_formula(latex: str) -> str:
    """A formula that Markdown leaves as it is."""
    for sign, letters in IN_LETTERS:
        latex = latex.replace(sign, letters)
    return latex


def _paper(paper: Paper) -> Iterator[str]:
    key = paper.kind == ANSWERED
    yield from (f"## {paper.title}", "", paper.says, "")
    if not key:
        yield from (f"{tr('Name')}: {DOTS} {tr('Date')}: {DOTS}", "")
    for part in paper.parts:
        yield from _task(part.task, len(part.task.steps) - part.left, key=key)


def _task(one: Task, filled: int, *, key: bool) -> Iterator[str]:
    if one.title:
        yield from (f"### {one.title}", "")
    yield from (one.asks, "", f"`{one.call}`", "")
    for grid in one.given:
        yield from _grid(grid)
    yield from (" ".join(one.notes), "", f"[{tr('Check each step')}]({one.link})", "")
    level = "####" if one.title else "###"
    if one.guess is not None:
        yield from _guess(one.guess, level, key=key)
    for number, step in enumerate(one.steps, 1):
        yield from (f"{level} {number}. {as_prose(step.title)}", "")
        yield from _step(step, blank=number > filled, key=key)
    if key and one.slips:
        yield from _slips(one.slips, level, one.slips_of)


def _step(step: Work, *, blank: bool, key: bool) -> Iterator[str]:
    yield from (f"$${as_formula(step.formula)}$$", "")
    if step.worked and not blank:
        where = f"{step.where}: " if step.where else ""
        yield from (f"{where}${as_formula(step.worked)}$", "")
    for grid in step.grids:
        yield from _grid(emptied(grid) if blank else grid)
    if key:
        yield from (step.sentence, "", f"*{as_prose(step.why)}*", "")


def _grid(grid: Grid) -> Iterator[str]:
    if grid.title:
        yield from (f"**{as_prose(grid.title)}**", "")
    if not grid.heads:
        yield from (
            f"**{cell}**" if cell else f"{tr('Answer')}: {DOTS}" for cell in grid.rows[0][1]
        )
        yield ""
        return
    named = any(name for name, _ in grid.rows)
    first = [""] if named else []
    yield _line([*first, *grid.heads])
    yield _line([*(":--" for _ in first), *("--:" for _ in grid.heads)])
    for name, cells in grid.rows:
        yield _line([*([name] if named else []), *cells])
    yield ""


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _guess(guess: Guess, level: str, *, key: bool) -> Iterator[str]:
    yield from (f"{level} {tr('Before you begin')}", "", as_prose(guess.question), "")
    for number, option in enumerate(guess.options):
        right = key and number == guess.right
        yield f"- {'☑' if right else '☐'} {as_prose(option)}"
    yield ""
    if key:
        yield from (as_prose(guess.reason), "")


def _slips(slips: tuple[Told, ...], level: str, where: str) -> Iterator[str]:
    of = f" ({where})" if where else ""
    yield from (f"{level} {tr('Numbers that tell what went wrong')}{of}", "")
    yield _line([tr("If you got"), tr("this was done"), tr("do this instead")])
    yield "| --: | :-- | :-- |"
    for told in slips:
        yield _line([told.number, as_prose(told.title), as_prose(told.remedy)])
    yield ""
