"""Find the inputs of a chat request inside what was handed in.

Bare, or in one of the wrappings that carry them to the model.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from minimax_validate.request.lookalikes import COMPANIONS, ROLES, SAYING, is_turn, lookalike
from minimax_validate.values.failure import Failure
from minimax_validate.values.model import MODEL
from minimax_validate.values.pointer import Pointer

Json = dict[str, Any]

_BATCH_KEYS = frozenset({"custom_id", "method", "url"})
_TURN = SAYING | {"role", "type"}
_STEP_KEYS = frozenset({"provider", "endpoint", "query"})
_WORKERS_AI = "workers-ai"


@dataclass(frozen=True, slots=True)
class Envelope:
    """``inputs`` sits at ``pointer``.

    ``around`` are the objects on the way to it; without inputs, ``failure`` says why. Of a bare array of messages the
    inputs are made up: ``made_up`` is how many steps of a pointer into the inputs are not in the payload.
    """

    inputs: Json | None
    pointer: Pointer = ()
    around: tuple[tuple[Pointer, Json], ...] = ()
    failure: Failure | None = None
    made_up: int = 0


def open_envelope(payload: object) -> Envelope:
    """Take the wrapping off a plain JSON payload.

    Known are the bare inputs (with or without ``model`` beside them), ``{model, input, options}``, a batch line,
    ``{custom_id, method, url, body}``, whose body may be either, a step of AI Gateway's universal endpoint,
    ``{provider, endpoint, query}``, and an array of messages, which is a conversation. Several requests in one payload
    are another matter: see ``bundled``.
    """
    if is_conversation(payload):
        return Envelope({"messages": payload}, made_up=1)
    if not isinstance(payload, dict):
        return Envelope(None, failure=Failure("request", (), payload, "an object"))
    if _is_batch_line(payload):
        return _opened(payload, "body", is_elsewhere=_is_for_another_endpoint(payload))
    if _is_step(payload):
        return _opened(payload, "query", is_elsewhere=not _is_chat_step(payload))
    if lookalike(payload) is not None:
        return Envelope(None, failure=Failure("request", (), payload, "messages"))
    if "messages" in payload:
        return Envelope(payload)
    if "input" in payload:
        inputs = payload["input"]
        if not isinstance(inputs, dict):
            return Envelope(None, failure=Failure("envelope", ("input",), inputs, "an object"))
        return Envelope(inputs, ("input",), (((), payload),))
    return Envelope(None, failure=Failure("request", (), payload, "messages"))


def _opened(outer: Json, key: str, *, is_elsewhere: bool) -> Envelope:
    """What an object is whose request stands under a key; one that goes elsewhere holds none."""
    if is_elsewhere:
        return Envelope(None, failure=Failure("request", (), outer, "a chat endpoint"))
    inner = open_envelope(outer[key])
    failure = inner.failure and Failure(
        inner.failure.keyword, (key, *inner.failure.pointer), inner.failure.instance, inner.failure.expected
    )
    around = ((), outer), *(((key, *pointer), value) for pointer, value in inner.around)
    return Envelope(inner.inputs, (key, *inner.pointer), around, failure, inner.made_up)


def bundled(payload: object) -> tuple[Pointer, ...]:
    """The pointers of the requests in a payload that is sent as one and holds several; nothing for any other.

    Workers AI takes ``{requests: [...]}``, and AI Gateway's universal endpoint an array of steps.
    """
    if isinstance(payload, dict):
        items = payload.get("requests") if "messages" not in payload else None
        if isinstance(items, list) and any(map(looks_like_request, items)):
            return tuple(("requests", index) for index in range(len(items)))
    elif isinstance(payload, list) and payload and all(isinstance(step, dict) and _is_step(step) for step in payload):
        return tuple((index,) for index in range(len(payload)))
    return ()


def is_conversation(payload: object) -> bool:
    """Whether a value is an array of messages: objects, one of them with a known role, and something that it says."""
    return (
        isinstance(payload, list)
        and all(isinstance(item, dict) for item in payload)
        and any(_has_known_role(item) for item in payload)
        and all(not _TURN.isdisjoint(item) for item in payload)
    )


def _has_known_role(message: Json) -> bool:
    role = message.get("role")
    return isinstance(role, str) and role in ROLES and not SAYING.isdisjoint(message)


def _is_batch_line(payload: Json) -> bool:
    return "body" in payload and "messages" not in payload and not _BATCH_KEYS.isdisjoint(payload)


def _is_step(payload: Json) -> bool:
    return payload.keys() >= _STEP_KEYS and "messages" not in payload


def _is_chat_step(step: Json) -> bool:
    """Whether a step of the universal endpoint goes to a chat model: Workers AI has the model in its place."""
    from minimax_validate.request import endpoints  # few payloads name one

    endpoint = step["endpoint"]
    if not isinstance(endpoint, str) or endpoints.CHAT_STEP.search(endpoint):
        return True
    return step["provider"] == _WORKERS_AI and endpoints.OTHER.search(f"/{endpoint}") is None


def is_for_another_endpoint(url: str, body: object) -> bool:
    """Whether what is sent to an address is no chat request by that address; a body for this model always is one."""
    return _is_for_another_endpoint({"url": url, "body": body})


def _is_for_another_endpoint(line: Json) -> bool:
    """Whether a batch line, or a recording of a request, is for an endpoint that takes no chat."""
    from minimax_validate.request import endpoints  # as above

    url, body = line.get("url"), line["body"]
    if not isinstance(url, str) or endpoints.CHAT.search(url):
        return False
    if isinstance(body, dict) and body.get("model") == MODEL:
        return False
    return "custom_id" in line or endpoints.OTHER.search(url) is not None


def looks_like_request(payload: object) -> bool:
    """Whether a value is meant as a chat request, and not only has ``messages``, as catalogues of translations do.

    It is one if a message has a role, or a parameter or ``model`` stands beside the messages.
    """
    if not isinstance(payload, dict) or lookalike(payload) is not None:
        return False
    if "messages" in payload:
        return _are_turns(payload["messages"]) or not COMPANIONS.isdisjoint(payload)
    if _is_batch_line(payload):
        if _is_for_another_endpoint(payload):
            return False
        # Recordings of any traffic have a method, an address and a body; an id of their owner's choice they have not.
        return "custom_id" in payload or looks_like_request(payload["body"])
    if _is_step(payload):
        return _is_chat_step(payload) and looks_like_request(payload["query"])
    return looks_like_request(payload.get("input"))


def _are_turns(messages: object) -> bool:
    return isinstance(messages, list) and any(map(is_turn, messages))


def requests_in(value: object) -> tuple[Pointer, ...]:
    """The pointers of what is to be checked in a value.

    Each item of an array that holds requests, or of a bundle, else the value itself.
    """
    if isinstance(value, list) and any(looks_like_request(item) or is_conversation(item) for item in value):
        return tuple((index,) for index in range(len(value)))
    return (isinstance(value, dict) and "requests" in value and bundled(value)) or ((),)


def holds_request(value: object) -> bool:
    """Whether a value is meant as a chat request, or as an array or a bundle of them."""
    if isinstance(value, dict):
        return looks_like_request(value) or bool(bundled(value))
    return isinstance(value, list) and any(map(looks_like_request, value))
