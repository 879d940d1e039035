"""What must be true, one file a module."""
