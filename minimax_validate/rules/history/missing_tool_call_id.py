"""Tool calls and tool results must have an id that is not empty.

The schema accepts an empty id, and a result without an id, but MiniMax rejects them: "tool call id is invalid"
(Kilo-Org/kilocode#3967). This happens when the first chunk of a streamed call, which contains the id, is lost (the
history in lmstudio-ai/lmstudio-bug-tracker#830), or when a client matches a result by its position instead of its id.

The fix sets the id of the only tool call or tool result that can match, or a new id if neither side has one. It is
safe, because only one match is possible. No automatic fix if several matches are possible.
"""

from __future__ import annotations

from collections.abc import Set
from typing import TYPE_CHECKING

from minimax_validate.request.features import Feature
from minimax_validate.request.index import Request
from minimax_validate.rules.call_ids import fresh_id
from minimax_validate.rules.examples import call, calling, request, result, user, without
from minimax_validate.rules.fixes import assignment
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
            () if call_ is None else (Related(call_.identifier, "the only tool call that can match"),)
        )
        fix = None if call_ is None else _fix(call_, index, request)
        if "tool_call_id" in message:
            words = (
                f"tool_call_id is {describe(message['tool_call_id'])}; it must be the id of the tool call "
                f"that this result belongs to"
            )
            flag(("messages", index, "tool_call_id"), words, related=related, fix=fix)
        else:
            words = "this tool result has no `tool_call_id`; it must be the id of a tool call"
            flag(("messages", index), words, related=related, fix=fix, focus="opening")
    disputed = _disputed(request) if pairing.nameless_calls else frozenset()
    for call_, answer in pairing.nameless_calls:
        related = () if answer is None else (Related(("messages", answer), "the only result that can match"),)
        fix = None if answer is None else _fix(call_, answer, request, disputed)
        flag(
            call_.identifier,
            "the id of this tool call is empty; set one, and repeat it in the tool result",
            related=related,
            fix=fix,
        )


def _disputed(request: Request) -> Set[str]:
    """The ids of results that match no call at their place."""
    pairing = request.pairing
    stray = [*(fact.message for fact in pairing.orphans), *(fact.message for fact in pairing.early)]
    stray.extend(fact.message for fact in pairing.duplicates)
    return {request.messages[index]["tool_call_id"] for index in stray}


def _fix(call_: Call, result_: int, request: Request, disputed: Set[str] = frozenset()) -> Fix:
    """One id for both sides of a pair.

    Not a disputed one: other results without a call would seem to have one then.
    """
    of_call: str = request.messages[call_.message]["tool_calls"][call_.number]["id"]
    of_result = request.messages[result_].get("tool_call_id")
    at_call: Pointer = call_.identifier
    at_result: Pointer = ("messages", result_, "tool_call_id")
    if of_call:
        return assignment(at_result, of_call, f"set tool_call_id to {quote(of_call)}", safe=True)
    if isinstance(of_result, str) and of_result and of_result not in disputed:
        return assignment(at_call, of_result, f"set the id to {quote(of_result)}, as in the tool result", safe=True)
    fresh = fresh_id(call_.pointer, request)
    edits = (Edit("set", at_call, fresh), Edit("set", at_result, fresh))
    return Fix(f"set the id of {place(call_.pointer)} and its result to {quote(fresh)}", edits, safe=True)


_TWO = calling(call("call_1"), call("call_2"))

RULE = Rule(
    code="MM208",
    name="missing-tool-call-id",
    severity=Severity.ERROR,
    prose=__doc__,
    never_ignore="the API rejects an empty id",
    refusal="invalid params, tool call id is invalid (2013)",
    when=Feature.UNPAIRED,
    check=check,
    valid=(Valid("The call and its result have the same id.", request(user(), calling(), result())),),
    invalid=(
        Invalid(
            "A result without an id, and one call without a result.",
            request(user(), calling(), without(result(), "tool_call_id")),
            at=(("messages", 2),),
            fixed=request(user(), calling(), {**without(result(), "tool_call_id"), "tool_call_id": "call_1"}),
        ),
        Invalid(
            "The other result has its id, so only one call can match.",
            request(user(), _TWO, result(""), result("call_2")),
            at=(("messages", 2, "tool_call_id"),),
            fixed=request(user(), _TWO, result("call_1"), result("call_2")),
        ),
        Invalid(
            "The call's id is empty, but the result has one.",
            request(user(), calling(call("")), result("call_1")),
            at=(("messages", 1, "tool_calls", 0, "id"),),
            fixed=request(user(), calling(call("call_1")), result("call_1")),
        ),
        Invalid(
            "Neither the call nor the result has an id.",
            request(user(), calling(call("")), result("")),
            at=(("messages", 1, "tool_calls", 0, "id"), ("messages", 2, "tool_call_id")),
            fixed=request(user(), calling(call("call_1_0")), result("call_1_0")),
        ),
        Invalid(
            "An id that is null.",
            request(user(), calling(), {**result(), "tool_call_id": None}),
            at=(("messages", 2, "tool_call_id"),),
            fixed=request(user(), calling(), result()),
        ),
        Invalid("No call needs a result.", request(user(), result("")), at=(("messages", 1, "tool_call_id"),)),
        Invalid(
            "Two calls and two results without ids.",
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
