"""Where floating point breaks, drawn: the case with a constant added, and the types' thresholds."""
