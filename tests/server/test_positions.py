"""Positions of the protocol are the places of the text that they are meant to be."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol.types import Position, Range

from minimax_validate.server.positions import Positions
from minimax_validate.texts.code_units import Encoding
from minimax_validate.texts.spans import Span

TEXTS = st.text(st.sampled_from("ab\r\n\u0085\u2028é😀\x0b\x0c"), max_size=20)
SIZES = {"utf-8": 1, "utf-16": 2, "utf-32": 4}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
@given(text=TEXTS)
def test_positions_count_lines_and_units(encoding: Encoding, text: str) -> None:
    r"""Lines end at ``\n``, ``\r\n`` and ``\r`` alone, and characters are counted in the units of the encoding."""
    positions = Positions(text, encoding)
    ends = [match.end() for match in re.finditer("\r\n|\r|\n", text)]
    for offset in range(len(text) + 1):
        position = positions.position(offset)
        assert position.line == sum(end <= offset for end in ends)
        start = max((end for end in ends if end <= offset), default=0)
        name = encoding if encoding == "utf-8" else f"{encoding}-le"
        assert position.character == len(text[start:offset].encode(name)) // SIZES[encoding]
        if text[offset - 1 : offset + 1] != "\r\n":
            assert positions.offset(position) == offset


def test_positions_beyond_the_text_are_at_its_ends() -> None:
    """What is behind the end of a line is at that end, and what is behind the last line at the end of the text."""
    positions = Positions("a😀\r\nb\n", "utf-16")
    assert positions.offset(Position(0, 99)) == 2
    assert positions.offset(Position(1, 99)) == 5
    assert positions.offset(Position(9, 0)) == 6
    assert positions.span(Range(Position(0, 1), Position(1, 1))) == Span(1, 5)
    assert (positions.line_start(5), positions.line_end(4), positions.line_end(6)) == (4, 5, 6)
