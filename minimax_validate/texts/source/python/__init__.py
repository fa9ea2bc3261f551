"""Python, as its own parser reads it."""
