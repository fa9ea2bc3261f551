"""Tools, and calls of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from minimax_validate.strategies.instances import instances
from minimax_validate.strategies.schemas import json_schemas
from minimax_validate.strategies.text import NAMES, TEXTS, distinct
from minimax_validate.strategies.values import OBJECTS

Json = dict[str, Any]

_SPELLINGS = st.sampled_from(
    [(True, (", ", ": ")), (False, (", ", ": ")), (True, (",", ":")), (False, (",", ":")), (False, (" ,\n", " :\t"))]
)


def tools() -> st.SearchStrategy[Json]:
    """Generate tools: a function with a name, a description and the schema of its parameters."""
    return _TOOLS


@st.composite
def _tools(draw: st.DrawFn) -> Json:
    return {
        "type": "function",
        "function": {"name": draw(NAMES), "description": draw(TEXTS), "parameters": draw(json_schemas())},
    }


_TOOLS = _tools()


@st.composite
def toolboxes(draw: st.DrawFn, most: int = 3) -> list[Json]:
    """Some tools, one at least, each with a name of its own."""
    drawn = draw(st.lists(_TOOLS, min_size=1, max_size=most))
    names = distinct(tool["function"]["name"] for tool in drawn)
    return [{**tool, "function": {**tool["function"], "name": name}} for tool, name in zip(drawn, names, strict=True)]


@st.composite
def functions(draw: st.DrawFn, declared: Sequence[Json] | None = None) -> Json:
    """The name and arguments of a call.

    Of one of the declared tools, whose parameters they satisfy, or of any where none are declared.
    """
    if declared is None:
        return {"name": draw(NAMES), "arguments": draw(json_texts(draw(OBJECTS)))}
    function = draw(st.sampled_from(declared))["function"]
    return {"name": function["name"], "arguments": draw(json_texts(draw(instances(function["parameters"]))))}


@st.composite
def json_texts(draw: st.DrawFn, value: Any) -> str:
    """The spellings of a value as JSON text."""
    ensure_ascii, separators = draw(_SPELLINGS)
    return json.dumps(value, ensure_ascii=ensure_ascii, separators=separators)
