"""Checks over the files of a project: which files, by which configuration, and which findings are ignored.

``config`` and ``options`` say what is wanted, ``discover`` finds the files, ``checking`` and ``fixing`` work on one at
a time, ``ignoring`` takes out the findings that are not wanted, and ``atomic`` replaces a file as a whole.
"""
