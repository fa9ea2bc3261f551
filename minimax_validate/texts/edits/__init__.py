"""Carry out edits of a value in the text that it was read from: every character outside of them stays.

``tree`` says what a text is made of, for ``json`` and for ``yaml``; ``changes`` sorts edits by the container that they
change; ``flow`` writes them between brackets and ``block`` in lines; ``style`` spells new values the way the text
around is written, and ``layout`` knows lines. ``document`` makes the fixes of findings so, and makes sure of what the
new text says.
"""
