"""Look at what comes with the app: `python -m tools.audit requirements.txt [options of pip]`.

It asks pip alone, which installs nothing here: every package that the pins bring, its licence, and
whether its makers have withdrawn it. What is known to be unsafe is another question, for
`pip-audit`, which asks a database: see docs/security.md. Ends with 1 where something is wrong.
"""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

EXACT = re.compile(r"[A-Za-z0-9._-]+==[0-9][A-Za-z0-9.+]*")


@dataclass(frozen=True)
class Package:
    """A package that would be installed.

    Attributes:
        name: as its makers write it.
        version: likewise.
        licence: what its metadata says of it; "" where they say nothing.
        asked: whether the requirements name it; else another package brings it.
        withdrawn: why its makers have withdrawn this version, in short; "" where they have not.
        checksum: of the file that would be installed.
    """

    name: str
    version: str
    licence: str
    asked: bool
    withdrawn: str
    checksum: str


def loose(requirements: str) -> list[str]:
    """The lines of a requirements file that leave the version open."""
    lines = (line.partition("#")[0].strip() for line in requirements.splitlines())
    named = [line for line in lines if line and not line.startswith("-")]
    return [line for line in named if not EXACT.fullmatch(line)]


def packages(report: dict[str, Any]) -> Iterator[Package]:
    """The packages of pip's report, by name."""
    for item in sorted(report["install"], key=lambda item: item["metadata"]["name"].lower()):
        about = item["metadata"]
        hashes = item["download_info"].get("archive_info", {}).get("hashes", {})
        yield Package(
            about["name"],
            about["version"],
            licence(about),
            bool(item["requested"]),
            "withdrawn" if item.get("is_yanked") else "",
            hashes.get("sha256", ""),
        )


def licence(about: dict[str, Any]) -> str:
    """The licence in a few words, from whichever of three fields holds it.

    pip before 25 leaves out the newest of the fields; where the others are empty, so is this.
    """
    classified = [
        line.split("::")[-1].strip()
        for line in about.get("classifier", ())
        if line.startswith("License ::")
    ]
    said = str(about.get("license_expression") or "")
    free = str(about.get("license") or "").strip().split("\n")[0]
    return said or ", ".join(classified) or free[:40]


def ask(requirements: Path, options: list[str]) -> dict[str, Any]:
    """Let pip say what it would install, and install nothing."""
    command = [sys.executable, "-m", "pip", "install", "--dry-run", "--ignore-installed"]
    quiet = ["--quiet", "--disable-pip-version-check", "--report", "-"]
    told = subprocess.run(  # noqa: S603 - pip, with what whoever runs this wrote
        [*command, *quiet, *options, "-r", str(requirements)],
        check=True,
        stdout=subprocess.PIPE,
    )
    report: dict[str, Any] = json.loads(told.stdout)
    return report


def main(arguments: list[str]) -> int:
    """Print the table, and what is wrong below it."""
    path = Path(arguments[0])
    found = list(packages(ask(path, arguments[1:])))
    for one in found:
        mark = "pinned" if one.asked else ""
        row = f"{one.name:28} {one.version:18} {mark:7} {one.licence:40} {one.checksum[:16]}"
        print(row.rstrip())  # noqa: T201 - its result
    wrong = [f"{one.name} {one.version} is {one.withdrawn}" for one in found if one.withdrawn]
    wrong += [f"{line} leaves the version open" for line in loose(path.read_text())]
    print("\n".join(["", *wrong] if wrong else ["", f"{len(found)} packages, nothing wrong"]))  # noqa: T201
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
