"""What a request contains, as far as rules ask; found in one walk, which is all that a clean request costs."""

from __future__ import annotations

from enum import IntFlag
from typing import Any

from minimax_validate.request.toolset import Toolset, toolset
from minimax_validate.values.codec import dumps
from minimax_validate.values.model import MODEL

Json = dict[str, Any]

PARAMETERS = frozenset(
    {
        "messages",
        "temperature",
        "max_tokens",
        "max_completion_tokens",
        "top_p",
        "stream",
        "stream_options",
        "tools",
        "tool_choice",
        "response_format",
        "mask_sensitive_info",
    }
)
"""The keys of a request that the contract knows; a test holds them to the schema."""


class Feature(IntFlag):
    """What a request contains: a rule runs only where one of its features is present."""

    NONE = 0
    FOREIGN_KEYS = 1
    """Top-level keys that are no parameters of the contract."""
    TOOL_CALLS = 2
    EMPTY_TOOL_CALLS = 4
    MISPLACED_TOOL_KEYS = 8
    """``tool_calls`` on a message that is not the assistant's, or ``tool_call_id`` on one of another role than tool."""
    UNPAIRED = 16
    """Results do not follow their calls one for one and in their order, each with an id of its own."""
    TOOLS = 32
    UNSOUND_CALLS = 64
    """It is not proven that calls have names, and fit the tools that are declared."""
    UNSOUND_TOOLS = 128
    """It is not proven that tools have names, each its own, and sound parameters."""
    TOOL_CHOICE_ALONE = 256
    """``tool_choice`` without any tool."""
    RESPONSE_FORMAT = 512
    NO_USER_MESSAGE = 1024
    """No message, or none but of the system."""
    BLANK_CONTENT = 2048
    """A user or system message that may say nothing, or nothing but images."""
    SYSTEM_AGAIN = 4096
    """A system message that is not the first message."""
    IMAGES = 8192
    CONTROL_TOKENS = 16384
    """Something like a control token of the model, somewhere in the request."""
    LONG_MESSAGES = 32768
    """Messages with more than a role and content."""
    IDLE_STREAM_OPTIONS = 65536
    """``stream_options`` without ``stream``."""
    TOKEN_LIMIT = 131072
    """A limit of the completion."""
    ODD_TOKEN_LIMIT = 262144
    """Two limits of the completion, or one that is not written as a whole number."""
    SAMPLING = 524288
    """A temperature or a top_p."""
    LARGE = 1048576
    """It is not proven that prompt and completion fit the context window, or that an estimate says that they do."""
    EMPTY_TOOLS = 2097152
    """``tools`` without a tool in it."""
    DIALECT_KEYS = 4194304
    """Messages with keys that only other APIs have."""
    FLAT_TOOLS = 8388608
    """Tools without a ``function``. No request that keeps the contract has any, nor flat calls."""
    FLAT_CALLS = 16777216
    ALL = 33554431
    SUSPECT = EMPTY_TOOL_CALLS | MISPLACED_TOOL_KEYS | UNPAIRED | UNSOUND_CALLS
    """These are faults in themselves, or as good as: a clean request has none of them.

    Unsound tools are not among them: they stay as they are for long, and who ignores what is wrong with them should not
    wait each time.
    """


# Plain numbers: arithmetic on members of an enumeration costs more than the whole walk.
_FOREIGN_KEYS = int(Feature.FOREIGN_KEYS)
_TOOL_CALLS = int(Feature.TOOL_CALLS)
_EMPTY_TOOL_CALLS = int(Feature.EMPTY_TOOL_CALLS)
_MISPLACED = int(Feature.MISPLACED_TOOL_KEYS)
_UNPAIRED = int(Feature.UNPAIRED)
_TOOLS = int(Feature.TOOLS)
_UNSOUND_CALLS = int(Feature.UNSOUND_CALLS)
_UNSOUND_TOOLS = int(Feature.UNSOUND_TOOLS)
_TOOL_CHOICE_ALONE = int(Feature.TOOL_CHOICE_ALONE)
_NO_USER_MESSAGE = int(Feature.NO_USER_MESSAGE)
_BLANK_CONTENT = int(Feature.BLANK_CONTENT)
_SYSTEM_AGAIN = int(Feature.SYSTEM_AGAIN)
_IMAGES = int(Feature.IMAGES)
_CONTROL_TOKENS = int(Feature.CONTROL_TOKENS)
_LONG_MESSAGES = int(Feature.LONG_MESSAGES)
_IDLE_STREAM_OPTIONS = int(Feature.IDLE_STREAM_OPTIONS)
_TOKEN_LIMIT = int(Feature.TOKEN_LIMIT)
_ODD_TOKEN_LIMIT = int(Feature.ODD_TOKEN_LIMIT)
_LARGE = int(Feature.LARGE)
_EMPTY_TOOLS = int(Feature.EMPTY_TOOLS)
_DIALECT_KEYS = int(Feature.DIALECT_KEYS)
_SUSPECT = int(Feature.SUSPECT)
_KEYS_OF_DIALECTS = frozenset({"parts", "toolInvocations", "function_call", "toolCalls", "toolCallId"})
"""Keys by which a message that keeps the contract may be in a dialect; a test holds them to the dialects."""
_GROWING = _TOOL_CALLS | _LONG_MESSAGES
_TILDE, _LESS_THAN = b"~<"
_MODEL, _TOOL_CHOICE = 1 << 28, 1 << 29
"""These are among the keys: no features, but questions to the request."""
_QUESTIONS = _MODEL | _TOOL_CHOICE
_ASKED_OF_KEYS = _QUESTIONS | _TOOLS | _IDLE_STREAM_OPTIONS


def _features_of_keys(keys: tuple[str, ...]) -> int:
    """What the keys of a request tell by themselves."""
    foreign = set(keys) - PARAMETERS
    found = _FOREIGN_KEYS if foreign - {"model"} else 0
    if "model" in foreign:
        found |= _MODEL
    if "tool_choice" in keys:
        found |= _TOOL_CHOICE
    present = {
        "response_format": Feature.RESPONSE_FORMAT,
        "stream_options": Feature.IDLE_STREAM_OPTIONS,
        "max_tokens": Feature.TOKEN_LIMIT,
        "max_completion_tokens": Feature.TOKEN_LIMIT,
        "temperature": Feature.SAMPLING,
        "top_p": Feature.SAMPLING,
        "tools": Feature.TOOLS,
    }
    for key in keys:
        found |= int(present.get(key, 0))
    return found


MOST_PER_BYTE = 5
MOST_AROUND = 512
"""No prompt has more tokens than five for each byte of its request's compact JSON, and these.

One byte grows to four at most (``upper_bound_from_encoded``), and each message, call and tool takes more bytes than its
frame has tokens. Without calls nothing grows in ASCII but tools, by half, for the template writes them with a space
behind each comma and colon.
"""

_MOST_KEPT = 4096
_LONGEST_KEPT = 32


class _Kept(dict[tuple[str, ...], int]):
    """The features of keys, by the keys: programs write the same ones in the same order each time."""

    def __missing__(self, keys: tuple[str, ...]) -> int:
        found = _features_of_keys(keys)
        if len(self) < _MOST_KEPT and len(keys) <= _LONGEST_KEPT:
            self[keys] = found
        return found


_OF_KEYS = _Kept()


KEY_FEATURES = Feature.FOREIGN_KEYS | Feature.RESPONSE_FORMAT | Feature.IDLE_STREAM_OPTIONS | Feature.TOKEN_LIMIT
KEY_FEATURES |= Feature.SAMPLING | Feature.TOOLS
"""The features that the keys of a request have alone."""


def features_of_keys(body: Json) -> int:
    """Those of ``KEY_FEATURES`` that a request may have, whatever is wrong with its values."""
    found = _OF_KEYS[tuple(body)]
    return found & ~_QUESTIONS | (_FOREIGN_KEYS if found & _MODEL else 0)


def features(body: Json, encoded: bytes, window: int, is_counted: bool = True) -> int:
    """The features of a request that keeps the contract.

    ``encoded`` is its compact JSON text, ``window`` the context window in tokens. ``is_counted`` says that a counter
    decides what fits, and not an estimate.

    -1 if the request holds what the contract's engine takes for plain JSON and rules do not: a tuple, a member of an
    Enum.
    """
    found = _OF_KEYS[tuple(body)]
    messages = body["messages"]
    if type(messages) is not list:
        return -1
    tools = None
    if found & _ASKED_OF_KEYS:
        if found & _TOOLS:
            tools = body["tools"]
            if type(tools) is not list:
                return -1
            if not tools:
                found |= _EMPTY_TOOLS
        if found & _TOOL_CHOICE and not tools:
            found |= _TOOL_CHOICE_ALONE
        if found & _MODEL and body["model"] != MODEL:
            found |= _FOREIGN_KEYS
        if found & _IDLE_STREAM_OPTIONS and body.get("stream"):
            found ^= _IDLE_STREAM_OPTIONS
        found &= ~_QUESTIONS
    room = window
    if found & _TOKEN_LIMIT:
        limit = body.get("max_tokens")
        if limit is None:
            limit = body["max_completion_tokens"]
        elif "max_completion_tokens" in body:
            found |= _ODD_TOKEN_LIMIT
            limit = max(limit, body["max_completion_tokens"])
        if type(limit) is not int:
            found |= _ODD_TOKEN_LIMIT
        room -= limit
    if len(encoded) * MOST_PER_BYTE + MOST_AROUND > room:
        found |= _LARGE
    # Their most telling bytes first: one byte is looked for at the speed of memory, and as a number without a detour.
    if _TILDE in encoded or (_LESS_THAN in encoded and b"<minimax:" in encoded):
        found |= _CONTROL_TOKENS
    found |= _NO_USER_MESSAGE
    declared = toolset(tools) if tools else None
    awaited: list[str] = []  # ids whose results are due next, the first one last
    others = False
    for message in messages:
        role = message["role"]
        content = message["content"]
        if type(content) is not str:
            found |= _features_of_parts(content)
        if role == "tool":
            if not awaited or awaited.pop() != message.get("tool_call_id"):
                found |= _UNPAIRED
            if len(message) != 3:
                found |= _LONG_MESSAGES
                if not _KEYS_OF_DIALECTS.isdisjoint(message):
                    found |= _DIALECT_KEYS
                if "tool_calls" in message:
                    found |= _MISPLACED
            continue
        if awaited:
            found |= _UNPAIRED
            awaited = []
        if role == "assistant":
            others = True
        else:
            if role == "user":
                others = True
            elif role != "system":
                return -1
            elif message is not messages[0]:
                found |= _SYSTEM_AGAIN
            if not content or (type(content) is str and content.isspace()):
                found |= _BLANK_CONTENT
        if len(message) == 2:
            continue
        found |= _LONG_MESSAGES
        if "tool_call_id" in message:
            found |= _MISPLACED
        if "tool_calls" in message:
            calls = message["tool_calls"]
            if type(calls) is not list:
                return -1
            if role != "assistant":
                found |= _MISPLACED
            elif calls:
                found |= _TOOL_CALLS
                # Checked here rather than in a second pass: in a long history, this message is still in the processor's
                # cache.
                if declared is None:
                    declared = toolset(tools)
                if not found & _UNSOUND_CALLS and not _are_known(calls, declared):
                    found |= _UNSOUND_CALLS
                awaited = [call["id"] for call in reversed(calls)]
                if "" in awaited or (len(awaited) > 1 and len(set(awaited)) != len(awaited)):
                    found |= _UNPAIRED
            if not calls:
                found |= _EMPTY_TOOL_CALLS
            if len(message) == 3:
                continue
        if not _KEYS_OF_DIALECTS.isdisjoint(message):
            found |= _DIALECT_KEYS
    if others:
        found ^= _NO_USER_MESSAGE
    if awaited:
        found |= _UNPAIRED
    if tools and declared is not None and not declared.sound:
        found |= _UNSOUND_TOOLS
    if found & _LARGE and not found & _GROWING and encoded.isascii():
        most = len(encoded) * 3 // 2 if tools else len(encoded)
        if most + MOST_AROUND <= room:
            found ^= _LARGE
    if (
        found & _LARGE
        and not found & _SUSPECT
        and not is_counted
        and _is_clearly_short(encoded, messages, tools, found, room)
    ):
        found ^= _LARGE
    return found


def _is_clearly_short(encoded: bytes, messages: list[Json], tools: list[Json] | None, found: int, room: int) -> bool:
    from minimax_validate.tokens.glance import Glimpse  # most requests are far too short to need it

    calls: list[Json] = []
    if found & _TOOL_CALLS:
        calls = [call for message in messages if "tool_calls" in message for call in message["tool_calls"]]
    return Glimpse.of(encoded, len(messages), calls, dumps(tools) if tools else b"").is_clearly_short(room)


def _features_of_parts(parts: Any) -> int:
    """What content in parts has: an image, or nothing that says something once the images are dropped."""
    if type(parts) is not list:
        return -1
    images = any(part["type"] == "image_url" for part in parts)
    blank = all(part["type"] == "image_url" or not part["text"].strip() for part in parts)
    return _IMAGES * images | _BLANK_CONTENT * blank


def _are_known(calls: list[Json], tools: Toolset) -> bool:
    known = tools.known
    for call in calls:
        function = call["function"]
        name, arguments = function["name"], function["arguments"]
        if (name, arguments) not in known and not tools.accepts(name, arguments):
            return False
    return True
