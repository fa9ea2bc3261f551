"""Fixes on instances."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from minimax_validate import Diagnostic, Severity, fix
from minimax_validate.rules.examples import request, user
from minimax_validate.rules.fixes import assignment, move, removal
from minimax_validate.values.diagnostic import Edit, Fix, Related, all_moved
from minimax_validate.values.edits import apply_edits, apply_fixes, compatible, distinct, shared
from minimax_validate.values.order import in_order
from minimax_validate.values.pointer import Pointer


@pytest.mark.parametrize(
    ("edits", "expected"),
    [
        ([Edit("set", ("a", 1), 9)], {"a": [0, 9, 2], "b": {"c": 1, "d": 2}}),
        ([Edit("set", ("b", "e"), 3)], {"a": [0, 1, 2], "b": {"c": 1, "d": 2, "e": 3}}),
        ([Edit("remove", ("a", 0)), Edit("remove", ("a", 2))], {"a": [1], "b": {"c": 1, "d": 2}}),
        ([Edit("insert", ("a", 3), 3), Edit("insert", ("a", 0), -1)], {"a": [-1, 0, 1, 2, 3], "b": {"c": 1, "d": 2}}),
        ([Edit("rename", ("b", "c"), "z")], {"a": [0, 1, 2], "b": {"z": 1, "d": 2}}),
        ([Edit("insert", ("a", 0), 2), Edit("remove", ("a", 2))], {"a": [2, 0, 1], "b": {"c": 1, "d": 2}}),
        ([Edit("insert", ("a", 1), 9), Edit("remove", ("a", 1))], {"a": [0, 9, 2], "b": {"c": 1, "d": 2}}),
        ([Edit("insert", ("a", 1), 9), Edit("set", ("a", 1), 8)], {"a": [0, 9, 8, 2], "b": {"c": 1, "d": 2}}),
        ([Edit("rename", ("b",), "z"), Edit("remove", ("b", "c"))], {"a": [0, 1, 2], "z": {"d": 2}}),
        ([Edit("set", ("a", 0), (1, [2]))], {"a": [[1, [2]], 1, 2], "b": {"c": 1, "d": 2}}),
        ([Edit("set", (), 5)], 5),
    ],
)
def test_edits_are_of_the_instance_as_it_was(edits: list[Edit], expected: Any) -> None:
    """All edits of a list point into the instance before any of them, and leave it as it was."""
    instance = {"a": [0, 1, 2], "b": {"c": 1, "d": 2}}
    for order in (edits, edits[::-1]):
        assert apply_edits(instance, order) == expected
    assert instance == {"a": [0, 1, 2], "b": {"c": 1, "d": 2}}


def test_keys_of_yaml_may_be_numbers_beside_strings() -> None:
    """Edits of both are carried out together."""
    edits = [Edit("set", (1,), "c"), Edit("set", ("a",), "d"), Edit("remove", (2,))]
    assert apply_edits({1: "a", 2: "b", "a": "c"}, edits) == {1: "c", "a": "d"}


def test_renaming_keeps_the_place() -> None:
    """A key that is renamed stays where it was among the others."""
    assert list(apply_edits({"a": 1, "b": 2, "c": 3}, [Edit("rename", ("b",), "z")])) == ["a", "z", "c"]


def test_equal_fixes_are_carried_out_once() -> None:
    """Two findings may offer the same fix; it is one."""
    fix = removal((0,), "delete it", safe=True)
    assert apply_fixes([1, 2, 3], [fix, Fix(fix.message, fix.edits, fix.safe)]) == [2, 3]


def test_equal_fixes_are_one() -> None:
    """Of fixes with equal words and edits, all are the first; another value, place or message makes another fix."""
    fix = assignment((0, "a"), {"b": []}, "set it", safe=True)
    equal = assignment((0, "a"), {"b": []}, "set it", safe=True)
    others = [
        assignment((0, "a"), {"b": 1}, "set it", safe=True),
        assignment((1, "a"), {"b": []}, "set it", safe=True),
        assignment((0, "a"), {"b": []}, "put it", safe=True),
        assignment((0, "a"), {"b": []}, "set it", safe=False),
    ]
    assert list(map(id, shared([fix, equal, *others, fix]))) == list(map(id, [fix, fix, *others, fix]))
    assert distinct([fix, equal, *others, fix]) == (fix, *others)


def test_fixes_that_touch_the_same_value_wait_for_the_next_time() -> None:
    """Of fixes to a value and to what holds it, the first is carried out."""
    inner, outer = assignment((0, "a"), 2, "set it", safe=True), removal((0,), "delete it", safe=True)
    assert compatible([inner, outer]) == (inner,)
    assert compatible([outer, inner]) == (outer,)
    assert compatible([outer, outer, removal((1,), "delete it", safe=True)]) == (
        outer,
        removal((1,), "delete it", safe=True),
    )


def test_two_keys_are_not_given_one_name() -> None:
    """Of two slips of the pen that mean one parameter, one is put right, and the value of the other is not lost."""
    first, second = (
        Fix("rename it", (Edit("rename", (key,), "max_tokens"),), True) for key in ("max_token", "max_tokns")
    )
    assert compatible([first, second]) == (first,)
    assert apply_fixes({"max_token": 1, "max_tokns": 2}, [first, second]) == {"max_tokens": 1, "max_tokns": 2}
    assert fix({**request(user()), "max_token": 1500, "max_tokns": 2000}).payload == {
        **request(user()),
        "max_tokens": 1500,
        "max_tokns": 2000,
    }


def test_a_key_is_not_given_a_name_that_another_edit_speaks_of() -> None:
    """A rename touches the key that it makes, in its own object alone."""
    rename = Fix("rename it", (Edit("rename", ("a", "b"), "z"),), True)
    assert compatible([rename, assignment(("a", "z"), 1, "set it", safe=True)]) == (rename,)
    for pointer in (("z",), ("a", "c"), ("b", "z")):
        other = assignment(pointer, 1, "set it", safe=True)
        assert compatible([rename, other]) == (rename, other)


def test_move() -> None:
    """A move takes an element out and puts it in elsewhere, in either direction."""
    assert apply_fixes(["a", "b", "c"], [move((2,), (0,), "c", "up", safe=True)]) == ["c", "a", "b"]
    assert apply_fixes(["a", "b", "c"], [move((0,), (3,), "a", "down", safe=True)]) == ["b", "c", "a"]


def test_values_are_copied() -> None:
    """A value that an edit puts in is a copy: what is done to the result does not reach the fix."""
    value: dict[str, Any] = {"type": "object", "properties": {}}
    after = apply_fixes({}, [assignment(("parameters",), value, "add it", safe=True)])
    after["parameters"]["properties"]["city"] = {}
    assert value == {"type": "object", "properties": {}}


def test_a_fix_that_findings_share_is_shared_wherever_they_are_seen_from() -> None:
    """Moved one by one, the fix of many findings would be copied as often, with as many edits each time."""
    merge = Fix("merge", (Edit("remove", ("messages", 1)),), safe=True)
    findings = [
        Diagnostic("MM503", "a", Severity.ERROR, "a", ("messages", 1), fix=merge),
        Diagnostic("MM503", "a", Severity.ERROR, "a", ("messages", 2), (Related(("messages", 0), "b"),), merge),
        Diagnostic("MM505", "a", Severity.ERROR, "a", ("messages",)),
    ]
    first, second, third = all_moved(findings, ("input",))
    assert first.fix is second.fix
    assert first.fix == Fix("merge", (Edit("remove", ("input", "messages", 1)),), safe=True)
    assert second.related == (Related(("input", "messages", 0), "b"),)
    assert (third.pointer, third.fix) == (("input", "messages"), None)
    assert all_moved(findings, ()) is findings
    assert list(all_moved(findings, ("input",))) == [each.moved(("input",)) for each in findings]


def test_a_fix_that_findings_share_is_compared_once() -> None:
    """Its edits are as many as the findings: to look at them for each would be quadratic."""
    looked_at: list[int] = []

    class Edits(tuple[Edit, ...]):
        def __iter__(self) -> Iterator[Edit]:
            looked_at.append(len(self))
            return super().__iter__()

    merge = Fix("merge", Edits([Edit("remove", ("messages", number)) for number in range(9)]), safe=True)
    assert shared([merge] * 9) == [merge] * 9
    assert looked_at == [9]


def test_findings_in_order_of_their_places() -> None:
    """Findings stand in the order of the value, and what leads to no place comes with what is nearest to it."""
    instance = {"b": [1, {"c": 5}], "a": {"d": 1}}
    pointers: list[Pointer] = [("a", "d"), ("b", 1, "c", "x"), ("x",), ("b", 1, "c"), ("b", 7), ("b", 0, "y"), ()]
    found = [Diagnostic("MM000", "n", Severity.ERROR, "m", pointer) for pointer in pointers]
    assert [one.pointer for one in in_order(found, instance)] == [
        (),
        ("x",),
        ("b", 0, "y"),
        ("b", 1, "c", "x"),
        ("b", 1, "c"),
        ("b", 7),
        ("a", "d"),
    ]
