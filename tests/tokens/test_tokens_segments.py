"""The segments of a request are its prompt: in the order of the reference template, with all texts and their places."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import chat_template
import pytest
from chat_template import prompt_of
from hypothesis import given, settings
from rendered import render
from token_texts import BODIES

from minimax_validate.rules.catalogue import RULES
from minimax_validate.strategies import requests
from minimax_validate.tokens import ESTIMATE, count_prompt
from minimax_validate.tokens.contents import is_image
from minimax_validate.tokens.costs import LEAST_COSTS, MOST_COSTS, TOKENS_OF_PARTS, USUAL_COSTS, Extent, Part
from minimax_validate.tokens.counting import counted, tokens_of
from minimax_validate.tokens.segments import Kind, Segment, Why
from minimax_validate.tokens.template import segments
from minimax_validate.values.pointer import value_at

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
FILES = sorted(path for path in CORPUS.glob("*.jsonl") if path.name != "index.jsonl")
IMAGE = {"type": "image_url", "image_url": {"url": "https://example.com/a.png"}}

REFERENCE = {
    Part.SYSTEM_OPENS: "]~!b[]~b]system\n",
    Part.DEFAULT_SYSTEM: chat_template.DEFAULT_SYSTEM,
    Part.DATE: "\nCurrent date: ",
    Part.PLACE: "\nCurrent location: ",
    Part.TOOLS_OPEN: chat_template.TOOLS_BEFORE,
    Part.TOOL_OPENS: "<tool>",
    Part.TOOL_CLOSES: "</tool>\n",
    Part.TOOLS_CLOSE: chat_template.TOOLS_AFTER,
    Part.SYSTEM_CLOSES: "[e~[\n",
    Part.USER_OPENS: "]~b]user\n",
    Part.ASSISTANT_OPENS: "]~b]ai\n",
    Part.TURN_CLOSES: "[e~[\n",
    Part.NULL: "None",
    Part.THOUGHT_OPENS: "<think>\n",
    Part.THOUGHT_CLOSES: "\n</think>\n\n",
    Part.CALLS_OPEN: "\n<minimax:tool_call>\n",
    Part.CALL_OPENS: '<invoke name="',
    Part.CALL_NAMED: '">\n',
    Part.PARAMETER_OPENS: '<parameter name="',
    Part.PARAMETER_NAMED: '">',
    Part.PARAMETER_CLOSES: "</parameter>\n",
    Part.CALL_CLOSES: "</invoke>\n",
    Part.CALLS_CLOSE: "</minimax:tool_call>",
    Part.RESULTS_OPEN: "]~b]tool",
    Part.RESULT_OPENS: "\n<response>",
    Part.RESULT_CLOSES: "</response>",
    Part.RESULT_PART_CLOSES: "\n</response>",
    Part.ANSWER_OPENS: "]~b]ai\n<think>\n",
}
"""The texts of the reference template by the names of its parts."""


def laid_together(body: Any) -> str:
    """The prompt that segments make, with the reference's texts for those of the template."""
    return "".join(
        REFERENCE[Part(each.name)] if each.kind is Kind.TEMPLATE else each.text
        for each in segments(body)
        if each.kind is not Kind.DROPPED
    )


def drops(*messages: Any, **more: Any) -> list[tuple[str, tuple[str | int, ...], str]]:
    """The name, the pointer and the text of what a request has in vain."""
    found = segments({"messages": list(messages), **more})
    return [(each.name, each.pointer, each.text) for each in found if each.kind is Kind.DROPPED]


def user(content: Any, **more: Any) -> dict[str, Any]:
    """A user message."""
    return {"role": "user", "content": content, **more}


@given(BODIES)
@settings(max_examples=200, deadline=None)
def test_segments_are_the_prompt_of_any_body(body: dict[str, Any]) -> None:
    """Laid together they are what the reference template renders, character by character."""
    assert laid_together(body) == prompt_of(body)


@given(requests())
@settings(max_examples=100, deadline=None)
def test_segments_are_the_prompt_of_valid_requests(body: dict[str, Any]) -> None:
    """The same for requests as users draw them."""
    assert laid_together(body) == prompt_of(body)


@given(BODIES)
@settings(max_examples=100, deadline=None)
def test_the_texts_stand_where_the_pointers_lead(body: dict[str, Any]) -> None:
    """Each text of a message is found in the value at its pointer."""
    for each in segments(body):
        if each.kind is not Kind.TEMPLATE and each.name in {"content", "thought", "function", "result", "name"}:
            place = value_at(body, each.pointer)
            assert each.text in place if isinstance(place, str) else each.text == str(place)


@pytest.mark.slow
@pytest.mark.skipif(not FILES, reason="the shared corpus is not here")
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_segments_are_the_prompts_of_the_corpus(path: Path) -> None:
    """The same for each body of the shared corpus that the reference can render."""
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        body = json.loads(line)
        try:
            prompt = prompt_of(body)
        except (KeyError, TypeError, ValueError, AttributeError):
            continue
        if _is_as_the_reference_has_it(body):
            assert laid_together(body) == prompt, f"{path.name}:{number}"


def _is_as_the_reference_has_it(body: dict[str, Any]) -> bool:
    """Whether the reference knows all of a body: it takes contents of the contract's types alone."""
    return all(
        isinstance(message.get("content", ""), str | list | None)
        and not message.get("reasoning_details")
        and not (message["role"] == "user" and "content" not in message)
        for message in body["messages"]
    )


def test_the_parts_cost_what_the_template_costs() -> None:
    """The costs of the parts that belong together are the costs on record, and none is less than nothing."""
    for extent, tokens in TOKENS_OF_PARTS.items():
        costs = {Extent.LEAST: LEAST_COSTS, Extent.USUAL: USUAL_COSTS, Extent.MOST: MOST_COSTS}[extent]
        assert min(tokens.values()) >= 0
        assert set(tokens) == set(Part) == set(REFERENCE)

        def total(*parts: Part, of: Any = tokens) -> int:
            return sum(of[part] for part in parts)

        call = total(Part.CALL_OPENS, Part.CALL_NAMED, Part.CALL_CLOSES)
        result = total(Part.RESULT_OPENS, Part.RESULT_CLOSES)
        assert total(Part.SYSTEM_OPENS, Part.SYSTEM_CLOSES) == costs.head
        assert total(Part.USER_OPENS, Part.TURN_CLOSES) == total(Part.ASSISTANT_OPENS, Part.TURN_CLOSES) == costs.turn
        assert total(Part.THOUGHT_OPENS, Part.THOUGHT_CLOSES) == costs.thought
        assert total(Part.TOOLS_OPEN, Part.TOOLS_CLOSE) == costs.tools
        assert total(Part.TOOL_OPENS, Part.TOOL_CLOSES) == costs.tool
        assert total(Part.CALLS_OPEN, Part.CALLS_CLOSE) + call == costs.first_call
        assert call == costs.further_call
        assert total(Part.PARAMETER_OPENS, Part.PARAMETER_NAMED, Part.PARAMETER_CLOSES) == costs.parameter
        assert total(Part.RESULTS_OPEN, Part.TURN_CLOSES) + result == costs.first_result
        assert result == total(Part.RESULT_OPENS, Part.RESULT_PART_CLOSES) == costs.further_result


@given(BODIES)
@settings(max_examples=100, deadline=None)
def test_segments_sum_up_to_the_count(body: dict[str, Any]) -> None:
    """What render shows and what tokens shows are one figure, though contents in parts are counted as one text."""
    found = counted(segments(body), ESTIMATE.count)
    assert sum(each.tokens or 0 for each in found) == count_prompt(body).total


def test_a_text_in_parts_is_counted_as_one() -> None:
    """Its tokens are shared out over the parts by what each counts alone; images between them change nothing."""
    content = [IMAGE, {"type": "text", "text": "cold wat"}, IMAGE, {"type": "text", "text": "er now"}, IMAGE]
    found = list(counted(segments({"messages": [user(content)]}), lambda text: len(text.split())))
    assert [(each.tokens, each.text) for each in found if each.kind is Kind.REQUEST] == [(1, "cold wat"), (2, "er now")]
    order = [each.pointer[3] for each in found if each.pointer[2:3] == ("content",)]
    assert order == [0, 1, 2, 3, 4]
    assert render({"messages": [user(content)]}).messages[0].texts == ("cold water now",)


def test_parts_that_count_nothing_get_nothing() -> None:
    """A counter may find no token in a text, nor in all of them."""
    content = [{"type": "text", "text": "a"}, {"type": "text", "text": "b"}]
    found = counted(segments({"messages": [user(content)]}), lambda _: 0)
    assert [each.tokens for each in found if each.kind is Kind.REQUEST] == [0, 0]


def test_what_a_request_has_in_vain() -> None:
    """Names, images, further and late system messages, unknown roles and the response format are dropped, in place."""
    system = {"role": "system", "content": "a"}
    assert drops(
        system,
        {**system, "content": "b"},
        user([IMAGE, {"type": "text", "text": "c"}, {"type": "audio"}], name="Ann"),
        {"role": "system", "content": [{"type": "text", "text": "d"}, IMAGE]},
        {"role": "pirate", "content": "e"},
        response_format={"type": "x"},
    ) == [
        ("further system message", ("messages", 1, "content"), "b"),
        ("name", ("messages", 2, "name"), "Ann"),
        ("image", ("messages", 2, "content", 0), ""),
        ("unknown part", ("messages", 2, "content", 2), '{"type": "audio"}'),
        ("late system message", ("messages", 3, "content", 0, "text"), "d"),
        ("image", ("messages", 3, "content", 1), ""),
        ("unknown role", ("messages", 4, "content"), "e"),
        ("response format", ("response_format",), '{"type": "x"}'),
    ]


def test_thoughts_of_earlier_turns_are_dropped() -> None:
    """So is what stands beside a thought; in the running turn the thought is shown."""
    thinking = {"role": "assistant", "content": "a <think>\nb\n</think> c </think>\nd"}
    beside = ("text between thoughts", ("messages", 0, "content"))
    assert drops(thinking, user("e")) == [
        ("thought of an earlier turn", ("messages", 0, "content"), "b"),
        (*beside, "a "),
        (*beside, " c "),
    ]
    assert drops(thinking) == [(*beside, "a "), (*beside, " c ")]
    assert [each.text for each in segments({"messages": [thinking]}) if each.kind is Kind.REQUEST] == ["b", "d"]


def test_a_thought_over_parts_keeps_its_places() -> None:
    """A thought that begins in one part and ends in another is shown in two segments."""
    content = [{"type": "text", "text": "<think>a"}, {"type": "text", "text": "b</think>c"}]
    found = segments({"messages": [{"role": "assistant", "content": content}]})
    assert [(each.name, each.text, each.pointer[3]) for each in found if each.kind is Kind.REQUEST] == [
        ("thought", "a", 0),
        ("thought", "b", 1),
        ("content", "c", 1),
    ]


def test_malformed_content_is_dropped() -> None:
    """What the provider refuses is shown as what does not count."""
    assert drops(user(5)) == [("malformed content", ("messages", 0, "content"), "5")]


def test_an_image_in_a_result_is_printed_and_not_counted() -> None:
    """The template prints it as Python does; what the model is given is not known."""
    found = list(segments({"messages": [{"role": "tool", "content": [IMAGE]}]}))
    (image,) = (each for each in found if each.kind is Kind.UNCOUNTED)
    assert is_image(IMAGE)
    assert (image.text, image.tokens, image.rule) == (str(IMAGE), None, "MM506")


def test_each_reason_names_a_rule() -> None:
    """The codes are those of rules that there are."""
    codes = {rule.code for rule in RULES}
    assert {why.value[1] for why in Why} <= codes
    assert len({why.value[0] for why in Why}) == len(Why)


@pytest.mark.parametrize("extent", Extent)
def test_segments_of_what_is_no_request(extent: Extent) -> None:
    """The template has its say for anything."""
    assert {each.kind for each in segments(None, extent)} == {Kind.TEMPLATE}


def test_run_of_the_template_has_the_tokens_that_it_says() -> None:
    """What the template writes is not counted again, and what is dropped has no tokens."""
    written = Segment("<end>", (), Kind.TEMPLATE, "end", tokens=3)
    dropped = Segment("x", ("stop",), Kind.DROPPED, "x")
    assert [tokens_of([segment], lambda _: 7) for segment in (written, dropped)] == [3, 0]
    assert [segment.tokens for segment in counted([written, dropped], lambda _: 7)] == [3, None]
