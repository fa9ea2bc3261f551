"""The rules: one file each, in the folder of its family.

``catalogue`` lists them by code, ``rule`` says what a rule is, and ``examples`` and ``fixes`` are parts that rules are
made of.
"""
