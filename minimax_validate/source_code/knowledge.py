"""What is known of a value with holes, as far as the findings of rules lean on it beyond their own place."""

from __future__ import annotations

from minimax_validate.rules.rule import Leans
from minimax_validate.source_code.values import Array, Entry, Hole, Item, Known, Node, Object, Rest, members, shadowed


def is_whole(node: Node | None) -> bool:
    """Whether a value has no hole in it, and nothing that may be there or not."""
    if isinstance(node, Array | Object):
        return all(
            not isinstance(member, Rest) and not member.optional and is_whole(member.value) for member in members(node)
        )
    return isinstance(node, Known)


def given(node: Node | None, key: str) -> Node | None:
    """The value that an object surely has for a key; None where it has none, or that is not sure."""
    if not isinstance(node, Object):
        return None
    hidden = shadowed(node.entries)
    for number in range(len(node.entries) - 1, -1, -1):
        entry = node.entries[number]
        if isinstance(entry, Entry) and entry.key == key:
            return None if entry.optional or number in hidden else entry.value
    return None


def inputs_of(root: Node) -> Node | None:
    """The request in a value: the value, or what stands in ``input``."""
    return root if _mentions(root, "messages") else given(root, "input") or root


def holds(leans: Leans, root: Node, place: tuple[object, ...]) -> bool:
    """Whether what a finding at a place leans on is known."""
    inputs = inputs_of(root)
    match leans:
        case Leans.PLACE:
            return True
        case Leans.REQUEST:
            return _has_no_rest(root) and _has_no_rest(inputs)
        case Leans.MESSAGES:
            return _are_written(given(inputs, "messages"))
        case Leans.WORDS:
            return is_whole(given(inputs, "messages"))
        case Leans.SCHEMA:
            return _schema_is_whole(root, place)
        case Leans.TOOL_NAMES:
            return _are_named(given(inputs, "tools"))
        case _:
            return is_whole(given(inputs, "tools"))


def _mentions(node: Node, key: str) -> bool:
    return isinstance(node, Object) and any(isinstance(entry, Entry) and entry.key == key for entry in node.entries)


def _has_no_rest(node: Node | None) -> bool:
    return isinstance(node, Object) and not any(isinstance(entry, Rest) for entry in node.entries)


def _items(node: Node | None) -> list[Node] | None:
    """The items of an array of which all are sure; else None."""
    if not isinstance(node, Array):
        return None
    if any(not isinstance(item, Item) or item.optional for item in node.items):
        return None
    return [item.value for item in node.items if isinstance(item, Item)]


def _are_written(node: Node | None) -> bool:
    messages = _items(node)
    return messages is not None and all(_is_written(message) for message in messages)


def _is_written(message: Node) -> bool:
    if not _has_no_rest(message) or not isinstance(given(message, "role"), Known):
        return False
    if _mentions(message, "tool_call_id") and not isinstance(given(message, "tool_call_id"), Known):
        return False
    # Another API's content may hold calls and results.
    content = given(message, "content")
    if _mentions(message, "content") and (content is None or _may_be_parts(content)):
        return False
    if not _mentions(message, "tool_calls"):
        return True
    calls = _items(given(message, "tool_calls"))
    return calls is not None and all(_has_no_rest(call) and isinstance(given(call, "id"), Known) for call in calls)


def _may_be_parts(content: Node) -> bool:
    if isinstance(content, Array):
        return not is_whole(content)
    return isinstance(content, Hole) and content.type in ("array", "object")


def _are_named(node: Node | None) -> bool:
    tools = _items(node)
    return tools is not None and all(isinstance(given(given(tool, "function"), "name"), Known) for tool in tools)


def _schema_is_whole(root: Node, place: tuple[object, ...]) -> bool:
    node: Node | None = root
    for step in place:
        if isinstance(step, str):
            node = given(node, step)
        elif isinstance(step, int) and isinstance(node, Array):
            member = node.items[step]
            node = member.value if isinstance(member, Item) else None
        else:
            return False
        if step in ("parameters", "schema") and isinstance(node, Node):
            return is_whole(node)
    return is_whole(node)
