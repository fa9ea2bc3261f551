"""What the template makes of each part of a request, at each of the three extents."""

from __future__ import annotations

from typing import Any

import pytest
from rendered import Rendered, render

from minimax_validate.tokens.contents import to_json
from minimax_validate.tokens.costs import Extent

LEAST, USUAL, MOST = Extent
IMAGE = {"type": "image_url", "image_url": {"url": "https://example.com/a.png"}}


def one(message: Any, extent: Extent = USUAL) -> Rendered:
    """A message that stands alone, rendered."""
    (rendered,) = render({"messages": [message]}, extent).messages
    return rendered


def assistant(content: Any, **more: Any) -> dict[str, Any]:
    """An assistant message."""
    return {"role": "assistant", "content": content, **more}


def call(arguments: Any) -> dict[str, Any]:
    """A tool call."""
    return {"function": {"name": "find", "arguments": arguments}}


def test_every_message_keeps_its_place_and_its_role() -> None:
    """Index, role, texts, overhead and images of each kind of message."""
    parts = [{"type": "text", "text": "b"}, IMAGE, IMAGE]
    messages = [
        {"role": "system", "content": "a"},
        {"role": "user", "content": parts},
        assistant(parts),
        {"role": "tool", "content": parts},
        {"role": "system", "content": parts},
        {"role": "pirate", "content": "c"},
        {"content": "d"},
        {"role": ["user"], "content": "e"},
        None,
        {"role": "tool", "content": "f"},
    ]
    assert render({"messages": messages}).messages == (
        Rendered(0, "system", ("a",)),
        Rendered(1, "user", ("b",), 5, 2),
        Rendered(2, "assistant", ("b",), 5, 2),
        Rendered(3, "tool", ("b",), 12, 2),
        Rendered(4, "system", (), 0, 2),
        Rendered(5, "pirate"),
        Rendered(6, ""),
        Rendered(7, ""),
        Rendered(8, ""),
        Rendered(9, "tool", ("f",), 12),
    )


def test_at_most_every_message_is_shown() -> None:
    """Roles that the template does not know, and system messages after the first, count as turns."""
    messages = [
        {"role": "user", "content": "a"},
        {"role": "system", "content": "b"},
        {"role": "pirate", "content": "c"},
    ]
    assert [(part.texts, part.overhead) for part in render({"messages": messages}, MOST).messages] == [
        (("a",), 6),
        (("b",), 6),
        (("c",), 6),
    ]


@pytest.mark.parametrize(
    ("content", "most"),
    [
        (None, ()),
        (5, ("5",)),
        ({"a": 1}, ("{'a': 1}",)),
        ([{"text": "untyped"}], ("untyped",)),
        ([{"type": "input_text", "text": "mistyped"}], ("mistyped",)),
        ([{"type": "text", "text": 5}, 5], ()),
    ],
)
@pytest.mark.parametrize("role", ["user", "assistant"])
def test_malformed_content_counts_only_at_most(role: str, content: Any, most: tuple[str, ...]) -> None:
    """What the template should not get may be printed as it is, or not at all."""
    message = {"role": role, "content": content}
    assert [one(message, extent).texts for extent in Extent] == [(), (), most]


@pytest.mark.parametrize("role", ["user", "assistant", "system"])
def test_the_parts_of_a_content_are_one_text(role: str) -> None:
    """Texts, and parts that are text, one after the other."""
    message = {"role": role, "content": [{"type": "text", "text": "a "}, "b", {"type": "text", "text": " c"}]}
    assert [one(message, extent).texts for extent in Extent] == [("a b c",)] * 3


def test_a_thought_alone_is_current() -> None:
    """Without a user message every turn is the running one."""
    assert one(assistant("<think>hm</think>yes")) == Rendered(0, "assistant", ("hm", "yes"), 10)
    assert one(assistant("<think>hm</think>yes"), LEAST).texts == ("yes",)
    assert one(assistant("<think>hm</think>yes"), MOST).texts == ("<think>hm</think>yes",)


def test_only_newlines_are_taken_from_around_a_thought() -> None:
    """Other white space stays, as the template leaves it."""
    assert one(assistant("<think>\n hm X\n</think>\n\n yes X\n")).texts == (" hm X", " yes X")


def test_a_thought_begins_at_the_last_mark_before_its_end() -> None:
    """What stands before is lost."""
    assert one(assistant("a<think>b<think>c</think>d")).texts == ("c", "d")


def test_a_thought_in_a_field_leaves_the_text_whole() -> None:
    """The usual reading takes the field; the least takes neither for shown; the most takes both."""
    message = assistant("<think>a</think>b", reasoning_content="c", reasoning_details=[{"text": "d"}, {"text": "e"}])
    assert one(message, LEAST).texts == ("b",)
    assert one(message, USUAL).texts == ("c", "<think>a</think>b")
    assert one(message, MOST).texts == ("c\nd\ne", "<think>a</think>b")


def test_details_of_reasoning_are_read_on_end() -> None:
    """They are one thought, in pieces."""
    message = assistant("b", reasoning_details=[{"text": "d"}, {"text": "e"}])
    assert one(message, USUAL).texts == ("de", "b")
    assert one(message, MOST).texts == ("\nd\ne", "b")
    assert one(assistant("b"), MOST) == Rendered(0, "assistant", ("b",), 6)


def test_the_parameters_of_a_call_are_its_texts() -> None:
    """Names and values, texts as they are and anything else as JSON."""
    message = assistant("", tool_calls=[call('{"from": "Oban", "via": ["é", 1.0], "now": true}')])
    texts = ("find", "from", "Oban", "via", '["é", 1.0]', "now", "true")
    assert [(one(message, extent).texts, one(message, extent).overhead) for extent in Extent] == [
        (texts, 4 + 8 + 3 * 3),
        (texts, 5 + 12 + 3 * 8),
        (texts, 6 + 14 + 3 * 9),
    ]


def test_arguments_that_are_no_object_have_no_parameters() -> None:
    """Nothing is framed in them."""
    assert one(assistant("", tool_calls=[call("oops")])) == Rendered(0, "assistant", ("find", "oops"), 5 + 12)
    assert one(assistant("", tool_calls=[call({"a": "b"})])) == Rendered(0, "assistant", ("find", "a", "b"), 5 + 12 + 8)
    assert one(assistant("", tool_calls=[{"name": "find", "arguments": "{}"}])) == Rendered(
        0, "assistant", ("find",), 5 + 12
    )


@pytest.mark.parametrize(
    ("part", "least", "usual"),
    [
        ("a", ("a",), ("a",)),
        ({"type": "text", "text": "a"}, ("a",), ("a",)),
        ({"type": "x", "output": "a"}, ("a",), ("a",)),
        ({"type": "text", "text": "a", "output": "b"}, ("b",), ("b",)),
        ({"type": "x", "text": "a"}, (), ("{'type': 'x', 'text': 'a'}",)),
        (5, (), ("5",)),
        (IMAGE, (), ()),
    ],
)
def test_parts_of_a_result_are_printed(part: Any, least: tuple[str, ...], usual: tuple[str, ...]) -> None:
    """A part is its output, else its text, else whatever it is; only texts are certain."""
    message = {"role": "tool", "content": [part]}
    assert [one(message, extent).texts for extent in Extent] == [least, usual, usual]


def test_results_by_their_number() -> None:
    """The frame of a run, and one for each result."""
    two = {"role": "tool", "content": ["a", "b"]}
    assert [one(two, extent).overhead for extent in Extent] == [4 + 2 * 3, 5 + 2 * 7, 5 + 2 * 9]
    # The turn is closed by the last of a run.
    assert [part.overhead for part in render({"messages": [two, two]}).messages] == [3 + 2 * 7, 2 + 2 * 7]


def test_tools_are_their_functions() -> None:
    """Each tool is framed once, all tools once; a tool without a function counts only at most."""
    body = {"tools": [{"function": {"name": "a"}}, {"function": {"name": "b"}}, {"type": "web_search"}]}
    functions = ('{"name": "a"}', '{"name": "b"}')
    assert [render(body, extent).tools for extent in Extent] == [
        functions,
        functions,
        (*functions, '{"type": "web_search"}'),
    ]
    assert [render(body, extent).tools_overhead for extent in Extent] == [60 + 2 * 2, 96 + 2 * 4, 100 + 3 * 5]
    assert [render({"tools": []}, extent).tools_overhead for extent in Extent] == [0, 0, 0]


def test_the_frame_of_the_whole() -> None:
    """The head, the answer's opening and, without a system message, the default one."""
    system = {"messages": [{"role": "system", "content": "a"}]}
    assert [render({}, extent).overhead for extent in Extent] == [8, 36, 36]
    assert [render(system, extent).overhead for extent in Extent] == [8, 11, 11]


def test_what_is_no_json_is_nothing() -> None:
    """Circles and sets cannot be written, so they count nothing."""
    circle: list[Any] = []
    circle.append(circle)
    assert (to_json(circle), to_json({1, 2}), to_json("é")) == ("", "", '"é"')


def test_what_cannot_be_printed_is_nothing() -> None:
    """A number too long to be spelled, a value too deep to be printed."""
    assert one({"role": "user", "content": 10**5_000}, MOST).texts == ()


def test_date_and_place_of_the_system() -> None:
    """The first system message is shown with its date and its place, as the published template has them."""
    message = {"role": "system", "content": "a", "current_date": "b", "current_location": "c"}
    assert one(message) == Rendered(0, "system", ("a", "b", "c"), 8)
    assert one(message, MOST).texts == ("a", "b", "c")
    assert one(message, LEAST) == Rendered(0, "system", ("a",))
    assert one({**message, "current_date": "", "current_location": 5}) == Rendered(0, "system", ("a",))
    later = render({"messages": [{"role": "user", "content": "a"}, message]})
    assert later.messages[1].texts == ()
