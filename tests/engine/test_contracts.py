"""The contract of May 2026: the chat format with its top closed, or Anthropic's Messages format, told by shape."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minimax_validate import Settings, Severity, Validator, fix
from minimax_validate.engine.fixing import fix as fixed
from minimax_validate.json_schema import bundle
from minimax_validate.json_schema.contract import branches, contract_of_chat, contract_of_messages
from minimax_validate.json_schema.contract.failures import failures
from minimax_validate.json_schema.contract.reference import ReferenceContract
from minimax_validate.request.body_format import CHAT_KEYS, SHARED_KEYS, format_of
from minimax_validate.request.dialects import anthropic
from minimax_validate.request.features import PARAMETERS
from minimax_validate.request.messages_format import read_messages
from minimax_validate.rules.catalogue import RULES
from minimax_validate.rules.examples import assistant, calling, request, result, system, tool, user
from minimax_validate.rules.rule import Invalid, Valid
from minimax_validate.values.contracts import APRIL, CONTRACTS, MAY, BodyFormat
from minimax_validate.values.model import MODEL
from minimax_validate.values.report import CLEAN

FIXTURES = Path(__file__).parents[2] / "fixtures" / "valid"
APRILS, MAYS = Validator(), Validator(Settings(contract=MAY))
Json = dict[str, Any]
Found = list[tuple[str, tuple[str | int, ...]]]

READ: Json = {
    "name": "read",
    "description": "Reads a file.",
    "input_schema": {"type": "object", "properties": {"path": {"type": "string"}}, "required": ["path"]},
}


def said(*blocks: Any) -> Json:
    """A message of the assistant, in blocks."""
    return {"role": "assistant", "content": list(blocks)}


def told(*blocks: Any) -> Json:
    """A message of the user, in blocks."""
    return {"role": "user", "content": list(blocks)}


def text(words: str = "Go on.") -> Json:
    """A block of text."""
    return {"type": "text", "text": words}


def use(identifier: object = "toolu_1", name: object = "read", **given: object) -> Json:
    """A block that calls a tool."""
    return {"type": "tool_use", "id": identifier, "name": name, "input": given or {"path": "a.log"}}


def outcome(identifier: object = "toolu_1", content: object = "line 1") -> Json:
    """A block that is the result of a call."""
    return {"type": "tool_result", "tool_use_id": identifier, "content": content}


def body(*messages: Any, **more: Any) -> Json:
    """A body in the Messages format."""
    return {"model": MODEL, "max_tokens": 2048, "system": "Be brief.", "messages": list(messages), **more}


def found(payload: object, validator: Validator = MAYS) -> Found:
    """Codes and pointers of what is found in a payload."""
    return [(diagnostic.code, diagnostic.pointer) for diagnostic in validator.check(payload).diagnostics]


THOUGHT = {"type": "thinking", "thinking": "I need the log.", "signature": "c2ln"}
ROUND = (user(), said(THOUGHT, text("Reading."), use()), told(outcome(), text()))
SOUND: list[tuple[str, Json]] = [
    ("a prompt beside the messages", body(user())),
    ("a call and its result", body(*ROUND, tools=[READ], tool_choice={"type": "auto"})),
    ("blocks without a prompt", {"messages": list(ROUND), "max_tokens": 2048}),
    ("tools alone tell it", {"messages": [user()], "max_tokens": 2048, "tools": [READ]}),
    ("a choice alone tells it", {"messages": [user()], "max_tokens": 2048, "tool_choice": {"type": "none"}}),
    ("a key that the chat format lacks", {"messages": [user()], "max_tokens": 2048, "top_k": 40}),
    ("a cached text", body(told({**text(), "cache_control": {"type": "ephemeral", "ttl": "1h"}}))),
    ("keys of its own at the top", body(user(), metadata={"user_id": "u"}, stop_sequences=["\n"], service_tier="auto")),
    ("results in parts", body(user(), said(use()), told(outcome(content=[text("line 1")])))),
    (
        "results in one message for calls in one",
        body(user(), said(use("a"), use("b")), told(outcome("a"), outcome("b"))),
    ),
    ("neighbours of one role", body(user(), said(use("a")), said(use("b")), told(outcome("a"), outcome("b")))),
    ("a tool of the server", body(user(), tools=[{"type": "web_search_20250305", "name": "web_search"}])),
]


@pytest.mark.parametrize("payload", [pytest.param(payload, id=why) for why, payload in SOUND])
def test_messages_format_is_accepted(payload: Json) -> None:
    """A sound body in the Messages format has no finding, bare and in an envelope, and keeps its branch."""
    assert found(payload) == []
    inputs = {key: value for key, value in payload.items() if key != "model"}
    assert found({"model": MODEL, "input": inputs}) == []
    assert contract_of_messages().violations(payload) == ()
    assert MAYS.check(payload) is CLEAN


@pytest.mark.parametrize("example", anthropic.DIALECT.messages.examples if anthropic.DIALECT.messages else ())
def test_examples_of_the_dialect_are_accepted(example: Any) -> None:
    """What the April contract converts, the one of May takes as it is."""
    assert found({"max_tokens": 2048, "messages": [user(), *example.given]}) == []


BAD: list[tuple[str, Json, Found]] = [
    ("an orphaned result", body(user(), told(outcome("toolu_9"))), [("MM201", ("messages", 1))]),
    ("an unanswered call", body(user(), said(use())), [("MM205", ("messages", 1))]),
    ("the user goes on", body(user(), said(use()), user()), [("MM205", ("messages", 1))]),
    (
        "each unanswered call",
        body(user(), said(use("a"), use("b"), use("c")), told(outcome("b"))),
        [("MM205", ("messages", 1))] * 2,
    ),
    ("a second result", body(user(), said(use()), told(outcome(), outcome())), [("MM203", ("messages", 2))]),
    ("an altered id", body(user(), said(use("a")), told(outcome("b"))), [("MM217", ("messages", 2))]),
    ("a call without id", body(user(), said(use(None)), told(outcome())), [("MM208", ("messages", 1))]),
    ("something between", body(user(), said(use()), user(), told(outcome())), [("MM204", ("messages", 3))]),
    (
        "an undeclared tool",
        body(user(), said(use(name="write")), told(outcome()), tools=[READ]),
        [("MM212", ("messages", 1))],
    ),
    ("other arguments", body(user(), said(use(way=1)), told(outcome()), tools=[READ]), [("MM211", ("messages", 1))]),
    ("the name of a tool", body(user(), tools=[{**READ, "name": "a b"}]), [("MM303", ("tools", 0, "name"))]),
    (
        "the schema of a tool",
        body(user(), tools=[{**READ, "input_schema": {"type": "objec", "properties": {}}}]),
        [("MM301", ("tools", 0, "input_schema", "type"))],
    ),
    ("a blank prompt", body(user(), system=" "), [("MM512", ("system",))]),
    ("a blank message", body(user("")), [("MM502", ("messages", 0, "content"))]),
    ("another model", body(user(), model="claude"), [("MM009", ("model",))]),
    ("no limit", {"system": "Be brief.", "messages": [user()]}, [("MM101", ())]),
    ("neither role nor content", body(user(), {}), [("MM101", ("messages", 1))]),
    ("no content", body(user(), {"role": "assistant"}), [("MM101", ("messages", 1))]),
    ("a prompt in blocks", body(user(), system=[text()]), [("MM102", ("system",))]),
    ("a block that is none", body(told(text(), 5)), [("MM102", ("messages", 0, "content", 1))]),
    ("a block without type", body(told({"text": "Go on."})), [("MM101", ("messages", 0, "content", 0))]),
    ("a key of a message", body(user(name="bo")), [("MM103", ("messages", 0, "name"))]),
    ("a role", body(system(), user(), tools=[READ]), [("MM104", ("messages", 0, "role"))]),
    ("a number out of range", body(user(), top_k=0), [("MM105", ("top_k",))]),
    ("content that is none", body(user(None)), [("MM106", ("messages", 0, "content"))]),
    (
        "a cache of no kind",
        body(told({**text(), "cache_control": {"type": "ephemeral", "ttl": "2h"}})),
        [("MM104", ("messages", 0, "content", 0, "cache_control", "ttl"))],
    ),
]


@pytest.mark.parametrize(("payload", "expected"), [pytest.param(*case, id=why) for why, *case in BAD])
def test_messages_format_is_judged(payload: Json, expected: Found) -> None:
    """What is wrong with a body in the Messages format is told once, by the rules there are, at its own places."""
    assert found(payload) == expected
    inputs = {key: value for key, value in payload.items() if key != "model"}
    inner = [(code, ("input", *pointer)) for code, pointer in expected if code != "MM009"]
    assert found({"model": MODEL, "input": inputs}) == inner


def test_what_cannot_be_read_hides_and_fakes_nothing() -> None:
    """A block that nobody can read may be the call that a result answers, and the result that a call waits for."""
    doubtful = [
        body(user(), said(use("a"), 5), told(outcome("a"), outcome("b"))),
        body(user(), said(use("a")), told(None)),
        body(user(), said(use("a")), told(outcome(float("nan")))),
    ]
    assert [{code for code, _ in found(payload)} for payload in doubtful] == [{"MM102"}, {"MM102"}, {"MM005"}]


def test_the_same_words_are_told_once() -> None:
    """Two images in one message of the user are one finding there, as both are at its place."""
    image = {"type": "image", "source": {"type": "url", "url": "https://example.com/a.png"}}
    assert found(body(told(text(), image, image))) == [("MM506", ("messages", 0))]


def test_fixes_of_the_messages_format() -> None:
    """What is fixed is at the top or in the contract; nothing that was converted is put into the body."""
    payload = body(said(use()), user(), temperature=1.5)
    outcome_ = fixed(MAYS, payload, unsafe=True)
    assert outcome_.payload == {**payload, "temperature": 1}
    assert [diagnostic.code for diagnostic in outcome_.report.diagnostics] == ["MM205"]


def test_an_array_of_messages_lacks_no_parameter() -> None:
    """A conversation has no parameters, and none is missing."""
    assert found(list(ROUND)) == []
    assert found([user(), said(use())]) == [("MM205", (1,))]


CLOSED: list[tuple[Json, Found]] = [
    (request(user(), stop=["\n"]), [("MM601", ("stop",))]),
    (request(user(), model=MODEL, stop=None), [("MM601", ("stop",))]),
    (request(user(), system=None), [("MM601", ("system",))]),
    (request(user(), label=True), [("MM601", ("label",))]),
    (request(user(), top_k=40), [("MM601", ("top_k",))]),
    (request(user(), instructions="Be brief."), [("MM128", ("instructions",))]),
    (request(user(), model=MODEL), []),
    (request(user(), max_tokens=2048), []),
]


@pytest.mark.parametrize(("payload", "expected"), CLOSED)
def test_top_of_the_chat_format_is_closed(payload: Json, expected: Found) -> None:
    """A key that the chat format does not know is an error, null and columns of a data set too."""
    report = MAYS.check(payload)
    assert [(diagnostic.code, diagnostic.pointer) for diagnostic in report.diagnostics] == expected
    assert {diagnostic.severity for diagnostic in report.diagnostics} <= {Severity.ERROR}
    closed = contract_of_chat()
    assert bool(closed.proves(payload)) == (not expected)
    assert failures(closed, payload) == ()


def test_words_of_the_closed_top() -> None:
    """There a key is refused; without a contract that says so, it is ignored or refused."""
    payload = request(user(), model=MODEL, stop=["\n"])
    assert MAYS.check(payload).diagnostics[0].message.endswith("is rejected here; delete it")
    assert APRILS.check(payload).diagnostics[0].message.endswith("is ignored or rejected here; delete it")


def test_fixes_of_the_closed_top() -> None:
    """What says nothing is deleted safely; what stands in a data set is never deleted."""
    payload = request(user(), model=MODEL, stop=None)
    assert fixed(MAYS, payload).payload == request(user(), model=MODEL)
    row = request(user(), label=True)
    assert fixed(MAYS, row, unsafe=True).payload == row


def test_severity_of_the_user_wins() -> None:
    """Who sets a severity of MM601 has it under each contract."""
    settings = Settings(contract=MAY, severities={"unknown-parameter": Severity.INFO})
    (diagnostic,) = Validator(settings).check(request(user(), model=MODEL, stop=1)).diagnostics
    assert diagnostic.severity is Severity.INFO


def test_a_key_that_is_let_pass_hides_nothing() -> None:
    """Without MM601 the rest of the body is judged all the same."""
    lenient = Validator(Settings(contract=MAY, ignore=("MM601",)))
    assert found(request(user(None), stop=1), lenient) == [("MM110", ("messages", 0, "content"))]
    assert found({"messages": [user()], "max_tokens": 2048, "top_k": "x"}, lenient) == [("MM102", ("top_k",))]


SHAPES: list[tuple[BodyFormat, Json]] = [
    (BodyFormat.CHAT, {}),
    (BodyFormat.CHAT, request(user(), max_tokens=2048)),
    (BodyFormat.CHAT, request(system(), user(), max_tokens=2048)),
    (BodyFormat.CHAT, request(user(), max_tokens=2048, tool_choice="auto")),
    (BodyFormat.CHAT, request(user(), system="Be brief.", max_completion_tokens=2048)),
    (BodyFormat.CHAT, request(user(), calling(), result(), system="Be brief.", tools=[tool()])),
    (BodyFormat.CHAT, request(*ROUND, tools=[tool()])),
    (BodyFormat.CHAT, request(user(), tool_choice={"type": "function", "function": {"name": "read"}})),
    (BodyFormat.CHAT, request(user(), metadata={})),
    (BodyFormat.CHAT, request(user(), system=None, max_tokens=2048)),
    (BodyFormat.CHAT, request(told({**text(), "cache_control": {}}))),
    (BodyFormat.CHAT, {"messages": 5, "tools": {"a": 1}, "tool_choice": 5, "max_tokens": 5}),
    (BodyFormat.CHAT, {"messages": [5, {"content": [5, {"type": ["tool_use"]}], "role": ["tool"]}], "tools": [5]}),
    (BodyFormat.MESSAGES, request(user(), system="Be brief.")),
    (BodyFormat.MESSAGES, request(user(), system=5)),
    (BodyFormat.MESSAGES, request(*ROUND)),
    (BodyFormat.MESSAGES, request(user(), tools=[READ])),
    (BodyFormat.MESSAGES, request(user(), tool_choice={"type": "any"})),
    (BodyFormat.MESSAGES, request(user(), metadata={}, max_tokens=2048)),
    (BodyFormat.MESSAGES, request(told({**text(), "cache_control": {}}), max_tokens=2048)),
    (BodyFormat.MESSAGES, request(told({"type": "document", "source": {}}))),
    (BodyFormat.MESSAGES, request(system(), *ROUND, system="Be brief.", tools=[READ])),
]


@pytest.mark.parametrize(("expected", "payload"), SHAPES)
def test_format_is_told_by_shape(expected: BodyFormat, payload: Json) -> None:
    """The parts of a body vote for the format that they are written for; without a majority it is a chat."""
    assert format_of(payload) is expected


def test_format_may_be_known() -> None:
    """Who knows the format of all bodies has them judged by that one, whatever their shape is."""
    chat, messages = (Validator(Settings(contract=MAY), body_format=each) for each in BodyFormat)
    plain = request(user())
    assert (found(plain, chat), found(plain, messages)) == ([], [("MM101", ())])
    assert found(body(user()), chat) == [("MM128", ("system",))]


def test_keys_that_tell_are_those_of_the_schema() -> None:
    """The keys that speak for a format are those that the other one does not have."""
    ours, theirs = branches.chat()["properties"].keys(), branches.messages()["properties"].keys()
    assert ours == PARAMETERS
    assert ours - theirs - {"tools", "tool_choice"} == CHAT_KEYS
    assert theirs - ours == (SHARED_KEYS & theirs) | {"system"}


def test_default_contract_is_april() -> None:
    """Nothing changes for who names no contract: the Messages format is a dialect there."""
    assert Settings().contract == APRIL == CONTRACTS[0]
    assert {code for code, _ in found(body(*ROUND), APRILS)} == {"MM127", "MM128"}


@pytest.mark.parametrize("contract", ["2026-06", "april", "", None, 5, ["2026-05"]])
def test_unknown_contract_is_an_error(contract: Any) -> None:
    """A contract that is none is told with those that are."""
    with pytest.raises(ValueError, match=r"contract must be '2026-04' or '2026-05', not "):
        Settings(contract=contract)


def test_limits_are_still_judged() -> None:
    """The settings have not lost the checks of the limits that they extend."""
    with pytest.raises(ValueError, match="context_window"):
        Settings(context_window=0)


def _is_chat(payload: Any) -> bool:
    inputs = payload.get("input", payload) if isinstance(payload, dict) else None
    return not isinstance(inputs, dict) or format_of(inputs) is BodyFormat.CHAT


def _examples() -> Iterator[Any]:
    for rule in RULES:
        examples: tuple[Valid | Invalid, ...] = (*rule.valid, *rule.invalid)
        for example in examples:
            if example.text is None and _is_chat(example.payload):
                yield pytest.param(example.payload, id=f"{rule.name}: {example.why}")


@pytest.mark.parametrize("payload", [*_examples()])
def test_contracts_agree_on_the_chat_format(payload: Any) -> None:
    """Of a body in the chat format both contracts say the same, but for what the closed top is about."""
    april, may = APRILS.check(payload).diagnostics, MAYS.check(payload).diagnostics
    assert [each for each in april if each.code != "MM601"] == [each for each in may if each.code != "MM601"]
    assert {each.pointer for each in april if each.code == "MM601"} <= {
        each.pointer for each in may if each.code == "MM601"
    }


@pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in sorted(FIXTURES.glob("vendor-*.json"))])
def test_examples_of_the_page_are_chats(path: Path) -> None:
    """The page's own examples, some of which match both branches, are sound by either contract."""
    payload = json.loads(path.read_text("utf-8"))
    assert APRILS.check(payload) is MAYS.check(payload) is CLEAN
    assert format_of(payload) is BodyFormat.CHAT


def test_clean_chats_are_proven() -> None:
    """A clean chat is proven so under May too: what is slow is not even asked."""
    with mock.patch.object(Validator, "_explain", side_effect=AssertionError):
        assert MAYS.check(request(user(), calling(), result(), model=MODEL, tools=[tool()])) is CLEAN


@pytest.mark.parametrize("payload", [*(payload for _, payload in SOUND), *(payload for _, payload, _ in BAD)])
def test_engines_agree_on_the_messages_format(payload: Json) -> None:
    """The reference engine finds what the fast one does, facts and proof alike."""
    reference, fast = ReferenceContract(branches.messages()), contract_of_messages()

    def facts(of: Any) -> set[tuple[Any, ...]]:
        return {(fact.keyword, fact.pointer, str(fact.expected), fact.optional) for fact in failures(of, payload)}

    assert facts(reference) == facts(fast)
    assert bool(reference.proves(payload)) == bool(fast.proves(payload))


@pytest.mark.parametrize(
    "payload", [pytest.param(payload, id=str(number)) for number, (payload, _) in enumerate(CLOSED)]
)
def test_engines_agree_on_the_closed_top(payload: Json) -> None:
    """The reference engine proves what the fast one does."""
    reference = ReferenceContract(branches.chat(), branches.closed_chat())
    assert bool(reference.proves(payload)) == bool(contract_of_chat().proves(payload))


def test_messages_branch_is_the_vendors() -> None:
    """The branch is a part of the bundled file, and nothing else."""
    assert branches.messages() in bundle.load("minimax-m2.7/vendor-2026-05.json")["oneOf"]


def test_chat_request_that_is_meant() -> None:
    """A body in the Messages format reads as the chat request that says the same."""
    reading = read_messages(body(*ROUND, tools=[READ]))
    assert [message["role"] for message in reading.body["messages"]] == ["system", "user", "assistant", "tool", "user"]
    assert found(reading.body, APRILS) == []
    places = [("messages", index) for index in range(5)]
    assert [reading.as_given(place) for place in places] == [("system",), *places[:3], places[2]]
    assert reading.as_given(("messages", 1, "content")) == ("messages", 0, "content")


SCALARS: st.SearchStrategy[Any] = st.sampled_from([None, 5, "", "read", "toolu_1", "user", float("nan"), [], {}])
BLOCKS = st.fixed_dictionaries(
    {"type": st.sampled_from(["text", "tool_use", "tool_result", "thinking", "image", 5])},
    optional={
        key: SCALARS | st.lists(SCALARS | st.fixed_dictionaries({"type": SCALARS, "text": SCALARS}), max_size=2)
        for key in ("id", "tool_use_id", "name", "input", "content", "text", "thinking", "source", "cache_control")
    },
)
ROLES = st.sampled_from(["user", "assistant", "system", "tool", None])
MESSAGES = st.fixed_dictionaries(
    {}, optional={"role": ROLES, "content": SCALARS | st.lists(BLOCKS | SCALARS, max_size=3)}
)
TOOLS = st.fixed_dictionaries({}, optional=dict.fromkeys(("name", "description", "input_schema", "type"), SCALARS))
BODIES = st.fixed_dictionaries(
    {"messages": SCALARS | st.lists(MESSAGES | SCALARS, max_size=5)},
    optional={
        "system": SCALARS,
        "tools": st.lists(TOOLS | SCALARS, max_size=2),
        "tool_choice": SCALARS,
        "top_k": SCALARS,
    },
)


@given(BODIES)
def test_never_raises(payload: Any) -> None:
    """Whatever stands in a body, it is judged by either contract, and every pointer leads to a place in it."""
    for validator in (APRILS, MAYS, Validator(Settings(contract=MAY), body_format=BodyFormat.MESSAGES)):
        for diagnostic in validator.check(payload).diagnostics:
            value: Any = payload
            for step in diagnostic.pointer:
                value = value[step]


def test_a_block_beside_which_stands_no_block() -> None:
    """Under April, too, a message in the dialect may hold anything beside its blocks."""
    assert found(request(told(use(), 5)), APRILS) != []
    assert fix(request(assistant(), told(outcome(), None))) is not None


def test_places_of_what_is_lost_in_tools() -> None:
    """What JSON cannot hold is found at its place in a tool, whichever format the tool is in."""
    tools = [{"name": "f", "input_schema": {"a": 1}}, {"type": "function", "function": {"name": "g", "parameters": {}}}]
    lost = [
        ("tools", 0, "input_schema", "a"),
        ("tools", 0, "name"),
        ("tools", 1, "function", "name"),
        ("messages", 0, "content"),
        ("top_p",),
    ]
    reading = read_messages({"messages": [{"role": "user", "content": "x"}], "tools": tools}, lost)
    assert reading.lost == {
        ("tools", 0, "function", "parameters", "a"),
        ("tools", 0, "function", "name"),
        ("tools", 1, "function", "name"),
        ("messages",),
        ("top_p",),
    }
