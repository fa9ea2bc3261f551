"""Checks inside other programs: one module a library, imported only by whoever uses that library."""
