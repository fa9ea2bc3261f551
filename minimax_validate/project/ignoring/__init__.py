"""Findings that are ignored: by configuration, by comments in the text, and by a baseline."""
