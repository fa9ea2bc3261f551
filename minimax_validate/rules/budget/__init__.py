"""Rules of the token budget: what fits into the context window."""
