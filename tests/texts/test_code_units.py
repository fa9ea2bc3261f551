"""Places of a text in code points and in units of its encodings are the same places."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minimax_validate.texts.code_units import CodeUnits, Encoding

SIZES = {"utf-8": 1, "utf-16": 2, "utf-32": 4}
TEXTS = st.text(st.sampled_from("ab\r\n\u0085é߿ࠀ\u2028中\uffff😀\U0010ffff"), max_size=30) | st.text()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
@given(text=TEXTS)
def test_units_are_those_of_the_encoding(encoding: Encoding, text: str) -> None:
    """Before each place stand as many units as the encoded text has, and they lead back to it."""
    units = CodeUnits(text, encoding)
    name = encoding if encoding == "utf-8" else f"{encoding}-le"
    for offset in range(len(text) + 1):
        before = len(text[:offset].encode(name)) // SIZES[encoding]
        assert units.before(offset) == before
        assert units.offset(before) == offset


def test_inside_of_a_character_is_at_its_start() -> None:
    """Half of a pair is no place: it is taken for the place of the character."""
    assert CodeUnits("a😀😀b").offset(2) == 1
    assert CodeUnits("a😀😀b").offset(4) == 2


@pytest.mark.parametrize(
    ("text", "encoding", "units"),
    [
        ("ab", "utf-8", [0, 1, 2, 3]),
        ("aé中😀b", "utf-8", [0, 1, 3, 6, 10, 11, 12]),
        ("\x7f\x80\u07ff\u0800\uffff\U00010000", "utf-8", [0, 1, 3, 5, 8, 11, 15, 16]),
        ("aé中😀b", "utf-16", [0, 1, 2, 3, 5, 6, 7]),
        ("\uffff\U00010000\U0010ffff", "utf-16", [0, 1, 3, 5, 6]),
        ("😀a😀", "utf-16", [0, 2, 3, 5, 6]),
        ("aé😀", "utf-32", [0, 1, 2, 3, 4]),
    ],
)
def test_units_before_each_character(text: str, encoding: Encoding, units: list[int]) -> None:
    """Each character takes the units of its encoding, and behind the text each takes one."""
    counted = CodeUnits(text, encoding)
    assert [counted.before(offset) for offset in range(len(text) + 2)] == units
    assert [counted.offset(number) for number in units] == [*range(len(text) + 2)]
    assert [counted.offset(number) for number in range(units[-2])] == [
        offset for offset in range(len(text)) for _ in range(units[offset + 1] - units[offset])
    ]


def test_utf_16_is_what_is_counted_without_a_word() -> None:
    """Editors count so if nothing else was agreed on."""
    assert CodeUnits("😀é").before(2) == 3
