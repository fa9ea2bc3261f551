"""The tree of a program, and where its nodes are in the text."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from minimax_validate.texts.source.offsets import Offsets
from minimax_validate.texts.source.typescript.parser import TooDeepError, is_too_deep, parsed
from minimax_validate.texts.spans import Span

if TYPE_CHECKING:
    from tree_sitter import Node

WRAPPERS = frozenset({"parenthesized_expression", "as_expression", "satisfies_expression", "non_null_expression"})
"""Nodes that have the value of the one in them."""


class SyntaxTree:
    """A program as its parser reads it; ``dialect`` is ``ts``, else ``tsx``, which knows JSX.

    Raises:
        NotParsedError: the parser would take too long.
    """

    def __init__(self, text: str, dialect: str) -> None:
        if is_too_deep(text):
            raise TooDeepError
        self.text = text
        self._offsets = Offsets(text)
        self._tree = parsed(self._offsets.data, dialect)

    @property
    def root(self) -> Node:
        """The whole program."""
        return self._tree.root_node

    def at(self, character: int) -> Node:
        """The smallest node that has a character of the text; the whole program has all that none has."""
        byte = self._offsets.byte(self.text, character)
        return self.root.descendant_for_byte_range(byte, byte + 1) or self.root

    def text_of(self, node: Node) -> str:
        """The text of a node as it is written."""
        return self._offsets.data[node.start_byte : node.end_byte].decode("utf-8", "replace")

    def span(self, node: Node) -> Span:
        """Where a node stands in the text."""
        return Span(self._offsets.character(node.start_byte), self._offsets.character(node.end_byte))


def field(node: Node, name: str) -> Node:
    """A part of a node that the grammar gives it; of a broken node that has none, the node itself."""
    return node.child_by_field_name(name) or node


def expression_in(node: Node) -> Node:
    """The expression that brackets, dots or a type stand around; of a broken node that has none, the node itself."""
    return next((child for child in node.named_children if child.type != "comment"), node)


def holder_of(node: Node) -> Node:
    """The node around a node; of the whole program, which has none, the program itself."""
    return node.parent or node


def around(node: Node, farthest: int) -> Iterator[Node]:
    """The nodes around a node from the inside out, and no more than ``farthest``: each step begins at the root."""
    return islice(_ancestors(node), farthest)


def _ancestors(node: Node) -> Iterator[Node]:
    parent = node.parent
    while parent is not None:
        yield parent
        parent = parent.parent
