"""Prompts on a terminal: nothing of a text is lost, no row is too wide, and nothing in it acts."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from test_hostile_output import HOSTILE
from token_texts import TEXTS

from minimax_validate.output.cells import columns
from minimax_validate.output.color import Paint
from minimax_validate.output.renderings.folding import rows
from minimax_validate.output.renderings.text import lines, whole
from minimax_validate.request.rendering import render
from minimax_validate.tokens.segments import Kind
from minimax_validate.values.limits import Limits

PLAIN, COLORED = Paint(False), Paint(True)
_COLOR = re.compile(r"\x1b\[[0-9;]+m")


@given(st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), max_size=60), st.integers(8, 30))
@example("aa bb cc dd ee", 8)
@example("灯台の光", 8)
def test_rows_are_the_text(text: str, width: int) -> None:
    """On end they are the text again, and each has as many columns as there are at the most."""
    found = list(rows(text, width, PLAIN, mark=False))
    assert "".join(found).replace("\\u0023", "#").replace("\\x23", "#") == text
    assert all(columns(row) <= width for row in found)


def test_rows_end_between_words() -> None:
    """The space stays in the row before; a word that is longer than half a row is cut when the row is full."""
    assert list(rows("one two three", 9, PLAIN)) == ["one two ", "three"]
    assert list(rows("a bcdefghijkl", 9, PLAIN)) == ["a bcdefgh", "ijkl"]
    assert list(rows("one\n\ntwo\n", 9, PLAIN)) == ["one", "", "two", ""]


def test_control_tokens_are_marked() -> None:
    """In reverse video with colours, between quotation marks without."""
    assert list(rows("a[e~[b", 20, PLAIN)) == ["a«[e~[»b"]
    assert list(rows("a[e~[b", 20, COLORED)) == ["a\x1b[7m[e~[\x1b[0mb"]
    assert list(rows("a[e~[b", 20, PLAIN, mark=False)) == ["a[e~[b"]
    assert list(rows("ab", 20, COLORED, "struck")) == ["\x1b[9mab\x1b[0m"]


@pytest.mark.parametrize("paint", [PLAIN, COLORED])
@pytest.mark.parametrize("text", [*HOSTILE, "]~b]" * 40, "\u0301" * 200, "\t" * 40])
def test_hostile_texts_do_nothing(text: str, paint: Paint) -> None:
    """Whatever a text holds, the output has printable characters and our own colours, and no line that is a command."""
    body = {
        "messages": [
            {"role": "user", "content": text, "name": text},
            {"role": text, "content": text},
            {
                "role": "assistant",
                "content": "",
                "tool_calls": [{"function": {"name": text, "arguments": {text: text}}}],
            },
        ]
    }
    rendering = render(body, Limits())
    assert rendering is not None
    for line in (*lines(rendering, 80, paint), *whole(text, 80, paint)):
        shown = _COLOR.sub("", line)
        assert not re.search(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]", shown)
        assert not re.match(r"\s*::", shown)
        assert "##" not in shown


@given(TEXTS)
def test_any_text_is_shown(text: str) -> None:
    """No text makes the drawing fail."""
    assert list(rows(text, 20, PLAIN))


def test_tools_keep_their_places_beside_messages_of_another_api() -> None:
    """Where messages are converted, and tools are not, each part of a tool points to where it is given."""
    declared = {"type": "function", "function": {"name": "f", "description": "d", "parameters": {"type": "object"}}}
    used = {"role": "assistant", "content": [{"type": "tool_use", "id": "a", "name": "f", "input": {}}]}
    payload = {"messages": [{"role": "user", "content": "hi"}, used], "tools": [declared], "metadata": {"a": {"b": 1}}}
    rendering = render(payload, Limits())
    assert rendering is not None
    told = {segment.pointer for segment in rendering.segments if segment.kind is Kind.REQUEST}
    assert told == {("tools", 0, "function"), ("messages", 0, "content"), ("messages", 1)}
