"""The prompt of a request in its segments, each with its tokens and the place in the payload that it comes from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from minimax_validate.request.dialects.conversion import Chat, read_chat
from minimax_validate.request.envelope import Envelope, open_envelope
from minimax_validate.request.system_prompt import SYSTEM_KEYS, system_prompt
from minimax_validate.tokens.contents import messages_of
from minimax_validate.tokens.counter import named_counter
from minimax_validate.tokens.counting import counted
from minimax_validate.tokens.prompt import ESTIMATE, measure_with
from minimax_validate.tokens.segments import Kind, Segment
from minimax_validate.tokens.template import role_of, segments
from minimax_validate.values.limits import Limits
from minimax_validate.values.model import CONTROL_TOKENS
from minimax_validate.values.plain import to_plain
from minimax_validate.values.pointer import Pointer, nearest

_OUTSIDE = frozenset({"system", "user", "tool"})
_HOLDS_CONTROL_TOKENS = "MM508"


@dataclass(frozen=True, slots=True)
class Rendering:
    """One prompt: its segments in order, and the name of the measure that counted them.

    Pointers lead into the payload. What was converted from another API's form points to the message or tool that it
    comes from, and a system prompt beside the messages to its key.
    """

    segments: tuple[Segment, ...]
    measure: str

    @property
    def total(self) -> int:
        """All tokens of the prompt."""
        return sum(segment.tokens or 0 for segment in self.segments)


def render(payload: object, limits: Limits) -> Rendering | None:
    """Render a payload: bare inputs or an envelope around them; None if there are none.

    Raises:
        CounterError: the counter of the limits failed.
    """
    envelope = open_envelope(to_plain(payload)[0])
    if envelope.inputs is None:
        return None
    measure = measure_with(named_counter(limits.counter)) if limits.counter else ESTIMATE
    chat = read_chat(envelope.inputs)
    found = counted(segments(chat.body, measure.extent), measure.count)
    return Rendering(tuple(_as_given(_marked(found, chat), chat, envelope)), measure.name)


def chat_body(payload: object) -> dict[str, Any] | None:
    """The inputs of a payload in the chat format; None if there are none."""
    inputs = open_envelope(to_plain(payload)[0]).inputs
    return None if inputs is None else read_chat(inputs).body


def _marked(found: Iterator[Segment], chat: Chat) -> Iterator[Segment]:
    """The segments, with the rule for those in which text from outside holds control tokens."""
    roles = [role_of(message) for message in messages_of(chat.body)]
    for segment in found:
        pointer = segment.pointer
        is_outside = segment.kind is Kind.REQUEST and pointer[0] == "messages" and roles[int(pointer[1])] in _OUTSIDE
        if is_outside and any(token in segment.text for token in CONTROL_TOKENS):
            yield segment._replace(rule=_HOLDS_CONTROL_TOKENS)
        else:
            yield segment


def _as_given(found: Iterator[Segment], chat: Chat, envelope: Envelope) -> Iterator[Segment]:
    inputs = envelope.inputs or {}
    for segment in found:
        pointer = segment.pointer if chat.body is inputs else _origin(segment.pointer, chat, inputs)
        # What is missing, such as the content of a message, is shown at what misses it.
        there = nearest(inputs, pointer)
        yield segment._replace(pointer=(*envelope.pointer, *there[envelope.made_up :]))


def _origin(pointer: Pointer, chat: Chat, inputs: dict[str, Any]) -> Pointer:
    """The place in the inputs of what stands at a pointer into the chat that was made of them."""
    if len(pointer) < 2 or pointer[0] not in ("messages", "tools"):
        return pointer
    key, index = str(pointer[0]), int(pointer[1])
    if key == "tools":
        before, after = inputs["tools"], chat.body["tools"]
        if before is after or (len(before) == len(after) and before[index] is after[index]):
            return pointer
        return pointer[:2] if len(before) == len(after) else pointer[:1]
    origin = chat.origins[index]
    if origin is None:
        return (next(key for key in SYSTEM_KEYS if system_prompt(inputs.get(key))),)
    is_same = chat.body["messages"][index] is inputs["messages"][origin]
    return ("messages", origin, *(pointer[2:] if is_same else ()))
