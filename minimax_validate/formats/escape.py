"""Keep what a payload or a file name holds from acting on a terminal or on the lines of a log."""

from __future__ import annotations

import unicodedata

# Format characters that people need inside words and emoji; the rest of their category can turn text around or hide it.
_HARMLESS = frozenset("\u200c\u200d")


def visible(text: str) -> str:
    r"""The text with every control, format and separator character spelled as ``\x1b`` or ``\u202e``; it stays on one line."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(char if _is_harmless(char) else _spelled(char) for char in text)


def visible_name(name: str) -> str:
    """A file's name for the start of a line: none that runners of CI take for a command, as ``::error::`` would be."""
    shown = visible(name)
    return f"./{shown}" if shown.lstrip().startswith(("::", "##")) else shown


def _is_harmless(char: str) -> bool:
    return char.isprintable() or char in _HARMLESS or unicodedata.category(char) == "Zs"


def _spelled(char: str) -> str:
    code = ord(char)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
