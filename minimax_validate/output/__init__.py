"""What people and programs read: ``formats`` for findings, ``rule_pages`` for rules, ``accounts`` for token counts.

Everything that is printed of a payload goes through ``escape``; ``redact`` cuts it to excerpts.
"""
