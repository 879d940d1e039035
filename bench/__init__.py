"""How fast the app is: `python -m bench` measures it and writes docs/benchmarks.md."""
