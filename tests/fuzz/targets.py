"""All that is fuzzed, by name."""

from tests.fuzz import codes, counts, file, labels, link, message, numbers, paste, table
from tests.fuzz.record import Target

TARGETS: dict[str, Target] = {
    module.TARGET.name: module.TARGET
    for module in (paste, message, link, numbers, counts, codes, file, labels, table)
}
