"""Find calls, objects and comments by what their text looks like: the tree is asked about these places alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from minimax_validate.texts.source.typescript.tree import WRAPPERS, around, holder_of
from minimax_validate.texts.spans import Span

if TYPE_CHECKING:
    from tree_sitter import Node

    from minimax_validate.texts.source.typescript.tree import SyntaxTree

_CALLS = re.compile(r"(?<![\w$])(?:run|create|parse|stream)(?![\w$])(?=\s*[(<?!)])")
_POSTS = re.compile(r"(?<![\w$])(?:fetch|post|put|request|Request)(?![\w$])(?=\s*[(<?!)])")
_MODEL = re.compile(r"(?<![\w$.])model(?=[\"']?\s*[,:}])")
_COMMENT = re.compile(r"//|/\*")


def calls(tree: SyntaxTree) -> Iterator[Node]:
    """The calls that may be sites, by the names of what they call."""
    sends = any(path in tree.text for path in ("ai/run", "/ai/v1", "/messages"))
    patterns = (_CALLS, _POSTS) if sends else (_CALLS,)
    for pattern in patterns:
        for match in pattern.finditer(tree.text):
            call = _called(tree.at(match.start()))
            if call is not None:
                yield call


def _called(node: Node) -> Node | None:
    if node.type not in ("identifier", "property_identifier"):
        return None
    for parent in around(node, 5):
        if parent.type in ("call_expression", "new_expression"):
            return (
                parent
                if node in (parent.child_by_field_name("function"), parent.child_by_field_name("constructor"))
                else None
            )
        is_callee = parent.type == "member_expression" and parent.child_by_field_name("property") == node
        if not is_callee and parent.type not in WRAPPERS and parent.type != "await_expression":
            return None
        node = parent
    return None


def objects(tree: SyntaxTree) -> Iterator[Node]:
    """The objects with a key ``model``."""
    for match in _MODEL.finditer(tree.text):
        node = tree.at(match.start())
        if node.type == "string_fragment":
            node = holder_of(node)
        holder = holder_of(node)
        if holder.type == "pair" and holder.child_by_field_name("key") == node:
            holder = holder_of(holder)
        elif node.type != "shorthand_property_identifier":
            continue
        if holder.type == "object":
            yield holder


def comments(tree: SyntaxTree) -> Iterator[Span]:
    """Where the comments are."""
    end = 0
    for match in _COMMENT.finditer(tree.text):
        if match.start() >= end:
            node = tree.at(match.start())
            if node.type == "comment":
                span = tree.span(node)
                end = span.end
                yield span
