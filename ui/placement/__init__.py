"""Where the weight goes, drawn."""
