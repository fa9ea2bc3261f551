"""Find the inputs of a chat request inside what was handed in.

Bare, or in one of the wrappings that carry them to the model.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from minimax_validate.request.features import PARAMETERS
from minimax_validate.values.failure import Failure
from minimax_validate.values.pointer import Pointer

Json = dict[str, Any]

_TURN = frozenset({"role", "content"})
_COMPANIONS = PARAMETERS - {"messages"} | {"model"}
_BATCH_KEYS = frozenset({"custom_id", "method", "url"})


@dataclass(frozen=True, slots=True)
class Envelope:
    """``inputs`` sits at ``pointer``.

    ``around`` are the objects on the way to it; without inputs, ``failure`` says why.
    """

    inputs: Json | None
    pointer: Pointer = ()
    around: tuple[tuple[Pointer, Json], ...] = ()
    failure: Failure | None = None


def open_envelope(payload: object) -> Envelope:
    """Take the wrapping off a plain JSON payload.

    Known are the bare inputs (with or without ``model`` beside them), ``{model, input, options}`` and a batch line,
    ``{custom_id, method, url, body}``, whose body may be either.
    """
    if not isinstance(payload, dict):
        return Envelope(None, failure=Failure("request", (), payload, "an object"))
    if _is_batch_line(payload):
        inner = open_envelope(payload["body"])
        failure = inner.failure and Failure(
            inner.failure.keyword, ("body", *inner.failure.pointer), inner.failure.instance, inner.failure.expected
        )
        around = ((), payload), *((("body", *pointer), value) for pointer, value in inner.around)
        return Envelope(inner.inputs, ("body", *inner.pointer), around, failure)
    if "messages" in payload:
        return Envelope(payload)
    if "input" in payload:
        inputs = payload["input"]
        if not isinstance(inputs, dict):
            return Envelope(None, failure=Failure("envelope", ("input",), inputs, "an object"))
        return Envelope(inputs, ("input",), (((), payload),))
    return Envelope(None, failure=Failure("request", (), payload, "messages"))


def _is_batch_line(payload: Json) -> bool:
    return "body" in payload and "messages" not in payload and not _BATCH_KEYS.isdisjoint(payload)


def looks_like_request(payload: object) -> bool:
    """Whether a value is meant as a chat request, and not only has ``messages``, as catalogues of translations do."""
    if not isinstance(payload, dict):
        return False
    if "messages" in payload:
        return _are_turns(payload["messages"]) or not _COMPANIONS.isdisjoint(payload)
    if _is_batch_line(payload):
        # Recordings of any traffic have a method, an address and a body; an id of their owner's choice they have not.
        return "custom_id" in payload or looks_like_request(payload["body"])
    return looks_like_request(payload.get("input"))


def _are_turns(messages: object) -> bool:
    if not isinstance(messages, list):
        return False
    return not messages or any(isinstance(message, dict) and _TURN & message.keys() for message in messages)


def requests_in(value: object) -> tuple[Pointer, ...]:
    """The pointers of what is to be checked in a value.

    Each item of an array that holds requests, else the value itself.
    """
    if isinstance(value, list) and any(map(looks_like_request, value)):
        return tuple((index,) for index in range(len(value)))
    return ((),)
