"""What objects, arrays and choices have in them."""

from __future__ import annotations

from dataclasses import replace

from minimax_validate.source_code.values import Array, Choice, Entry, Item, Node, Object, Rest, branches_of


def entry_of(body: Object, key: str) -> Entry | None:
    """The entry of an object that counts for a key."""
    return next((entry for entry in reversed(body.entries) if isinstance(entry, Entry) and entry.key == key), None)


def may_have(body: Object, key: str) -> bool:
    """Whether an object has a key, as far as is known."""
    return any(isinstance(entry, Rest) or entry.key == key for entry in body.entries)


def without(node: Node, key: str) -> Node:
    """A value without a key, where it is an object that has it."""
    if isinstance(node, Object) and entry_of(node, key) is not None:
        return replace(
            node, entries=tuple(entry for entry in node.entries if isinstance(entry, Rest) or entry.key != key)
        )
    return node


def branches_in(node: Node | None) -> tuple[Node, ...]:
    """The branches of a choice, or the value itself."""
    return branches_of(node) if isinstance(node, Choice) else () if node is None else (node,)


def objects_in(node: Node) -> list[Object]:
    """A value that is an object, or the branches of a choice that are."""
    return [branch for branch in branches_in(node) if isinstance(branch, Object)]


def items_in(node: Node | None) -> list[Node]:
    """The items of an array, or of the branches of a choice that are one, as far as they are written."""
    return [
        item.value
        for branch in branches_in(node)
        if isinstance(branch, Array)
        for item in branch.items
        if isinstance(item, Item)
    ]
