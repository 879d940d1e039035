"""Practice: an exercise to watch, complete or solve, checked step by step."""
