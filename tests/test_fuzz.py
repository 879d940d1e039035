"""Whatever is typed, pasted, linked, uploaded or handed in is read, or refused in one sentence."""

import pytest
from hypothesis import HealthCheck, given, settings

from tests.fuzz.mutating import mutated
from tests.fuzz.targets import TARGETS

EXAMPLES = 150  # a second or two each


@pytest.mark.parametrize("name", TARGETS)
def test_seeds(name):
    """Each reader keeps its claims on real inputs."""
    for seed in TARGETS[name].seeds:
        TARGETS[name].run(seed)


@pytest.mark.parametrize("name", TARGETS)
def test_mutated(name):
    """Each reader keeps its claims on real inputs with changes in them, the same on every run."""

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(mutated(TARGETS[name]))
    def once(data):
        TARGETS[name].run(data)

    once()
