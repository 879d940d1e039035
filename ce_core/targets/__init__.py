"""What a target may be: blended, weighed, written two ways, left out, painted."""
