"""The usual fixes, ready made."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from minimax_validate.values.diagnostic import Edit, Fix
from minimax_validate.values.losses import lost_keys, naming
from minimax_validate.values.pointer import Pointer
from minimax_validate.values.wording import place, quote


def removal(pointer: Pointer, message: str, *, safe: bool) -> Fix:
    """A fix that removes one value."""
    return Fix(message, (Edit("remove", pointer),), safe)


def assignment(pointer: Pointer, value: object, message: str, *, safe: bool) -> Fix:
    """A fix that sets one value, which may be new."""
    return Fix(message, (Edit("set", pointer, value),), safe)


def move(source: Pointer, target: Pointer, value: object, message: str, *, safe: bool) -> Fix:
    """A fix that takes an array element, ``value``, from ``source`` and puts it before the element at ``target``."""
    return Fix(message, (Edit("insert", target, value), Edit("remove", source)), safe)


def result_removal(index: int, message: dict[str, Any], why: str = "", *, safe: bool) -> Fix:
    """A fix that removes the result of a tool call; its words repeat the content that is lost."""
    given = content = message.get("content")
    if isinstance(content, list):
        said_by = (part.get("text") if isinstance(part, dict) else part for part in content)
        content = " ".join(text for text in said_by if isinstance(text, str))
    said = f" with the content {quote(content)}" if isinstance(content, str) and content else ""
    whose = f", a result of tool call {quote(message['tool_call_id'])}"
    # A text is repeated, and need not be looked through; of other content, its keys name it.
    parts = (
        () if isinstance(given, str) else lost_keys({"content": given}, [content if isinstance(content, str) else ""])
    )
    # The rest goes whole: whatever it says, its keys name it.
    rest = {key: value for key, value in message.items() if key not in ("content", "tool_call_id")}
    if isinstance(rest.get("role"), str):
        del rest["role"]
    keys = (key for key, value in rest.items() if value not in (None, "", [], {}))
    dropped = naming(tuple(dict.fromkeys((*parts, *keys))))
    pointer = ("messages", index)
    return removal(pointer, f"remove {place(pointer)}{whose}{said}{why}{dropped}", safe=safe)


def merged_content(contents: Sequence[Any]) -> Any:
    """The content of one message that says what several do, each once; None if that cannot be said.

    Texts stay one text with blank lines between; with parts among them, they become parts.
    """
    if all(isinstance(content, str) for content in contents):
        return "\n\n".join(dict.fromkeys(content for content in contents if content.strip()))
    parts: list[Any] = []
    for content in contents:
        if isinstance(content, str):
            parts.append({"type": "text", "text": content})
        elif isinstance(content, list):
            parts += content
        else:
            return None
    return [part for number, part in enumerate(parts) if part not in parts[:number]]
