"""A whole request is counted as the template renders it, by bounds that hold for all of it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from chat_template import pieces_of, prompt_of
from hypothesis import example, given, settings
from rendered import render
from token_texts import BODIES
from toy_tokenizer import TOYS

from minimax_validate.tokens import (
    ESTIMATE,
    LOWER,
    UPPER,
    Measure,
    MessageCount,
    count_prompt,
    measure_with,
    named_counter,
    o200k,
)
from minimax_validate.tokens.costs import Extent

WORDS = Measure("words", lambda text: len(text.split()), Extent.USUAL)


def words(*messages: dict[str, Any], **more: Any) -> tuple[list[int], int, int]:
    """The words of each message, the tools' tokens and the template's."""
    counted = count_prompt({"messages": list(messages), **more}, WORDS)
    return [message.tokens for message in counted.messages], counted.tools, counted.template


def user(content: Any) -> dict[str, Any]:
    """A user message."""
    return {"role": "user", "content": content}


def assistant(content: Any, **more: Any) -> dict[str, Any]:
    """An assistant message."""
    return {"role": "assistant", "content": content, **more}


def system(content: Any) -> dict[str, Any]:
    """A system message."""
    return {"role": "system", "content": content}


def result(content: Any) -> dict[str, Any]:
    """A tool message."""
    return {"role": "tool", "tool_call_id": "call_1", "content": content}


def call(arguments: Any, name: str = "find") -> dict[str, Any]:
    """A tool call."""
    return {"id": "call_1", "type": "function", "function": {"name": name, "arguments": arguments}}


def test_a_user_message_costs_its_content_and_its_frame() -> None:
    """Without a system message the template takes 36 tokens, and 5 for a turn."""
    assert words(user("three small words")) == ([3], 0, 36 + 5)


def test_the_first_system_message_takes_the_place_of_the_default() -> None:
    """A system message costs 6 besides its content, in place of the default's 25."""
    assert words(system("be kind"), user("hello")) == ([2, 1], 0, 6 + 5 + 5)


def test_an_empty_system_message_leaves_the_default() -> None:
    """The template says its default where the system message says nothing."""
    assert words(system(""), user("hello")) == ([0, 1], 0, 36 + 5)


def test_further_system_messages_are_not_shown() -> None:
    """A second or a late system message costs nothing, nor does one of a role that the template does not know."""
    assert words(system("be kind"), system("be brief"), user("hello")) == ([2, 0, 1], 0, 6 + 5 + 5)
    assert words(user("hello"), system("be brief")) == ([1, 0], 0, 36 + 5)
    assert words({"role": "developer", "content": "be brief"}, user("hello")) == ([0, 1], 0, 36 + 5)


def test_names_and_ids_are_not_shown() -> None:
    """Keys that the template does not print cost nothing."""
    assert words({**user("hello"), "name": "a b c"})[0] == [1]


def test_text_parts_are_read_on_end() -> None:
    """The parts of a message make one text: "wat" and "er" are a word."""
    assert words(user([{"type": "text", "text": "cold wat"}, {"type": "text", "text": "er"}]))[0] == [2]


@pytest.mark.parametrize("role", ["user", "assistant", "tool"])
@pytest.mark.parametrize("measure", [LOWER, ESTIMATE, UPPER, WORDS])
def test_images_count_nothing_but_are_told(role: str, measure: Measure) -> None:
    """An image is no text, whoever shows it and however long its base64 is."""
    image = {"type": "image_url", "image_url": {"url": "data:image/png;base64," + "iVBORw0KGgo" * 10_000}}
    with_image = count_prompt(
        {"messages": [{"role": role, "content": [{"type": "text", "text": "look"}, image]}]}, measure
    )
    without = count_prompt({"messages": [{"role": role, "content": [{"type": "text", "text": "look"}]}]}, measure)
    assert (with_image.total, with_image.images) == (without.total, 1)
    assert without.images == 0


def test_thoughts_before_the_last_user_message_are_dropped() -> None:
    """Only in a running turn does the model see what it thought; five tokens frame it."""
    thinking = assistant("<think>\nwell then now\n</think>\n\nyes sir")
    assert words(user("a"), thinking, user("b")) == ([1, 2, 1], 0, 36 + 15)
    assert words(user("a"), user("b"), thinking) == ([1, 1, 5], 0, 36 + 15 + 5)


def test_a_thought_in_a_field_of_its_own_is_shown_like_one_in_the_text() -> None:
    """``reasoning_content``, or the details that MiniMax returns, stand before the text.

    Then the text is not searched.
    """
    for thinking in (
        assistant("yes sir", reasoning_content="well then now"),
        assistant("yes sir", reasoning_details=[{"type": "reasoning.text", "text": "well then now"}, {"type": "x"}, 7]),
    ):
        assert words(user("a"), thinking) == ([1, 5], 0, 36 + 10 + 5)
        assert words(thinking, user("a")) == ([2, 1], 0, 36 + 10)
    assert words(user("a"), assistant("no </think> yes", reasoning_content="hm"))[0] == [1, 4]


def test_text_between_thoughts_is_lost() -> None:
    """Of several thoughts the first counts, and only the text after the last."""
    assert words(user("a"), assistant("x <think>one two</think> lost <think>three</think> said it"))[0] == [1, 4]


def test_tools_cost_their_function_as_json() -> None:
    """96 tokens for the tools, 4 for each, and the JSON of its function as Python writes it."""
    function = {
        "name": "find",
        "description": "Find Größe",
        "parameters": {"type": "object", "properties": {}},
        "strict": True,
    }
    seen: list[str] = []

    def noted(text: str) -> int:
        seen.append(text)
        return 1

    counted = count_prompt(
        {"messages": [], "tools": [{"type": "function", "function": function}]}, Measure("noted", noted, Extent.USUAL)
    )
    assert seen == [json.dumps(function, ensure_ascii=False)]
    assert counted.tools == 96 + 4 + 1
    assert words(user("a"), tools=[]) == words(user("a"))


def test_the_lower_bound_counts_only_the_facts_of_a_tool() -> None:
    """Keys that a server may drop are not certain to be shown, nor are any tools that may not be called."""
    tool = {"type": "function", "function": {"name": "find", "parameters": {}, "strict": True}}
    assert render({"tools": [tool]}, Extent.LEAST).tools == ('{"name": "find", "parameters": {}}',)
    assert render({"tools": [tool], "tool_choice": "none"}, Extent.LEAST).tools == ()
    assert len(render({"tools": [tool], "tool_choice": "none"}).tools) == 1


def test_tool_calls_cost_their_frame_and_their_parameters() -> None:
    """A first call of one short parameter makes 23 tokens, a further one 19; values that are no text are JSON."""
    one = call('{"where": "here"}')
    assert words(user("a"), assistant("", tool_calls=[one])) == ([1, 3], 0, 36 + 10 + 20)
    assert words(user("a"), assistant("", tool_calls=[one, one])) == ([1, 6], 0, 36 + 10 + 20 + 16)
    assert words(user("a"), assistant("", tool_calls=[call('{"a": [1, 2], "b": "x y"}')]))[0] == [1, 1 + 1 + 2 + 1 + 2]
    assert words(user("a"), assistant("", tool_calls=[call("{}")])) == ([1, 1], 0, 36 + 10 + 12)


def test_arguments_that_are_no_object_are_counted_as_they_stand() -> None:
    """What the provider would refuse still has a length, though it is not certain to be shown."""
    for arguments in ("not json", "[1, 2]", '{"a": ' + "1" * 5_000 + "}", "[" * 100_000):
        message = assistant("", tool_calls=[call(arguments)])
        assert render({"messages": [message]}).messages[0].texts == ("find", arguments)
        assert render({"messages": [message]}, Extent.LEAST).messages[0].texts == ("find",)


def test_results_share_the_frame_of_their_run() -> None:
    """The first result of a run costs 12, each further one 7; another run begins anew."""
    assert words(user("a"), result("one two"), result("three")) == ([1, 2, 1], 0, 36 + 5 + 12 + 7)
    assert words(result("one"), user("a"), result("two")) == ([1, 1, 1], 0, 36 + 5 + 24)


def test_each_part_of_a_result_is_a_result() -> None:
    """A tool's content in parts makes as many results, and what is no text is printed."""
    parts = [
        {"type": "text", "text": "one two"},
        {"type": "json", "value": 5},
        "three",
        {"type": "x", "output": "four"},
    ]
    assert words(user("a"), result(parts)) == ([1, 2 + 4 + 1 + 1], 0, 36 + 5 + 12 + 3 * 7)
    assert render({"messages": [result(parts)]}, Extent.LEAST).messages[0].texts == ("one two", "three", "four")


def test_a_count_says_what_it_counted() -> None:
    """The total is the sum of the table."""
    counted = count_prompt({"messages": [system("be kind"), user("hello you")]}, WORDS)
    assert counted.measure == "words"
    assert counted.messages == (MessageCount(0, "system", 2), MessageCount(1, "user", 2))
    assert counted.total == 4 + counted.template


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        "text",
        {},
        {"messages": None, "tools": None},
        {"messages": {}, "tools": {}},
        {
            "messages": [
                None,
                1,
                "x",
                [],
                {},
                {"role": 7, "content": 7},
                {"role": "user"},
                {"role": "tool"},
                {"role": "assistant"},
            ]
        },
        {
            "messages": [
                {"role": "user", "content": [None, 1, {"type": "text"}, {"type": "text", "text": 5}, {"type": 5}]}
            ]
        },
        {
            "messages": [
                {"role": "tool", "content": [None, 1, {"type": "text"}, {"type": "text", "text": 5}, {"type": 5}]}
            ]
        },
        {"messages": [{"role": "tool", "content": {"a": 1}}, {"role": "system", "content": {"a": 1}}]},
        {
            "messages": [
                {
                    "role": "assistant",
                    "tool_calls": [None, {}, {"function": None}, {"function": {"name": 5, "arguments": [1]}}],
                }
            ]
        },
        {
            "messages": [
                {"role": "assistant", "tool_calls": {"function": 5}, "reasoning_details": 5, "reasoning_content": 5}
            ]
        },
        {
            "tools": [
                None,
                {},
                {"function": None},
                {"function": {1: {2: 3}}},
                {"function": {"name": float("nan")}},
                {"function": {"x": {5}}},
            ]
        },
    ],
)
@pytest.mark.parametrize("measure", [LOWER, ESTIMATE, UPPER])
def test_malformed_requests_are_counted_as_far_as_they_go(body: Any, measure: Measure) -> None:
    """Nothing that a request can hold makes counting fail."""
    assert count_prompt(body, measure).total >= 0


@pytest.mark.parametrize("extent", Extent)
def test_deep_values_are_passed_over(extent: Extent) -> None:
    """A value too deep to be written counts nothing instead of ending the program."""
    deep: Any = []
    for _ in range(200_000):
        deep = [deep]
    body = {"messages": [result([deep]), user(deep)], "tools": [{"function": {"name": "x", "parameters": deep}}]}
    assert render(body, extent) is not None
    while deep:
        deep = deep.pop()


EMPTY = (
    {"role": "tool", "tool_call_id": "call", "content": []},
    {"role": "assistant", "content": None},
    {"role": "user", "content": ""},
)


@given(BODIES)
@example({"messages": list(EMPTY), "tools": []})
@settings(max_examples=100, deadline=None)
def test_the_bounds_hold_for_whole_prompts(body: dict[str, Any]) -> None:
    """With the luckiest merges the prompt is above the lower bound.

    With merges for the template's words alone, below the upper.
    """
    prompt, pieces = prompt_of(body), pieces_of(body)
    least, most = count_prompt(body, LOWER).total, count_prompt(body, UPPER).total
    for toy in TOYS:
        assert least <= toy.fewest(prompt)
        assert sum(toy.most(piece.text) if piece.given else toy.fewest(piece.text) for piece in pieces) <= most


@given(BODIES)
@example({"messages": [EMPTY[0]], "tools": []})
@settings(max_examples=100, deadline=None)
def test_the_usual_reading_lies_between_the_others(body: dict[str, Any]) -> None:
    """Whatever counts the texts, the three readings of a request are in their order."""
    letters = [count_prompt(body, Measure("letters", len, extent)).total for extent in Extent]
    assert letters == sorted(letters)


def test_a_count_by_parts_is_near_the_count_of_the_whole() -> None:
    """With o200k the table's total is within a few tokens a message of the rendered prompt.

    The template's costs are right.
    """
    pytest.importorskip("splintr")
    counter = o200k()
    body = {
        "messages": [
            system("Answer in one sentence."),
            user("Which ferry leaves next?"),
            assistant(
                "Let me look.", tool_calls=[call('{"from": "Oban", "after": "10:00"}'), call('{"from": "Mallaig"}')]
            ),
            result("Isle of Mull, 10:25"),
            result("none today"),
            assistant("<think>\nEasy.\n</think>\n\nThe Isle of Mull at 10:25."),
        ],
        "tools": [
            {
                "type": "function",
                "function": {"name": "find", "description": "Find a ferry.", "parameters": {"type": "object"}},
            }
        ],
    }
    by_parts = count_prompt(body, measure_with(counter)).total
    assert abs(by_parts - counter.count(prompt_of(body))) <= 16


def test_a_counter_of_ones_own_counts_prompts() -> None:
    """A measure takes its name from the counter."""
    counted = count_prompt(
        {"messages": [user("a b")]}, measure_with(named_counter(lambda text: len(text.split()), "words"))
    )
    assert (counted.measure, counted.messages[0].tokens) == ("words", 2)
