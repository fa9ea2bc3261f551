"""The law that fuzzing holds fixes to: it lets pass what it should, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from fuzz.harness import LawError
from fuzz.laws.fixes import makes_no_error, moved
from fuzz.laws.values import everything
from minimax_validate import Diagnostic, Edit, Fix, Severity
from minimax_validate.rules.examples import answer_format, call, calling, request, result, system, tool, user
from minimax_validate.values.edits import apply_fixes

Json = Any

PART = {"type": "text", "text": "a"}
ALONE = {"messages": [user("a"), {"role": "user", "content": {"type": "sound"}}]}
HISTORY = request(user(), calling(), result(), tools=[tool()])


def hold(code: str, payload: Json, *edits: Edit) -> None:
    """Hold a fix of these edits, by a rule of this code, to the law."""
    fix = Fix("", edits, safe=False)
    after = apply_fixes(payload, [fix])
    found = Diagnostic(code, "a-rule", Severity.ERROR, "", edits[0].pointer, fix=fix)
    makes_no_error(payload, everything().check(payload), [found], after, everything().check(after))


@pytest.mark.parametrize(
    ("code", "payload", "edits"),
    [
        ("MM106", ALONE, [Edit("set", ("messages", 1, "content"), [PART])]),
        # The other message is at fault as before, one place further down, or further up.
        ("MM106", ALONE, [Edit("insert", ("messages", 0), user("b"))]),
        ("MM106", ALONE, [Edit("remove", ("messages", 0))]),
        ("MM201", ALONE, [Edit("insert", ("messages", 0), ALONE["messages"][1]), Edit("remove", ("messages", 1))]),
        # Content that is missing, null or blank is one fact.
        ("MM111", request(user(), {"role": "user"}), [Edit("set", ("messages", 1, "content"), "")]),
        # The format was held against the type before, which covered what is wrong beside it.
        (
            "MM114",
            request(user(), response_format={**answer_format(), "type": "json_object", "more": 1}),
            [Edit("set", ("response_format", "type"), "json_schema")],
        ),
        # A conversion brings faults along, and any fix those that no contract has.
        ("MM127", ALONE, [Edit("set", ("messages", 1, "content"), [{"type": "sound"}])]),
        (
            "MM103",
            request(user(), {**calling(), "tool_calls": [{**call(), "function": {"nam": "", "arguments": "{}"}}]}),
            [Edit("rename", ("messages", 1, "tool_calls", 0, "function", "nam"), "name")],
        ),
        # Two system messages behind another one are as many at the start.
        ("MM201", {"messages": [result(), system(), system("b")]}, [Edit("remove", ("messages", 0))]),
        # One half of a pair gets its place, and the other half is seen to miss it.
        ("MM101", HISTORY, [Edit("set", ("messages", 1, "tool_calls", 0, "id"), "call_9")]),
    ],
)
def test_what_a_fix_may_leave(code: str, payload: Json, edits: list[Edit]) -> None:
    """Errors that are kept, and those that are uncovered, are no failures."""
    hold(code, payload, *edits)


@pytest.mark.parametrize(
    ("code", "payload", "edits", "law"),
    [
        ("MM106", ALONE, [Edit("set", ("messages", 1, "content"), [{"type": "sound"}])], "writes nothing .* MM104"),
        ("MM106", ALONE, [Edit("insert", ("messages", 0), {"role": "user"})], "writes nothing .* MM111"),
        # A text that is made up has no error of any rule.
        ("MM106", ALONE, [Edit("set", ("messages", 1, "content"), " ")], "writes nothing .* MM502"),
        ("MM127", ALONE, [Edit("set", ("messages",), 5)], "writes nothing .* MM102"),
        ("MM302", HISTORY, [Edit("set", ("tools", 0, "function", "parameters"), "\ud800")], "writes nothing .* MM005"),
        # Elsewhere too: a key that is needed, and what makes a request of it.
        ("MM103", HISTORY, [Edit("remove", ("messages", 1, "content"))], "makes no error, here MM111"),
        ("MM103", HISTORY, [Edit("remove", ("messages",))], "makes no error, here MM003"),
        # A message that no fix is about comes to be late.
        (
            "MM205",
            request(system(), user()),
            [Edit("insert", ("messages", 0), user())],
            "no error elsewhere, here MM504",
        ),
    ],
)
def test_what_a_fix_must_not_do(code: str, payload: Json, edits: list[Edit], law: str) -> None:
    """Errors that a fix makes are failures, each told by its law."""
    with pytest.raises(LawError, match=law):
        hold(code, payload, *edits)


def test_where_places_move_to() -> None:
    """Edits before a place shift it, those around it take it along, and those of it end it."""
    place = ("messages", 3, "content")
    edits = (
        Edit("insert", ("messages", 0)),
        Edit("insert", ("messages", 3)),
        Edit("insert", ("messages", 4)),
        Edit("remove", ("messages", 1)),
        Edit("remove", ("messages", 2)),
        Edit("set", ("messages", 3, "role"), "user"),
    )
    assert moved(place, edits) == place
    assert moved(place, edits[:2]) == ("messages", 5, "content")
    assert moved(place, edits[3:]) == ("messages", 1, "content")
    assert moved(place, [Edit("rename", place, "text")]) == ("messages", 3, "text")
    assert moved(place, [Edit("rename", ("messages",), "input")]) == ("input", 3, "content")
    assert moved(place, [Edit("set", place[:2], {})]) is None
    assert moved(place, [Edit("remove", place)]) is None
