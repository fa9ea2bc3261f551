"""Spell new YAML the way the text around it is written: quotes, block scalars, indentation."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from minimax_validate.texts.edits.style import Known, Style, canonical, indented, style_of
from minimax_validate.texts.yaml.schema import resolve

# What needs no quotes anywhere, in brackets neither; far less than YAML would take.
_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_./-]*+(?: [A-Za-z0-9_./-]++)*+")
_LONGEST_PLAIN = 80
# JSON escapes less than YAML has to.
_UNPRINTED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_PAIR = re.compile(r"\\u(d[89ab]..)\\u(d[c-f]..)")
_NOT_LITERAL = re.compile("[^\n\t\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_FIRST_QUOTE = re.compile(r"(?::|-|[\[{,])[ \t]+(['\"])")
_QUOTED_KEY = re.compile(r"(?:^|[{,])[ \t-]*\"[^\"\r\n]*\"[ \t]*:", re.MULTILINE)
_NESTED = re.compile(r"^( *)(?:- +)?[^\s#][^\r\n]*:[ \t]*(?:#[^\r\n]*)?(?:\r\n?|\n)( +)[^\s#-]", re.MULTILINE)


class KnownBlock(NamedTuple):
    """Characters that spell a value already.

    Whether they are a block collection, and the column of it, or of the key or dash before.
    """

    text: str
    is_collection: bool
    column: int


@dataclass(frozen=True, slots=True)
class YamlStyle(Style):
    """As ``Style``.

    ``quote`` is the quotation mark of strings that need one, and ``plain_keys`` whether keys go without.
    """

    quote: str = '"'
    plain_keys: bool = True
    blocks: Mapping[str, KnownBlock] = field(default_factory=dict)

    def with_blocks(self, blocks: Mapping[str, KnownBlock]) -> YamlStyle:
        """The same style, with values that stand in the text."""
        return replace(self, blocks=blocks) if blocks else self

    def scalar(self, value: Any) -> str:
        """See ``Style``; a string without quotes where it needs none."""
        return self.string(value) if isinstance(value, str) else json.dumps(value, ensure_ascii=False)

    def key(self, name: str) -> str:
        """See ``Style``."""
        return self.string(name) if self.plain_keys else self._double(name)

    def string(self, text: str, quote: str = "") -> str:
        """A string on one line: in a quotation mark that is given, else in one where it needs it."""
        if not quote and len(text) <= _LONGEST_PLAIN and _PLAIN.fullmatch(text) and isinstance(resolve(text), str):
            return text
        if (quote or self.quote) == "'" and text.isprintable() and (not text or text.strip()):
            return "'" + text.replace("'", "''") + "'"
        return self._double(text)

    def literal(self, text: str, indent: str) -> str | None:
        """A block scalar of lines that are indented by ``indent``; None where a text cannot be written as one."""
        body = text.rstrip("\n")
        ends = len(text) - len(body)
        if not body or body[0] in " \t\n" or ends > 1 or body[-1] in " \t" or _NOT_LITERAL.search(text):
            return None
        lines = [indent + line if line else "" for line in body.split("\n")]
        return "|" + ("" if ends else "-") + self.newline + self.newline.join(lines)

    def block(self, value: Any, column: int) -> str:
        """A value whose first line begins at a column: members get lines of their own, at the same column."""
        known = self.blocks.get(canonical(value)) if self.blocks else None
        if known is not None:
            # What is no collection is indented from the dash before it.
            again = indented(
                Known(known.text, " " * known.column), " " * (column if known.is_collection else column - 2)
            )
            if again is not None:
                return again
        if isinstance(value, dict) and value:
            lines = [self.member(key, member, column) for key, member in value.items()]
        elif isinstance(value, list) and value:
            lines = ["- " + self.block(item, column + 2) for item in value]
        else:
            return self.scalar(value)
        return (self.newline + " " * column).join(lines)

    def member(self, key: str, value: Any, column: int) -> str:
        """A member of a mapping at a column."""
        return f"{self.key(key)}:{self.after_colon(value, column)}"

    def after_colon(self, value: Any, column: int) -> str:
        """What follows the colon of a key at a column."""
        known = self.blocks.get(canonical(value)) if self.blocks else None
        if known is not None and not known.is_collection:
            again = indented(Known(known.text, " " * known.column), " " * column)
            if again is not None:
                return " " + again
        if isinstance(value, dict | list) and value:
            inner = column + len(self.unit)
            return self.newline + " " * inner + self.block(value, inner)
        return " " + self.scalar(value)

    def _double(self, text: str) -> str:
        escaped = _UNPRINTED.sub(_escape, json.dumps(text, ensure_ascii=self.is_ascii))
        return _PAIR.sub(_whole, escaped)


def yaml_style_of(text: str) -> YamlStyle:
    """The style of a YAML text."""
    base = style_of(text)
    quote, nested = _FIRST_QUOTE.search(text), _NESTED.search(text)
    unit = len(nested[2]) - len(nested[1]) if nested else 2
    return YamlStyle(
        newline=base.newline or "\n",
        unit=" " * (unit if 0 < unit <= 8 else 2),
        colon=": ",
        comma=", ",
        padding=base.padding,
        is_ascii=base.is_ascii,
        quote=quote[1] if quote else '"',
        plain_keys=_QUOTED_KEY.search(text) is None,
    )


def _escape(char: re.Match[str]) -> str:
    return f"\\u{ord(char[0]):04x}"


def _whole(pair: re.Match[str]) -> str:
    """JSON writes the halves of a character beyond U+FFFF; in YAML each would be one by itself."""
    return f"\\U{0x10000 + (int(pair[1], 16) - 0xD800 << 10) + int(pair[2], 16) - 0xDC00:08x}"
