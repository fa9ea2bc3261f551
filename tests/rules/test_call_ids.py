"""Ids that fixes give to calls without one."""

from __future__ import annotations

from typing import Any

import pytest

from minimax_validate import Edit, Validator
from minimax_validate.rules.examples import call, calling, request, result, user, without

BARE = without(call(), "id")


@pytest.mark.parametrize(
    ("calls", "results", "identifiers"),
    [
        # As many results match no call as calls have no id.
        ([BARE], [result("a")], ["a"]),
        ([BARE, call("a")], [result("b"), result("a")], ["b"]),
        ([BARE, BARE], [result("a"), result("b")], ["a", "b"]),
        # More or fewer of them, results of one id, and results without a readable id leave a doubt.
        ([BARE], [result("a"), result("b")], ["call_1_0"]),
        ([BARE, BARE], [result("a")], ["call_1_0", "call_1_1"]),
        ([BARE, BARE], [result("a"), result("a")], ["call_1_0", "call_1_1"]),
        ([BARE], [{**result(), "tool_call_id": []}], ["call_1_0"]),
        ([BARE], [result("")], ["call_1_0"]),
        ([BARE], [], ["call_1_0"]),
        # The result of another call is none of this one, and its id is not given twice.
        ([BARE, call("call_1_0")], [result("call_1_0")], ["call_1_0_"]),
        # What follows the next message belongs to it.
        ([BARE], [user(), result("a")], ["call_1_0"]),
        # Something that is no call has no id either.
        ([BARE, 5], [result("a")], ["call_1_0"]),
    ],
)
def test_id_for_a_call_without_one(calls: list[Any], results: list[Any], identifiers: list[str]) -> None:
    """It is that of the result which can belong to it, otherwise a new one."""
    report = Validator().check(request(user(), calling(*calls), *results))
    edits = [found.fix.edits for found in report.diagnostics if found.code == "MM101" and found.fix]
    numbers = [number for number, each in enumerate(calls) if each is BARE]
    assert edits == [
        (Edit("set", ("messages", 1, "tool_calls", number, "id"), identifier),)
        for number, identifier in zip(numbers, identifiers, strict=True)
    ]


def test_flat_call_gets_the_id_of_its_result() -> None:
    """A call in the format of another API that has no id is converted with that of the result."""
    flat = {"name": "get_weather", "arguments": {"city": "Oslo"}}
    (found,) = Validator().check(request(user(), calling(flat), result("a"))).diagnostics
    assert found.code == "MM126"
    assert found.fix is not None
    assert found.fix.edits == (
        Edit("set", ("messages", 1, "tool_calls", 0), call("a", "get_weather", '{"city": "Oslo"}')),
    )


def test_only_message_is_not_removed() -> None:
    """A request that has nothing but orphaned results keeps them, also where the key of the role is missing."""
    for message in (result("a"), {"tool_call_id": "a"}):
        report = Validator().check({"messages": [message]})
        assert [found.fix for found in report.diagnostics if found.code == "MM201"] == [None]
