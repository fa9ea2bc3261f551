"""Requests of which a part is not known, as in source code: values with holes, and what is certain of them.

A program writes some of a request, and the rest comes about when it runs. ``values`` says what is known, ``fills``
makes requests of it that could come about, and ``judge`` keeps the findings that all of these have.
"""
