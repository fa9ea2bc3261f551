"""How accounts of tokens are written: a table for people, an object for programs."""
