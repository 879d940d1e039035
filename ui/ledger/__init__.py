"""The ledger: every number of a walk linked to its formula, its picture and its source."""
