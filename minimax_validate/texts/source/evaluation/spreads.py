"""What containers and nothing at all are when they are spread into others."""

from __future__ import annotations

from minimax_validate.source_code.values import Absent, Array, Choice, Known, Node, Object


def optional(node: Node) -> tuple[Node, bool]:
    """What is spread in, and whether it may be left out: one container as a branch, and nothing in all others."""
    if not isinstance(node, Choice):
        return node, False
    full = [branch for branch in node.branches if not _is_nothing(branch)]
    if len(full) == 1 and isinstance(full[0], Array | Object):
        return full[0], True
    return node, False


def _is_nothing(node: Node) -> bool:
    if isinstance(node, Array | Object):
        return not (node.items if isinstance(node, Array) else node.entries)
    return isinstance(node, Absent) or (isinstance(node, Known) and not isinstance(node.value, str))
