"""What messages of another API become where a part is rare, is left out, or is not what it should be."""

from __future__ import annotations

from typing import Any

import pytest

from minimax_validate.request.dialects import dialect_of_message, dialect_of_tool, langchain
from minimax_validate.request.dialects.conversion import convert_history, read_chat
from minimax_validate.request.dialects.dialect import Context

Json = dict[str, Any]


def picture(url: str) -> Json:
    """A picture in the chat format."""
    return {"type": "image_url", "image_url": {"url": url}}


def said(text: str) -> Json:
    """A text among parts in the chat format."""
    return {"type": "text", "text": text}


def calling(identifier: str, name: str = "f", arguments: str = "{}", **more: Any) -> Json:
    """A message with one call in the chat format."""
    call = {"id": identifier, "type": "function", "function": {"name": name, "arguments": arguments}}
    return {"role": "assistant", "content": "", "tool_calls": [call], **more}


ANTHROPIC_CALL = {"type": "tool_use", "id": "a", "name": "f", "input": {}}
AI_CALL = {"type": "tool-call", "toolCallId": "a", "toolName": "f", "input": {}}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (
            {
                "role": "user",
                "content": [
                    {"type": "tool_result", "tool_use_id": 7, "content": "done"},
                    "and",
                    {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": "AA=="}},
                    {"type": "image", "source": {"type": "url", "url": "https://example.com/a.png"}},
                ],
            },
            [
                {"role": "tool", "tool_call_id": "", "content": "done"},
                {
                    "role": "user",
                    "content": [
                        said("and"),
                        picture("data:image/png;base64,AA=="),
                        picture("https://example.com/a.png"),
                    ],
                },
            ],
        ),
        (
            {"role": "user", "parts": [{"text": "see"}, {"inlineData": {"mimeType": "image/png", "data": "AA=="}}]},
            [{"role": "user", "content": [said("see"), picture("data:image/png;base64,AA==")]}],
        ),
        ({"role": "system", "parts": [{"text": "Be short."}]}, [{"role": "system", "content": "Be short."}]),
        ({"parts": [{"text": "x"}]}, [{"role": "user", "content": "x"}]),
        (
            {"role": "model", "parts": [{"function_call": {"id": "a", "name": "f", "args": {"x": 1}}}]},
            [calling("a", arguments='{"x": 1}')],
        ),
        (
            {"role": "user", "parts": [{"function_response": {"id": "a", "name": "f", "response": {"x": 1}}}]},
            [{"role": "tool", "tool_call_id": "a", "content": '{"x": 1}'}],
        ),
        (
            {
                "role": "assistant",
                "content": [AI_CALL, {"type": "tool-result", "toolCallId": "a", "output": []}],
            },
            [calling("a"), {"role": "tool", "tool_call_id": "a", "content": "[]"}],
        ),
        (
            {
                "role": "user",
                "content": [
                    {"type": "tool-result", "toolCallId": "a", "result": None},
                    {"type": "image", "image": "https://example.com/a.png"},
                ],
            },
            [
                {"role": "tool", "tool_call_id": "a", "content": ""},
                {"role": "user", "content": [picture("https://example.com/a.png")]},
            ],
        ),
        (
            {
                "type": "message",
                "role": "user",
                "content": [
                    {"type": "input_text", "text": "see"},
                    {"type": "input_image", "image_url": "https://example.com/a.png"},
                ],
            },
            [{"role": "user", "content": [said("see"), picture("https://example.com/a.png")]}],
        ),
        (
            {"type": "reasoning", "summary": [5, {"text": 5}, {"type": "summary_text", "text": "Hm."}]},
            [{"role": "assistant", "content": "", "reasoning_content": "Hm."}],
        ),
        (
            {"role": "assistant", "parts": [{"type": "reasoning", "text": "Hm."}]},
            [{"role": "assistant", "content": "", "reasoning_content": "Hm."}],
        ),
        (
            {
                "role": "assistant",
                "content": "x",
                "toolInvocations": [{"toolCallId": "a", "toolName": "f", "args": {}}],
            },
            [calling("a") | {"content": "x"}],
        ),
        (
            {
                "role": "assistant",
                "content": "",
                "toolCalls": [{"toolCallId": "a", "name": "f", "arguments": {"x": 1}}],
            },
            [calling("a", arguments='{"x": 1}')],
        ),
        ({"role": "assistant", "parts": []}, [{"role": "assistant", "content": ""}]),
        (
            {"role": "tool", "content": [{"type": "tool-result", "toolCallId": "a", "toolName": "f"}]},
            [{"role": "tool", "tool_call_id": "a", "content": ""}],
        ),
        (
            {
                "role": "assistant",
                "content": [
                    {"type": "redacted_thinking", "data": "x"},
                    {"type": "tool_use", "id": "a", "name": "f", "input": {}},
                ],
            },
            [calling("a")],
        ),
        (
            {
                "role": "assistant",
                "content": [
                    {"toolUse": {"toolUseId": "a", "name": "f", "input": {}}},
                    {"cachePoint": {"type": "default"}},
                ],
            },
            [calling("a")],
        ),
        (
            {
                "role": "assistant",
                "content": "",
                "toolCalls": [{"id": "a", "type": "function", "function": {"name": "f", "arguments": "{}"}}],
            },
            [calling("a")],
        ),
        (
            {"role": "model", "parts": [{"text": "Hm.", "thought": True}, {"text": "x"}]},
            [{"role": "assistant", "content": "x", "reasoning_content": "Hm."}],
        ),
        (
            {"role": "user", "parts": [{"text": "see"}, {"fileData": {"fileUri": "gs://a"}}]},
            [{"role": "user", "content": [said("see"), {"fileData": {"fileUri": "gs://a"}}]}],
        ),
        (
            {
                "type": "message",
                "role": "assistant",
                "content": [{"type": "refusal", "refusal": "No."}, {"type": "output_text", "text": "x"}],
            },
            [{"role": "assistant", "content": [said("No."), said("x")]}],
        ),
        (
            {"role": "user", "parts": [{"type": "file", "url": "https://example.com/a.png", "mediaType": "image/png"}]},
            [{"role": "user", "content": [picture("https://example.com/a.png")]}],
        ),
        (
            {
                "role": "assistant",
                "parts": [
                    {"type": "tool-f", "toolCallId": "a", "state": "output-available", "input": {}, "output": "done"}
                ],
            },
            [calling("a"), {"role": "tool", "tool_call_id": "a", "content": "done"}],
        ),
        (
            {
                "role": "assistant",
                "parts": [
                    {"type": "tool-f", "toolCallId": "a", "state": "output-available", "input": {}, "output": "done"},
                    {"type": "step-start"},
                ],
            },
            [calling("a"), {"role": "tool", "tool_call_id": "a", "content": "done"}],
        ),
    ],
)
def test_what_a_message_becomes(given: Json, expected: list[Json]) -> None:
    """Pictures, results and thoughts have their place in the chat format, under either spelling of their keys."""
    assert dialect_of_message(given) is not None
    assert list(convert_history([given]).messages) == expected


@pytest.mark.parametrize(
    "message",
    [
        {"type": "constructor", "id": [], "kwargs": {"content": "x"}},
        {"type": "constructor", "id": "HumanMessage", "kwargs": {"content": "x"}},
        {"type": "constructor", "id": ["HumanMessage"], "kwargs": ["content"]},
        {"type": "constructor", "id": ["HumanMessage"]},
        {"type": ["human"], "content": "x"},
        {"type": "human"},
        {"role": "user", "content": "x", "parts": [{"type": "text", "text": "x"}]},
        {"role": "user", "content": "x", "parts": [{"type": 5}]},
        {"role": "user", "content": "x", "parts": [5]},
        {"role": "user", "content": "x", "toolInvocations": []},
    ],
)
def test_what_only_looks_like_another_api(message: Json) -> None:
    """A message that lacks what another API always writes is not taken for one of its own."""
    assert dialect_of_message(message) is None


@pytest.mark.parametrize(
    "content", [[5], ["x"], [None], [{"type": ["text"]}], [{"type": "text", "text": "x"}], "x", None]
)
def test_a_body_of_the_chat_format_stays_as_it_is(content: object) -> None:
    """Nothing is converted, nor copied, where messages and tools are those of the chat format, whatever they hold."""
    tools = [{"type": "function", "function": {"name": "f"}}, 5]
    body = {"messages": [{"role": "user", "content": content}], "tools": tools}
    assert read_chat(body).body is body


@pytest.mark.parametrize(
    "more",
    [{"type": "function", "name": "f", "parameters": {}}, {"toolSpec": {"name": "f"}}, {"functionDeclarations": []}],
)
def test_a_tool_of_the_chat_format_is_of_no_other_api(more: Json) -> None:
    """A tool that has its function where the chat format has it is native, whatever else it has."""
    assert dialect_of_tool({"type": "function", "function": {"name": "f"}, **more}) is None


@pytest.mark.parametrize(
    ("tool", "known"),
    [
        ({"type": "function", "name": "f"}, True),
        ({"type": "custom", "name": "f", "parameters": {}}, True),
        ({"type": "custom", "parameters": {}}, False),
        ({"type": "function"}, False),
        ({"toolSpec": "f"}, False),
        ({"functionDeclarations": [{"name": "f"}]}, True),
        ({"function_declarations": [{"name": "f"}]}, True),
        ({"functionDeclarations": []}, False),
    ],
)
def test_which_tools_are_of_another_api(tool: Json, known: bool) -> None:
    """A tool is known by all that its API writes, and by nothing less."""
    assert (dialect_of_tool(tool) is not None) is known


def test_message_of_no_other_api_is_not_converted() -> None:
    """What LangChain does not write stays as it is, also when it is to be converted."""
    message = {"role": "user", "content": "x"}
    assert langchain.DIALECT.messages is not None
    assert langchain.DIALECT.messages.convert(message, Context(0, {})) == (message,)
