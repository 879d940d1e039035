"""docs/benchmarks.md, made from what each part measured last."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench import tell_core, tell_pages
from bench.bounds import BOUNDS, Bound, slowest_edit
from bench.table import table
from bench.tell_pages import Found

RESULTS = Path(__file__).parent / "results"
DOCUMENT = Path(__file__).parents[1] / "docs/benchmarks.md"
MENDED = "mended"


@dataclass(frozen=True)
class Part:
    """A part of the benchmark: its name, its heading, and what makes its tables."""

    name: str
    title: str
    draw: Callable[[Found], list[str]]


PARTS = (
    Part("browser", "In the browser", tell_pages.browser),
    Part("load", "A class on one copy, a lecture on two", tell_pages.load),
    Part("soak", "People who come and go", tell_pages.soak),
    Part("losses", "The mathematics", tell_core.losses),
    Part("mistakes", "The search for a mistake", tell_core.mistakes),
    Part("lab", "The imbalance lab", tell_core.lab),
    Part("gpu", "Torch as a witness", tell_core.gpu),
)
TOP = """# How fast it is

This page is made by `make bench` and not by hand. What counts are ratios: to an empty Streamlit
page and to torch, measured in turns in the same run, so that they hold on other machines too. The
absolute numbers belong to the machine at the foot of the page.
"""


def saved() -> tuple[dict[str, Found], list[Found]]:
    """What each part measured last, by its name, and what was mended."""
    kept = {file.stem: json.loads(file.read_text()) for file in sorted(RESULTS.glob("*.json"))}
    mended: list[Found] = kept.pop(MENDED, [])
    return kept, mended


def report(results: Mapping[str, Found], mended: Sequence[Found]) -> str:
    """The document.

    Args:
        results: of each part that was measured: date, machine, and what was found.
        mended: what was made faster: what, before, after, how.
    """
    blocks = [TOP.strip(), _class(results), _promises(results)]
    for part in PARTS:
        body = (
            part.draw(results[part.name]["found"])
            if part.name in results
            else [f"Not measured yet: `make bench {_asking(part.name)}`."]
        )
        blocks.append("\n".join([f"## {part.title}", "", *body]))
    if mended:
        rows = ((row["what"], row["before"], row["after"], row["how"]) for row in mended)
        lines = table(("what", "before", "after", "how"), rows)
        blocks.append("\n".join(["## Before and after", "", *lines]))
    blocks.append(_machines(results))
    return "\n\n".join(blocks) + "\n"


def _asking(name: str) -> str:
    return "SOAK_MINUTES=30 ONLY=soak" if name == "soak" else f"ONLY={name}"


def _crowd(one: Found, cores: int) -> str:
    where = "one copy" if one["copies"] == 1 else f"{one['copies']} copies of the same image"
    return (
        f"- **{one['people']} people at once** on {where}, on {cores} cores with the people's side "
        f"of the test: half of all edits are answered within {one.get('edit_p50_ms', 0):.0f} ms, "
        f"95 of 100 within {one.get('edit_p95_ms', 0):.0f} ms, with {one['errors']} errors."
    )


def _class(results: Mapping[str, Found]) -> str:
    """Whether it is fast enough for a class, in words."""
    lines = ["## Is it fast enough for my class?", ""]
    if "load" in results:
        cores = results["load"]["machine"]["cores"]
        scenarios = results["load"]["found"]["scenarios"]
        lines += [_crowd(scenarios[name], cores) for name in ("class", "walk") if name in scenarios]
    if "browser" in results:
        found = results["browser"]["found"]
        slowest = slowest_edit(found)
        lines += [
            (
                f"- **A step forward** is drawn in {found['step']['ms']:.0f} ms, with no question "
                "to the server: it works as fast on a slow network."
            ),
            (
                f"- **An edit** takes {min(edit['ratio'] for edit in found['edits']):.1f} to "
                f"{slowest['ratio']:.1f} times what the same widget takes on an empty Streamlit "
                f"page; the slowest, {slowest['what']} on `{slowest['page']}`, "
                f"{slowest['app']['ms']:.0f} ms."
            ),
            (
                f"- **The first visit** takes {found['first_visit']['app']['s']:.1f} s, an empty "
                f"page's {found['first_visit']['empty']['s']:.1f} s; later ones less, since the "
                "files stay in the browser."
            ),
        ]
    if "soak" in results:
        found = results["soak"]["found"]
        lines.append(
            f"- **Memory**: {found['most_mb']:.0f} MB at most in {found['minutes']:.0f} minutes in "
            f"which {found['came']:,} people came and went; about "
            f"{found['kb_per_person'] / 1000:.1f} MB for each who is there."
        )
    return "\n".join(lines if len(lines) > 2 else [*lines, "Not measured yet: `make bench`."])


def _promises(results: Mapping[str, Found]) -> str:
    rows = (
        (bound.promise, *_verdict(bound, results[bound.part]["found"]))
        if bound.part in results
        else (bound.promise, "–", "not measured yet")
        for bound in BOUNDS
    )
    lines = table(("promise", "measured", "kept?"), rows)
    return "\n".join(["## What is promised", "", *lines])


def _verdict(bound: Bound, found: Found) -> tuple[str, str]:
    return bound.told(found), "kept" if bound.kept(found) else "**not kept**"


def _machines(results: Mapping[str, Found]) -> str:
    head = ("part", "date", "processor", "cores", "memory, GB", "load before", "system", "versions")
    rows = (
        (part.name, results[part.name]["date"], *_machine(results[part.name]["machine"]))
        for part in PARTS
        if part.name in results
    )
    if not results:
        return "## Where and when\n\nNowhere yet."
    return "\n".join(
        [
            "## Where and when",
            "",
            (
                "*Load before* is how many processes wanted a core before the part began; well "
                "above 0 the absolute numbers are too large, and the ratios rough."
            ),
            "",
            *table(head, rows),
        ]
    )


def _machine(one: dict[str, Any]) -> tuple[object, ...]:
    versions = f"Python {one['python']}, torch {one['torch']}, Streamlit {one['streamlit']}"
    return (
        *(one["processor"], one["cores"], one["memory_gb"], one["load_before"]),
        *(one["system"], versions),
    )


def write() -> None:
    """Make the document from what is saved."""
    DOCUMENT.write_text(report(*saved()))
