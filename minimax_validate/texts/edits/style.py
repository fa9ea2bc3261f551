"""Spell new JSON the way the text around it is written: line ends, indentation, spaces and escapes."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from minimax_validate.texts.edits.changes import Changes
from minimax_validate.texts.edits.layout import NEWLINE, indent_at
from minimax_validate.texts.edits.tree import ValuedTree
from minimax_validate.texts.spans import JSON_STRING

_HEAD = 64 * 1024
"""Characters of a text whose style is taken for that of all of it."""

_UNIT = re.compile(r"[\[{][ \t]*(?:\r\n|\n|\r)([ \t]+)")
_COLON = re.compile(rf"{JSON_STRING}([ \t]*:[ \t]*)", re.DOTALL)
_BREAKS_AND_INDENT = re.compile(r"(\r\n|\n|\r)([ \t]*+)(?![ \t\r\n])")


class Known(NamedTuple):
    """Characters that spell a value already, and the indentation of the line that they begin on."""

    text: str
    indent: str


@dataclass(frozen=True, slots=True)
class Style:
    """How a text is written; ``known`` are values that need not be spelled anew, by their canonical text.

    ``unit`` is one level of indentation, ``colon`` and ``comma`` are what stands between a key and its value and
    between values on one line, ``padding`` what is inside of braces there. ``newline`` is empty in a text of one line.
    """

    newline: str = "\n"
    unit: str = "  "
    colon: str = ": "
    comma: str = ", "
    padding: str = ""
    is_ascii: bool = False
    known: Mapping[str, Known] = field(default_factory=dict)

    def with_known(self, known: Mapping[str, Known]) -> Style:
        """The same style, with values that stand in the text."""
        return replace(self, known=known) if known else self

    def scalar(self, value: Any) -> str:
        """A value in JSON on one line, without spaces of its own."""
        return json.dumps(value, ensure_ascii=self.is_ascii)

    def key(self, name: str) -> str:
        """A key of an object."""
        return self.scalar(name)

    def inline(self, value: Any) -> str:
        """A value on one line."""
        return self._spelled(value, "", False)

    def spelled(self, value: Any, indent: str, *, expanded: bool) -> str:
        """A value whose first line is indented by ``indent``; ``expanded`` is with each member on a line of its own."""
        return self._spelled(value, indent, expanded and bool(self.newline))

    def _spelled(self, value: Any, indent: str, expanded: bool) -> str:
        known = self.known.get(canonical(value)) if self.known else None
        if known is not None:
            again = indented(known, indent)
            if again is not None:
                return again
        if not isinstance(value, dict | list) or not value:
            return self.scalar(value)
        inner = indent + self.unit if expanded else indent
        if isinstance(value, dict):
            items = [
                f"{self.key(key)}{self.colon}{self._spelled(member, inner, expanded)}" for key, member in value.items()
            ]
        else:
            items = [self._spelled(item, inner, expanded) for item in value]
        opening, closing = "{}" if isinstance(value, dict) else "[]"
        if expanded:
            start = self.newline + inner
            return f"{opening}{start}{f',{start}'.join(items)}{self.newline}{indent}{closing}"
        padding = self.padding if isinstance(value, dict) else ""
        return f"{opening}{padding}{self.comma.join(items)}{padding}{closing}"


def style_of(text: str) -> Style:
    """The style of a JSON text."""
    head = text[:_HEAD]
    newline, unit, colon = NEWLINE.search(head), _UNIT.search(head), _COLON.search(head)
    between = colon[1] if colon else ": "
    return Style(
        newline=newline[0] if newline else "",
        unit=unit[1] if unit else "  ",
        colon=between,
        comma=", " if between.endswith((" ", "\t")) else ",",
        padding=" " if '{ "' in head and '{"' not in head else "",
        is_ascii=head.isascii() and "\\u" in head,
    )


def canonical(value: Any) -> str:
    """A text that tells two values apart wherever their JSON does."""
    return json.dumps(value)


def reusable(tree: ValuedTree, changed: Changes) -> dict[str, Known]:
    """The values of a container by their canonical text, where something comes into it that may hold one of them."""
    values = (
        *changed.replaced.values(),
        *changed.added.values(),
        *(value for values in changed.inserted.values() for value in values),
    )
    if not any(isinstance(value, dict | list) and value for value in values):
        return {}
    found: dict[str, Known] = {}
    for member in changed.container.members:
        try:
            value = tree.value_of(member.value)
        except ValueError:
            continue
        found[canonical(value)] = Known(
            tree.text[member.value.start : member.value.end], indent_at(tree.text, member.start)
        )
    return found


def indented(known: Known, indent: str) -> str | None:
    """Characters with the lines after the first moved to another indentation.

    None where a line stands too far left for that.
    """
    if known.indent == indent:
        return known.text
    if not all(line[2].startswith(known.indent) for line in _BREAKS_AND_INDENT.finditer(known.text)):
        return None
    return _BREAKS_AND_INDENT.sub(lambda line: line[1] + indent + line[2].removeprefix(known.indent), known.text)
