"""What rules say and mend in rare requests that none of their own examples shows."""

from __future__ import annotations

from typing import Any

import pytest

from minimax_validate import check, fix

Json = dict[str, Any]

USER = {"role": "user", "content": "Hi"}
SCHEMA = {"type": "object", "properties": {"a": {"type": "string"}}}
TOOL = {"type": "function", "function": {"name": "f", "description": "d", "parameters": SCHEMA}}
FUNCTION = {"name": "f", "arguments": "{}"}


def body(*messages: Any, **parameters: Any) -> Json:
    """A request with a question, messages behind it, and parameters."""
    return {"messages": [USER, *messages], **parameters}


def answer(identifier: str, content: Any = "") -> Json:
    """A message of the assistant with one call."""
    return {
        "role": "assistant",
        "content": content,
        "tool_calls": [{"id": identifier, "type": "function", "function": FUNCTION}],
    }


def result(identifier: str, content: Any = "ok") -> Json:
    """What a tool gave."""
    return {"role": "tool", "tool_call_id": identifier, "content": content}


def part(text: str) -> Json:
    """A part of a content."""
    return {"type": "text", "text": text}


@pytest.mark.parametrize(
    ("request_", "code", "pointer", "changed"),
    [
        (
            body(response_format={"type": "json_schema", "name": "n", "description": "A place.", "schema": SCHEMA}),
            "MM125",
            ("response_format",),
            body(
                response_format={
                    "type": "json_schema",
                    "json_schema": {"name": "n", "description": "A place.", "schema": SCHEMA},
                }
            ),
        ),
        (
            {"messages": [{"role": "system", "content": "Be short."}, USER], "system": "Be short."},
            "MM128",
            ("system",),
            {"messages": [{"role": "system", "content": "Be short."}, USER]},
        ),
        (
            body({**answer("a"), "tool_calls": [{"id": "a", "function": FUNCTION}]}, result("a"), tools=[TOOL]),
            "MM101",
            ("messages", 1, "tool_calls", 0),
            body(answer("a"), result("a"), tools=[TOOL]),
        ),
        (
            body(answer("a", "one"), answer("b", [part("two")]), result("a"), result("b"), tools=[TOOL]),
            "MM216",
            ("messages", 2),
            body(
                {
                    **answer("a", [part("one"), part("two")]),
                    "tool_calls": [*answer("a")["tool_calls"], *answer("b")["tool_calls"]],
                },
                result("a"),
                result("b"),
                tools=[TOOL],
            ),
        ),
        (
            body(answer("a", [part("one")]), answer("b", "two"), result("a"), result("b"), tools=[TOOL]),
            "MM216",
            ("messages", 2),
            body(
                {
                    **answer("a", [part("one"), part("two")]),
                    "tool_calls": [*answer("a")["tool_calls"], *answer("b")["tool_calls"]],
                },
                result("a"),
                result("b"),
                tools=[TOOL],
            ),
        ),
        (
            body(answer("a", "one"), answer("b", "two"), result("a"), result("b"), tools=[TOOL]),
            "MM216",
            ("messages", 2),
            body(
                {
                    **answer("a", "one\n\ntwo"),
                    "tool_calls": [*answer("a")["tool_calls"], *answer("b")["tool_calls"]],
                },
                result("a"),
                result("b"),
                tools=[TOOL],
            ),
        ),
        (
            body(answer("a"), result("a"), result("z", [part("lost")]), tools=[TOOL]),
            "MM201",
            ("messages", 3, "tool_call_id"),
            body(answer("a"), result("a"), tools=[TOOL]),
        ),
        (
            body(tools=[{**TOOL, "description": "x", "function": {"name": "f", "parameters": SCHEMA}}]),
            "MM103",
            ("tools", 0, "description"),
            body(tools=[{**TOOL, "function": {"name": "f", "description": "x", "parameters": SCHEMA}}]),
        ),
        (body(Temperature=0.5), "MM601", ("Temperature",), body(temperature=0.5)),
        (body(temprature=1), "MM601", ("temprature",), body(temperature=1)),
        (body(streem=True), "MM601", ("streem",), body(stream=True)),
        (body(max_tokenz=5), "MM601", ("max_tokenz",), body(max_tokens=5)),
        (body(tools=[TOOL], tool_choise="auto"), "MM601", ("tool_choise",), body(tools=[TOOL], tool_choice="auto")),
    ],
)
def test_one_finding_and_what_its_fix_makes(request_: Json, code: str, pointer: tuple[Any, ...], changed: Json) -> None:
    """A rare mistake has one finding, at its place, and the fix leaves a clean request that says the same."""
    (found,) = check(request_).diagnostics
    assert (found.code, found.pointer) == (code, pointer)
    fixed = fix(request_, unsafe=True).payload
    assert fixed == changed
    assert check(fixed).diagnostics == ()


@pytest.mark.parametrize(
    ("request_", "places"),
    [
        (
            {"messages": [{"role": "system", "content": 5}, USER], "system": "Be short."},
            [("MM106", ("messages", 0, "content")), ("MM128", ("system",))],
        ),
        (
            body({**answer("a"), "tool_calls": [{"id": "a", "type": "function"}]}, result("a"), tools=[TOOL]),
            [("MM101", ("messages", 1, "tool_calls", 0))],
        ),
        (body(temprature=True), [("MM601", ("temprature",))]),
        (body(temprature=0), [("MM601", ("temprature",))]),
        (body(temprature=1.5), [("MM601", ("temprature",))]),
        (body(streem=1), [("MM601", ("streem",))]),
        (body(max_tokenz=True), [("MM601", ("max_tokenz",))]),
        (body(max_tokenz=0), [("MM601", ("max_tokenz",))]),
        (body(max_tokenz=5, max_completion_tokens=6), [("MM601", ("max_tokenz",))]),
        (body(tool_choise="auto"), [("MM601", ("tool_choise",))]),
        (body(tools=[TOOL], tool_choise="f"), [("MM601", ("tool_choise",))]),
    ],
)
def test_what_cannot_be_mended_is_left(request_: Json, places: list[tuple[str, tuple[Any, ...]]]) -> None:
    """Where the value does not fit, or what is meant is not certain, a finding has no fix and the request stays."""
    found = check(request_).diagnostics
    assert [(finding.code, finding.pointer) for finding in found] == places
    assert [finding.fix for finding in found] == [None] * len(places)
    assert fix(request_, unsafe=True).payload == request_
