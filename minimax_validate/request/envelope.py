"""Find the inputs of a chat request inside what was handed in.

Bare, or in one of the wrappings that carry them to the model.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

from minimax_validate.request.lookalikes import COMPANIONS, ROLES, SAYING, is_turn, lookalike
from minimax_validate.values.codec import STRICT, orjson
from minimax_validate.values.failure import Failure
from minimax_validate.values.model import MODEL
from minimax_validate.values.plain import is_plain
from minimax_validate.values.pointer import Pointer

Json = dict[str, Any]

_BATCH_KEYS = frozenset({"custom_id", "method", "url"})
_TURN = SAYING | {"role", "type"}
_STEP_KEYS = frozenset({"provider", "endpoint", "query"})
_WORKERS_AI = "workers-ai"
_KEYS_OF_ENVELOPES = _BATCH_KEYS | _STEP_KEYS | {"body", "headers", "input", "model", "options"}
_MAYBE_NO_ENVELOPE = frozenset({"requests", "success", "cells", "preferred_output", "non_preferred_output"})
"""Keys of bundles, and of objects that only look like a request."""
_SCALARS = frozenset({str, int, bool, type(None)})
_DEEPEST = 3
_MOST_KEPT = 1024
_LONGEST_KEPT = 16
_MOST_ADDRESSES = 256


class Envelope(NamedTuple):
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


def open_plain(payload: Any, encoded: bytes = b"") -> tuple[Json, bytes, tuple[Json, ...]] | None:
    """The inputs that ``open_envelope`` finds in a payload, where that is quickly proven.

    With them come the compact JSON text of the whole payload, and those objects around the inputs that have keys of no
    envelope, or name another model. All that is around the inputs is plain JSON then. The inputs are what orjson
    writes, and may hold a tuple, a NaN or a member of an Enum. None for bare inputs, and for whatever takes a closer
    look; raises what orjson raises. Who has ``encoded`` a payload gives its text.
    """
    if orjson is None:
        return None
    # First, as it refuses the classes of strangers, and what is too deep as a whole.
    encoded = encoded or orjson.dumps(payload, None, STRICT)
    if type(payload) is list:
        return ({"messages": payload}, encoded, ()) if is_conversation(payload) and not bundled(payload) else None
    foreign: tuple[Json, ...] = ()
    inner = payload
    for _ in range(_DEEPEST):
        key, is_usual, others, has_model = _KEYS_INSIDE[tuple(inner)]
        if not key:
            return None
        for name in others:
            value = inner[name]
            if type(value) is not str and type(value) not in _SCALARS and not _is_plain_json(value):
                return None
        if has_model:
            model = inner["model"]
            if type(model) is not str and type(model) not in _SCALARS and not _is_plain_json(model):
                return None
            is_usual = is_usual and model == MODEL
        if key != "input" and (_is_for_another_endpoint(inner) if key == "body" else not _is_chat_step(inner)):
            return None
        if not is_usual:
            foreign += (inner,)
        inner = inner[key]
        if type(inner) is not dict:
            return None
        if "messages" in inner:
            # `success` may make an answer of Cloudflare's API of it.
            return (inner, encoded, foreign) if "success" not in inner else None
        if key == "input":
            return None
    return None


def _is_plain_json(value: object) -> bool:
    """Whether a value of what orjson writes is of JSON types alone, and no number of it infinite or none."""
    if type(value) is dict and _SCALARS.issuperset(map(type, value.values())):
        return True
    return is_plain(value) and bool(orjson.loads(orjson.dumps(value)) == value)


class _Inside(NamedTuple):
    """What the keys of an object say by themselves of the request inside of it."""

    key: str
    """The key under which it stands; empty where they do not say."""
    is_usual: bool
    """All keys are those of envelopes."""
    others: tuple[str, ...]
    """The keys beside it and ``model``."""
    has_model: bool


def _key_inside(keys: tuple[str, ...]) -> _Inside:
    outer = dict.fromkeys(keys)
    if "messages" in outer or not _MAYBE_NO_ENVELOPE.isdisjoint(outer):
        return _Inside("", False, (), False)
    key = "body" if _is_batch_line(outer) else "query" if _is_step(outer) else "input" if "input" in outer else ""
    others = tuple(name for name in keys if name not in (key, "model"))
    return _Inside(key, _KEYS_OF_ENVELOPES.issuperset(keys), others, "model" in outer)


class _KeysInside(dict[tuple[str, ...], _Inside]):
    """``_key_inside`` by the keys: programs write the same ones in the same order each time."""

    def __missing__(self, keys: tuple[str, ...]) -> _Inside:
        found = _key_inside(keys)
        if len(self) < _MOST_KEPT and len(keys) <= _LONGEST_KEPT:
            self[keys] = found
        return found


_KEYS_INSIDE = _KeysInside()


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
    endpoint = step["endpoint"]
    if not isinstance(endpoint, str):
        return True
    is_chat, is_other = _step_of(endpoint)
    return is_chat or (step["provider"] == _WORKERS_AI and not is_other)


@lru_cache(maxsize=_MOST_ADDRESSES)
def _step_of(endpoint: str) -> tuple[bool, bool]:
    """Whether an endpoint of a step takes chats at any provider, and whether it is known to take something else."""
    from minimax_validate.request import endpoints  # few payloads name one

    return endpoints.CHAT_STEP.search(endpoint) is not None, endpoints.OTHER.search(f"/{endpoint}") is not None


@lru_cache(maxsize=_MOST_ADDRESSES)
def _address_of(url: str) -> tuple[bool, bool]:
    """Whether an address is one of chats, and whether it is known to be of something else."""
    from minimax_validate.request import endpoints  # as above

    return endpoints.CHAT.search(url) is not None, endpoints.OTHER.search(url) is not None


def is_for_another_endpoint(url: str, body: object) -> bool:
    """Whether what is sent to an address is no chat request by that address; a body for this model always is one."""
    return _is_for_another_endpoint({"url": url, "body": body})


def is_sent_as_request(value: object, url: str | None) -> bool:
    """Whether a value is a chat request, or several, by what it says or by the address that it is sent to.

    An object without a message in its ``messages`` is one if it goes where chats are taken, and so is whatever is sent
    to this model.
    """
    if url is None:
        return holds_request(value)
    if is_for_another_endpoint(url, value):
        return False
    if holds_request(value):
        return True
    from minimax_validate.request import endpoints  # as above

    if not isinstance(value, dict) or not value:
        return False
    return endpoints.OWN.search(url) is not None or (
        value.get("messages") == [] and endpoints.CHAT.search(url) is not None
    )


def _is_for_another_endpoint(line: Json) -> bool:
    """Whether a batch line, or a recording of a request, is for an endpoint that takes no chat."""
    url = line.get("url")
    if not isinstance(url, str):
        return False
    is_chat, is_other = _address_of(url)
    if is_chat:
        return False
    body = line["body"]
    if isinstance(body, dict) and body.get("model") == MODEL:
        return False
    return "custom_id" in line or is_other


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
