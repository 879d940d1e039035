"""The wrong rules, one module for each part of the way; the rows that tell them stand beside."""
