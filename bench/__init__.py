"""How fast the app is: `python -m bench.core` times the mathematics."""
