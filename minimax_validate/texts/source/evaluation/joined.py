"""Texts that are put together of parts."""

from __future__ import annotations

from minimax_validate.source_code.values import Hole, Known, Node, Place


def joined(nodes: list[Node], text: str, span: Place) -> Node:
    """A text put together of values: known, or a hole that shows ``text`` with what is known of it."""
    fragments = [""]
    for node in nodes:
        if isinstance(node, Known) and isinstance(node.value, str):
            fragments[-1] += node.value
        elif isinstance(node, Known) and isinstance(node.value, int) and not isinstance(node.value, bool):
            fragments[-1] += str(node.value)
        elif isinstance(node, Hole) and node.type == "string" and node.fragments:
            first, *others = node.fragments
            fragments[-1] += first
            fragments += others
        else:
            fragments.append("")
    if len(fragments) == 1:
        return Known(fragments[0], span)
    return Hole("string", text, span, tuple(fragments))
