"""The steps down the gradient, drawn."""
