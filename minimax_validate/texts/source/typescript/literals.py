"""What texts and numbers say that are written out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from minimax_validate.texts.source.syntax import Literal_, Template, Typed, Unknown, View

if TYPE_CHECKING:
    from tree_sitter import Node

    from minimax_validate.texts.source.typescript.tree import SyntaxTree

_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0", "\n": "", "\r": "", "\r\n": ""}
_NUMBER = re.compile(r"[0-9][0-9_]*(?:\.[0-9_]*)?(?:[eE][+-]?[0-9_]+)?|\.[0-9][0-9_]*(?:[eE][+-]?[0-9_]+)?")
_ESCAPE = re.compile(r"u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})")


def string(tree: SyntaxTree, node: Node) -> str:
    """What a text in quotes says."""
    parts: list[str] = []
    for child in node.named_children:
        text = tree.text_of(child)
        parts.append(_unescaped(text) if child.type == "escape_sequence" else text)
    return "".join(parts)


def template(tree: SyntaxTree, node: Node) -> View:
    """A text in backquotes, with the expressions in it."""
    parts: list[Any] = []
    for child in node.named_children:
        if child.type == "template_substitution":
            parts += (part for part in child.named_children if part.type != "comment")
        else:
            text = tree.text_of(child).replace("\r\n", "\n")
            parts.append(_unescaped(text) if child.type == "escape_sequence" else text)
    if all(isinstance(part, str) for part in parts):
        return Literal_("".join(parts))
    return Template(tuple(parts))


def number(tree: SyntaxTree, node: Node, sign: int = 1) -> View:
    """A number, whose ``sign`` stands before it."""
    text = tree.text_of(node)
    if not _NUMBER.fullmatch(text) or (len(text) > 1 and text[0] == "0" and text[1].isdigit()):
        try:
            return Literal_(sign * int(text.replace("_", ""), 0))
        except ValueError:
            return Typed("number") if not text.endswith("n") else Unknown()
    value = float(text.replace("_", ""))
    if value == float("inf"):
        return Typed("number")
    if value.is_integer() and abs(value) < 2**53:
        return Literal_(sign * int(value))
    return Literal_(sign * value)


def _unescaped(text: str) -> str:
    """What an escape with its backslash stands for."""
    inner = text[1:]
    if inner in _ESCAPES:
        return _ESCAPES[inner]
    code = _ESCAPE.fullmatch(inner)
    if code is None:
        return inner
    point = int(code[1] or code[2] or code[3], 16)
    return chr(point) if point <= 0x10FFFF else inner
