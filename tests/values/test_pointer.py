"""Pointers into values: where they lead, and how they are spelled."""

from __future__ import annotations

from typing import Any

import pytest

from minimax_validate.values.pointer import (
    Pointer,
    from_json_pointer,
    nearest,
    to_json_pointer,
    to_path,
    value_at,
)

VALUE: Any = {"messages": [{"role": "user"}, 5], "": {"0": None}}


@pytest.mark.parametrize(
    ("pointer", "value"),
    [((), VALUE), (("messages", 0, "role"), "user"), (("messages", 1), 5), (("", "0"), None)],
)
def test_a_pointer_leads_to_a_value(pointer: Pointer, value: Any) -> None:
    """Each step is a key or an index."""
    assert value_at(VALUE, pointer) == value
    assert nearest(VALUE, pointer) == pointer


@pytest.mark.parametrize("pointer", [("tools",), ("messages", 2), ("messages", 0, "content")])
def test_a_pointer_that_leads_nowhere(pointer: Pointer) -> None:
    """It is an error to ask for a value that is not there."""
    with pytest.raises(LookupError):
        value_at(VALUE, pointer)


@pytest.mark.parametrize(
    ("pointer", "depth"),
    [
        (("tools",), 0),
        ((0,), 0),
        (("messages", 2), 1),
        (("messages", "0"), 1),
        (("messages", 1, "role"), 2),
        (("messages", 1, 0), 2),
        (("messages", 0, "role", 0), 3),
        (("messages", 0, "content", "text"), 2),
        (("", "0", "a"), 2),
        (("", 0), 1),
    ],
)
def test_the_nearest_place_of_what_is_not_there(pointer: Pointer, depth: int) -> None:
    """A pointer is cut where it leaves the value: keys are of objects, indexes of arrays, and texts have neither."""
    assert nearest(VALUE, pointer) == pointer[:depth]


SPELLED: list[tuple[Pointer, str, str]] = [
    ((), "", "$"),
    (("messages",), "/messages", "messages"),
    (("messages", 2, "tool_calls", 0, "id"), "/messages/2/tool_calls/0/id", "messages[2].tool_calls[0].id"),
    ((1, "a"), "/1/a", "[1].a"),
    (("_A9", "z"), "/_A9/z", "_A9.z"),
    (("",), "/", "['']"),
    (("", ""), "//", "['']['']"),
    (("a/b",), "/a~1b", "['a/b']"),
    (("a~b", "c"), "/a~0b/c", "['a~b'].c"),
    (("a~/b", "~1"), "/a~0~1b/~01", "['a~/b']['~1']"),
    (("9a", "a-b", "é"), "/9a/a-b/é", "['9a']['a-b']['é']"),
    (("it's",), "/it's", '["it\'s"]'),
]


@pytest.mark.parametrize(("pointer", "text", "path"), SPELLED, ids=[text for _, text, _ in SPELLED])
def test_pointers_are_spelled_for_programs_and_for_people(pointer: Pointer, text: str, path: str) -> None:
    """A JSON Pointer escapes ``~`` and ``/``, and leads back; a path has dots before plain names alone."""
    assert to_json_pointer(pointer) == text
    assert from_json_pointer(text) == pointer
    assert to_path(pointer) == path


@pytest.mark.parametrize(
    ("text", "pointer"),
    [
        ("/0", (0,)),
        ("/10", (10,)),
        ("/01", ("01",)),
        ("/-1", ("-1",)),
        ("/٣", ("٣",)),
        ("/1234567890123456789", (1234567890123456789,)),
        ("/12345678901234567890", ("12345678901234567890",)),
        ("/0x", ("0x",)),
    ],
)
def test_steps_that_look_like_indexes(text: str, pointer: Pointer) -> None:
    """Up to 19 digits without a zero before them are an index, and all else is a key."""
    assert from_json_pointer(text) == pointer


@pytest.mark.parametrize("text", ["a", "#/a", " /a", "~0"])
def test_a_text_that_is_no_pointer(text: str) -> None:
    """What does not begin with a slash is refused, and quoted."""
    with pytest.raises(ValueError, match="must be empty or start with '/'") as caught:
        from_json_pointer(text)
    assert repr(text) in str(caught.value)
