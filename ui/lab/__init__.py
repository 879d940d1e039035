"""What the lab trains, drawn."""
