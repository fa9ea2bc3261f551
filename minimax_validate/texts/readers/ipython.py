"""What cells of notebooks say in Python beside the lines that are for the notebook: commands and magics."""

from __future__ import annotations

import ast
import re
import warnings
from typing import NamedTuple

_CELL_MAGIC = re.compile(r"\s*%%(\S+)[^\n]*")
_OF_PYTHON = frozenset({"time", "timeit", "capture", "prun", "memit", "mprun", "lprun", "debug", "python", "python3"})
"""Magics for a whole cell of Python."""
_COMMAND = re.compile(r"[ \t]*[!?]|[ \t]*%(?:pip|conda)\b|.*\?[ \t]*$")
_MAGIC = re.compile(r"[ \t]*%|.*=[ \t]*[%!]")
_NAME = re.compile(r"[^\W\d]\w*")
_MOST_TRIES = 30
_MOST_PARSED = 256 * 1024
"""Characters of a cell that are parsed, all tries together, if it has more than a few."""


class Cleaned(NamedTuple):
    """A cell as a program, each character in its place; ``text`` is blank where it is none.

    ``names`` are words of what is left out: those of variables may get another value there.
    """

    text: str
    names: frozenset[str] = frozenset()


def magic_of(text: str) -> str:
    """The magic that a whole cell is for, or nothing."""
    found = _CELL_MAGIC.match(text)
    return found[1] if found is not None else ""


def without_first_line(text: str) -> str:
    """A cell with blanks in the place of the line of its magic."""
    found = _CELL_MAGIC.match(text)
    return blank(text[: found.end()]) + text[found.end() :] if found is not None else text


def blank(text: str) -> str:
    """As many characters, and all of them blanks or ends of lines."""
    return re.sub(r"[^\r\n]", " ", text)


def names_in(text: str) -> frozenset[str]:
    """The words of a text that may be names."""
    return frozenset(_NAME.findall(text))


def cleaned_python(text: str) -> Cleaned:
    """What a cell says in Python.

    A line is taken for a command or a magic only where Python does not read it: a text may have such lines.
    """
    magic = _CELL_MAGIC.match(text)
    if magic is not None and magic[1] not in _OF_PYTHON:
        return Cleaned(blank(text))
    plain, names = without_first_line(text), names_in(magic[0]) if magic is not None else frozenset()
    for _ in range(min(_MOST_TRIES, 2 + _MOST_PARSED // (len(text) + 1))):
        line = _wrong_line(plain)
        if line is None:
            return Cleaned(plain, names)
        found = _without_magic(plain, line)
        if found is None:
            break
        plain, said = found
        names |= said
    return Cleaned(blank(text), names_in(text))


def _wrong_line(text: str) -> int | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(text)
    except SyntaxError as error:
        return error.lineno or 0
    except (ValueError, RecursionError, MemoryError):
        return 0
    return None


def _without_magic(text: str, number: int) -> tuple[str, frozenset[str]] | None:
    """A text without the command or magic in a line, and the names in that; None where there is none."""
    lines = text.split("\n")
    if not 0 < number <= len(lines):
        return None
    line = lines[number - 1]
    is_command = _COMMAND.match(line) is not None
    if not is_command and _MAGIC.match(line) is None:
        return None
    names = frozenset() if is_command else names_in(line)
    indent = len(line) - len(line.lstrip(" \t"))
    # A statement stays, so that a block has one.
    lines[number - 1] = f"{line[:indent]}0{blank(line[indent + 1 :])}"
    while line.rstrip("\r").endswith("\\") and number < len(lines):
        line = lines[number]
        names |= frozenset() if is_command else names_in(line)
        lines[number] = blank(line)
        number += 1
    return "\n".join(lines), names
