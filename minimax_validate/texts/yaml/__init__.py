"""Read YAML 1.2 as plain values, with the place of everything in the text.

``compose`` gives the documents of a text, ``places`` finds pointers in one of them, ``scalars`` the characters of a
string, and ``comments`` the comments.
"""
