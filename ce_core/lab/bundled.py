"""The tables that come along: two columns and a class, read from data/."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from ce_core.lab.samples import Samples
from ce_core.lab.sources import source_of
from ce_core.words import words

HERE = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Table:
    """What the numbers of a file mean. The class that is made rare stands last."""

    names: tuple[str, ...]
    axes: tuple[str, str]


TABLES: Mapping[str, Table] = {
    "cancer": Table(
        (words("benign"), words("malignant")),
        (words("Mean radius of the nuclei"), words("Mean texture of the nuclei")),
    ),
    "wine": Table(
        (words("cultivar 1"), words("cultivar 2"), words("cultivar 3")),
        (words("Alcohol, % by volume"), words("Colour intensity")),
    ),
}


@cache
def bundled(key: str) -> Samples:
    """The samples of a bundled table."""
    table = TABLES[key]
    with (HERE / f"{key}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(line for line in file if not line.startswith("#")))[1:]
    points = np.array([[float(row[0]), float(row[1])] for row in rows])
    labels = np.array([table.names.index(row[2]) for row in rows])
    return Samples(points, labels, table.names, table.axes, source_of(key).credit)
