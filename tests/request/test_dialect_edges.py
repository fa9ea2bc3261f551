"""What messages of another API become where a part is rare, is left out, or is not what it should be."""

from __future__ import annotations

from typing import Any

import pytest

from minimax_validate.request.dialects import dialect_of_call, dialect_of_message, dialect_of_tool, langchain
from minimax_validate.request.dialects.conversion import convert_history, foreign_tool, read_chat
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


def one_call(identifier: str, name: str, arguments: str) -> Json:
    """A call in the chat format."""
    return {"id": identifier, "type": "function", "function": {"name": name, "arguments": arguments}}


def answer(identifier: str, content: Any) -> Json:
    """A result in the chat format."""
    return {"role": "tool", "tool_call_id": identifier, "content": content}


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
    ("given", "expected"),
    [
        (
            [
                {
                    "role": "user",
                    "content": [
                        {
                            "type": "tool_result",
                            "tool_use_id": "a",
                            "content": [
                                {"type": "text", "text": "x"},
                                {"type": "image", "source": {"type": "url", "url": "u"}},
                                "s",
                            ],
                        }
                    ],
                }
            ],
            [answer("a", [said("x"), picture("u"), said("s")])],
        ),
        (
            [{"role": "assistant", "content": [{"type": "tool_use", "name": "f", "input": {}}, {"type": "tool_use"}]}],
            [
                {
                    "role": "assistant",
                    "content": "",
                    "tool_calls": [one_call("call_0_0", "f", "{}"), one_call("call_0_1", "", "{}")],
                }
            ],
        ),
        (
            [
                {
                    "role": "user",
                    "content": [
                        {"type": "thinking", "thinking": "Hm."},
                        {"type": "text", "text": "x", "cache_control": {}},
                    ],
                }
            ],
            [{"role": "assistant", "content": "x", "reasoning_content": "Hm."}],
        ),
        (
            [
                {
                    "role": "assistant",
                    "content": [
                        {"type": "thinking", "thinking": "A"},
                        {"type": "thinking", "thinking": "B"},
                        {"type": "thinking", "thinking": 5},
                    ],
                }
            ],
            [{"role": "assistant", "content": [{"type": "thinking", "thinking": 5}], "reasoning_content": "A\nB"}],
        ),
        ([{"role": "user", "content": [{"type": "tool_result", "tool_use_id": "a"}]}], [answer("a", "")]),
        (
            [
                {
                    "role": "user",
                    "content": [
                        {"type": "tool_result", "tool_use_id": "a", "content": []},
                        {"type": "image", "source": {"type": "file"}},
                    ],
                }
            ],
            [answer("a", ""), {"role": "user", "content": [{"type": "image", "source": {"type": "file"}}]}],
        ),
        ([{"content": [{"type": "tool_use", "id": "a", "name": "f", "input": None}]}], [calling("a")]),
        (
            [
                {
                    "role": "tool",
                    "content": [
                        {"type": "tool-result", "toolCallId": "a", "output": {"type": "json", "value": {"x": 1}}},
                        {"type": "tool-result", "toolCallId": "b", "output": {"type": "error-json", "value": [1]}},
                        {"type": "tool-error", "toolCallId": "c", "error": "no"},
                        {
                            "type": "tool-result",
                            "toolCallId": "d",
                            "output": {"type": "content", "value": [{"type": "text", "text": "y"}]},
                        },
                        {"type": "tool-result", "toolCallId": "e", "output": {"type": "error-text", "value": "E"}},
                        {"type": "tool-result", "toolCallId": "f", "errorText": "T"},
                        {"type": "tool-result", "toolCallId": "g", "result": {"x": 2}},
                        {"type": "tool-result", "toolCallId": "h", "output": {"type": "other", "value": 1}},
                    ],
                }
            ],
            [
                answer("a", '{"x": 1}'),
                answer("b", "[1]"),
                answer("c", "no"),
                answer("d", "y"),
                answer("e", "E"),
                answer("f", "T"),
                answer("g", '{"x": 2}'),
                answer("h", '{"type": "other", "value": 1}'),
            ],
        ),
        (
            [
                {
                    "role": "assistant",
                    "content": [{"type": "tool-call", "args": {"x": 1}}, {"type": "tool-call", "toolName": "g"}],
                }
            ],
            [
                {
                    "role": "assistant",
                    "content": "",
                    "tool_calls": [one_call("call_0_0", "", '{"x": 1}'), one_call("call_0_1", "g", "{}")],
                }
            ],
        ),
        (
            [{"role": "user", "content": [{"type": "reasoning", "text": "Hm."}, {"type": "reasoning", "text": 5}]}],
            [{"role": "assistant", "content": [{"type": "reasoning", "text": 5}], "reasoning_content": "Hm."}],
        ),
        (
            [{"role": "user", "content": [{"type": "tool-call", "toolCallId": "a", "toolName": "f"}, "s"]}],
            [{"role": "assistant", "content": ["s"], "tool_calls": [one_call("a", "f", "{}")]}],
        ),
        (
            [
                {
                    "role": "user",
                    "content": [
                        {"toolResult": {"toolUseId": "a", "content": [{"text": "x"}, {"json": {"y": 1}}]}},
                        {"text": "z"},
                    ],
                }
            ],
            [answer("a", [said("x"), said('{"y": 1}')]), {"role": "user", "content": "z"}],
        ),
        (
            [{"role": "user", "content": [{"toolResult": {"toolUseId": "a", "content": "plain"}}, {"toolResult": {}}]}],
            [answer("a", "plain"), answer("", "")],
        ),
        (
            [
                {
                    "role": "assistant",
                    "content": [{"toolUse": {"input": {"x": 1}}}, {"toolUse": {"name": "g"}}, {"toolUse": 5}],
                }
            ],
            [
                {
                    "role": "assistant",
                    "content": [{"toolUse": 5}],
                    "tool_calls": [one_call("call_0_0", "", '{"x": 1}'), one_call("call_0_1", "g", "{}")],
                }
            ],
        ),
        (
            [
                {
                    "role": "user",
                    "content": [
                        {"reasoningContent": {"reasoningText": {"text": "A"}}},
                        {"reasoningContent": {"redactedContent": "x"}},
                    ],
                }
            ],
            [
                {
                    "role": "assistant",
                    "content": [{"reasoningContent": {"redactedContent": "x"}}],
                    "reasoning_content": "A",
                }
            ],
        ),
        ([{"role": "user", "content": [{"toolUse": {"toolUseId": "a", "name": "f"}}]}], [calling("a")]),
        (
            [
                {
                    "role": "user",
                    "content": [
                        {"image": {"format": "png", "source": {"bytes": "AA"}}},
                        {"toolResult": {"toolUseId": "a", "content": [{"document": {}}]}},
                    ],
                }
            ],
            [answer("a", '[{"document": {}}]'), {"role": "user", "content": [picture("data:image/png;base64,AA")]}],
        ),
        (
            [{"role": "user", "content": [5, {"toolUse": {}}]}],
            [{"role": "assistant", "content": [5], "tool_calls": [one_call("call_0_0", "", "{}")]}],
        ),
        (
            [
                {
                    "role": "user",
                    "parts": [
                        {"functionResponse": {"name": "f", "response": {"x": 1}}},
                        {"functionResponse": {"name": "f", "response": "s"}},
                    ],
                }
            ],
            [answer("call_0_0", '{"x": 1}'), answer("call_0_1", "s")],
        ),
        (
            [
                {
                    "role": "model",
                    "parts": [
                        {"functionCall": {"name": "f", "args": {"a": 1}}},
                        {"functionCall": {"name": "g"}},
                        {"functionCall": {}},
                    ],
                },
                {
                    "role": "function",
                    "parts": [
                        {"functionResponse": {"name": "g", "response": 1}},
                        {"functionResponse": {"name": "f", "response": 2}},
                        {"functionResponse": {"name": "f", "response": 3}},
                    ],
                },
            ],
            [
                {
                    "role": "assistant",
                    "content": "",
                    "tool_calls": [
                        one_call("call_0_0", "f", '{"a": 1}'),
                        one_call("call_0_1", "g", "{}"),
                        one_call("call_0_2", "", "{}"),
                    ],
                },
                answer("call_0_1", "1"),
                answer("call_0_0", "2"),
                answer("call_1_2", "3"),
            ],
        ),
        (
            [
                {
                    "role": "user",
                    "parts": [
                        {"inlineData": {"mimeType": "audio/wav", "data": "A"}},
                        {"text": "t", "thought": False},
                        {"text": 5},
                    ],
                }
            ],
            [
                {
                    "role": "user",
                    "content": [{"inlineData": {"mimeType": "audio/wav", "data": "A"}}, said("t"), {"text": 5}],
                }
            ],
        ),
        (
            [{"role": "user", "parts": [{"text": "t", "thought": True}]}],
            [{"role": "assistant", "content": "", "reasoning_content": "t"}],
        ),
        ([{"role": "user", "content": None, "parts": [{"text": "t"}]}], [{"role": "user", "content": "t"}]),
        ([{"type": "human", "content": "x", "tool_call_id": "i"}], [{"role": "user", "content": "x"}]),
        ([{"type": "HumanMessage", "content": "x", "tool_call_id": "i"}], [{"role": "user", "content": "x"}]),
        ([{"type": "HumanMessageChunk", "content": "x", "tool_call_id": "i"}], [{"role": "user", "content": "x"}]),
        ([{"type": "ai", "content": "x", "tool_call_id": "i"}], [{"role": "assistant", "content": "x"}]),
        ([{"type": "AIMessage", "content": "x", "tool_call_id": "i"}], [{"role": "assistant", "content": "x"}]),
        ([{"type": "AIMessageChunk", "content": "x", "tool_call_id": "i"}], [{"role": "assistant", "content": "x"}]),
        ([{"type": "system", "content": "x", "tool_call_id": "i"}], [{"role": "system", "content": "x"}]),
        ([{"type": "SystemMessage", "content": "x", "tool_call_id": "i"}], [{"role": "system", "content": "x"}]),
        ([{"type": "tool", "content": "x", "tool_call_id": "i"}], [answer("i", "x")]),
        ([{"type": "ToolMessage", "content": "x", "tool_call_id": "i"}], [answer("i", "x")]),
        (
            [
                {
                    "type": "ai",
                    "content": [{"type": "text", "text": "x"}, {"type": "tool_use", "id": "a"}],
                    "tool_calls": [{"name": "f", "args": {}}, {"id": "b"}, 5],
                }
            ],
            [
                {
                    "role": "assistant",
                    "content": "x",
                    "tool_calls": [one_call("call_0_0", "f", "{}"), one_call("b", "", "{}")],
                }
            ],
        ),
        (
            [{"type": "ai", "content": [{"type": "text", "text": "x"}, {"type": "tool_use", "id": "a"}, 5]}],
            [{"role": "assistant", "content": [said("x"), 5], "tool_calls": [one_call("a", "", "{}")]}],
        ),
        (
            [
                {
                    "type": "ai",
                    "content": "x",
                    "tool_calls": [],
                    "additional_kwargs": {
                        "tool_calls": [{"id": "a", "type": "function", "function": {"name": "f", "arguments": "{}"}}, 5]
                    },
                }
            ],
            [{"role": "assistant", "content": "x", "tool_calls": [one_call("a", "f", "{}")]}],
        ),
        ([{"type": "human", "content": "x", "tool_calls": [{"id": "b"}]}], [{"role": "user", "content": "x"}]),
        (
            [{"type": "ai", "content": "x", "additional_kwargs": 5, "tool_calls": 5}],
            [{"role": "assistant", "content": "x"}],
        ),
        (
            [{"type": "ai", "content": "x", "additional_kwargs": {"tool_calls": 5}}],
            [{"role": "assistant", "content": "x"}],
        ),
        ([{"type": "human", "data": {"content": "y"}, "content": "x"}], [{"role": "user", "content": "y"}]),
        ([{"type": "human", "data": 5, "content": "x"}], [{"role": "user", "content": "x"}]),
        (
            [{"type": "constructor", "id": ["a", "AIMessage"], "kwargs": {"content": [{"type": "text", "text": "x"}]}}],
            [{"role": "assistant", "content": "x"}],
        ),
        (
            [
                {"type": "function_call", "id": "i", "name": "f", "arguments": "{}"},
                {"type": "function_call"},
                {
                    "type": "function_call_output",
                    "call_id": "i",
                    "output": [
                        {"type": "input_text", "text": "o"},
                        {"type": "input_image", "image_url": "u"},
                        {"type": "input_image", "image_url": {}},
                        "s",
                        5,
                    ],
                },
                {"type": "function_call_output", "output": {"x": 1}},
            ],
            [
                {
                    "role": "assistant",
                    "content": "",
                    "tool_calls": [one_call("i", "f", "{}"), one_call("call_1_0", "", "{}")],
                },
                answer("i", [said("o"), picture("u"), {"type": "input_image", "image_url": {}}, said("s"), said("5")]),
                answer("", '{"x": 1}'),
            ],
        ),
        (
            [
                {"type": "reasoning", "summary": [{"text": "A"}], "content": [{"text": "B"}]},
                {"type": "message", "role": "assistant", "content": [{"type": "output_text", "text": "x"}]},
                {"type": "function_call", "call_id": "c", "name": "f", "arguments": ""},
                {"type": "message", "role": "assistant", "content": [{"type": "output_text", "text": "y"}]},
            ],
            [
                {
                    "role": "assistant",
                    "content": "x",
                    "reasoning_content": "A\nB",
                    "tool_calls": [one_call("c", "f", "{}")],
                },
                {"role": "assistant", "content": "y"},
            ],
        ),
        ([{"type": "reasoning"}, {"type": "reasoning", "summary": "x", "content": []}], []),
        (
            [
                {"type": "message", "role": "user", "content": [{"type": "input_text", "text": "a"}]},
                {"type": "message", "role": "user", "content": [{"type": "input_text", "text": "b"}]},
            ],
            [{"role": "user", "content": "a"}, {"role": "user", "content": "b"}],
        ),
        (
            [
                {
                    "type": "message",
                    "content": [
                        {"type": "input_text", "text": "a"},
                        {"type": "input_text", "text": 5},
                        {"type": "refusal", "refusal": 5},
                    ],
                }
            ],
            [{"content": [said("a"), {"type": "input_text", "text": 5}, {"type": "refusal", "refusal": 5}]}],
        ),
        (
            [
                {"type": "function_call", "call_id": "a", "name": "f", "arguments": "{}"},
                {"role": "user", "content": "stop"},
                {"type": "function_call", "call_id": "b", "name": "f", "arguments": "{}"},
            ],
            [calling("a"), {"role": "user", "content": "stop"}, calling("b")],
        ),
        (
            [{"type": "reasoning", "summary": [{"text": "A"}]}, {"type": "reasoning", "summary": [{"text": "B"}]}],
            [{"role": "assistant", "content": "", "reasoning_content": "A\nB"}],
        ),
        (
            [
                {
                    "role": "assistant",
                    "parts": [
                        {"type": "text", "text": "A"},
                        {"type": "tool-f", "input": {"x": 1}},
                        {
                            "type": "dynamic-tool",
                            "toolName": "g",
                            "toolCallId": "b",
                            "state": "output-error",
                            "errorText": "bad",
                        },
                        {"type": "text", "text": "B"},
                        {"type": "tool-h", "toolCallId": "c", "args": {}, "result": 1},
                    ],
                }
            ],
            [
                {
                    "role": "assistant",
                    "content": "A",
                    "tool_calls": [one_call("call_0_0", "f", '{"x": 1}'), one_call("b", "g", "{}")],
                },
                answer("b", "bad"),
                {"role": "assistant", "content": "B", "tool_calls": [one_call("c", "h", "{}")]},
                answer("c", "1"),
            ],
        ),
        (
            [
                {
                    "role": "user",
                    "parts": [{"type": "tool-f", "toolCallId": "a", "state": "input-available", "input": {}}],
                }
            ],
            [calling("a")],
        ),
        (
            [
                {
                    "role": "user",
                    "content": "x",
                    "parts": [{"type": "text", "text": "y"}, {"type": "tool-f", "toolCallId": "a"}],
                }
            ],
            [{"role": "assistant", "content": "y", "tool_calls": [one_call("a", "f", "{}")]}],
        ),
        (
            [
                {
                    "role": "assistant",
                    "content": "x",
                    "toolInvocations": [
                        {"toolCallId": "a", "toolName": "f", "args": {}, "state": "result", "result": "ok"},
                        {"toolName": "g", "state": "call"},
                        5,
                    ],
                }
            ],
            [
                {
                    "role": "assistant",
                    "content": "x",
                    "tool_calls": [
                        one_call("a", "f", "{}"),
                        one_call("call_0_1", "g", "{}"),
                        one_call("call_0_2", "invocation", "{}"),
                    ],
                },
                answer("a", "ok"),
            ],
        ),
        (
            [
                {
                    "role": "assistant",
                    "content": "",
                    "toolInvocations": [{"toolCallId": "a", "toolName": "f", "args": {}}],
                }
            ],
            [calling("a")],
        ),
        (
            [{"role": "assistant", "content": None, "parts": None, "toolInvocations": [{"toolName": "f"}]}],
            [calling("call_0_0")],
        ),
        (
            [
                {
                    "role": "assistant",
                    "parts": [
                        {"type": "reasoning", "reasoning": "old"},
                        {"type": "reasoning"},
                        {"type": "step-start"},
                        {"type": "source-url", "url": "u"},
                        {"type": "file", "url": "u", "mediaType": "image/png"},
                        {"type": "file", "url": "u", "mediaType": "text/plain"},
                        {"type": "text", "text": 5},
                    ],
                }
            ],
            [
                {
                    "role": "assistant",
                    "content": [
                        {"type": "source-url", "url": "u"},
                        picture("u"),
                        {"type": "file", "url": "u", "mediaType": "text/plain"},
                        {"type": "text", "text": 5},
                    ],
                    "reasoning_content": "old\n",
                }
            ],
        ),
        ([{"parts": [{"type": "text", "text": "x"}]}], [{"content": "x"}]),
        (
            [
                {
                    "role": "user",
                    "content": "q",
                    "toolInvocations": [{"toolCallId": "a", "toolName": "f"}],
                    "parts": [{"type": "text", "text": "r"}],
                }
            ],
            [{"role": "user", "content": "r"}],
        ),
        (
            [
                {
                    "role": "assistant",
                    "parts": [
                        {
                            "type": "tool-invocation",
                            "toolInvocation": {
                                "toolCallId": "a",
                                "toolName": "f",
                                "args": {"x": 1},
                                "state": "result",
                                "result": [],
                            },
                        },
                        {"type": "tool-invocation", "toolInvocation": 5},
                    ],
                }
            ],
            [
                {
                    "role": "assistant",
                    "content": "",
                    "tool_calls": [one_call("a", "f", '{"x": 1}'), one_call("call_0_1", "invocation", "{}")],
                },
                answer("a", "[]"),
            ],
        ),
        ([{"role": "assistant", "parts": [{"type": "step-start"}]}], [{"role": "assistant", "content": ""}]),
        (
            [
                {
                    "role": "assistant",
                    "content": [{"type": "text", "text": "x"}],
                    "id": "m",
                    "name": "n",
                    "toolCalls": [
                        {"id": "a", "toolName": "f", "args": {"x": 1}},
                        {"name": "g", "input": None, "args": {"y": 1}},
                        5,
                        {"function": {"arguments": "{}"}},
                        {"toolCallId": "z", "id": "q", "function": 5},
                    ],
                }
            ],
            [
                {
                    "role": "assistant",
                    "content": "x",
                    "name": "n",
                    "tool_calls": [
                        one_call("a", "f", '{"x": 1}'),
                        one_call("call_0_1", "g", "{}"),
                        one_call("call_0_3", "", "{}"),
                        one_call("z", "", "{}"),
                    ],
                }
            ],
        ),
        (
            [
                {"role": "tool", "toolCallId": "a", "result": {"x": 1}},
                {"role": "tool", "toolCallId": "b", "content": "c", "result": "r"},
            ],
            [answer("a", '{"x": 1}'), answer("b", "c")],
        ),
        ([{"toolCalls": [{"id": "a", "name": "f"}]}], [calling("a")]),
        (
            [
                {"role": "assistant", "name": "n", "function_call": {}},
                {"role": "function", "content": "y"},
                {"role": "function", "name": "f"},
            ],
            [
                {"role": "assistant", "name": "n", "content": "", "tool_calls": [one_call("call_0_0", "", "{}")]},
                answer("call_1_0", "y"),
                answer("call_2_0", ""),
            ],
        ),
        (
            [
                {"role": "assistant", "content": "a", "function_call": {"name": "f", "arguments": "{}"}},
                {"role": "user", "content": "x"},
                {"role": "function", "name": "f", "content": []},
            ],
            [
                {"role": "assistant", "content": "a", "tool_calls": [one_call("call_0_0", "f", "{}")]},
                {"role": "user", "content": "x"},
                answer("call_0_0", ""),
            ],
        ),
        ([{"role": "function", "name": "f", "content": "x"}], [answer("call_0_0", "x")]),
        ([{"role": "function", "parts": []}], [{"role": "function", "content": ""}]),
        (
            [
                {
                    "role": "assistant",
                    "content": "",
                    "tool_calls": [
                        {"id": "x", "type": "function", "function": {"name": "f", "arguments": "{}"}},
                        {"id": "y", "type": "function", "function": {"name": "g", "arguments": "{}"}},
                    ],
                },
                {"role": "function", "name": "g", "content": "G"},
                {"role": "tool", "tool_call_id": "x", "content": ""},
                {"role": "function", "name": "f", "content": "F"},
            ],
            [
                {
                    "role": "assistant",
                    "content": "",
                    "tool_calls": [one_call("x", "f", "{}"), one_call("y", "g", "{}")],
                },
                answer("y", "G"),
                answer("x", ""),
                answer("call_3_0", "F"),
            ],
        ),
    ],
)
def test_what_messages_become(given: list[Json], expected: list[Json]) -> None:
    """Everything that another API says has its place: ids are made where there are none, and odd parts stay."""
    assert list(convert_history(given).messages) == expected


@pytest.mark.parametrize(
    "message",
    [
        {"role": "user", "content": [{"type": "x", "toolUse": {}}]},
        {"role": "user", "content": "x", "parts": [{"text": "t"}]},
        {"role": "user", "content": [], "parts": [{"text": "t"}]},
        {"parts": [{"text": "t"}, {}]},
        {"parts": [{"text": "t", "type": "text"}, {"text": "x"}]},
        {"type": "human", "data": {}, "content": "x"},
        {"type": "human", "role": "user", "content": "x"},
        {"type": "constructor", "id": ["a", "Other"], "kwargs": {"content": "x"}},
        {"type": "function_call", "role": "assistant", "content": "x"},
        {"type": "message", "role": "user", "content": "x"},
        {"type": "message", "role": "user", "content": [{"type": "text", "text": "x"}]},
        {"type": "other", "content": [{"type": "input_text", "text": "a"}]},
        {"role": "user", "parts": [{"type": "text", "text": "x"}, {"text": "y"}]},
        {"role": "user", "content": [], "parts": [{"type": "text", "text": "x"}]},
        {"role": "user", "toolCallId": "a", "content": "x"},
        {"role": "tool", "toolCallId": 5, "content": "x"},
        {"role": "tool", "toolCallId": "a", "tool_call_id": "b", "content": "x"},
        {"role": "assistant", "content": "x", "toolCalls": []},
        {"role": "assistant", "content": "x", "toolCalls": {"a": 1}},
        {"role": "assistant", "content": "x", "toolCalls": [{"id": "a"}], "tool_calls": []},
        {"role": "assistant", "function_call": "f"},
        {"role": "assistant", "content": "x", "function_call": None},
        {"role": "user", "content": [{"text": "x"}]},
        {"role": "user", "content": [{"text": "x", "image": {}}, {"document": {}}]},
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


@pytest.mark.parametrize("dump", ["itself", "data", "kwargs"])
def test_calls_of_langchain_have_their_arguments(dump: str) -> None:
    """LangChain keeps the arguments of a streamed call apart from the parts that Anthropic sent."""
    parts = [
        {"type": "thinking", "thinking": "Hm.", "signature": "s"},
        {"type": "text", "text": "x"},
        {"type": "tool_use", "id": "a", "name": "f", "input": {}, "partial_json": '{"x": 1}'},
    ]
    held = {"content": parts, "tool_calls": [{"name": "f", "args": {"x": 1}, "id": "a", "type": "tool_call"}]}
    dumps: dict[str, Json] = {
        "itself": {"type": "ai", **held},
        "data": {"type": "ai", "data": held},
        "kwargs": {"lc": 1, "type": "constructor", "id": ["langchain", "AIMessage"], "kwargs": held},
    }
    message = dumps[dump]
    found = dialect_of_message(message)
    assert found is not None
    assert found[0].name == "LangChain"
    expected = calling("a", arguments='{"x": 1}', reasoning_content="Hm.") | {"content": "x"}
    assert list(convert_history([message]).messages) == [expected]


@pytest.mark.parametrize(
    "message",
    [
        {"role": "assistant", "content": [said("x"), {"type": "redacted_thinking", "data": "y"}]},
        {"role": "model", "parts": [{"text": "x"}]},
        {"role": "assistant", "content": [{"text": "x"}, {"toolResult": {"toolUseId": "a", "content": "y"}}]},
        {"role": "assistant", "content": [said("x"), {"type": "tool-result", "toolCallId": "a", "output": "y"}]},
        {"role": "assistant", "content": [said("x"), {"type": "tool_result", "tool_use_id": "a", "content": "y"}]},
        {"role": "assistant", "parts": [{"type": "text", "text": "x"}]},
        {"type": "message", "role": "assistant", "content": [{"type": "output_text", "text": "x"}]},
    ],
)
def test_what_an_assistant_says_without_calls(message: Json) -> None:
    """A message of the assistant stays one if it has neither calls nor thoughts, and a user's stays a user's."""
    found = [each for each in convert_history([message]).messages if each["role"] != "tool"]
    assert found == [{"role": "assistant", "content": "x"}]
    (found,) = (each for each in convert_history([{**message, "role": "user"}]).messages if each["role"] != "tool")
    assert found == {"role": "user", "content": "x"}


@pytest.mark.parametrize(
    ("more", "content"),
    [
        ({"state": "output-available"}, ""),
        ({"state": "output-error"}, ""),
        ({"state": "result"}, ""),
        ({"output": "y"}, "y"),
        ({"result": "y"}, "y"),
        ({"errorText": "y"}, "y"),
        ({"state": "input-available"}, None),
        ({"state": ["result"]}, None),
        ({"error": "y"}, None),
    ],
)
def test_calls_of_a_page_that_are_answered(more: Json, content: str | None) -> None:
    """A call on a page is answered if its state says so or a result is beside it."""
    part = {"type": "tool-f", "toolCallId": "a", "input": {}, **more}
    expected = [] if content is None else [answer("a", content)]
    assert list(convert_history([{"role": "assistant", "parts": [part]}]).messages) == [calling("a"), *expected]


def test_what_is_said_after_a_call_is_another_message() -> None:
    """Of the items of a log, a text after a call begins a message, and one before it does not."""
    text = {"type": "message", "role": "assistant", "content": [{"type": "output_text", "text": "x"}]}
    call = {"type": "function_call", "call_id": "a", "name": "f", "arguments": "{}"}
    spoken = {"role": "assistant", "content": "x"}
    assert list(convert_history([call, text]).messages) == [calling("a"), spoken]
    assert list(convert_history([text, call]).messages) == [calling("a") | spoken]
    assert list(convert_history([text, text]).messages) == [spoken, spoken]
    asked = {**text, "role": "user"}
    assert list(convert_history([asked, call, asked]).messages) == [
        {"role": "user", "content": "x"},
        calling("a"),
        {"role": "user", "content": "x"},
    ]


def test_results_of_langchain_among_parts() -> None:
    """A result among the parts of a human message is a tool message, and stands before what the human says."""
    parts = [{"type": "text", "text": "x"}, {"type": "tool_result", "tool_use_id": "a", "content": "y"}]
    for given, expected in (
        (parts, [answer("a", "y"), {"role": "user", "content": "x"}]),
        (parts[1:], [answer("a", "y")]),
    ):
        assert list(convert_history([{"type": "human", "content": given}]).messages) == expected


def test_message_of_no_other_api_is_not_converted() -> None:
    """What LangChain does not write stays as it is, also when it is to be converted."""
    message = {"role": "user", "content": "x"}
    assert langchain.DIALECT.messages is not None
    assert langchain.DIALECT.messages.convert(message, Context(0, {})) == (message,)


def native(name: str = "f", description: str = "", parameters: Json | None = None) -> Json:
    """A tool of the chat format."""
    parameters = {"type": "object", "properties": {}} if parameters is None else parameters
    return {"type": "function", "function": {"name": name, "description": description, "parameters": parameters}}


SCHEMA = {"type": "object", "properties": {"a": {"type": "string"}}}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"name": "f", "description": "d", "input_schema": SCHEMA}, [native("f", "d", SCHEMA)]),
        ({"name": "f", "input_schema": None}, [native()]),
        ({"name": "f", "input_schema": {}}, [native(parameters={})]),
        ({"name": "f", "title": "t", "inputSchema": SCHEMA}, [native("f", "t", SCHEMA)]),
        ({"name": "f", "title": "t", "description": "", "inputSchema": SCHEMA}, [native("f", "", SCHEMA)]),
        ({"name": "f", "title": "t", "description": None, "inputSchema": SCHEMA}, [native("f", "t", SCHEMA)]),
        ({"name": "f", "title": 5, "inputSchema": SCHEMA}, None),
        ({"type": "function", "name": "f"}, [native()]),
        ({"type": "function", "name": "f", "parameters": None, "strict": True}, [native()]),
        ({"type": "function", "name": "f", "input_schema": SCHEMA}, [native(parameters=SCHEMA)]),
        ({"type": "function", "name": "f", "schema": SCHEMA}, [native(parameters=SCHEMA)]),
        ({"type": "custom", "name": "f", "parameters": SCHEMA}, [native(parameters=SCHEMA)]),
        ({"type": "function", "name": "f", "parameters": "{}"}, None),
        ({"type": "function", "name": None}, None),
        ({"name": "f", "parameters": SCHEMA}, [native(parameters=SCHEMA)]),
        ({"name": "f", "description": 5, "parameters": SCHEMA}, None),
        ({"toolSpec": {"name": "f", "inputSchema": {"json": SCHEMA}}}, [native(parameters=SCHEMA)]),
        ({"toolSpec": {"name": "f", "description": "d", "inputSchema": SCHEMA}}, [native("f", "d", SCHEMA)]),
        ({"toolSpec": {"name": "f", "inputSchema": {"json": None}}}, [native()]),
        ({"toolSpec": {"name": "f"}}, [native()]),
        ({"toolSpec": {"name": "f", "inputSchema": "{}"}}, None),
        (
            {
                "functionDeclarations": [
                    {"name": "f", "parameters": {"type": "OBJECT", "properties": {}}},
                    {"name": "g"},
                ]
            },
            [native(), native("g")],
        ),
        (
            {"function_declarations": [{"name": "f", "description": "d", "parametersJsonSchema": SCHEMA}]},
            [native("f", "d", SCHEMA)],
        ),
        (
            {"functionDeclarations": [{"name": "f", "parameters": {}, "parametersJsonSchema": SCHEMA}]},
            [native(parameters=SCHEMA)],
        ),
        ({"functionDeclarations": [{"name": "f"}, {"name": 5}]}, None),
        ({"functionDeclarations": 5, "function_declarations": [{"name": "f"}]}, [native()]),
    ],
)
def test_what_a_tool_becomes(given: Json, expected: list[Json] | None) -> None:
    """A tool has its name, its description and the schema of its parameters, or is not converted."""
    found = foreign_tool(given)
    assert found is not None
    assert found.converted == (expected if expected is None else tuple(expected))
    assert read_chat({"tools": [given, 5]}).body == {"tools": [*(expected or [given]), 5]}


@pytest.mark.parametrize("kind", ["OBJECT", "ARRAY", "STRING", "NUMBER", "INTEGER", "BOOLEAN", "NULL"])
def test_types_in_upper_case(kind: str) -> None:
    """Gemini's names of types become those of JSON Schema, on each level, and no other text is changed."""
    given_ = {"anyOf": [{"type": kind, "title": kind}], "properties": {"type": {"type": kind}}, "type": "Other"}
    found = foreign_tool({"functionDeclarations": [{"name": "f", "parameters": given_}]})
    low = kind.lower()
    expected = {"anyOf": [{"type": low, "title": kind}], "properties": {"type": {"type": low}}, "type": "Other"}
    assert found is not None
    assert found.converted == (native(parameters=expected),)


@pytest.mark.parametrize(
    "tool",
    [
        {"name": "f"},
        {"input_schema": {}},
        {"inputSchema": {}},
        {"parameters": {}},
        {"type": "x", "name": "f"},
        {"type": "function", "parameters": {}},
        {"function": {}, "name": "f", "input_schema": {}},
        {"function": {}, "name": "f", "inputSchema": {}},
        {"function": {}, "name": "f", "parameters": {}},
        {"function": {}, "type": "function", "name": "f"},
        {"function": {}, "functionDeclarations": [{"name": "f"}]},
        {"function": {}, "toolSpec": {"name": "f"}},
    ],
)
def test_tool_of_no_other_api(tool: Json) -> None:
    """A tool that lacks a key of its API, or has a function, is of no other API."""
    assert dialect_of_tool(tool) is None
    assert foreign_tool(tool) is None


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ({"name": "f", "arguments": {"x": 1}}, one_call("made", "f", '{"x": 1}')),
        ({"name": "f", "arguments": '{"x": 1}', "id": "a"}, one_call("a", "f", '{"x": 1}')),
        ({"name": "f", "args": {"x": 1}, "toolCallId": "b"}, one_call("b", "f", '{"x": 1}')),
        ({"toolName": "f", "input": None, "id": "", "toolCallId": "b"}, one_call("b", "f", "{}")),
        ({"toolName": "f", "parameters": "", "id": "a", "toolCallId": "b"}, one_call("a", "f", "{}")),
        ({"name": "f", "toolName": "g", "arguments": {"x": 1}, "args": {}}, one_call("made", "f", '{"x": 1}')),
        ({"name": "f", "arguments": {"ort": "Ærø"}}, one_call("made", "f", '{"ort": "Ærø"}')),
        ({"name": 5, "arguments": {}}, None),
        ({"name": "f", "arguments": 5}, None),
        ({"name": "f", "arguments": []}, None),
        ({"name": "f", "arguments": {}, "id": 5}, None),
    ],
)
def test_what_a_call_becomes(call: Json, expected: Json | None) -> None:
    """A call with its name and arguments at the top has them in its function, or is not converted."""
    found = dialect_of_call(call)
    assert found is not None
    assert found[1].convert(call, "made") == expected


@pytest.mark.parametrize(
    "call",
    [{"name": "f"}, {"arguments": {}}, {"id": "a", "type": "function"}, {"name": "f", "args": {}, "function": 5}],
)
def test_call_of_no_other_api(call: Json) -> None:
    """A call that lacks its name or its arguments, or has a function, is of no other API."""
    assert dialect_of_call(call) is None


@pytest.mark.parametrize(
    ("more", "prompt"),
    [
        ({"system": "a"}, "a"),
        ({"instructions": "b", "system": "a"}, "a\n\nb"),
        ({"system": [{"type": "text", "text": "a"}, {"text": "b"}]}, "a\n\nb"),
    ],
)
def test_prompt_beside_messages(more: Json, prompt: str) -> None:
    """A prompt beside the messages stands before them, and comes from none of them; the others keep their places."""
    user = {"role": "user", "content": "x"}
    chat = read_chat({"messages": [user, {"role": "assistant", "content": [ANTHROPIC_CALL]}], **more})
    assert chat.body == {"messages": [{"role": "system", "content": prompt}, user, calling("a")], **more}
    assert list(chat.origins) == [None, 0, 1]
    alone = read_chat({"messages": [user], **more})
    assert alone.body["messages"] == [{"role": "system", "content": prompt}, user]


@pytest.mark.parametrize("more", [{}, {"system": ""}, {"system": 5}, {"system": [5]}, {"instructions": []}])
def test_no_prompt_beside_messages(more: Json) -> None:
    """What is no prompt adds no message."""
    body = {"messages": [{"role": "user", "content": "x"}], **more}
    assert read_chat(body).body is body
    assert list(read_chat(body).origins) == [0]


@pytest.mark.parametrize("messages", [5, None, {"role": "user"}, "x"])
def test_messages_that_are_no_list(messages: object) -> None:
    """Messages that are no list are left, and so is the prompt beside them."""
    body = {"messages": messages, "system": "a", "tools": 5}
    assert read_chat(body).body is body
    assert list(read_chat(body).origins) == []


def test_way_back_to_the_places() -> None:
    """Each converted message knows which one it comes from, and neighbours of one API are a passage if they join."""
    call = {"type": "function_call", "call_id": "a", "name": "f", "arguments": "{}"}
    output = {"type": "function_call_output", "call_id": "a", "output": "x"}
    user = {"role": "user", "content": "x"}
    history = convert_history([user, call, {**call, "call_id": "b"}, output, user, output])
    assert list(history.origins) == [0, 1, 3, 4, 5]
    assert [(each.start, each.stop, len(each.messages)) for each in history.passages] == [(1, 4, 2), (5, 6, 1)]
    assert history.foreign == {1, 2, 3, 5}
    blocks = {"role": "assistant", "content": [ANTHROPIC_CALL]}
    answers = {"role": "user", "content": [{"type": "tool_result", "tool_use_id": "a", "content": "x"}, "y"]}
    history = convert_history([blocks, answers, call])
    assert list(history.origins) == [0, 1, 1, 2]
    assert [(each.start, each.stop, len(each.messages)) for each in history.passages] == [
        (0, 1, 1),
        (1, 2, 2),
        (2, 3, 1),
    ]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([{"type": "text", "text": "x"}], "x"),
        ([{"type": "text", "text": "x", "more": 1}], "x"),
        (
            [{"type": "text", "text": "x", "more": 1}, {"type": "text", "text": 5}],
            [said("x"), {"type": "text", "text": 5}],
        ),
        ([{"type": "text", "text": 5}], [{"type": "text", "text": 5}]),
        ([{"type": "image_url", "image_url": {"url": "u"}}], [picture("u")]),
        ([], ""),
        (None, ""),
        ("", ""),
        ({"x": "Ø"}, '{"x": "Ø"}'),
        (5, "5"),
        ([5], "[5]"),
        ([{"text": "x"}], '[{"text": "x"}]'),
    ],
)
def test_content_of_a_result(given: Any, expected: Any) -> None:
    """A single text is a string, other parts stay parts without strange keys, and other values are JSON text."""
    (found,) = convert_history([{"role": "tool", "toolCallId": "a", "content": given}]).messages
    assert found == answer("a", expected)


def test_results_find_their_calls_by_name() -> None:
    """A result without an id is that of the first call of its function that waits, and each call has one."""
    called = [one_call("a", "f", "{}"), one_call("b", "f", "{}"), {"id": "c"}, 5]
    history = [
        {"role": "assistant", "content": "", "tool_calls": called},
        *({"role": "function", "name": "f", "content": str(number)} for number in range(3)),
        {"role": "assistant", "content": "", "tool_calls": [one_call("d", "f", "{}")]},
        {"role": "assistant", "content": "", "tool_calls": 5},
        {"role": "tool", "tool_call_id": 5, "content": ""},
        {"role": "function", "name": "f", "content": "3"},
    ]
    found = [message for message in convert_history(history).messages if message["role"] == "tool"]
    assert found == [
        answer("a", "0"),
        answer("b", "1"),
        answer("call_3_0", "2"),
        {"role": "tool", "tool_call_id": 5, "content": ""},
        answer("d", "3"),
    ]
