"""Names of counted classes: cleaned, told apart, and as one text for a link."""

from collections.abc import Sequence

from ce_core.words import words

LONGEST = 40
READ = 1_000  # letters of a name that are looked at


def tidy(name: str) -> str:
    """A name on one line, without what cannot be seen, and not too long."""
    seen = "".join(sign if sign.isprintable() else " " for sign in name[:READ])
    line = " ".join(seen.split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"


def told_apart(names: Sequence[str]) -> tuple[str, ...]:
    """Tidy names that all differ: what is twice there, or empty, gets a number."""
    times: dict[str, int] = {}
    made = []
    for name in map(tidy, names):
        times[name] = times.get(name, 0) + 1
        twin = not name or times[name] > 1
        made.append(tidy(f"{name[: LONGEST - 8]} #{times[name]}") if twin else name)
    differ = len(set(made)) == len(made)
    return tuple(made) if differ else tuple(f"class {k}" for k in range(len(made)))


def names_fault(names: Sequence[str], count: int) -> str:
    """What keeps these from naming so many classes; "" where nothing does."""
    if len(names) != count or not all(names):
        return words("it must be {count} names with commas between them", count=count)
    if len(set(names)) != count or any(name != tidy(name) for name in names):
        return words("the names must differ, and be no longer than {most} characters", most=LONGEST)
    return words("")


def join(names: Sequence[str]) -> str:
    r"""The names with commas between them; a comma in a name is written "\,"."""
    return ",".join(name.replace("\\", "\\\\").replace(",", "\\,") for name in names)


def split(text: str) -> tuple[str, ...]:
    """The names of such a text."""
    names, escaped = [""], False
    for sign in text:
        if escaped or sign not in "\\,":
            names[-1] += sign
            escaped = False
        elif sign == ",":
            names.append("")
        else:
            escaped = True
    return tuple(name.strip() for name in names)
