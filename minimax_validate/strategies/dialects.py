"""Write a history of the chat format in the dialects of other APIs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

Json = dict[str, Any]
Writer = Callable[[Sequence[Json]], list[Json]]


def _rounds(messages: Sequence[Json]) -> Iterator[tuple[Json, list[Json]]]:
    """Each message that is no result, with the results that follow it."""
    spoken: Json | None = None
    results: list[Json] = []
    for message in messages:
        if message["role"] == "tool":
            results.append(message)
            continue
        if spoken is not None:
            yield spoken, results
        spoken, results = message, []
    if spoken is not None:
        yield spoken, results


def _parts(content: Any) -> list[Json]:
    if isinstance(content, str):
        return [{"type": "text", "text": content}] if content else []
    return list(content)


def _arguments(call: Json) -> Any:
    return json.loads(call["function"]["arguments"])


def _named(message: Json) -> dict[str, str]:
    return {call["id"]: call["function"]["name"] for call in message.get("tool_calls", ())}


def _anthropic(messages: Sequence[Json]) -> list[Json]:
    """Blocks; the results of one turn are one message of the user."""
    written: list[Json] = []
    for message, results in _rounds(messages):
        if not message.get("tool_calls"):
            written.append(message)
            continue
        calls = [
            {"type": "tool_use", "id": call["id"], "name": call["function"]["name"], "input": _arguments(call)}
            for call in message["tool_calls"]
        ]
        written.append({"role": "assistant", "content": [*_parts(message["content"]), *calls]})
        if results:
            written.append({"role": "user", "content": list(map(_result_block, results))})
    return written


def _result_block(result: Json) -> Json:
    return {"type": "tool_result", "tool_use_id": result["tool_call_id"], "content": result["content"]}


def _ai_sdk(messages: Sequence[Json]) -> list[Json]:
    """Parts; the results of one turn are one message of the tool."""
    written: list[Json] = []
    for message, results in _rounds(messages):
        if not message.get("tool_calls"):
            written.append(message)
            continue
        calls = [
            {
                "type": "tool-call",
                "toolCallId": call["id"],
                "toolName": call["function"]["name"],
                "input": _arguments(call),
            }
            for call in message["tool_calls"]
        ]
        written.append({"role": "assistant", "content": [*_parts(message["content"]), *calls]})
        if results:
            written.append({"role": "tool", "content": [_result_part(each, _named(message)) for each in results]})
    return written


def _result_part(result: Json, names: Mapping[str, str]) -> Json:
    kind = "text" if isinstance(result["content"], str) else "content"
    identifier = result["tool_call_id"]
    return {
        "type": "tool-result",
        "toolCallId": identifier,
        "toolName": names.get(identifier, ""),
        "output": {"type": kind, "value": result["content"]},
    }


def _ui_messages(messages: Sequence[Json]) -> list[Json]:
    """Parts of every message, results beside their calls."""
    written: list[Json] = []
    for number, (message, results) in enumerate(_rounds(messages)):
        outputs = {result["tool_call_id"]: result["content"] or "" for result in results}
        calls = [
            {
                "type": f"tool-{call['function']['name']}",
                "toolCallId": call["id"],
                "state": "output-available",
                "input": _arguments(call),
                "output": outputs.get(call["id"], ""),
            }
            for call in message.get("tool_calls", ())
        ]
        written.append({"id": f"m{number}", "role": message["role"], "parts": [*_parts(message["content"]), *calls]})
    return written


def _responses(messages: Sequence[Json]) -> list[Json]:
    """Items: each call and each result by itself."""
    written: list[Json] = []
    for message in messages:
        if message["role"] == "tool":
            written.append(
                {"type": "function_call_output", "call_id": message["tool_call_id"], "output": message["content"]}
            )
            continue
        if message["content"] or not message.get("tool_calls"):
            kind = "output_text" if message["role"] == "assistant" else "input_text"
            parts = [{**part, "type": kind} for part in _parts(message["content"])]
            item = {"type": "message", "role": message["role"], "content": parts}
            written.append(item if parts else {"role": message["role"], "content": message["content"]})
        written += (
            {
                "type": "function_call",
                "call_id": call["id"],
                "name": call["function"]["name"],
                "arguments": call["function"]["arguments"],
            }
            for call in message.get("tool_calls", ())
        )
    return written


def _camel_case(messages: Sequence[Json]) -> list[Json]:
    """The same messages, with the keys of calls and results in camel case."""
    written: list[Json] = []
    for message in messages:
        if message["role"] == "tool":
            written.append({"role": "tool", "toolCallId": message["tool_call_id"], "content": message["content"]})
        elif message.get("tool_calls"):
            calls = [
                {"toolCallId": call["id"], "toolName": call["function"]["name"], "args": _arguments(call)}
                for call in message["tool_calls"]
            ]
            written.append({"role": "assistant", "content": message["content"], "toolCalls": calls})
        else:
            written.append(message)
    return written


def _functions(messages: Sequence[Json]) -> list[Json]:
    """One call a message, and its result under the name of the function; there are no ids."""
    written: list[Json] = []
    for message, results in _rounds(messages):
        if not message.get("tool_calls"):
            written.append(message)
            continue
        names = _named(message)
        by_id = {result["tool_call_id"]: result for result in results}
        for number, call in enumerate(message["tool_calls"]):
            content = message["content"] if number == 0 else ""
            written.append({"role": "assistant", "content": content, "function_call": call["function"]})
            if call["id"] in by_id:
                name = names[call["id"]]
                written.append({"role": "function", "name": name, "content": by_id[call["id"]]["content"]})
    return written


def _gemini(messages: Sequence[Json]) -> list[Json]:
    """Parts that are told apart by their keys; results go by the name of their function."""
    written: list[Json] = []
    for message, results in _rounds(messages):
        parts: list[Json] = [{"text": part["text"]} for part in _parts(message["content"])]
        parts += (
            {"functionCall": {"name": call["function"]["name"], "args": _arguments(call)}}
            for call in message.get("tool_calls", ())
        )
        role = "model" if message["role"] == "assistant" else message["role"]
        written.append({"role": role, "parts": parts or [{"text": ""}]})
        names = _named(message)
        answers = [
            {"functionResponse": {"name": names[result["tool_call_id"]], "response": _text_of(result["content"])}}
            for result in results
        ]
        if answers:
            written.append({"role": "user", "parts": answers})
    return written


def _text_of(content: Any) -> str:
    return "".join(part["text"] for part in _parts(content))


def _bedrock(messages: Sequence[Json]) -> list[Json]:
    """Parts that are told apart by their keys; the results of one turn are one message of the user."""
    written: list[Json] = []
    for message, results in _rounds(messages):
        if not message.get("tool_calls"):
            written.append(message)
            continue
        parts: list[Json] = [{"text": part["text"]} for part in _parts(message["content"])]
        parts += (
            {"toolUse": {"toolUseId": call["id"], "name": call["function"]["name"], "input": _arguments(call)}}
            for call in message["tool_calls"]
        )
        written.append({"role": "assistant", "content": parts})
        answers = [
            {
                "toolResult": {
                    "toolUseId": result["tool_call_id"],
                    "content": [{"text": part["text"]} for part in _parts(result["content"])],
                }
            }
            for result in results
        ]
        if answers:
            written.append({"role": "user", "content": answers})
    return written


_KINDS: Mapping[str, str] = {"user": "human", "assistant": "ai"}


def _langchain(messages: Sequence[Json]) -> list[Json]:
    """The same messages with a type for a role, dumped in turn in each of the three ways."""
    written: list[Json] = []
    for number, message in enumerate(messages):
        kind: str = _KINDS.get(message["role"], message["role"])
        held: Json = {"content": message["content"]}
        if "tool_call_id" in message:
            held["tool_call_id"] = message["tool_call_id"]
        if message.get("tool_calls"):
            held["tool_calls"] = [
                {"name": call["function"]["name"], "args": _arguments(call), "id": call["id"], "type": "tool_call"}
                for call in message["tool_calls"]
            ]
        name = {"human": "Human", "ai": "AI"}.get(kind, kind.title()) + "Message"
        path = ["langchain", "schema", "messages", name]
        dumps: tuple[Json, ...] = (
            {"type": kind, **held},
            {"type": kind, "data": held},
            {"lc": 1, "type": "constructor", "id": path, "kwargs": held},
        )
        written.append(dumps[number % len(dumps)])
    return written


WRITERS: Mapping[str, Writer] = {
    "Anthropic's Messages API": _anthropic,
    "the AI SDK": _ai_sdk,
    "the AI SDK's UI messages": _ui_messages,
    "OpenAI's Responses API": _responses,
    "a framework with camel-case keys": _camel_case,
    "OpenAI's older functions": _functions,
    "Gemini": _gemini,
    "Amazon Bedrock's Converse API": _bedrock,
    "LangChain": _langchain,
}
"""What writes a history in each dialect that has messages, by the dialect's name."""

WITHOUT_IDS = frozenset({"OpenAI's older functions", "Gemini"})
"""The dialects that have no ids."""
