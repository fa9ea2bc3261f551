"""Messages, one at a time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from minimax_validate.strategies.choice import some
from minimax_validate.strategies.text import SAYINGS, TEXTS
from minimax_validate.strategies.values import OBJECTS, VALUES

Json = dict[str, Any]


def _content(texts: st.SearchStrategy[str], least: int) -> st.SearchStrategy[Any]:
    """A text, or an array of text parts; a text more often."""
    parts = st.lists(texts.map(lambda text: {"type": "text", "text": text}), min_size=least, max_size=3)
    return st.one_of(texts, texts, parts)


# What systems and users say must not be blank; an assistant beside its calls and a tool without output may say nothing
# at all.
_SAID = _content(SAYINGS, 1)
_ANYTHING = _content(TEXTS, 0)

# The keys that clients leave on a message.
_NAMED: Mapping[str, st.SearchStrategy[Any]] = {"name": TEXTS, "metadata": VALUES}
_ECHOED: Mapping[str, st.SearchStrategy[Any]] = {
    "name": TEXTS,
    "refusal": st.none() | TEXTS,
    "reasoning_content": TEXTS,
    "reasoning_details": st.lists(OBJECTS, max_size=1),
    "audio_content": TEXTS,
}


@st.composite
def _messages(
    draw: st.DrawFn, role: str, content: st.SearchStrategy[Any], keys: Mapping[str, st.SearchStrategy[Any]]
) -> Json:
    message = {"role": role, "content": draw(content)}
    for key in some(draw, keys) if draw(_SELDOM) else ():
        message[key] = draw(keys[key])
    return message


_SELDOM = st.sampled_from((False, False, True))

SYSTEM = _messages("system", _SAID, {"name": TEXTS})
USER = _messages("user", _SAID, _NAMED)
ASSISTANT = _messages("assistant", _ANYTHING, _ECHOED)
RESULT = _messages("tool", _ANYTHING, _NAMED)
"""Results of tools; they lack the ``tool_call_id``, which only a conversation can give them."""

_ROLES = {"user": USER, "assistant": ASSISTANT, "system": SYSTEM}


def messages(*roles: str) -> st.SearchStrategy[Json]:
    """Generate single messages of the given roles: ``user``, ``assistant`` (without tool calls) and ``system``.

    Without roles, messages of all three are generated. For tool calls and their results, use ``tool_conversations``.

    Raises:
        ValueError: a role is unknown.
    """
    unknown = [role for role in roles if role not in _ROLES]
    if unknown:
        raise ValueError(f"unknown role {unknown[0]!r}; expected {', '.join(_ROLES)}")
    return st.one_of([_ROLES[role] for role in roles or _ROLES])
