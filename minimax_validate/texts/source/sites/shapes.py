"""What objects of programs look like a chat request."""

from __future__ import annotations

from dataclasses import replace

from minimax_validate.request.features import PARAMETERS
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
from minimax_validate.values.suggest import nearest

_EXTRA = frozenset(
    {
        "model", "seed", "stop", "n", "user", "top_k", "frequency_penalty", "presence_penalty", "repetition_penalty",
        "reasoning_effort", "logprobs", "parallel_tool_calls", "stream_cls", "metadata", "logit_bias", "functions",
    }
)  # fmt: skip
"""Keys of a chat request that the contract does not know, and others do."""


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
        if isinstance(entry, Entry) and entry.key not in PARAMETERS and entry.key not in _EXTRA:
            meant = nearest(entry.key, PARAMETERS)
            if meant is None or abs(len(meant) - len(entry.key)) > 2:
                return False
    tools = entry_of(body, "tools")
    if tools is not None and isinstance(tools.value, Object | Known):
        return False
    messages = entry_of(body, "messages")
    return messages is not None and _are_turns(messages.value)


def for_any_gateway(body: Object) -> Object:
    """A request of which it is not known who reads it first: keys that a gateway may know are left alone."""
    return replace(
        body, entries=tuple(entry for entry in body.entries if isinstance(entry, Rest) or not _is_foreign(entry.key))
    )


def _is_foreign(key: str) -> bool:
    if key in PARAMETERS or key in ("model", "input"):
        return False
    return key in _EXTRA or nearest(key, PARAMETERS) is None


def _are_turns(node: Node) -> bool:
    if isinstance(node, Choice):
        return any(_are_turns(branch) for branch in branches_of(node) if not isinstance(branch, Hole | Absent))
    if isinstance(node, Hole):
        return True
    if not isinstance(node, Array) or not node.items:
        return False
    items = [item for item in node.items if not isinstance(item, Rest)]
    return not items or any(isinstance(item.value, Object) and may_have(item.value, "role") for item in items)
