"""Requests in the source of programs: the syntax of each language, what is known of a value, and where requests are."""
