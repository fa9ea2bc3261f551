"""From texts to documents and back: read a text, find the places of findings in it, and write fixes into it.

``readers`` has a module for each file format, ``json`` and ``yaml`` know the two notations, and ``edits`` changes a
text without touching the rest. ``checked``, ``placed`` and ``fixing`` are what the rim asks for.
"""
