"""A chat template of the model's shape, written down straightforwardly: the whole prompt, to count against.

The prose in it is our own, of the same measure as the model's.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

DEFAULT_SYSTEM = "You are a careful helper. Your name is MiniMax-M2.7; you are by MiniMax."
TOOLS_BEFORE = """

# Tools
Here is what you may use to help the person who asks, each tool with a schema of what it takes, in JSON:

<tools>
"""
TOOLS_AFTER = """</tools>

To use a tool, write its name and parameters as XML, in the form that follows:

<minimax:tool_call>
<invoke name="tool-name-1">
<parameter name="param-key-1">param-value-1</parameter>
<parameter name="param-key-2">param-value-2</parameter>
...
</invoke>
</minimax:tool_call>"""


class Piece(NamedTuple):
    """A part of a prompt: a text of the request, or of the template."""

    text: str
    given: bool


def own(text: str) -> Piece:
    """A text of the template."""
    return Piece(text, False)


def given(text: str) -> Piece:
    """A text of the request."""
    return Piece(text, True)


def prompt_of(body: Mapping[str, Any]) -> str:
    """The prompt of a request that keeps the contract."""
    return "".join(piece.text for piece in pieces_of(body))


def pieces_of(body: Mapping[str, Any]) -> list[Piece]:
    """The prompt, with what the request says told apart from what the template adds."""
    return list(_prompt(body))


def _prompt(body: Mapping[str, Any]) -> Iterator[Piece]:
    messages = body["messages"]
    system = messages[0] if messages and messages[0]["role"] == "system" else None
    turns = messages[1:] if system else messages
    yield own("]~!b[]~b]system\n")
    yield given(_visible(system["content"])) if system and system["content"] else own(DEFAULT_SYSTEM)
    for key, words in (("current_date", "\nCurrent date: "), ("current_location", "\nCurrent location: ")):
        if system and system.get(key):
            yield from (own(words), given(system[key]))
    if body.get("tools"):
        yield own(TOOLS_BEFORE)
        for tool in body["tools"]:
            yield from (own("<tool>"), given(json.dumps(tool["function"], ensure_ascii=False)), own("</tool>\n"))
        yield own(TOOLS_AFTER)
    yield own("[e~[\n")
    last_user = max((index for index, turn in enumerate(turns) if turn["role"] == "user"), default=-1)
    for index, turn in enumerate(turns):
        before = turns[index - 1]["role"] if index else None
        after = turns[index + 1]["role"] if index + 1 < len(turns) else None
        if turn["role"] == "user":
            yield from (own("]~b]user\n"), given(_visible(turn["content"])), own("[e~[\n"))
        elif turn["role"] == "assistant":
            yield from (own("]~b]ai\n"), *_answer(turn, index > last_user), own("[e~[\n"))
        elif turn["role"] == "tool":
            if before != "tool":
                yield own("]~b]tool")
            yield from _results(turn["content"])
            if after != "tool":
                yield own("[e~[\n")
    yield own("]~b]ai\n<think>\n")


def _visible(content: Any) -> str:
    """The text of content that no tool gave."""
    if isinstance(content, str):
        return content
    if isinstance(content, list):
        return "".join(part["text"] for part in content if part["type"] == "text")
    return str(content)


def _answer(turn: Mapping[str, Any], current: bool) -> Iterator[Piece]:
    """An assistant message: its thought if it is current, its text, its calls."""
    text = _visible(turn.get("content", ""))
    thought = turn.get("reasoning_content")
    if not isinstance(thought, str):
        thought = ""
        if "</think>" in text:
            thought = text.split("</think>")[0].strip("\n").split("<think>")[-1].strip("\n")
            text = text.split("</think>")[-1].strip("\n")
    if thought and current:
        yield from (own("<think>\n"), given(thought), own("\n</think>\n\n"))
    # What stands for no content is the template's word.
    yield own(text) if turn.get("content", "") is None else given(text)
    if turn.get("tool_calls"):
        yield own("\n<minimax:tool_call>\n")
        for call in turn["tool_calls"]:
            yield from _invocation(call["function"])
        yield own("</minimax:tool_call>")


def _invocation(function: Mapping[str, Any]) -> Iterator[Piece]:
    """One tool call."""
    yield from (own('<invoke name="'), given(function["name"]), own('">\n'))
    for key, value in json.loads(function["arguments"]).items():
        shown = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        yield from (own('<parameter name="'), given(key), own('">'), given(shown), own("</parameter>\n"))
    yield own("</invoke>\n")


def _results(content: Any) -> Iterator[Piece]:
    """A tool message: a text is one result, a list as many as it has parts."""
    if isinstance(content, str):
        yield from (own("\n<response>"), given(content), own("</response>"))
        return
    for part in content:
        yield from (
            own("\n<response>"),
            given(part["text"] if part["type"] == "text" else str(part)),
            own("\n</response>"),
        )
