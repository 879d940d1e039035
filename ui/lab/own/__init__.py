"""A person's own table: its columns, which of them are the two numbers, which is the label."""
