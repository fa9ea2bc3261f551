"""Which fixes are offered: none whose outcome would be refused at its place, or be no request any more."""

from __future__ import annotations

from typing import Any

import pytest

from minimax_validate import Diagnostic, Edit, Fix, Severity, Validator, check
from minimax_validate.engine import offers
from minimax_validate.engine.offers import CONVERSIONS, offered
from minimax_validate.json_schema.contract import contract
from minimax_validate.json_schema.contract.places import failures_at
from minimax_validate.rules.examples import answer_format, request, tool, user

Json = Any

PART = {"type": "text", "text": "a"}
BAD = {"type": "sound", "text": "a"}


def is_offered(body: Json, *edits: Edit, code: str = "MM103", bare: bool = False) -> bool:
    """Whether a fix of these edits is offered."""
    found = Diagnostic(code, "a-rule", Severity.ERROR, "", (), fix=Fix("", edits, safe=True))
    (after,) = offered([found], body, contract(), bare=bare)
    assert after.message == found.message
    return after.fix is not None


@pytest.mark.parametrize(
    ("pointer", "value", "keywords"),
    [
        (("messages", 4, "role"), "user", []),
        (("messages", 4, "role"), "bot", ["enum"]),
        (("messages", 4, "mood"), 5, []),
        (("messages", 0, "content"), [PART, BAD], ["const"]),
        (("messages", 0, "content", 7, "text"), "a", []),
        (("messages", 0, "content", 7, "text"), 5, ["type"]),
        (("messages", 0, "content", 7, "note"), 5, ["additionalProperties"]),
        (("messages", 0, "content", "text"), 5, ["additionalProperties"]),
        (("messages", 0, "content", 7, "type"), "text", []),
        (("messages", 0, "content", 7, "type"), "sound", ["anyOf"]),
        (("tools", 0, "function", "parameters"), None, []),
        (("tools", 0, "function", "parameters", "properties", "a"), 5, []),
        (("tools", 0, "function"), {"name": "a"}, ["required", "required"]),
        (("stream",), "yes", ["type"]),
        (("mood",), "good", []),
    ],
)
def test_what_the_contract_has_against_a_value_at_a_place(pointer: Any, value: Json, keywords: list[str]) -> None:
    """A value is judged by its place alone, whatever stands around it; unknown keys are judged by their object."""
    assert [failure.keyword for failure in failures_at(contract(), pointer, value)] == keywords


def test_a_key_is_renamed_only_if_its_value_suits() -> None:
    """What another key holds has to be what the right one takes."""
    right = request(user(), response_format={"type": "json_schema", "json_schema": {"name": "a", "schemma": {}}})
    rename = Edit("rename", ("response_format", "json_schema", "schemma"), "schema")
    assert not is_offered(right, rename)
    right["response_format"]["json_schema"]["schemma"] = answer_format()["json_schema"]["schema"]
    assert is_offered(right, rename)


def test_what_was_refused_before_may_stay() -> None:
    """A fix of one fault need not mend another one of the same value, and may move a value that is at fault."""
    long = request(user(), response_format={"type": "json_schema", "json_schema": {"name": "a b" * 40, "schema": {}}})
    assert is_offered(long, Edit("set", ("response_format", "json_schema", "name"), "a_b" * 40))
    assert not is_offered(long, Edit("set", ("response_format", "json_schema", "name"), 5))
    parts = request(user([PART, BAD]))
    assert is_offered(parts, Edit("set", ("messages", 0, "content"), [BAD]))
    assert not is_offered(parts, Edit("set", ("messages", 0, "content"), [{**BAD, "type": "noise"}]))
    two = {"messages": [user("a"), {"role": "bot", "content": [BAD]}]}
    assert not is_offered(two, Edit("remove", ("messages", 1)), Edit("set", ("messages", 0, "role"), "human"))
    moved = Edit("insert", ("messages", 0), two["messages"][1])
    assert is_offered(two, moved, Edit("remove", ("messages", 1)))
    assert not is_offered(two, moved)
    noted = {**request(user("a")), "notes": [{"content": [BAD]}]}
    assert not is_offered(noted, Edit("set", ("messages", 0, "content"), [BAD]), Edit("remove", ("notes",)))
    merged = Edit("set", ("messages", 0, "content"), [{"type": "text", "text": "a"}, BAD])
    assert is_offered(two, merged, Edit("remove", ("messages", 1)))
    assert not is_offered(two, merged)


def test_a_conversion_may_bring_faults_along() -> None:
    """What is in another notation is converted with its faults: only then can they be seen."""
    edit = Edit("set", ("messages", 0, "content"), [BAD])
    assert {"MM119", "MM125", "MM126", "MM127", "MM128"} <= CONVERSIONS
    assert [is_offered(request(user("a")), edit, code=code) for code in ("MM127", "MM106")] == [True, False]


@pytest.mark.parametrize("value", [float("inf"), "\ud800", {"a": float("nan")}])
def test_what_json_cannot_hold_is_not_written(value: Json) -> None:
    """No fix writes it, be it one of a conversion."""
    edit = Edit("set", ("tools", 0, "function", "parameters"), {"type": "object", "default": value})
    assert not is_offered(request(user(), tools=[tool()]), edit, code="MM302")


@pytest.mark.parametrize(
    ("value", "is_plain"),
    [("é", True), ("\ud800", False), ([1], True), ([float("nan")], False), ((1,), True), ((float("nan"),), False)],
)
def test_what_a_fix_writes_is_plain_json(value: Json, is_plain: bool) -> None:
    """A text, a list and a tuple are looked through as an object is."""
    assert is_offered(request(user()), Edit("set", ("mood",), value)) is is_plain


def test_what_would_be_too_deep_is_not_written() -> None:
    """A value counts with its place: what is not too deep alone may be there."""
    deep: Json = {"type": "object"}
    for number in range(200):
        deep = {"default": deep}
        edit = Edit("set", ("tools", 0, "function", "parameters"), deep)
        after = request(user(), tools=[tool(parameters=deep)])
        is_too_deep = any(found.code == "MM006" for found in check(after).diagnostics)
        assert is_offered(request(user(), tools=[tool()]), edit, code="MM302") is not is_too_deep, number


def test_fixes_leave_a_request_behind() -> None:
    """What makes a request of an object is not taken away, neither by one fix nor by several."""
    people = {"messages": [{"user": "Ann", "text": "Hi"}], "tools": [], "stream_options": {}}
    assert is_offered(people, Edit("remove", ("tools",)))
    assert not is_offered(people, Edit("remove", ("tools",)), Edit("remove", ("stream_options",)))
    gone = (Edit("remove", ("tools",)), Edit("remove", ("stream_options",)))
    assert is_offered(people, *gone, Edit("set", ("stream",), True))
    assert not is_offered(people, *gone, Edit("set", ("mood",), True))
    streaming = {"messages": people["messages"], "tools": [], "streem": True}
    assert is_offered(streaming, Edit("remove", ("tools",)), Edit("rename", ("streem",), "stream"))
    assert not is_offered(streaming, Edit("remove", ("tools",)), Edit("rename", ("streem",), "mood"))
    assert is_offered({**people, "model": "a"}, Edit("remove", ("tools",)), Edit("remove", ("stream_options",)))
    codes = {found.code: found.fix for found in check(people).diagnostics}
    assert "MM310" in codes
    turns = {"messages": [{"role": "tool", "tool_call_id": "a", "content": "b"}, {"user": "Ann", "text": "Hi"}]}
    assert not is_offered(turns, Edit("remove", ("messages", 0)))
    assert is_offered(turns, Edit("remove", ("messages", 1)))
    moved = (Edit("insert", ("messages", 2), turns["messages"][0]), Edit("remove", ("messages", 0)))
    assert is_offered(turns, *moved)
    told = {"role": "tool", "tool_call_id": "a", "content": "c"}
    assert is_offered(turns, Edit("set", ("messages", 0), told), Edit("remove", ("messages", 1)))
    elsewhere = (Edit("insert", ("notes", 0), turns["messages"][0]), Edit("remove", ("messages", 0)))
    assert not is_offered({**turns, "notes": []}, *elsewhere)
    nobody = {"messages": [{"role": "tool", "content": "b"}, {"content": "c"}]}
    assert not is_offered(nobody, Edit("remove", ("messages", 0)), bare=True)
    assert is_offered(nobody, Edit("remove", ("messages", 1)), bare=True)


def test_only_what_is_offered_counts() -> None:
    """A fix that is not offered for another reason takes nothing away that a second fix would have to leave."""
    people = {"messages": [{"user": "Ann", "text": "Hi"}], "tools": [], "stream_options": {}}
    sound = Fix("", (Edit("remove", ("tools",)),), safe=True)
    unsound = Fix("", (Edit("remove", ("stream_options",)), Edit("set", ("messages", 0, "role"), 5)), safe=True)
    found = [Diagnostic("MM103", "a-rule", Severity.ERROR, "", (), fix=fix) for fix in (unsound, sound)]
    assert [each.fix for each in offered(found, people, contract())] == [None, sound]


def test_a_fix_that_several_findings_share_is_judged_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Their number does not count: a conversion of a long history is one fix."""
    asked: list[Fix] = []

    def is_plain(fix: Fix) -> bool:
        asked.append(fix)
        return True

    monkeypatch.setattr(offers, "_is_plain", is_plain)
    shared = Fix("", (Edit("set", ("messages", 0, "content"), "a"),), safe=True)
    found = [Diagnostic("MM110", "a-rule", Severity.ERROR, "", ("messages", n), fix=shared) for n in range(9)]
    assert offered(found, request(*[user()] * 9), contract()) == found
    assert asked == [shared]


def test_finding_stays_without_its_fix() -> None:
    """A part that the contract does not take is told, and not put into an array."""
    (found,) = Validator().check(request(user({"type": "sound"}))).diagnostics
    assert (found.code, found.fix) == ("MM106", None)
    (found,) = Validator().check(request(user(PART))).diagnostics
    assert found.fix is not None


def test_what_is_not_there_is_nothing_before() -> None:
    """A new value may not be what the contract refuses, wherever it is put, as nothing like it stood there before."""
    body = request(user(), tools=[tool()])
    for pointer in (("tools", 1), ("tools", 5), ("tools", "x"), ("messages", 0, "name", "x"), ("temperature",)):
        finding = Diagnostic(
            "MM000", "n", Severity.ERROR, "m", pointer, fix=Fix("f", (Edit("set", pointer, "warm"),), False)
        )
        (kept,) = offered([finding], body, contract())
        assert (kept.fix is None) == bool(failures_at(contract(), pointer, "warm"))
    assert [offers._at(body, pointer) for pointer in ((), ("tools", 1), ("tools", 5), ("x",), ("messages", "x"))] == [
        (body,),
        (),
        (),
        (),
        (),
    ]
