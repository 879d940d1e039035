"""What a person takes along from the case on the screen: notebook, program, table, derivation."""
