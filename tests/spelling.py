"""Generated JSON, and the many ways to write it down."""

from __future__ import annotations

import json
from collections.abc import Sequence
from random import Random
from typing import Any

from hypothesis import strategies as st


class Members(list[tuple[str, Any]]):
    """An object as it is written: keys may come again."""


_AWKWARD = '":,\\/[]{}\x00\x1f\x7f \n\r\t\u2028\ufeffé😀'
# Few keys, so that they come again, and some that are awkward to write.
_KEYS = st.sampled_from(["a", ":", "é"]) | st.sampled_from(["", "b", '"', "\\", "0", "😀"]) | st.text(max_size=4)
_SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(min_value=-(10**25), max_value=10**25)
    | st.floats()
    | st.text(max_size=12)
    | st.text(st.sampled_from(_AWKWARD), max_size=12)
    | st.sampled_from(["\ud83d", "\ude00 \ud83d", "1" * 20, "\\u003a", "12:30"])
)


def documents(*, repeats: bool = True) -> st.SearchStrategy[Any]:
    """JSON values of every kind, numbers that are none and half characters among them.

    With ``repeats``, keys that come again.
    """

    def containers(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
        members = st.lists(st.tuples(_KEYS, inner), max_size=5, unique_by=None if repeats else lambda member: member[0])
        return st.lists(inner, max_size=5) | members.map(Members)

    return st.recursive(_SCALARS, containers, max_leaves=20)


_BLANKS = ("", " ", "\n", "\r\n", " \t\r\n")
_COMMENTS = (" ", "\n", '// it\'s "1": [\n', "//\r\n", "/* } // ,] */", "/**/", '/* \n * " */\t')


def spell(value: Any, random: Random, *, comments: bool = False) -> str:
    """JSON text of a value, with white space (or comments) and escapes wherever they may stand."""
    parts: list[str] = []
    blanks = _COMMENTS if comments else random.choice(_BLANKS)
    _write(value, random, parts, escapes=random.choice((0.0, 0.1, 0.9)), blanks=blanks, last_commas=comments)
    return "".join(parts)


def _write(
    value: Any, random: Random, parts: list[str], *, escapes: float, blanks: Sequence[str], last_commas: bool
) -> None:
    def blank() -> None:
        parts.extend(random.choice(blanks) for _ in range(random.choice((0, 0, 1, 2))) if blanks)

    blank()
    if isinstance(value, Members | list):
        is_object = isinstance(value, Members)
        parts.append("{" if is_object else "[")
        blank()
        for number, member in enumerate(value):
            if number:
                parts.append(",")
            if is_object:
                blank()
                parts.append(_string(member[0], random, escapes))
                blank()
                parts.append(":")
            _write(
                member[1] if is_object else member,
                random,
                parts,
                escapes=escapes,
                blanks=blanks,
                last_commas=last_commas,
            )
        if value and last_commas and random.random() < 0.5:
            parts.append(",")
            blank()
        parts.append("}" if is_object else "]")
    elif isinstance(value, str):
        parts.append(_string(value, random, escapes))
    else:
        parts.append(json.dumps(value))
    blank()


def _string(text: str, random: Random, escapes: float) -> str:
    return '"' + "".join(_character(char, random, escapes) for char in text) + '"'


def _character(char: str, random: Random, escapes: float) -> str:
    if char not in '"\\' and char >= " " and not "\ud800" <= char <= "\udfff" and random.random() >= escapes:
        return char
    short = json.dumps(char)[1:-1]
    if random.random() < 0.5 and (len(short) > 1 or char == "/"):
        return short if char != "/" else "\\/"
    code = ord(char)
    units = (code,) if code < 0x10000 else (0xD800 + (code - 0x10000 >> 10), 0xDC00 + (code - 0x10000 & 0x3FF))
    return "".join(f"\\u{unit:04{random.choice('xX')}}" for unit in units)
