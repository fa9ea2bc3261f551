"""Rules of the response format, and of the schema in it."""
