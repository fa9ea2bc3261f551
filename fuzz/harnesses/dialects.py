"""Dialects: a conversion never raises or changes what it is given, and a history in the chat format stays one."""

from __future__ import annotations

from fuzz import seeds
from fuzz.harness import Harness, Seen, expect
from fuzz.laws.values import loaded, spelled
from minimax_validate.request.dialects import dialect_of_call, dialect_of_message, dialect_of_tool
from minimax_validate.request.dialects.conversion import convert_history, foreign_tool, read_chat
from minimax_validate.request.envelope import open_envelope


def _run(data: bytes) -> Seen:
    inputs = open_envelope(loaded(data)).inputs
    if inputs is None:
        return None
    before = spelled(inputs)
    chat = read_chat(inputs)
    seen: set[str] = set()
    messages, tools = inputs.get("messages"), inputs.get("tools")
    if isinstance(messages, list):
        history = convert_history(messages)
        expect(len(history.messages) == len(history.origins), "each converted message has an origin")
        expect(all(0 <= each < len(messages) for each in history.origins), "origins are messages")
        for message in messages:
            if isinstance(message, dict):
                found = dialect_of_message(message)
                seen.add(found[0].name if found else "")
                calls = message.get("tool_calls")
                for call in calls if isinstance(calls, list) else ():
                    if isinstance(call, dict) and (way := dialect_of_call(call)) is not None:
                        seen.add(f"a call of {way[0].name}")
                        way[1].convert(call, "call_0")
    for tool in tools if isinstance(tools, list) else ():
        if isinstance(tool, dict):
            known = dialect_of_tool(tool)
            foreign = foreign_tool(tool)
            seen.add(f"a tool of {known[0].name}" if known else "")
            for converted in (foreign and foreign.converted) or ():
                expect(isinstance(converted, dict), "a converted tool is an object")
    expect(spelled(inputs) == before, "a conversion never changes what it is given")
    expect(
        len(chat.origins) == len(chat.body["messages"]) if isinstance(messages, list) else True,
        "each message of a chat has an origin",
    )
    again = read_chat({key: value for key, value in chat.body.items() if key not in ("system", "instructions")})
    spelled(again.body)
    return frozenset(seen)


HARNESS = Harness("dialects", seeds.requests, _run, is_json=True)
