"""Texts that may be JSON Lines, with lines and ends of all kinds."""

from __future__ import annotations

import json

from hypothesis import strategies as st

GOOD = {"messages": [{"role": "user", "content": "Hi"}]}
NULL = {"messages": [{"role": "user", "content": None}]}
OLD = {"messages": [{"role": "developer", "content": "Hi"}], "max_completion_tokens": 5}
TWICE = b'{"messages": [], "messages": [{"role": "user", "content": "Hi"}]}'


def json_of(*values: object) -> list[bytes]:
    """Values as JSON, each in a line."""
    return [json.dumps(value).encode() for value in values]


RECORDS = st.sampled_from(
    [
        *json_of(GOOD, NULL, OLD, {"model": "minimax/m2.7", "input": NULL}, 5, []),
        TWICE,
        b"",
        b" \t",
        b"{",
        b'{"messages": [',
        b"[",
        b"{]",
        b'{"messages": "\xff"}',
        b'\x1e{"messages": []}',
        b'{"messages":\r[]}',
        b"\xef\xbb\xbf",
        b"{{ template }}",
        b"\xff\xfe{\x00",
    ]
)
ENDS = st.sampled_from([b"\n", b"\r\n", b"\n\n", b"\r\n\r\n", b"\r\r\n", b"\r"])


@st.composite
def texts(draw: st.DrawFn) -> bytes:
    """A text that may be JSON Lines; most of its lines are requests, and its ends are of all kinds."""
    usual = st.sampled_from(json_of(GOOD, NULL, OLD))
    lines = draw(st.lists(st.tuples(usual | usual | RECORDS, st.just(b"\n") | ENDS), max_size=12))
    text = b"".join(record + end for record, end in lines)
    return draw(st.sampled_from([b"", b"", b"\xef\xbb\xbf"])) + (text.rstrip(b"\r\n") if draw(st.booleans()) else text)
