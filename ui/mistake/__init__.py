"""The page Find my mistake: a person's number in, the mistake that gives it out."""
