"""Laws that hold for every payload, whatever is wrong with it."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from enum import Enum
from functools import cache
from typing import Any
from unittest import mock

import pytest
from hypothesis import event, example, given
from hypothesis import strategies as st

from fuzz.laws.fixes import makes_no_error
from minimax_validate import Diagnostic, Edit, Fix, Related, Report, Settings, Severity, Validator
from minimax_validate.engine.fixing import fixable
from minimax_validate.request.features import Feature
from minimax_validate.strategies import Expected, faulty_requests, messages, requests, tools
from minimax_validate.strategies.faults import PLANTERS
from minimax_validate.values.codec import orjson
from minimax_validate.values.edits import apply_fixes, distinct
from minimax_validate.values.plain import to_plain
from minimax_validate.values.pointer import Pointer
from minimax_validate.values.report import CLEAN

Json = Any

BATCH_LINE = {"custom_id": "1", "method": "POST", "url": "/v1/chat/completions"}
ROUNDS = 6


@cache
def everything() -> Validator:
    """All rules, those that only inform among them."""
    return Validator(Settings(select=("ALL",)))


def found(payload: object) -> tuple[Diagnostic, ...]:
    """What all rules say of a payload."""
    return everything().check(payload).diagnostics


# --- payloads with much wrong with them
# -----------------------------------------------------------------------------------------------


def a_call(identifier: str, name: str, arguments: str) -> Json:
    """A tool call."""
    return {"id": identifier, "type": "function", "function": {"name": name, "arguments": arguments}}


def a_caller(*calls: Json) -> Json:
    """A message that calls."""
    return {"role": "assistant", "content": "", "tool_calls": list(calls)}


def a_result(identifier: str) -> Json:
    """A message that answers."""
    return {"role": "tool", "content": "5 °C", "tool_call_id": identifier}


# Few ids, so that they meet: the same one is called, called again, answered, answered twice, or never heard of.
IDS = st.sampled_from(["a", "b", "c", ""])
ARGUMENTS = st.sampled_from(["{}", '{"city": "Oslo"}', "", "[]", '"{}"', '{"city'])
CALLS = st.builds(a_call, IDS, st.sampled_from(["get_weather", "get_time", " "]), ARGUMENTS)
ANY_CALLS = st.lists(CALLS, max_size=3)
TURNS = st.one_of(
    ANY_CALLS.map(lambda calls: a_caller(*calls)),
    IDS.map(a_result),
    st.fixed_dictionaries(
        {"role": st.sampled_from(["user", "assistant", "tool", "system"]), "content": st.sampled_from(["Hello", ""])},
        optional={"tool_calls": ANY_CALLS, "tool_call_id": IDS},
    ),
)
TOOL = {
    "type": "function",
    "function": {
        "name": "get_weather",
        "description": "Tells the weather.",
        "parameters": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]},
    },
}
HISTORIES = st.fixed_dictionaries(
    {"messages": st.lists(TURNS, max_size=8)},
    optional={
        "tools": st.sampled_from([[], [TOOL], [TOOL, TOOL]]).map(copy.deepcopy),
        "model": st.sampled_from(["minimax/m2.7", "other"]),
    },
)
"""Requests that keep the contract, with histories in which nothing else is certain."""


def faulty(*unwanted: str) -> st.SearchStrategy[Json]:
    """Requests with one fault each, of any rule but the unwanted ones."""
    return (
        st.sampled_from([code for code in PLANTERS if code not in unwanted])
        .flatmap(faulty_requests)
        .map(lambda case: case[0])
    )


FAULTY = faulty("MM003", "MM005", "MM006")
"""Requests with one fault each, of any rule; what is no request, or no JSON, has laws of its own."""


@st.composite
def ruined(draw: st.DrawFn) -> Json:
    """A request that has, beside a history of faults, some parameters and messages that break the contract."""
    spoilers: dict[str, Any] = {
        "temperature": draw(st.sampled_from([None, 2, "1", 0.5])),
        "tool_choice": draw(
            st.sampled_from(["required", "auto", None, {"type": "function", "function": {"name": "get_weather"}}])
        ),
        "response_format": draw(st.sampled_from([{"type": "text"}, {"type": "json_object"}, None, {}])),
        "tools": draw(
            st.sampled_from([None, {}, [TOOL, {"name": "get_time", "input_schema": {}}], [TOOL["function"]], [5]])
        ),
        "gateway": {"id": "default"},
    }
    request = draw(HISTORIES)
    chosen = {key: copy.deepcopy(spoilers[key]) for key in spoilers if draw(st.booleans())}
    history = list(request["messages"])
    for index in range(len(history)):
        match draw(st.sampled_from(["fine", "fine", "fine", "null", "absent", "role", "object"])):
            case "null":
                history[index] = {**history[index], "content": None}
            case "absent":
                history[index] = {key: value for key, value in history[index].items() if key != "content"}
            case "role":
                history[index] = {
                    **history[index],
                    "role": draw(st.sampled_from(["developer", "function", "human", 5])),
                }
            case "object":
                history[index] = {**history[index], "content": {"celsius": 5}}
    return {**request, **chosen, "messages": history}


PAYLOADS = st.one_of(FAULTY, HISTORIES, ruined())


# --- order
# ----------------------------------------------------------------------------------------------------


def pointers(value: Json, at: Pointer = ()) -> Iterator[Pointer]:
    """The pointers of all values inside a value, in the order in which a text would show them."""
    yield at
    if isinstance(value, dict):
        for key, member in value.items():
            yield from pointers(member, (*at, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from pointers(item, (*at, index))


@given(PAYLOADS)
def test_findings_are_in_the_order_of_the_document(payload: Json) -> None:
    """Findings stand in the order of their places, those of one place by code, and none comes twice."""
    place = {pointer: number for number, pointer in enumerate(pointers(to_plain(payload)[0]))}
    reported = [(place[finding.pointer], finding.code) for finding in found(payload)]
    assert reported == sorted(reported)
    event(f"{len(reported)} findings")


@given(PAYLOADS)
def test_no_finding_comes_twice(payload: Json) -> None:
    """No two findings are equal."""
    findings = found(payload)
    assert all(finding not in findings[:number] for number, finding in enumerate(findings))


@given(PAYLOADS)
def test_every_place_exists(payload: Json) -> None:
    """Findings and what they relate to point at values of the payload; edits at values, or at where one can be put."""
    places = set(pointers(to_plain(payload)[0]))
    for finding in found(payload):
        assert finding.pointer in places
        assert all(related.pointer in places for related in finding.related)
        for edit in finding.fix.edits if finding.fix else ():
            assert edit.pointer in places or (edit.operation in ("set", "insert") and edit.pointer[:-1] in places)


# --- triggers
# ----------------------------------------------------------------------------------------------------


@given(PAYLOADS | requests())
def test_triggers_hide_nothing(payload: Json) -> None:
    """What the rules say does not hang on the features that call them."""
    with mock.patch("minimax_validate.engine.validator.features", return_value=int(Feature.ALL)):
        told = found(payload)
    assert found(payload) == told


@given(PAYLOADS | requests())
def test_possible_features_hide_nothing(payload: Json) -> None:
    """Nor on those that a payload may have, whatever is wrong with it."""
    told = everything()._explain(payload)
    with mock.patch("minimax_validate.request.possible_features.possible_features", return_value=int(Feature.ALL)):
        assert everything()._explain(payload) == told


_CLEAN: Json = {"messages": [{"role": "user", "content": "Is the ferry late?"}], "max_tokens": 2048}
ENVELOPED: dict[str, object] = {
    "inputs": {"model": "minimax/m2.7", "input": _CLEAN, "options": {"rejectIfBusy": True}},
    "a batch line": {"custom_id": "1", "method": "POST", "url": "/v1/chat/completions", "body": _CLEAN},
    "a batch line around inputs": {"custom_id": "1", "body": {"model": "minimax/m2.7", "input": _CLEAN}},
    "a step": {"provider": "workers-ai", "endpoint": "minimax/m2.7", "headers": {"a": "b"}, "query": _CLEAN},
    "a conversation": _CLEAN["messages"],
}


class Role(Enum):
    """What orjson writes and JSON does not know."""

    USER = "user"


# --- envelopes
# ----------------------------------------------------------------------------------------------------


@st.composite
def enveloped(draw: st.DrawFn) -> object:
    """A payload in an envelope, or in two, of all kinds, with sound and unsound company."""
    inner: Any = draw(st.one_of(requests(), PAYLOADS, st.sampled_from([None, [], "Hello", {}])))
    for _ in range(draw(st.integers(1, 2))):
        inner = draw(_wrapped(inner))
    return inner


_COMPANY: st.SearchStrategy[Json] = st.fixed_dictionaries(
    {},
    optional={
        "model": st.sampled_from(["minimax/m2.7", "MiniMax-M2.7", 5]),
        "options": st.sampled_from([{}, {"rejectIfBusy": True}, {"a": [1.5, {"b": None}]}, float("nan"), (1,), {1}]),
        "skipCache": st.just(True),
        "success": st.booleans(),
        "errors": st.just([]),
        "requests": st.sampled_from([[], [{"messages": [{"role": "user", "content": "Hello"}]}]]),
        "cells": st.just([]),
        "nbformat": st.just(4),
        "note": st.sampled_from(["fine", "\ud800", 2**70, float("inf"), [float("nan")], Role.USER]),
    },
)


def _wrapped(inner: Any) -> st.SearchStrategy[Any]:
    """One wrapping around a value; now and then what makes none of it."""
    urls = st.sampled_from(["/v1/chat/completions", "/v1/embeddings", "https://example.com/run", None])
    steps = st.fixed_dictionaries(
        {
            "provider": st.sampled_from(["workers-ai", "openai"]),
            "endpoint": st.sampled_from(["minimax/m2.7", "chat/completions", "embeddings", 5]),
            "query": st.just(inner),
        },
        optional={"headers": st.sampled_from([{}, {"a": "b"}, {"a": float("nan")}])},
    )
    lines = st.fixed_dictionaries(
        {"custom_id": st.just("1"), "body": st.just(inner)}, optional={"method": st.just("POST"), "url": urls}
    )
    kinds = st.one_of(st.just({"input": inner}), lines, steps)
    company: st.SearchStrategy[Json] = st.one_of(st.just({}), st.just({"model": "minimax/m2.7"}), _COMPANY)
    around = st.builds(lambda kind, beside: {**kind, **beside}, kinds, company)
    messages = inner.get("messages") if isinstance(inner, dict) else None
    return st.one_of(around, st.just(messages)) if isinstance(messages, list) else around


@given(enveloped(), st.sampled_from([everything(), Validator(), Validator(Settings(contract="2026-05"))]))
def test_the_proof_of_an_envelope_is_the_whole_check(payload: Any, validator: Validator) -> None:
    """What is opened quickly and found clean, the whole check finds clean too."""
    assert validator.check(payload) == validator._explain(payload)


@pytest.mark.skipif(orjson is None, reason="nothing is proven quickly without orjson")
@pytest.mark.parametrize("payload", ENVELOPED.values(), ids=ENVELOPED)
def test_usual_envelopes_are_proven(payload: object) -> None:
    """The usual ways to send a clean request do not take the whole check."""
    with mock.patch.object(Validator, "_explain", side_effect=AssertionError):
        assert Validator().check(payload) == CLEAN


def below(prefix: Pointer, finding: Diagnostic) -> Diagnostic:
    """A finding as it is where the payload is a part of something larger."""
    related = tuple(Related(prefix + other.pointer, other.message) for other in finding.related)
    fix = finding.fix
    if fix is not None:
        fix = Fix(
            fix.message, tuple(Edit(edit.operation, prefix + edit.pointer, edit.value) for edit in fix.edits), fix.safe
        )
    return Diagnostic(
        finding.code,
        finding.name,
        finding.severity,
        finding.message,
        prefix + finding.pointer,
        related,
        fix,
        finding.focus,
    )


@given(PAYLOADS.filter(lambda payload: "input" not in payload))
def test_an_envelope_adds_a_prefix(payload: Json) -> None:
    """In any envelope the findings are the same, at pointers with the envelope's keys before them."""
    bare = found(payload)
    wrapped = {"model": "minimax/m2.7", "input": payload}
    assert found(wrapped) == tuple(below(("input",), finding) for finding in bare)
    assert found({**BATCH_LINE, "body": payload}) == tuple(below(("body",), finding) for finding in bare)
    assert found({**BATCH_LINE, "body": wrapped}) == tuple(below(("body", "input"), finding) for finding in bare)


# --- neighbours
# ----------------------------------------------------------------------------------------------------


def seen(payload: object) -> list[tuple[str, Pointer]]:
    """The codes and pointers of what the default rules say."""
    return sorted(
        ((finding.code, finding.pointer) for finding in found(payload) if finding.severity > Severity.INFO), key=repr
    )


# A turn more is what some lack, and may be too much for those that are close to the limit.
LACKING = ("MM501", "MM505")
CLOSE = ("MM702",)


@given(
    faulty("MM003", "MM005", "MM006", *LACKING, *CLOSE).filter(
        lambda payload: isinstance(payload.get("messages"), list)
    ),
    st.data(),
)
def test_healthy_neighbours_change_nothing(payload: Json, data: st.DataObject) -> None:
    """Healthy parts that are added to a request leave the findings in it as they were."""
    grown = {"temperature": 0.5, "mask_sensitive_info": True, **payload}
    grown["messages"] = [*payload["messages"], *data.draw(st.lists(messages("user", "assistant"), max_size=2))]
    if isinstance(payload.get("tools"), list) and payload["tools"]:
        tool = data.draw(tools())
        grown["tools"] = [*payload["tools"], {**tool, "function": {**tool["function"], "name": "a_tool_of_its_own"}}]
    assert seen(grown) == seen(payload)


# --- fixes
# ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("only_safe", [False, True], ids=["all", "safe"])
def test_fixes_converge(only_safe: bool) -> None:
    """Fixes applied until none is left come to an end soon, and make no error at any step."""

    @given(PAYLOADS)
    def fixes_converge(payload: Json) -> None:
        value, report = payload, everything().check(payload)
        for _ in range(ROUNDS):
            chosen = fixable(report.diagnostics, unsafe=not only_safe)
            if not chosen:
                break
            value, report = fixed(value, report, chosen)
        else:
            pytest.fail(f"there are fixes left after {ROUNDS} rounds: {fixable(report.diagnostics, unsafe=True)}")

    fixes_converge()


@given(PAYLOADS)
def test_each_fix_alone_does_good(payload: Json) -> None:
    """A fix carried out alone makes no error, and its finding is gone."""
    report = everything().check(payload)
    for only in distinct(each.fix for each in report.diagnostics if each.fix):
        chosen = tuple(each for each in report.diagnostics if each.fix == only)
        _, left = fixed(payload, report, chosen)
        if any(edit.operation in ("insert", "remove") for edit in only.edits):
            continue  # what stands at its place now is another value
        remaining = {(each.code, each.pointer, each.message) for each in left.diagnostics}
        assert remaining.isdisjoint((each.code, each.pointer, each.message) for each in chosen)


def fixed(payload: Json, report: Report, chosen: tuple[Diagnostic, ...]) -> tuple[Json, Report]:
    """What fixes that are carried out together leave, held to the law that they make no error."""
    after = apply_fixes(payload, distinct(each.fix for each in chosen if each.fix))
    left = everything().check(after)
    makes_no_error(payload, report, chosen, after, left)
    return after, left


NULL_OF_USER: Json = {"messages": [{"role": "user", "content": None}]}


@given(faulty_requests())
@example((NULL_OF_USER, Expected("MM110", ("messages", 0, "content"))))
def test_one_fix_heals_one_fault(case: tuple[Json, Expected]) -> None:
    """Where a planted fault has a fix, what the fix leaves has no error, nor that fault.

    The content of a user that was null or absent says nothing as an empty text either. A role that becomes "system"
    may stand where no system message may.
    """
    payload, expected = case
    (finding,) = Validator().check(payload).diagnostics
    if finding.fix is not None:
        left = Validator().check(apply_fixes(payload, [finding.fix]))
        errors = {other.code for other in left.diagnostics if other.severity is Severity.ERROR}
        uncovered = {"": {"MM502"}, "system": {"MM504"}}.get(str(finding.fix.edits[-1].value), set())
        assert errors <= uncovered
        assert expected.code not in {other.code for other in left.diagnostics}
        event(f"fixed {finding.code}")


@given(PAYLOADS)
def test_fixes_leave_the_payload_alone(payload: Json) -> None:
    """Fixes are carried out on a copy, and what they put there is not shared with a second copy."""
    before = repr(payload)
    fixes = [finding.fix for finding in found(payload) if finding.fix is not None]
    first, second = apply_fixes(payload, fixes), apply_fixes(payload, fixes)
    assert first == second
    assert repr(payload) == before
