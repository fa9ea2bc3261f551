"""Calls and results name the call by an id that is not empty.

The schema takes an empty id, and a result without any, but MiniMax refuses them: "tool call id is invalid"
(Kilo-Org/kilocode#3967). It comes about where a streamed call's first chunk, the one with the id, got lost (the history
in lmstudio-ai/lmstudio-bug-tracker#830), or where a client takes the place of a result for its id.

Do not ignore it. The fix is safe: it puts the id of the only call, or of the only result, that can be meant, and an id
of its own making where neither side has one. Where more than one can be meant there is no fix.
"""

from __future__ import annotations

from collections.abc import Set
from typing import TYPE_CHECKING

from minimax_validate.request.features import Feature
from minimax_validate.request.index import Request
from minimax_validate.rules.examples import call, calling, request, result, user, without
from minimax_validate.rules.fixes import assignment, fresh_id
from minimax_validate.rules.rule import Flag, Invalid, Rule, Valid
from minimax_validate.values.diagnostic import Edit, Fix, Related, Severity
from minimax_validate.values.pointer import Pointer
from minimax_validate.values.wording import describe, place, quote

if TYPE_CHECKING:
    from minimax_validate.request.pairing_facts import Call


def check(request: Request, flag: Flag) -> None:
    pairing = request.pairing
    for index, call_ in pairing.nameless_results:
        message = request.messages[index]
        related: tuple[Related, ...] = (
            () if call_ is None else (Related(call_.identifier, "the only call it can answer"),)
        )
        fix = None if call_ is None else _fix(call_, index, request)
        if "tool_call_id" in message:
            words = (
                f"this result's tool_call_id is {describe(message['tool_call_id'])}: it must be "
                f"the id of the call it answers"
            )
            flag(("messages", index, "tool_call_id"), words, related=related, fix=fix)
        else:
            words = "this result has no tool_call_id to say which call it answers"
            flag(("messages", index), words, related=related, fix=fix, focus="opening")
    disputed = _disputed(request) if pairing.nameless_calls else frozenset()
    for call_, answer in pairing.nameless_calls:
        related = () if answer is None else (Related(("messages", answer), "its only result"),)
        fix = None if answer is None else _fix(call_, answer, request, disputed)
        flag(call_.identifier, "this call's id is empty, so no result can name it", related=related, fix=fix)


def _disputed(request: Request) -> Set[str]:
    """The ids of results that answer nothing where they stand."""
    pairing = request.pairing
    stray = [*(fact.message for fact in pairing.orphans), *(fact.message for fact in pairing.early)]
    stray.extend(fact.message for fact in pairing.duplicates)
    return {request.messages[index]["tool_call_id"] for index in stray}


def _fix(call_: Call, result_: int, request: Request, disputed: Set[str] = frozenset()) -> Fix:
    """One id for both sides of a pair.

    Not a disputed one: other results that nothing called would seem to be called then.
    """
    of_call: str = request.messages[call_.message]["tool_calls"][call_.number]["id"]
    of_result = request.messages[result_].get("tool_call_id")
    at_call: Pointer = call_.identifier
    at_result: Pointer = ("messages", result_, "tool_call_id")
    if of_call:
        return assignment(at_result, of_call, f"name call {quote(of_call)}", safe=True)
    if isinstance(of_result, str) and of_result and of_result not in disputed:
        return assignment(at_call, of_result, f"take the id {quote(of_result)} of its result", safe=True)
    fresh = fresh_id(call_.pointer, request)
    edits = (Edit("set", at_call, fresh), Edit("set", at_result, fresh))
    return Fix(f"give {place(call_.pointer)} and its result the id {quote(fresh)}", edits, safe=True)


_TWO = calling(call("call_1"), call("call_2"))

RULE = Rule(
    code="MM208",
    name="missing-tool-call-id",
    severity=Severity.ERROR,
    prose=__doc__,
    refusal="invalid params, tool call id is invalid (2013)",
    when=Feature.UNPAIRED,
    check=check,
    valid=(Valid("Call and result name the same id.", request(user(), calling(), result())),),
    invalid=(
        Invalid(
            "A result without an id, where one call waits.",
            request(user(), calling(), without(result(), "tool_call_id")),
            at=(("messages", 2),),
            fixed=request(user(), calling(), {**without(result(), "tool_call_id"), "tool_call_id": "call_1"}),
        ),
        Invalid(
            "The other result names its call, so this one's is known.",
            request(user(), _TWO, result(""), result("call_2")),
            at=(("messages", 2, "tool_call_id"),),
            fixed=request(user(), _TWO, result("call_1"), result("call_2")),
        ),
        Invalid(
            "The call's id is empty, its result's is not.",
            request(user(), calling(call("")), result("call_1")),
            at=(("messages", 1, "tool_calls", 0, "id"),),
            fixed=request(user(), calling(call("call_1")), result("call_1")),
        ),
        Invalid(
            "Neither has an id.",
            request(user(), calling(call("")), result("")),
            at=(("messages", 1, "tool_calls", 0, "id"), ("messages", 2, "tool_call_id")),
            fixed=request(user(), calling(call("call_1_0")), result("call_1_0")),
        ),
        Invalid(
            "Null is no id.",
            request(user(), calling(), {**result(), "tool_call_id": None}),
            at=(("messages", 2, "tool_call_id"),),
            fixed=request(user(), calling(), result()),
        ),
        Invalid("Nothing waits for it.", request(user(), result("")), at=(("messages", 1, "tool_call_id"),)),
        Invalid(
            "Which of two calls does which result answer?",
            request(user(), calling(call(""), call("")), result(""), result("")),
            at=(
                ("messages", 1, "tool_calls", 0, "id"),
                ("messages", 1, "tool_calls", 1, "id"),
                ("messages", 2, "tool_call_id"),
                ("messages", 3, "tool_call_id"),
            ),
        ),
    ),
)
