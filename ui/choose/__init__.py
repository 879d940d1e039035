"""How weights are chosen, drawn."""
