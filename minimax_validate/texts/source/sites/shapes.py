"""What objects of programs look like a chat request."""

from __future__ import annotations

from minimax_validate.request.features import PARAMETERS
from minimax_validate.request.lookalikes import ROLES
from minimax_validate.source_code.values import (
    Absent,
    Array,
    Choice,
    Entry,
    Hole,
    Known,
    Node,
    Object,
    Rest,
    branches_of,
)
from minimax_validate.texts.source.sites.entries import branches_in, entry_of, items_in, may_have
from minimax_validate.texts.source.sites.known import KEYS_OF_OTHERS
from minimax_validate.values.suggest import nearest

_CHAT_ROLES = frozenset({"system", "user", "assistant", "tool"})


def has_conversation(body: Object) -> bool:
    """Whether an object has messages, or an ``input`` with messages in it; a number of messages is a statistic."""
    messages = entry_of(body, "messages")
    if messages is not None:
        return not isinstance(messages.value, Known) or isinstance(messages.value.value, str)
    inputs = entry_of(body, "input")
    return inputs is not None and isinstance(inputs.value, Object) and may_have(inputs.value, "messages")


def is_like_request(body: Object) -> bool:
    """Whether an object that stands anywhere is a request, and not the state of a program, or a row of a table.

    All its keys are those of a request, or nearly so, and its messages are turns.
    """
    inputs = entry_of(body, "input")
    if entry_of(body, "messages") is None and inputs is not None and isinstance(inputs.value, Object):
        return is_like_request(inputs.value)
    for entry in body.entries:
        if isinstance(entry, Entry) and entry.key not in PARAMETERS and entry.key not in KEYS_OF_OTHERS:
            if not entry.key.islower():  # a function that has names of its own
                return False
            meant = nearest(entry.key, PARAMETERS)
            if meant is None or abs(len(meant) - len(entry.key)) > 2:
                return False
    tools = entry_of(body, "tools")
    if tools is not None and isinstance(tools.value, Object | Known):
        return False
    messages = entry_of(body, "messages")
    return messages is not None and _are_turns(messages.value)


def _are_turns(node: Node) -> bool:
    if isinstance(node, Choice):
        return any(_are_turns(branch) for branch in branches_of(node) if not isinstance(branch, Hole | Absent))
    if isinstance(node, Hole):
        return True
    if not isinstance(node, Array) or not node.items:
        return False
    items = [item for item in node.items if not isinstance(item, Rest)]
    return not items or any(isinstance(item.value, Object) and may_have(item.value, "role") for item in items)


def is_in_chat_format(body: Object) -> bool:
    """Whether all names in a request are those of the chat format, so that no other API is meant."""
    tools, messages = entry_of(body, "tools"), entry_of(body, "messages")
    inputs = entry_of(body, "input")
    if messages is None and inputs is not None and isinstance(inputs.value, Object):
        return is_in_chat_format(inputs.value)
    return (
        all(isinstance(entry, Rest) or entry.key.islower() for entry in body.entries)
        and (tools is None or all(_is_tool(item) for item in items_in(tools.value)))
        and (messages is None or all(_is_turn(item) for item in items_in(messages.value)))
    )


def _is_tool(tool: Node) -> bool:
    return not isinstance(tool, Object) or may_have(tool, "function")


def _is_turn(message: Node) -> bool:
    if not isinstance(message, Object):
        return True
    role, content = entry_of(message, "role"), entry_of(message, "content")
    words = [branch.value for branch in branches_in(role.value if role else None) if isinstance(branch, Known)]
    made = entry_of(message, "tool_calls")
    calls = [call for call in items_in(made.value if made else None) if isinstance(call, Object)]
    parts = [part for part in items_in(content.value if content else None) if isinstance(part, Object)]
    return (
        all(isinstance(entry, Rest) or entry.key.islower() for entry in message.entries)
        and not any(word in ROLES and word not in _CHAT_ROLES for word in words)
        and all(map(_is_chat_part, parts))
        and all(map(_is_chat_call, calls))
    )


def _is_chat_part(part: Object) -> bool:
    kind = entry_of(part, "type")
    return kind is None or not isinstance(kind.value, Known) or kind.value.value in ("text", "image_url")


def _is_chat_call(call: Object) -> bool:
    function = entry_of(call, "function")
    arguments = entry_of(function.value, "arguments") if function and isinstance(function.value, Object) else None
    return arguments is None or not isinstance(arguments.value, Object)
