"""Inputs for Hypothesis: real ones with small changes, as a person or a program would make."""

from hypothesis import strategies as st

from tests.fuzz.record import Target

LONGEST = 4_000  # bytes; longer ones are for the growing inputs


def mutated(target: Target) -> st.SearchStrategy[bytes]:
    """Seeds with pieces cut out, put in, doubled and repeated, and texts made of tokens alone."""
    token = st.sampled_from(target.tokens)
    return st.one_of(_changed(target), st.lists(token, max_size=30).map(b"".join), _noisy(target))


@st.composite
def _changed(draw: st.DrawFn, target: Target) -> bytes:
    """A seed after a few changes, each at a place of its own."""
    data = draw(st.sampled_from(target.seeds))
    for _ in range(draw(st.integers(0, 5))):
        at = draw(st.integers(0, len(data)))
        end = min(at + draw(st.integers(0, 12)), len(data))
        token, times = draw(st.sampled_from(target.tokens)), draw(st.sampled_from((1, 1, 2, 30)))
        other = draw(st.sampled_from(target.seeds))
        middle = draw(
            st.sampled_from((b"", token * times, data[at:end] * 2 * times, other[at : at + 40]))
        )
        data = data[:at] + middle + data[end:]
    return data[:LONGEST]


@st.composite
def _noisy(draw: st.DrawFn, target: Target) -> bytes:
    """A seed with any bytes in it."""
    data, noise = draw(st.sampled_from(target.seeds)), draw(st.binary(max_size=20))
    at = draw(st.integers(0, len(data)))
    return (data[:at] + noise + data[at + draw(st.integers(0, 20)) :])[:LONGEST]
