"""A key that the contract requires is there.

The gateway checks a request against the vendor's schema and refuses one that lacks a required key, without saying
which.

The fix adds the `type` of a tool or a tool call, which can be nothing but "function", and of a part of the content,
which its other key tells. It is safe, as it says what is
there to be seen. A call without an id gets one, which is unsafe, as its result may name another. A message that calls
tools, and has neither role nor content, gets both; that is unsafe, as its text may be lost.

Do not ignore it. Where the value stands under another key, that key is told (MM103). For `content`, and for a tool's
`parameters` and `description`, rules of their own say more (MM111, MM117, MM118).
"""

from minimax_validate.request.index import Request
from minimax_validate.request.stand_ins import is_elsewhere
from minimax_validate.rules.examples import answer_format, call, calling, request, result, tool, user, without
from minimax_validate.rules.fixes import assignment, fresh_id
from minimax_validate.rules.rule import Flag, Invalid, Rule, Valid
from minimax_validate.values.diagnostic import Edit, Fix, Severity
from minimax_validate.values.failure import Failure
from minimax_validate.values.suggest import nearest
from minimax_validate.values.wording import place, quote


def claim(failure: Failure, request: Request, flag: Flag) -> bool:
    key, holder = failure.expected, failure.instance
    if is_elsewhere(request.body, failure.pointer, holder, key):
        return True  # the key that holds its value is told
    if key == "content" and "role" not in holder:
        return True  # a message without both is told as that
    if key == "role" and "content" not in holder and failure.pointer[:1] == ("messages",):
        flag(
            failure.pointer,
            "the message has neither role nor content",
            fix=_caller(failure),
            focus="opening",
        )
        return True
    guess = nearest(key, holder)
    hint = f"; is `{guess}` meant to be it?" if guess else ""
    where = place(failure.pointer) if failure.pointer else "the request"
    flag(failure.pointer, f"`{key}` is missing in {where}{hint}", fix=_fix(failure, request), focus="opening")
    return True


def _caller(failure: Failure) -> Fix | None:
    if not isinstance(failure.instance.get("tool_calls"), list) or not failure.instance["tool_calls"]:
        return None
    edits = (Edit("set", (*failure.pointer, "role"), "assistant"), Edit("set", (*failure.pointer, "content"), ""))
    return Fix('add "role": "assistant" and "content": ""', edits, safe=False)


def _fix(failure: Failure, request: Request) -> Fix | None:
    if failure.expected == "type" and failure.pointer[2:3] == ("content",):
        kind = next((kind for kind in ("text", "image_url") if kind in failure.instance), None)
        words = f'add "type": "{kind}"'
        return assignment((*failure.pointer, "type"), kind, words, safe=True) if kind else None
    if not isinstance(failure.instance.get("function"), dict):
        return None
    if failure.expected == "type":
        return assignment((*failure.pointer, "type"), "function", 'add "type": "function"', safe=True)
    if failure.expected == "id" and len(failure.pointer) == 4:
        fresh = fresh_id(failure.pointer, request)
        return assignment((*failure.pointer, "id"), fresh, f"give it the id {quote(fresh)}", safe=False)
    return None


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
            "A call without an id, and its result without one.",
            request(user(), calling(without(call(), "id")), without(result(), "tool_call_id")),
            at=(("messages", 1, "tool_calls", 0),),
            fixed=request(user(), calling(call("call_1_0")), result("call_1_0")),
            beside=(("MM208", ("messages", 2)),),
        ),
        Invalid(
            "A part without a type.",
            request(user([{"text": "Hello"}])),
            at=(("messages", 0, "content", 0),),
            fixed=request(user([{"text": "Hello", "type": "text"}])),
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
