"""Hypothesis strategies for texts and requests in which the bounds could go wrong."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st

from minimax_validate.tokens.special import SPECIAL_TOKENS

FRAGMENTS = (
    *"aZé中\u017f 1'/+<\n\t\r\v\x1c\x1f\x85\xa0٣²\u0301\u0338\u0323\u2003\u3000\ufeff\u180e\u0958\U0001d160🎉\ud800\udc00",
    *(
        "'s",
        "'rE",
        "'LL",
        "'Ve",
        "it's",
        "camelCase",
        "HTTPServer",
        "x1y22",
        "  ",
        "\n\n",
        "\r\n",
        "...",
        "</",
        "~b]",
        "<think",
    ),
    *(
        "\u1fef",
        "\u212a",
        "\u037e",
        "e\u0301",
        "क\u093c",
        "\u1100\u1161",
        "word",
        "Wort",
        "слово",
        "語",
        "{}",
        '": "',
        "==",
    ),
)
TEXTS = st.lists(
    st.one_of(st.sampled_from(FRAGMENTS), st.sampled_from(FRAGMENTS), st.sampled_from(SPECIAL_TOKENS), st.characters()),
    max_size=24,
).map("".join)
# JSON has no lone surrogates, nor does a request that is sent.
SENDABLE = TEXTS.map(lambda text: text.encode("utf-8", "ignore").decode())
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**18), 10**18)
    | st.floats(allow_nan=False, allow_infinity=False)
    | SENDABLE,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(SENDABLE, inner, max_size=3),
    max_leaves=6,
)
OBJECTS = st.dictionaries(SENDABLE, VALUES, max_size=4)


def _text_part(text: str) -> dict[str, Any]:
    return {"type": "text", "text": text}


CONTENTS = SENDABLE | st.lists(SENDABLE.map(_text_part), max_size=3)
CALLS = st.lists(
    st.builds(
        lambda name, arguments: {
            "id": "call",
            "type": "function",
            "function": {"name": name, "arguments": json.dumps(arguments)},
        },
        SENDABLE,
        OBJECTS,
    ),
    min_size=1,
    max_size=3,
)
MESSAGES = st.one_of(
    st.builds(lambda content: {"role": "user", "content": content}, CONTENTS),
    st.builds(lambda content: {"role": "user", "content": content}, CONTENTS),
    st.builds(lambda content: {"role": "system", "content": content}, CONTENTS),
    st.builds(lambda content: {"role": "assistant", "content": content}, CONTENTS | st.none()),
    st.builds(
        lambda before, after: {"role": "assistant", "content": f"<think>\n{before}</think>{after}"}, SENDABLE, SENDABLE
    ),
    st.builds(
        lambda content, thought: {"role": "assistant", "content": content, "reasoning_content": thought},
        CONTENTS,
        SENDABLE,
    ),
    st.builds(lambda content, calls: {"role": "assistant", "content": content, "tool_calls": calls}, CONTENTS, CALLS),
    st.builds(lambda content: {"role": "tool", "tool_call_id": "call", "content": content}, CONTENTS),
    st.builds(
        lambda value: {"role": "tool", "tool_call_id": "call", "content": [{"type": "json", "value": value}]},
        VALUES,
    ),
)
TOOLS = st.lists(
    st.builds(
        lambda name, description, parameters, more: {
            "type": "function",
            "function": {**more, "name": name, "description": description, "parameters": parameters},
        },
        SENDABLE,
        SENDABLE,
        OBJECTS,
        OBJECTS,
    ),
    max_size=3,
)
BODIES = st.builds(
    lambda messages, tools: {"messages": messages, "tools": tools}, st.lists(MESSAGES, min_size=1, max_size=6), TOOLS
)
