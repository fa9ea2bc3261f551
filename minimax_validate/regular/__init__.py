"""Regular expressions in linear time, for where no compiled engine is: of patterns in schemas, what most of them are made of.

``syntax`` reads a pattern, ``automaton`` runs it. What is not read is not run: classes by Unicode property, flags, word boundaries, and all
that no automaton can do.
"""
