"""Bounds of a prompt that cost next to nothing: enough to let almost every request pass without reading its texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from minimax_validate.tokens.bounds import NFC_GROWTH, lower_bound_of_all
from minimax_validate.tokens.costs import LEAST_COSTS, MOST_COSTS
from minimax_validate.values.model import CIRCUMSTANCES

UTF8_OF_NFC = 12
"""The most bytes of UTF-8 that NFC makes of one character (U+1D160)."""

GROWTH = 4
"""The most by which a request with tool calls can grow from bytes of compact JSON to tokens of the prompt.

A number such as ``1e15`` in the arguments of a call is written anew as ``1000000000000000.0``, with a space behind its
comma. NFC triples UTF-8 at most; a printed value at most quadruples (DEL becomes ``\\x7f``); a parameter, ``"k":0,`` at
least, makes 11 tokens.
"""

_FIXED = MOST_COSTS.head + MOST_COSTS.default_system + MOST_COSTS.answer + len(CIRCUMSTANCES) * MOST_COSTS.circumstance
_FRAME = max(MOST_COSTS.turn, MOST_COSTS.first_result)
_CALL = max(MOST_COSTS.first_call, MOST_COSTS.further_call)
# A number with an exponent is written anew in a longer form; in a text what looks like one does no harm. Every digit is
# made a 0 and every E an e, and two fixed bytes are looked for: a third of the time that a regular expression takes.
_EXPONENT = b"0e"
_TO_EXPONENT = bytes.maketrans(b"123456789E", b"000000000e")
# The keys of a message that is nothing but its role and its content.
_PLAIN = 2
# Keys of a message that the template may show beside these.
_SHOWN_TOO = frozenset({"reasoning_content", "reasoning_details", *CIRCUMSTANCES})
# More than any budget: only a closer look can tell.
_UNKNOWN = 1 << 62


def upper_bound_from_encoded(
    encoded_length: int, messages: int, tools: int, calls: int, *, ascii_only: bool = False
) -> int:
    """Return the largest number of tokens that a prompt can have, computed only from the length of its compact JSON.

    ``encoded_length`` is the number of bytes of the whole request in UTF-8, as ``orjson.dumps`` writes it.
    ``messages``, ``tools`` and ``calls`` are the numbers of each; a tool message counts as a call. ``ascii_only``
    says that all bytes are ASCII. Images are not counted.

    Every text of the prompt is in the JSON, unescaped or longer, and a token covers a byte at least. Without calls only
    the tools are written anew, with a space behind each comma and colon: of any JSON at most every second byte is one
    of these, so that is half as much again. NFC at most triples texts that are not ASCII. With calls all may grow by
    ``GROWTH``. The template's own tokens come on top, at their most.
    """
    if calls:
        texts = GROWTH * encoded_length
    elif ascii_only:
        texts = encoded_length + encoded_length // 2
    else:
        texts = NFC_GROWTH * encoded_length
    frames = _FIXED + _FRAME * messages + _CALL * calls
    return texts + frames + (MOST_COSTS.tools + MOST_COSTS.tool * tools if tools else 0)


def room_left(
    messages: Sequence[Mapping[str, Any]], tools: Sequence[object], budget: int, encoded_tools: bytes = b""
) -> int:
    """How many tokens of ``budget`` a prompt is certain to leave.

    Less than nothing says only that it takes a closer look. ``encoded_tools`` is the compact JSON of the tools
    (``orjson.dumps``), without which no request that has tools is certain to fit. The messages keep the contract, else
    nothing is certain. The texts are laid together and looked at once, as Python's calls cost more than what they look
    at; what is to be kept in reserve the caller takes off the budget.
    """
    room = budget - _FIXED - _FRAME * len(messages)
    if tools:
        if not encoded_tools:
            return -_UNKNOWN
        grown = len(encoded_tools) * (3 if encoded_tools.isascii() else 2 * NFC_GROWTH) // 2
        room -= MOST_COSTS.tools + MOST_COSTS.tool * len(tools) + grown
    try:
        contents = [message["content"] for message in messages]
        texts = [content for content in contents if type(content) is str]
        room -= (
            sum(map(_most_of_parts, (content for content in contents if type(content) is not str)))
            if len(texts) < len(contents)
            else 0
        )
        room -= _most(texts, room)
        # Of a tool message nothing but its content is shown.
        return (
            room
            if room < 0
            else room - _most_of_the_rest([m for m in messages if len(m) > _PLAIN and m["role"] != "tool"])
        )
    except (TypeError, KeyError, AttributeError):
        return -_UNKNOWN


def fits_surely(
    messages: Sequence[Mapping[str, Any]], tools: Sequence[object], budget: int, encoded_tools: bytes = b""
) -> bool:
    """Return whether a prompt certainly has at most ``budget`` tokens."""
    return room_left(messages, tools, budget, encoded_tools) >= 0


def _most_of_parts(content: Sequence[Mapping[str, Any]]) -> int:
    """An upper bound of content in parts; each may become a result of its own."""
    if any(part["type"] != "text" or "output" in part for part in content):
        return _UNKNOWN
    return _FRAME * len(content) + _most([part["text"] for part in content])


def _most_of_the_rest(messages: Sequence[Mapping[str, Any]]) -> int:
    """An upper bound of what messages show besides their content."""
    if not all(_SHOWN_TOO.isdisjoint(message) for message in messages):
        return _UNKNOWN
    functions = [call["function"] for message in messages if "tool_calls" in message for call in message["tool_calls"]]
    names = _most([function["name"] for function in functions])
    return _CALL * len(functions) + names + _most_of_arguments([function["arguments"] for function in functions])


def _most_of_arguments(arguments: Sequence[str]) -> int:
    """An upper bound of calls' arguments.

    Every colon may make a parameter, and every second character get a space behind it.
    """
    together = "".join(arguments)
    if together.isascii() and not may_hold_exponent(together):
        return len(together) * 3 // 2 + MOST_COSTS.parameter * together.count(":")
    if len(arguments) > 1:
        return sum(_most_of_arguments((text,)) for text in arguments)
    return (GROWTH if together.isascii() else UTF8_OF_NFC) * len(together)


def may_hold_exponent(text: str) -> bool:
    """Whether some JSON may hold a number with an exponent, which is written anew in a longer form."""
    return _EXPONENT in text.encode("utf-8", "surrogatepass").translate(_TO_EXPONENT)


def _most(texts: Sequence[str], enough: int = _UNKNOWN) -> int:
    """An upper bound of texts; where it is beyond ``enough`` in any case, they are not looked at."""
    most = sum(map(len, texts))
    if most > enough or "".join(texts).isascii():
        return most
    return sum(len(text) if text.isascii() else UTF8_OF_NFC * len(text) for text in texts)


def least_tokens(messages: Sequence[object]) -> int:
    """The fewest tokens of the plain contents of some messages.

    A lower bound of the prompt, looser than that of the whole request. Leaves out whatever takes a closer look to see:
    parts, calls, tools, answers with thoughts in them. About as fast as reading the text.
    """
    texts: list[str] = []
    overhead = 0
    for message in messages:
        if isinstance(message, dict):
            role, content = message.get("role"), message.get("content")
            if not isinstance(content, str):
                continue
            if role == "tool":
                overhead += LEAST_COSTS.further_result
            elif role == "user" or (role == "assistant" and "</think>" not in content):
                overhead += LEAST_COSTS.turn
            else:
                continue
            texts.append(content)
    return overhead + lower_bound_of_all(texts)
