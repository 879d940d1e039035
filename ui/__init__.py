"""The parts that pages share: they take values, draw, and return values."""
