"""The UI messages of the AI SDK, as a page holds them: everything is one of the `parts`, results beside their calls.

https://ai-sdk.dev/docs/reference/ai-sdk-core/ui-message. Version 4 has `toolInvocations` in place of some parts.
"""

from __future__ import annotations

from typing import Any

from minimax_validate.request.dialects.ai_sdk import output_of
from minimax_validate.request.dialects.dialect import (
    Context,
    Dialect,
    Example,
    Json,
    Messages,
    assistant_of,
    call_of,
    joined,
    result_of,
    spoken_by,
)

_OUTPUTS = frozenset({"output", "result", "errorText"})
_ANSWERED = frozenset({"output-available", "output-error", "result"})


def _recognises(message: Json) -> bool:
    parts = message.get("parts")
    if isinstance(message.get("toolInvocations"), list) and message["toolInvocations"]:
        return True
    if not isinstance(parts, list) or not all(isinstance(part, dict) and "type" in part for part in parts):
        return False
    return not isinstance(message.get("content"), str | list) or any(_is_tool(part) for part in parts)


def _is_tool(part: Any) -> bool:
    kind = part.get("type") if isinstance(part, dict) else None
    return isinstance(kind, str) and (kind.startswith("tool-") or kind == "dynamic-tool")


def _convert(message: Json, context: Context) -> tuple[Json, ...]:
    parts = message.get("parts")
    if not isinstance(parts, list):
        content = message.get("content")
        parts = [{"type": "text", "text": content}] if isinstance(content, str) and content else []
        parts += [{"type": "tool-invocation", "toolInvocation": call} for call in message["toolInvocations"]]
    if message.get("role") != "assistant" and not any(map(_is_tool, parts)):
        return ({**spoken_by(message), "content": joined([_part(part) for part in parts])},)
    turns = _Turns(context)
    for part in parts:
        turns.add(part)
    return turns.ended()


def _is_answered(called: Json) -> bool:
    state = called.get("state")
    return (isinstance(state, str) and state in _ANSWERED) or not _OUTPUTS.isdisjoint(called)


class _Turns:
    """The messages of one turn: a step ends where something is said after calls."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._number = 0
        self._done: list[Json] = []
        self._begin()

    def _begin(self) -> None:
        self._content: list[Any] = []
        self._calls: list[Json] = []
        self._results: list[Json] = []
        self._thoughts: list[str] = []

    def add(self, part: Any) -> None:
        """The next part."""
        if _is_tool(part):
            called = part.get("toolInvocation", part)
            called = called if isinstance(called, dict) else part
            identifier = called.get("toolCallId") or self._context.identifier(self._number)
            self._number += 1
            name = called.get("toolName") or part["type"].removeprefix("tool-")
            self._calls.append(call_of(identifier, name, called.get("input", called.get("args"))))
            if _is_answered(called):
                self._results.append(result_of(identifier, output_of(called)))
            return
        if self._calls:
            self._end()
        match part:
            case {"type": "step-start"}:
                pass
            case {"type": "reasoning"}:
                self._thoughts.append(str(part.get("text", part.get("reasoning", ""))))
            case _:
                self._content.append(_part(part))

    def _end(self) -> None:
        self._done += (assistant_of(self._content, self._calls, self._thoughts), *self._results)
        self._begin()

    def ended(self) -> tuple[Json, ...]:
        """The messages, once all parts are in."""
        if self._content or self._calls or self._thoughts or not self._done:
            self._end()
        return tuple(self._done)


def _part(part: Json) -> Json:
    match part:
        case {"type": "text", "text": str(text)}:
            return {"type": "text", "text": text}
        case {"type": "file", "url": str(url), "mediaType": str(kind)} if kind.startswith("image/"):
            return {"type": "image_url", "image_url": {"url": url}}
    return part


DIALECT = Dialect(
    name="the AI SDK's UI messages",
    messages=Messages(
        recognises=_recognises,
        convert=_convert,
        differs="use `content`, `tool_calls` and tool messages instead of `parts`",
        examples=(
            Example(
                "A question, and an answer after a call.",
                (
                    {"id": "m1", "role": "user", "parts": [{"type": "text", "text": "Weather in Oslo?"}]},
                    {
                        "id": "m2",
                        "role": "assistant",
                        "parts": [
                            {"type": "step-start"},
                            {
                                "type": "tool-weather",
                                "toolCallId": "c1",
                                "state": "output-available",
                                "input": {"city": "Oslo"},
                                "output": "5 °C",
                            },
                            {"type": "step-start"},
                            {"type": "text", "text": "It is 5 °C."},
                        ],
                    },
                ),
                (
                    {"role": "user", "content": "Weather in Oslo?"},
                    {
                        "role": "assistant",
                        "content": "",
                        "tool_calls": [
                            {
                                "id": "c1",
                                "type": "function",
                                "function": {"name": "weather", "arguments": '{"city": "Oslo"}'},
                            }
                        ],
                    },
                    {"role": "tool", "tool_call_id": "c1", "content": "5 °C"},
                    {"role": "assistant", "content": "It is 5 °C."},
                ),
            ),
        ),
    ),
)
