"""What `ce_core` offers is what is listed here: a name more or less is a decision."""

import doctest

import ce_core


def test_public_names():
    """These names and no others are public."""
    assert ce_core.__all__ == [
        "Axes",
        "BinaryCase",
        "BinaryTrace",
        "Case",
        "CaseError",
        "Finding",
        "Findings",
        "Hint",
        "Mistake",
        "NLLCase",
        "Rule",
        "Step",
        "Trace",
        "find_mistakes",
        "run",
    ]


def test_public_names_are_there():
    """Each of them can be imported and says what it is."""
    for name in ce_core.__all__:
        assert getattr(ce_core, name).__doc__


def test_example_in_the_first_lines_runs():
    """The example that opens the package gives what it says."""
    ran = doctest.testmod(ce_core)
    assert ran.attempted == 3
    assert not ran.failed
