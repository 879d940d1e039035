"""An error message of torch in whatever was pasted on the page that finds a mistake."""

import re

from ce_core.presets import PRESETS
from ce_core.refusals import REFUSALS, recognise
from tests.fuzz.claims import read_or_refused, short
from tests.fuzz.record import Target, encoded

MOST = 1_000_000


def example(pattern: str) -> str:
    """A text that is roughly what a pattern of a message looks for: its literal parts."""
    text = re.sub(r"\(\?(?:P<\w+>|:|!|=)", "(", pattern)
    text = re.sub(r"\\[dw][*+]?\??(?:\{[\d,]+\})?", "1", text)
    text = re.sub(r"\{[\d,]+\}|[?*+|]", "", re.sub(r"\[(?:\\.|[^\]])+\]", "1", text))
    return re.sub(r"\\(.)", r"\1", re.sub(r"(?<!\\)[()]", "", text))


SEEDS = encoded(
    *(example(row.pattern) for row in REFUSALS),
    'Traceback (most recent call last):\n  File "a.py", line 3, in <module>\n'
    "IndexError: Target 5 is out of bounds.\n",
    "ValueError: Expected input batch_size (4) to match target batch_size (3).",
    "RuntimeError: expected scalar type Long but found Float",
    "RuntimeError: 0D or 1D target tensor expected, multi-target not supported",
    "\x1b[31mRuntimeError\x1b[0m: weight tensor should be defined either for all 2 classes or no "
    "classes but got weight tensor of shape: [3]",
)
TOKENS = encoded(
    *(" ", "\n", "'", '"', "[", "]", "(", ")", ",", "-", "1", "5", "size", "\x1b[31m", "\u2019"),
    *("Expected ", "target ", "Target 5", "input ", "batch_size (", "to match ", "cuda:0", "Long"),
    *("RuntimeError: ", "│ ", "> ", "torch.Size([", "not implemented for '", "out of bounds"),
    *{word for row in REFUSALS for word in re.findall(r"[A-Za-z_]{5,}", row.pattern)},
)


def run(data: bytes) -> None:
    """A message is found or not; what is said of it is short, and quoted it is found again."""
    text = data.decode(errors="replace")
    found = read_or_refused(lambda: recognise(text, PRESETS[0].case))
    if found is not None:
        short((found.says, found.remedy, found.quoted))
        again = recognise(found.quoted)
        assert again is not None


TARGET = Target("message", run, SEEDS, TOKENS, MOST)
