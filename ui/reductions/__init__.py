"""None, sum and mean: their numbers linked, the areas behind them, and where the mean surprises."""
