"""Frozen data that every other wing speaks of: pointers, diagnostics, reports, edits, limits, and words for values."""
