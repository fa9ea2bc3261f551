"""Bytes of a file as text: part by part as at once, and in little memory."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from io import BytesIO
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minimax_validate.texts.readers import encoding, read
from minimax_validate.texts.readers.encoding import decode, read_text
from minimax_validate.texts.readers.json_document import HELD_ONCE

PIECES = ("a", "\u00e9", "\u4e2d", "\U0001f600", "\ufeff", "\0")
BROKEN = (b"\xff", b"\xe4\xb8", b"\xed\xa0\x80", b"\xc3", b"\x80", b"\xf0\x9f")
BYTES = st.lists(st.sampled_from([*(piece.encode() for piece in PIECES), *BROKEN]), max_size=8).map(b"".join)
WIDE = st.lists(st.sampled_from(PIECES), max_size=5).map("".join)

SIZE = HELD_ONCE + 1_000_000
"""Bytes of a text that only one parser reads."""


@pytest.fixture(autouse=True)
def small_parts() -> Iterator[None]:
    """Texts are read in parts of few bytes."""
    with patch.object(encoding, "_FIRST", 4), patch.object(encoding, "_PART", 3):
        yield


@given(BYTES | st.builds(str.encode, WIDE, st.sampled_from(["utf-16", "utf-32-be", "utf-16-le"])))
def test_parts_are_decoded_as_the_whole(data: bytes) -> None:
    """The text and the finding are those of all bytes at once, also if a part ends inside a character."""
    assert read_text(BytesIO(data)) == decode(data)


@pytest.mark.parametrize("size", [99, 100, 101, 150])
def test_the_largest_text(size: int) -> None:
    """A text of the largest size is read; one byte more is a finding."""
    with patch.object(encoding, "LARGEST", 100):
        text, fault = read_text(BytesIO(b"x" * size))
    assert (text == "x" * size) is (size <= 100)
    assert (fault is None) is (size <= 100)


@pytest.mark.parametrize("name", ["a.json", "a.jsonc", "a.yaml", "a.md", "a.http", "a.sh", "a.py", "a.ts"])
@pytest.mark.parametrize("blank", [" ", " \n"])
def test_a_text_that_holds_nothing_is_not_held_twice(name: str, blank: str) -> None:
    """Reading white space takes the memory of the text, and not that of its bytes or of a copy as well."""
    stream = BytesIO(blank.encode() * (SIZE // len(blank)))
    list(read(name, BytesIO(b" ")))  # imports
    with patch.object(encoding, "_FIRST", 64 * 1024), patch.object(encoding, "_PART", 1024 * 1024):
        tracemalloc.start()
        list(read(name, stream))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peak < 1.6 * SIZE
