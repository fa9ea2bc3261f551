"""The judge: which rules run, and what they have to say of one value.

``validator`` checks a value, ``selection`` and ``settings`` decide by which rules, ``fixing`` applies their fixes, and
``api`` has the calls that most programs make. Nothing here knows a text or a file.
"""
