"""A key that the contract requires is there.

The gateway checks a request against the vendor's schema and refuses one that lacks a required key, without saying
which.

The fix adds the `type` of a tool or a tool call, which can be nothing but "function". It is safe, as it says what is
there to be seen. A message that calls tools, and has neither role nor content, gets both; that is unsafe, as its text
may be lost.

Do not ignore it. Where the value stands under another key, that key is told (MM103). For `content`, and for a tool's
`parameters` and `description`, rules of their own say more (MM111, MM117, MM118).
"""

from minimax_validate.request.index import Request
from minimax_validate.request.stand_ins import moved_key
from minimax_validate.rules.examples import answer_format, call, calling, request, result, tool, user, without
from minimax_validate.rules.fixes import assignment
from minimax_validate.rules.rule import Flag, Invalid, Rule, Valid
from minimax_validate.values.diagnostic import Edit, Fix, Severity
from minimax_validate.values.failure import Failure
from minimax_validate.values.suggest import nearest
from minimax_validate.values.wording import place


def claim(failure: Failure, request: Request, flag: Flag) -> bool:
    if moved_key(failure.pointer, failure.instance, failure.expected):
        return True  # the key that holds its value is told
    if failure.expected == "role" and "content" not in failure.instance and failure.pointer[:1] == ("messages",):
        flag(
            failure.pointer,
            "the message has neither role nor content",
            fix=_caller(failure),
            focus="opening",
        )
        return True
    guess = nearest(failure.expected, failure.instance)
    hint = f"; is `{guess}` meant to be it?" if guess else ""
    where = place(failure.pointer) if failure.pointer else "the request"
    flag(failure.pointer, f"`{failure.expected}` is missing in {where}{hint}", fix=_fix(failure), focus="opening")
    return True


def _caller(failure: Failure) -> Fix | None:
    if not isinstance(failure.instance.get("tool_calls"), list) or not failure.instance["tool_calls"]:
        return None
    edits = (Edit("set", (*failure.pointer, "role"), "assistant"), Edit("set", (*failure.pointer, "content"), ""))
    return Fix('add "role": "assistant" and "content": ""', edits, safe=False)


def _fix(failure: Failure) -> Fix | None:
    is_function = failure.expected == "type" and isinstance(failure.instance.get("function"), dict)
    return (
        assignment((*failure.pointer, "type"), "function", 'add "type": "function"', safe=True) if is_function else None
    )


RULE = Rule(
    code="MM101",
    name="missing-key",
    severity=Severity.ERROR,
    prose=__doc__,
    keywords=("required",),
    claim=claim,
    valid=(Valid("All there.", request(user(), calling(), result())),),
    invalid=(
        Invalid("A message of nobody.", request({"content": "What is the weather in Oslo?"}), at=(("messages", 0),)),
        Invalid(
            "A message with calls alone.",
            request(user(), {"tool_calls": [call()]}, result()),
            at=(("messages", 1),),
            fixed=request(user(), calling(), result()),
        ),
        Invalid("An empty message.", request(user(), {}), at=(("messages", 1),)),
        Invalid(
            "A call without a type.",
            request(user(), calling(without(call(), "type")), result()),
            at=(("messages", 1, "tool_calls", 0),),
            fixed=request(user(), calling({**without(call(), "type"), "type": "function"}), result()),
        ),
        Invalid(
            "A tool without a type.",
            request(user(), tools=[without(tool(), "type")]),
            at=(("tools", 0),),
            fixed=request(user(), tools=[{**without(tool(), "type"), "type": "function"}]),
        ),
        Invalid(
            "A format without a schema.",
            request(user(), response_format={"type": "json_schema", "json_schema": {"name": "place"}}),
            at=(("response_format", "json_schema"),),
        ),
        Invalid(
            "An envelope around nothing.",
            {"input": without(request(user(), response_format=answer_format()), "messages")},
            at=(("input",),),
        ),
    ),
)
