"""What was claimed in the threads, each claim with its verdict and the numbers that show it."""
