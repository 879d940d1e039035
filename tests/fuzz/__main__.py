"""Fuzzes one reader for some minutes: `python -m tests.fuzz paste --minutes 10`.

With atheris (requirements-fuzz.txt) new inputs are led by which lines of the readers they reach;
without it Hypothesis makes them. What breaks a claim is written to a file that `--again` reads.
With `--grow` pieces are repeated up to the size that the reader is bound to, and timed.
"""

import argparse
import importlib.util
import tempfile
import time
from pathlib import Path

from hypothesis import HealthCheck, given, settings


def main() -> None:
    """Read the command line and fuzz."""
    asked = _asked()
    if importlib.util.find_spec("atheris") and not (asked.grow or asked.again or asked.hypothesis):
        import atheris

        with atheris.instrument_imports(include=["ui", "ce_core"], enable_loader_override=False):
            from tests.fuzz.targets import TARGETS
    else:
        from tests.fuzz.targets import TARGETS
    target = TARGETS[asked.target]
    for seed in target.seeds:  # what is imported or compiled on the way counts for no input
        target.run(seed)
    if asked.again:
        target.run(asked.again.read_bytes())
    elif asked.grow:
        from tests.fuzz.growing import grow

        grow(target)
    elif importlib.util.find_spec("atheris") and not asked.hypothesis:
        _with_atheris(target, asked)
    else:
        _with_hypothesis(target, asked.minutes)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("target")
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--corpus", type=Path, help="a folder that keeps what was found")
    parser.add_argument("--again", type=Path, help="a file with one input, to be run once")
    parser.add_argument("--grow", action="store_true")
    parser.add_argument("--hypothesis", action="store_true", help="even where atheris is there")
    return parser.parse_args()


def _with_atheris(target, asked) -> None:
    import atheris

    corpus = asked.corpus or Path(tempfile.mkdtemp(prefix=f"fuzz-{target.name}-"))
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(target.seeds):
        (corpus / f"seed-{number}").write_bytes(seed)
    words = corpus.with_suffix(".dict")
    quoted = ("".join(f"\\x{byte:02x}" for byte in token) for token in target.tokens if token)
    words.write_text("".join(f'"{token}"\n' for token in quoted))
    flags = (
        f"-dict={words}",
        f"-max_total_time={int(asked.minutes * 60)}",
        "-max_len=4000",
        "-timeout=30",
        "-rss_limit_mb=2048",
        "-print_final_stats=1",
        f"-artifact_prefix={corpus.parent}/{corpus.name}-",
    )
    atheris.Setup(["fuzz", *flags, str(corpus)], target.run)
    atheris.Fuzz()


def _with_hypothesis(target, minutes: float) -> None:
    from tests.fuzz.mutating import mutated

    until, ran = time.monotonic() + 60 * minutes, 0
    while time.monotonic() < until:

        @settings(
            max_examples=500, deadline=None, database=None, suppress_health_check=list(HealthCheck)
        )
        @given(mutated(target))
        def once(data):
            nonlocal ran
            ran += 1
            target.run(data)

        once()
    print(f"{target.name}: {ran} inputs")  # noqa: T201 - the command's answer


if __name__ == "__main__":
    main()
