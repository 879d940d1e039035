"""What the report tells of the pages: edits, starts, a class, half an hour; ratios first."""

from collections.abc import Iterable
from typing import Any

from bench.table import number, table

Found = dict[str, Any]


def browser(found: Found) -> list[str]:
    """Edits, page changes and starts."""
    return [
        (
            "An edit is timed from the press to the last change of the page that follows it. "
            "Beside it stands the same press on an empty Streamlit page with one such widget; of a "
            "table's edit 0.15 s are Streamlit's own pause in the browser, on both sides. *Server* "
            "is processor time, *browser* the time its main thread works."
        ),
        "",
        *table(
            (
                "page",
                "edit",
                "times the empty page",
                "ms",
                "empty, ms",
                "server, ms",
                "browser, ms",
                "kB received",
                "messages",
            ),
            (
                (
                    f"`{edit['page']}`",
                    edit["what"],
                    number(edit["ratio"], 1),
                    *_split(edit["app"], edit["empty"]),
                )
                for edit in found["edits"]
            ),
        ),
        "",
        "A click in the menu, until the other page is drawn:",
        "",
        *table(
            (
                "to",
                "times the empty app's",
                "ms",
                "empty, ms",
                "server, ms",
                "browser, ms",
                "kB received",
                "messages",
            ),
            (
                (f"`{row['page']}`", number(row["ratio"], 1), *_split(row["app"], row["empty"]))
                for row in found["page_changes"]
            ),
        ),
        "",
        (
            "From nothing to a page that can be used, with an empty browser cache. *First* counts "
            "from the moment the server says that it is healthy:"
        ),
        "",
        *table(
            (
                "",
                "times the empty app's",
                "s",
                "empty, s",
                "healthy after, s",
                "first, s",
                "MB of files",
                "server's memory, MB",
            ),
            _starts(found),
        ),
    ]


def _split(app: Found, empty: Found) -> tuple[str, ...]:
    received = app["bytes_received"] / 1000
    return (
        number(app["ms"]),
        number(empty["ms"]),
        number(app["server_cpu_ms"]),
        number(app["browser_task_ms"]),
        number(received, 1),
        number(app["messages"]),
    )


def _starts(found: Found) -> Iterable[tuple[str, ...]]:
    for way, row in found["start"].items():
        app, empty = row["app"], row["empty"]
        yield (
            f"cold start, `{way}`",
            number(row["ratio"], 1),
            number(app["s"], 1),
            number(empty["s"], 1),
            number(app["healthy_s"], 1),
            number(app["first_s"], 1),
            number(app["files_mb"], 1),
            number(app["memory_mb"]),
        )
    row = found["first_visit"]
    yield (
        "first visit, warm server",
        number(row["ratio"], 1),
        number(row["app"]["s"], 1),
        number(row["empty"]["s"], 1),
        *("–", "–", number(row["app"]["files_mb"], 1), "–"),
    )


def load(found: Found) -> list[str]:
    """A class on one copy, a lecture on two."""
    return [
        (
            "People speak Streamlit's own protocol with copies of the server, walk, edit, and "
            "think in between; in some rows a few others do something heavy all the time. The "
            "driver works on the same cores."
        ),
        "",
        *table(
            (
                "scenario",
                "copies",
                "people",
                "beside them",
                "edits",
                "half within, ms",
                "95 of 100 within, ms",
                "errors",
                "wrong",
                "server, ms a run",
                "kB a run",
                "memory, MB",
            ),
            (
                (
                    name,
                    one["copies"],
                    one["people"],
                    one["busy"],
                    one["edits"],
                    number(one.get("edit_p50_ms")),
                    number(one.get("edit_p95_ms")),
                    one["errors"],
                    one["answers_wrong"],
                    number(one["cpu_ms_per_run"], 1),
                    number(one["bytes_down_per_run"] / 1000, 1),
                    number(one["rss_mb"]),
                )
                for name, one in found["scenarios"].items()
            ),
        ),
    ]


def soak(found: Found) -> list[str]:
    """Half an hour of coming and going."""
    return [
        (
            f"In {found['minutes']:.0f} minutes {found['came']:,} people came, worked and left, "
            f"{found['people']} at a time. The server's own memory, without the libraries' files, "
            f"went from {found['warm_mb']:.0f} MB (after {found['warm_minutes']:.0f} minutes) to "
            f"{found['end_mb']:.0f} MB: {found['slope_mb_per_hour']} MB an hour, between "
            f"{found['slope_low']} and {found['slope_high']} with 95 % confidence. One more person "
            f"who is there takes {found['kb_per_person']:,} kB."
        ),
    ]
