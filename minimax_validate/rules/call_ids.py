"""Ids for calls that have none."""

from __future__ import annotations

from itertools import takewhile
from typing import Any

from minimax_validate.request.index import Request
from minimax_validate.request.roles import acts_as
from minimax_validate.values.pointer import Pointer


def fresh_id(pointer: Pointer, request: Request) -> str:
    """An id for the call at a pointer that no call of the request has."""
    _, message, _, number = pointer
    identifier = f"call_{message}_{number}"
    taken = _taken(request)
    while identifier in taken:
        identifier += "_"
    return identifier


def likely_id(pointer: Pointer, request: Request) -> str:
    """The id of the result that belongs to the call at a pointer, otherwise one that no call has.

    If as many results of a turn match no call as calls of it have no id, they belong together in their order.
    """
    _, index, _, number = pointer
    assert isinstance(index, int)
    calls: list[Any] = request.messages[index]["tool_calls"]
    without: list[object] = [place for place, call in enumerate(calls) if not _id_of(call)]
    taken = _taken(request)
    answers = [message.get("tool_call_id") for message in takewhile(_is_result, request.messages[index + 1 :])]
    strays = [answer for answer in answers if not (isinstance(answer, str) and answer in taken)]
    named = [answer for answer in strays if isinstance(answer, str) and answer]
    if number in without and len(strays) == len(without) == len(set(named)):
        return named[without.index(number)]
    return fresh_id(pointer, request)


def _id_of(call: Any) -> str | None:
    identifier = call.get("id") if isinstance(call, dict) else None
    return identifier if isinstance(identifier, str) else None


def _taken(request: Request) -> set[str]:
    ids = (value.get("id") for _, value in (*request.calls, *request.flat_calls))
    return {identifier for identifier in ids if isinstance(identifier, str)}


def _is_result(message: Any) -> bool:
    return isinstance(message, dict) and acts_as(message) == "tool"
