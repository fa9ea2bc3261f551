"""Dialects: their own examples, what they leave alone, and histories that survive the way there and back."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minimax_validate import Settings, Validator, fix
from minimax_validate.request.dialects import DIALECTS, dialect_of_call, dialect_of_message, dialect_of_tool
from minimax_validate.request.dialects.conversion import convert_history, foreign_tool, in_chat_format
from minimax_validate.request.dialects.dialect import Calls, Messages, Tools
from minimax_validate.request.features import _KEYS_OF_DIALECTS
from minimax_validate.request.stand_ins import keys_of
from minimax_validate.rules.examples import assistant, call, calling, request, result, system, tool, user
from minimax_validate.strategies import requests, tool_conversations
from minimax_validate.strategies.dialects import WITHOUT_IDS, WRITERS
from minimax_validate.values.pointer import Pointer

Json = dict[str, Any]
Way = Messages | Tools | Calls

EXAMPLES = [
    pytest.param(way, example, id=f"{dialect.name}: {example.why}")
    for dialect in DIALECTS
    for way in (dialect.messages, dialect.tools, dialect.calls)
    if way is not None
    for example in way.examples
]


def converted(way: Way, given_: Sequence[Json]) -> tuple[Any, ...]:
    """What values of a dialect are in the chat format."""
    if isinstance(way, Messages):
        return tuple(convert_history(given_).messages)
    if isinstance(way, Tools):
        return tuple(each for value in given_ for each in way.convert(value) or ())
    return tuple(way.convert(value, f"call_{number}_0") for number, value in enumerate(given_))


@pytest.mark.parametrize(("way", "example"), EXAMPLES)
def test_example_is_converted(way: Way, example: Any) -> None:
    """An example of a dialect is recognised, and becomes what it says."""
    assert all(way.recognises(value) for value in example.given)
    assert converted(way, example.given) == example.converted


@pytest.mark.parametrize(("way", "example"), EXAMPLES)
def test_what_is_converted_is_native(way: Way, example: Any) -> None:
    """Nothing that a conversion gives is in a dialect still."""
    known = {Messages: dialect_of_message, Tools: dialect_of_tool, Calls: dialect_of_call}[type(way)]
    assert [known(value) for value in example.converted] == [None] * len(example.converted)


@pytest.mark.parametrize("name", [dialect.name for dialect in DIALECTS if dialect.messages])
def test_every_dialect_with_messages_has_a_writer(name: str) -> None:
    """Each dialect that has messages takes part in the round trips."""
    assert name in WRITERS


def test_keys_of_dialects_are_known_to_the_fast_walk() -> None:
    """A message of an example that keeps the contract has one of the keys that the fast walk looks for."""
    for dialect in DIALECTS:
        for example in dialect.messages.examples if dialect.messages else ():
            for message in example.given:
                if isinstance(message.get("content"), str) and message.get("role") in ("user", "assistant", "tool"):
                    assert not _KEYS_OF_DIALECTS.isdisjoint(message)


@given(requests())
def test_native_request_stays_the_same_object(body: Json) -> None:
    """A request of the chat format is not copied."""
    assert in_chat_format(body) is body


def said(messages: Sequence[Json], *, ids: bool = True) -> list[tuple[Any, ...]]:
    """What a history says in the chat format, message boundaries and empty texts aside."""
    events: list[tuple[Any, ...]] = []
    for message in messages:
        texts = [(message["role"], text) for text in _texts(message["content"]) if text]
        if message["role"] == "tool":
            identifier = message["tool_call_id"] if ids else None
            events.append(("result", identifier, "".join(text for _, text in texts)))
            continue
        events += texts
        for each in message.get("tool_calls", ()):
            function = each["function"]
            identifier = each["id"] if ids else None
            events.append(("call", identifier, function["name"], json.dumps(json.loads(function["arguments"]))))
    return events


def _texts(content: Any) -> list[str]:
    return [content] if isinstance(content, str) else [part["text"] for part in content]


@pytest.mark.parametrize("name", WRITERS)
def test_round_trip(name: str) -> None:
    """Texts, ids, names and arguments of any history survive the way into a dialect and back."""

    @given(tool_conversations())
    def round_trip(history: list[Json]) -> None:
        ids = name not in WITHOUT_IDS
        written = WRITERS[name](history)
        back = convert_history(written)
        if ids:
            assert said(back.messages) == said(history)
        else:
            assert Counter(said(back.messages, ids=False)) == Counter(said(history, ids=False))
        assert back.passages

    round_trip()


@pytest.mark.parametrize("name", WRITERS)
def test_round_trip_of_calls_without_results(name: str) -> None:
    """Calls that wait for their results survive the way there and back, and of no history nothing is written."""
    history = [user("Which tides?"), calling(call("a"), call("b"))]
    ids = name not in WITHOUT_IDS
    back = said(convert_history(WRITERS[name](history)).messages, ids=ids)
    assert [event for event in back if event[0] != "result"] == said(history, ids=ids)
    assert {event[-1] for event in back if event[0] == "result"} <= {""}  # UI messages have a place for each result
    assert WRITERS[name]([]) == []


@pytest.mark.parametrize("name", WRITERS)
def test_fix_makes_a_written_history_clean(name: str) -> None:
    """A clean history that is written in a dialect has one finding a foreign message, and none once it is fixed."""
    validator = Validator(Settings(ignore=("MM601",)))

    @given(tool_conversations())
    def fix_makes_clean(history: list[Json]) -> None:
        body = {"messages": WRITERS[name](history)}
        found = validator.check(body).diagnostics
        assert {finding.code for finding in found} == {"MM127"}
        assert len(found) == len({finding.pointer for finding in found})
        done = fix(body, unsafe=True)
        assert done.report.ok, done.report
        fixed: Any = done.payload
        assert Counter(said(fixed["messages"], ids=False)) == Counter(said(history, ids=False))

    fix_makes_clean()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
KEYS = st.sampled_from(
    (
        "role", "content", "type", "parts", "tool_calls", "toolCalls", "toolCallId", "tool_call_id", "toolInvocations",
        "function_call", "function", "name", "args", "input", "arguments", "parameters", "input_schema", "inputSchema",
        "functionDeclarations", "id", "call_id", "output", "result", "summary", "text", "source", "thinking", "state",
        "toolName", "toolInvocation", "description",
    )
)  # fmt: skip
WORDS = st.sampled_from(
    (
        "user", "assistant", "tool", "system", "function", "tool_use", "tool_result", "thinking", "text", "tool-call",
        "tool-result", "reasoning", "message", "function_call", "function_call_output", "input_text", "output_text",
        "image", "tool-ls", "dynamic-tool", "tool-invocation",
    )
)  # fmt: skip
MESSAGES = st.recursive(
    JSON | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=20,
)


@given(st.lists(MESSAGES, max_size=4), st.lists(MESSAGES, max_size=3))
def test_nothing_raises(messages: list[Any], tools: list[Any]) -> None:
    """Whatever stands in a message or a tool, it is recognised and converted, or left alone."""
    body = {"messages": messages, "tools": tools}
    in_chat_format(body)
    Validator().check(body)


def codes(body: Any) -> list[tuple[str, Pointer]]:
    """The codes and pointers of what the default rules say."""
    return [(found.code, found.pointer) for found in Validator().check(body).diagnostics]


def block(kind: str, **keys: Any) -> Json:
    """A message of Anthropic's with one block."""
    role = "assistant" if kind == "tool_use" else "user"
    return {"role": role, "content": [{"type": kind, **keys}]}


USE = block("tool_use", id="call_1", name="get_weather", input={"city": "Oslo"})
RESULT = block("tool_result", tool_use_id="call_1", content="5 °C")


@pytest.mark.parametrize(
    ("messages", "expected"),
    [
        ((user(), USE, result()), [("MM127", ("messages", 1))]),
        ((user(), calling(), RESULT), [("MM127", ("messages", 2))]),
        ((user(), USE, user()), [("MM127", ("messages", 1))]),
        ((user(), RESULT, user()), [("MM127", ("messages", 1))]),
        (
            (user(), USE, RESULT, result("call_2"), user()),
            [("MM127", ("messages", 1)), ("MM127", ("messages", 2)), ("MM201", ("messages", 3, "tool_call_id"))],
        ),
        (
            (user(), calling(), RESULT, calling(call("call_2")), user()),
            [("MM127", ("messages", 2)), ("MM205", ("messages", 3, "tool_calls", 0))],
        ),
        (
            (user(), calling(call("call_2")), USE, result("call_2"), RESULT),
            [("MM127", ("messages", 2)), ("MM127", ("messages", 4))],
        ),
    ],
    ids=[
        "a result of a foreign call",
        "a foreign result",
        "a foreign call without a result",
        "a foreign result without a call",
        "an orphan behind foreign messages",
        "a call behind foreign messages",
        "a turn spread over two dialects",
    ],
)
def test_pairing_is_not_misled(messages: tuple[Json, ...], expected: list[tuple[str, Pointer]]) -> None:
    """Foreign messages take part in pairing, and nothing but their dialect is told of them."""
    assert codes(request(*messages)) == expected


def test_orphan_in_a_dialect_is_said() -> None:
    """A foreign result that answers nothing is named in its finding, and is an orphan once it is converted."""
    body = request(user(), RESULT, user())
    (found,) = Validator().check(body).diagnostics
    assert "its tool result matches no earlier tool call" in found.message
    applied = fix(body, unsafe=True).applied
    assert [each.code for each in applied] == ["MM127", "MM201"]


def test_count_looks_at_the_converted_form() -> None:
    """A prompt that is too long in a dialect is told as that."""
    long = block("tool_result", tool_use_id="call_1", content="fjord " * 140_000)
    assert ("MM701", ("messages",)) in codes(request(user(), USE, long))
    assert ("MM701", ("messages",)) in codes(request(user(), system="fjord " * 140_000))


@pytest.mark.parametrize(
    "broken",
    [
        {"name": 5, "input_schema": {}},
        {"name": "ls", "description": 5, "input_schema": {}},
        {"name": "ls", "input_schema": "{}"},
        {"functionDeclarations": [5]},
        {"functionDeclarations": [{"name": 5}]},
    ],
)
def test_broken_tool_has_no_fix(broken: Json) -> None:
    """A tool in a dialect whose parts are not what they should be is told, and not converted."""
    (found,) = Validator().check(request(user(), tools=[broken])).diagnostics
    assert (found.code, found.fix) == ("MM119", None)
    tool_ = foreign_tool(broken)
    assert tool_ is not None
    assert tool_.converted is None


def test_unconvertible_call_has_no_fix() -> None:
    """A flat call whose arguments are no object has no conversion."""
    (found,) = [
        found
        for found in Validator().check(request(user(), calling({"name": "ls", "args": 5}))).diagnostics
        if found.code == "MM126"
    ]
    assert found.fix is None


def test_declared_names_of_foreign_tools_count() -> None:
    """A call of a tool that is declared in a dialect is no call of an undeclared function."""
    gemini = {"functionDeclarations": [tool()["function"]]}
    assert codes(request(user(), calling(), result(), tools=[gemini])) == [("MM119", ("tools", 0))]


def test_two_prompts_are_put_together() -> None:
    """Prompts beside the messages are merged into the system message, one after the other."""
    body = request(system("c"), user(), system="a", instructions="b")
    done = fix(body, unsafe=True)
    assert done.payload == request(system("b\n\na\n\nc"), user())


def test_keys_of_closed_objects_are_those_of_the_contract() -> None:
    """The keys by which values are looked for under other names are those of the vendor's schema."""
    from minimax_validate.json_schema import bundle

    schema = bundle.load("minimax-m2.7/vendor.json")["properties"]
    message = schema["messages"]["items"]["properties"]
    one = message["tool_calls"]["items"]["properties"]
    parts = message["content"]["anyOf"][1]["items"]["anyOf"]
    places: dict[Pointer, set[str]] = {
        ("tools", 0): set(schema["tools"]["items"]["properties"]),
        ("tools", 0, "function"): set(schema["tools"]["items"]["properties"]["function"]["properties"]),
        ("messages", 0, "tool_calls", 0): set(one),
        ("messages", 0, "tool_calls", 0, "function"): set(one["function"]["properties"]),
        ("messages", 0, "content", 0): {key for part in parts for key in part["properties"]},
        ("messages", 0, "content", 0, "image_url"): {"url"},
        ("response_format",): set(schema["response_format"]["properties"]),
        ("response_format", "json_schema"): set(schema["response_format"]["properties"]["json_schema"]["properties"]),
    }
    assert {place: set(keys_of(place)) for place in places} == places
    assert keys_of(()) == ()


def test_assistant_text_beside_results() -> None:
    """A user's text behind results of Anthropic's stays a message of the user."""
    message = user(
        [{"type": "tool_result", "tool_use_id": "call_1", "content": "5 °C"}, {"type": "text", "text": "So?"}]
    )
    done = fix(request(user(), calling(), message, assistant()), unsafe=True)
    assert done.payload == request(user(), calling(), result(content="5 °C"), user("So?"), assistant())
