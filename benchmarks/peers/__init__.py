"""Other validators, each of which does the schema alone."""
