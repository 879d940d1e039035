"""Scripts for the people who make this, not for the app."""
