"""One claim as HTML that unfolds, and the switches that show some of them."""

import re
from html import escape

from ce_core.claims import (
    CLAIMS,
    FALSE,
    HOLDS,
    PARTLY,
    THREADS,
    UNKNOWN,
    VERDICTS,
    Claim,
    Evidence,
    Row,
    Said,
    Thread,
)
from ui.figures import digits, figure
from ui.words import CODES, DECIMALS, Words, tongue, tr
from ui.words.numerals import prose

WORDS = {FALSE: "False", PARTLY: "Partly true", UNKNOWN: "Cannot be checked", HOLDS: "Holds"}
ICONS = {FALSE: "✗", PARTLY: "◐", UNKNOWN: "?", HOLDS: "✓"}
ALL = "all"
QUOTED = re.compile("“[^“”]*”")  # with English marks, in whatever language


def ordered() -> tuple[Claim, ...]:
    """The claims by verdict, those that do not hold before the others."""
    return tuple(sorted(CLAIMS, key=lambda one: VERDICTS.index(one.verdict)))


def switches(thread: str) -> str:
    """Two rows of choices, by verdict and by thread; style rules of the same names do the rest.

    Args:
        thread: the key of the thread that is chosen at first; "" is all of them.
    """
    verdicts = [(_name(verdict), tr(WORDS[verdict]), _count(verdict)) for verdict in VERDICTS]
    threads = [(one.key, tr(one.title), _count(one.key)) for one in THREADS]
    return _choices(tr("Verdict"), "wce-verdict", verdicts, ALL) + _choices(
        tr("Thread"), "wce-thread", threads, thread or ALL
    )


def rules() -> str:
    """The style rules that hide what is not chosen, and say so where nothing is left."""
    hidden = [
        f".wce-claims:has([name={group}][value='{value}']:checked) details:not(.wce-is-{value})"
        for group, values in (("wce-verdict", map(_name, VERDICTS)), ("wce-thread", _thread_keys()))
        for value in values
    ]
    empty = [
        f".wce-claims:has([value='{thread}']:checked):has([value='{_name(verdict)}']:checked) "
        ".wce-nothing"
        for thread in _thread_keys()
        for verdict in VERDICTS
        if not any(one.thread == thread and one.verdict == verdict for one in CLAIMS)
    ]
    return f"{','.join(hidden)} {{ display: none; }}\n{','.join(empty)} {{ display: block; }}"


def unfolding(one: Claim) -> str:
    """A claim: its verdict and what was said, and inside why, with the evidence."""
    thread = next(thread for thread in THREADS if thread.key == one.thread)
    found = _evidence(one.experiment()) if one.experiment else ""
    return (
        f"<details class='wce-is-{_name(one.verdict)} wce-is-{one.thread}'><summary>"
        f"<span class='wce-verdict-word'><span class='wce-icon' aria-hidden='true'>"
        f"{ICONS[one.verdict]}</span> {tr(WORDS[one.verdict])}</span>"
        f"<span class='wce-said'>{_told(one.said)}"
        f"<span class='wce-of'>{escape(tr(thread.title))}</span></span></summary>"
        f"<div class='wce-inside'><p>{_told(one.why)}</p>{found}{_links(one, thread)}</div>"
        "</details>"
    )


def _choices(legend: str, name: str, choices: list[tuple[str, str, int]], first: str) -> str:
    options = [(ALL, tr("All"), len(CLAIMS)), *choices]
    inputs = "".join(
        f"<label><input type='radio' name='{name}' value='{value}'"
        f"{' checked' if value == first else ''}>{escape(words)} ({count})</label>"
        for value, words, count in options
    )
    return f"<fieldset><legend>{legend}</legend>{inputs}</fieldset>"


def _evidence(found: Evidence) -> str:
    rows = "".join(
        f"<tr><th scope='row'>{_told(row.label)}</th><td>{_number(row)}</td></tr>"
        for row in found.rows
    )
    lines = "".join(map(_line, found.torch))
    says = f"<dl aria-label='{tr('What torch says')}'>{lines}</dl>" if lines else ""
    table = (
        f"<div class='wce-scroll'><table aria-label='{tr('The numbers')}'><tbody>"
        f"{rows}</tbody></table></div>"
        if rows
        else ""
    )
    return f"<p class='wce-what'>{_told(found.what)}</p>{table}{says}"


def _told(text: str) -> str:
    """A text in the language of the page, as HTML; what a person wrote is quoted as it was.

    In Words it is known which values are numbers; in a plain text they are looked for.
    """
    said = escape(tr(text) if isinstance(text, Words) else prose(text))
    return said if tongue().lang == CODES[0] else QUOTED.sub("<span lang='en'>\\g<0></span>", said)


def _number(row: Row) -> str:
    return digits(row.value, row.digits) if row.digits else figure(row.value)


def _line(said: Said) -> str:
    return f"<dt lang='en'>{escape(said.line)}</dt><dd lang='en'>{escape(said.answer)}</dd>"


def _links(one: Claim, thread: Thread) -> str:
    """Where to try it, and where it was said; each in a tab of its own, so that this one stays."""
    links = []
    if one.page:
        address = "?".join(part for part in (one.page, "&".join(_query(one))) if part)
        links.append((address, tr("Try it on this site")))
    if thread.source:
        links.append((thread.source, tr("Where it was said")))
    made = " · ".join(
        f"<a href='{escape(address)}' target='_blank' rel='noopener'>{words}"
        f"<span class='wce-spoken'> {tr('(in a new tab)')}</span></a>"
        for address, words in links
    )
    return f"<p>{made}</p>" if made else ""


def _query(one: Claim) -> list[str]:
    """What the link asks for: the claim's numbers, in the language of the page."""
    spoken = {"lang": tongue().lang, "decimal": tongue().decimal}
    usual = (CODES[0], DECIMALS[0])
    said = [f"{name}={value}" for name, value in spoken.items() if value not in usual]
    return [part for part in (one.query, *said) if part]


def _count(name: str) -> int:
    return sum(name in (one.verdict, one.thread) for one in CLAIMS)


def _thread_keys() -> list[str]:
    return [thread.key for thread in THREADS]


def _name(verdict: str) -> str:
    return verdict.replace(" ", "-")
