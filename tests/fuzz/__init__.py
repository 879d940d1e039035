"""Fuzzing of everything that reads what a person typed, pasted, linked, uploaded or handed in.

Seconds of it run with the other tests; `python -m tests.fuzz paste --minutes 10` runs longer.
"""
