"""Faults of the tool history: what the rules MM2xx find."""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from minimax_validate.strategies.choice import COIN, pair
from minimax_validate.strategies.faults.histories import (
    a_block,
    a_call,
    a_new_id,
    blocks,
    first_turn,
    gaps,
    of_role,
    tool_names,
    with_id,
    with_own_ids,
)
from minimax_validate.strategies.faults.planted import Json, Planted, Planter, found, inserted, put, taken
from minimax_validate.strategies.messages import ASSISTANT, RESULT, USER
from minimax_validate.strategies.requests import Needs, requests_with
from minimax_validate.strategies.text import KEYS, NAMES, fresh
from minimax_validate.strategies.tools import functions, json_texts
from minimax_validate.strategies.values import OBJECTS, VALUES

_ANY = requests_with()
_WITH_CALLS = requests_with(Needs(rounds=1))
_WITH_PARALLEL_CALLS = requests_with(Needs(rounds=1, width=2))
_WITH_ROUNDS = requests_with(Needs(rounds=2))
_WITH_DECLARED_CALLS = requests_with(Needs(rounds=1, tools=True))

_BLANKS = st.sampled_from(("", " ", "\n\t"))


def orphan_tool_result(draw: st.DrawFn) -> Planted:
    """A result with an id that no call has, anywhere."""
    request = draw(_ANY)
    index = draw(st.integers(first_turn(request), len(request["messages"])))
    orphan = {**draw(RESULT), "tool_call_id": a_new_id(draw, request)}
    return Planted(inserted(request, ("messages", index), orphan), ("messages", index, "tool_call_id"))


def early_tool_result(draw: st.DrawFn) -> Planted:
    """A result moved to a place before its call."""
    request = draw(_WITH_CALLS)
    block, number = a_call(draw, request)
    # An id of its own: where an earlier turn has used it too, the result would be a second answer to that turn's call.
    request = with_id(request, block, number, a_new_id(draw, request))
    index = draw(st.integers(first_turn(request), block.message))
    result = found(request, block.result(number))
    return Planted(
        inserted(taken(request, block.result(number)), ("messages", index), result), ("messages", index, "tool_call_id")
    )


def duplicate_tool_result(draw: st.DrawFn) -> Planted:
    """A second result of a call, anywhere after the first."""
    request = draw(_WITH_CALLS)
    block, number = a_call(draw, request)
    identifier = a_new_id(draw, request)
    request = with_id(request, block, number, identifier)
    index = draw(st.integers(block.message + 2 + number, len(request["messages"])))
    second = draw(RESULT) if draw(COIN) else copy.deepcopy(found(request, block.result(number)))
    return Planted(
        inserted(request, ("messages", index), {**second, "tool_call_id": identifier}),
        ("messages", index, "tool_call_id"),
    )


def separated_tool_result(draw: st.DrawFn) -> Planted:
    """One or two messages between a call and its result, the last one of its block."""
    request = draw(_WITH_CALLS)
    block = a_block(draw, request)
    intruders = draw(st.lists(USER | ASSISTANT, min_size=1, max_size=2))
    place = ("messages", block.end - 1)
    return Planted(inserted(request, place, *intruders), ("messages", block.end - 1 + len(intruders), "tool_call_id"))


def unanswered_tool_call(draw: st.DrawFn) -> Planted:
    """A call whose result is missing; the history may end with it."""
    request = draw(_WITH_CALLS)
    block, number = a_call(draw, request)
    return Planted(taken(request, block.result(number)), block.call(number))


def duplicate_tool_call_id(draw: st.DrawFn) -> Planted:
    """Two calls of one message with the same id, and one result for both or one for each."""
    request = draw(_WITH_PARALLEL_CALLS)
    block = a_block(draw, request, width=2)
    first, second = pair(draw, block.width)
    request = with_id(request, block, second, found(request, (*block.call(first), "id")))
    if draw(COIN):
        request = taken(request, block.result(second))
    return Planted(request, (*block.call(second), "id"))


def reused_tool_call_id(draw: st.DrawFn) -> Planted:
    """The id of a call used again in a later turn."""
    request = with_own_ids(draw(_WITH_ROUNDS))
    early, late = pair(draw, len(blocks(request)))
    before, after = blocks(request)[early], blocks(request)[late]
    identifier = found(request, (*before.call(draw(st.integers(0, before.width - 1))), "id"))
    number = draw(st.integers(0, after.width - 1))
    return Planted(with_id(request, after, number, identifier), (*after.call(number), "id"))


def missing_tool_call_id(draw: st.DrawFn) -> Planted:
    """A call with an empty id, or a result with an empty one or none."""
    request = draw(_WITH_CALLS)
    block, number = a_call(draw, request)
    match draw(st.sampled_from(("empty in the result", "absent in the result", "empty in the call"))):
        case "empty in the result":
            place = (*block.result(number), "tool_call_id")
            return Planted(put(request, place, ""), place)
        case "absent in the result":
            return Planted(taken(request, (*block.result(number), "tool_call_id")), block.result(number))
    place = (*block.call(number), "id")
    return Planted(put(request, place, ""), place)


def empty_tool_calls(draw: st.DrawFn) -> Planted:
    """An assistant message with an empty array of calls."""
    request = draw(_ANY)
    index = draw(st.sampled_from(gaps(request)))
    message = {**draw(ASSISTANT), "tool_calls": []}
    return Planted(inserted(request, ("messages", index), message), ("messages", index, "tool_calls"))


def invalid_arguments(draw: st.DrawFn) -> Planted:
    """Arguments that are no JSON text of an object."""
    request = draw(_WITH_CALLS)
    block, number = a_call(draw, request)
    place = (*block.call(number), "function", "arguments")
    return Planted(put(request, place, draw(_no_objects())), place)


@st.composite
def _no_objects(draw: st.DrawFn) -> str:
    text = draw(json_texts(draw(OBJECTS)))
    kind = draw(st.sampled_from(("blank", "cut", "encoded twice", "no object", "more", "nan", "quotes")))
    match kind:
        case "cut":
            return text[: draw(st.integers(0, len(text) - 1))]
        case "encoded twice":
            return json.dumps(text)
        case "no object":
            return (
                draw(json_texts([draw(VALUES)]))
                if draw(COIN)
                else draw(st.sampled_from(("null", "true", "0", '"Oslo"')))
            )
        case "more":
            return text + draw(st.sampled_from((text, "}", " and", "\n```")))
        case "nan":
            return draw(st.sampled_from(('{"days": NaN}', '{"days": [-Infinity]}', '{"days": Infinity}')))
        case "quotes":
            return draw(
                st.sampled_from(
                    ("{'city': 'Oslo'}", "{city: 1}", '{"city": "Oslo",}', '{"city": "a\nb"}', '{"city": 01}')
                )
            )
    return draw(_BLANKS)


# What a property demands, and a value that breaks this one demand.
_MISFITS: tuple[tuple[Json, Any], ...] = (
    ({"type": "integer"}, "3"),
    ({"type": "string"}, None),
    ({"type": "boolean"}, 1),
    ({"enum": ["a", "b"]}, "c"),
    ({"type": "integer", "minimum": 1}, 0),
    ({"type": "string", "maxLength": 2}, "abc"),
    ({"type": "array", "items": {"type": "string"}}, ["a", 1]),
    ({"type": "object", "required": ["x"], "properties": {"x": {}}}, {}),
    ({"anyOf": [{"type": "string"}, {"type": "null"}]}, 5),
)


def arguments_mismatch(draw: st.DrawFn) -> Planted:
    """A call of a declared tool whose parameters the arguments do not satisfy, in one way."""
    request = draw(_WITH_DECLARED_CALLS)
    block, number = a_call(draw, request)
    key = draw(KEYS)
    demand, misfit = copy.deepcopy(draw(st.sampled_from(_MISFITS)))
    parameters: Json = {"type": "object", "properties": {key: demand}}
    arguments = {key: misfit}
    match draw(st.sampled_from(("misfit", "missing", "unknown"))):
        case "missing":
            parameters, arguments = {**parameters, "required": [key]}, {}
        case "unknown":
            parameters, arguments = {"type": "object", "properties": {}, "additionalProperties": False}, {key: misfit}
    name = fresh(draw(NAMES), tool_names(request["tools"]))
    tool = {"type": "function", "function": {"name": name, "description": "", "parameters": parameters}}
    request = inserted(request, ("tools", draw(st.integers(0, len(request["tools"])))), tool)
    place = (*block.call(number), "function")
    function = {"name": name, "arguments": draw(json_texts(arguments))}
    return Planted(put(request, place, function), (*place, "arguments"))


def undeclared_function(draw: st.DrawFn) -> Planted:
    """A call of a function that is not among the tools; its name may be close to one that is."""
    request = draw(_WITH_DECLARED_CALLS)
    block, number = a_call(draw, request)
    place = (*block.call(number), "function", "name")
    near = found(request, place).swapcase()
    return Planted(put(request, place, fresh(draw(st.just(near) | NAMES), tool_names(request["tools"]))), place)


def misplaced_tool_calls(draw: st.DrawFn) -> Planted:
    """``tool_calls`` on a message that is not the assistant's, or ``tool_call_id`` on one that is no tool's."""
    request = draw(_WITH_CALLS)
    if draw(COIN):
        place = ("messages", draw(st.sampled_from(of_role(request, "system", "user", "assistant"))), "tool_call_id")
        return Planted(put(request, place, draw(st.just("") | st.just(a_new_id(draw, request)))), place)
    place = ("messages", draw(st.sampled_from(of_role(request, "system", "user", "tool"))), "tool_calls")
    call = {"id": a_new_id(draw, request), "type": "function", "function": draw(functions(request.get("tools")))}
    return Planted(put(request, place, draw(st.sampled_from(([], [call])))), place)


def blank_function_name(draw: st.DrawFn) -> Planted:
    """A call of a function without a name, or a tool that has none."""
    if draw(COIN):
        request = draw(requests_with(Needs(tools=True)))
        index = draw(st.integers(0, len(request["tools"])))
        tool = {
            "type": "function",
            "function": {"name": draw(_BLANKS), "description": "", "parameters": {"type": "object"}},
        }
        return Planted(inserted(request, ("tools", index), tool), ("tools", index, "function", "name"))
    request = draw(_WITH_CALLS)
    block, number = a_call(draw, request)
    place = (*block.call(number), "function", "name")
    return Planted(put(request, place, draw(_BLANKS)), place)


def reordered_tool_results(draw: st.DrawFn) -> Planted:
    """The results of parallel calls in another order than the calls."""
    request = draw(_WITH_PARALLEL_CALLS)
    block = a_block(draw, request, width=2)
    order = list(draw(st.permutations(range(block.width))))
    if order == sorted(order):
        order.reverse()
    results = [found(request, block.result(number)) for number in order]
    first = next(place for place, number in enumerate(order) if place != number)
    messages = request["messages"]
    request = {**request, "messages": [*messages[: block.message + 1], *results, *messages[block.end :]]}
    return Planted(request, (*block.result(first), "tool_call_id"))


def split_parallel_calls(draw: st.DrawFn) -> Planted:
    """The calls of one turn in two messages, with the results behind both."""
    request = draw(_WITH_PARALLEL_CALLS)
    block = a_block(draw, request, width=2)
    calling = request["messages"][block.message]
    at = draw(st.integers(1, block.width - 1))
    first = {**calling, "tool_calls": calling["tool_calls"][:at]}
    second = {**draw(ASSISTANT), "tool_calls": calling["tool_calls"][at:]}
    request = put(request, ("messages", block.message), first)
    place = ("messages", block.message + 1)
    return Planted(inserted(request, place, second), place)


def altered_tool_call_id(draw: st.DrawFn) -> Planted:
    """A result with another id than its call, which no call has."""
    request = draw(_WITH_CALLS)
    block, number = a_call(draw, request)
    place = (*block.result(number), "tool_call_id")
    return Planted(put(request, place, a_new_id(draw, request)), place)


PLANTERS: Mapping[str, Planter] = {
    "MM201": orphan_tool_result,
    "MM202": early_tool_result,
    "MM203": duplicate_tool_result,
    "MM204": separated_tool_result,
    "MM205": unanswered_tool_call,
    "MM206": duplicate_tool_call_id,
    "MM207": reused_tool_call_id,
    "MM208": missing_tool_call_id,
    "MM209": empty_tool_calls,
    "MM210": invalid_arguments,
    "MM211": arguments_mismatch,
    "MM212": undeclared_function,
    "MM213": misplaced_tool_calls,
    "MM214": blank_function_name,
    "MM215": reordered_tool_results,
    "MM216": split_parallel_calls,
    "MM217": altered_tool_call_id,
}
