"""Required keys must be present.

The gateway checks a request against the vendor's schema and rejects one that lacks a required key, without naming the
key.

The fix adds the `type` of a tool or a tool call, which can only be "function", and that of a content part, which its
other key determines. This is safe, because only one value is possible. If a tool call has no id, the fix adds the id
of the result that matches no other call, or a new one, which is unsafe, because the result may belong to another call.
If a message with tool calls has neither `role` nor `content`, the fix adds both, which is unsafe, because the message
may have lost its text.

If the value is under another key, that key is reported instead (MM103). MM111, MM117 and MM118 report a missing
`content`, `parameters` and `description`.
"""

from minimax_validate.request.index import Request
from minimax_validate.request.stand_ins import is_elsewhere
from minimax_validate.rules.call_ids import likely_id
from minimax_validate.rules.examples import answer_format, call, calling, request, result, tool, user, without
from minimax_validate.rules.fixes import assignment
from minimax_validate.rules.rule import Flag, Invalid, Rule, Valid
from minimax_validate.values.diagnostic import Edit, Fix, Severity
from minimax_validate.values.failure import Failure
from minimax_validate.values.suggest import nearest
from minimax_validate.values.wording import place, quote


def claim(failure: Failure, request: Request, flag: Flag) -> bool:
    key, holder = failure.expected, failure.instance
    if is_elsewhere(request.body, failure.pointer, holder, key):
        return True  # the key that holds its value is reported
    if key == "content" and "role" not in holder:
        return True  # a message without both is reported as that
    if key == "role" and "content" not in holder:
        flag(
            failure.pointer,
            "the message has neither `role` nor `content`; both are required",
            fix=_caller(failure),
            focus="opening",
        )
        return True
    guess = nearest(key, holder)
    hint = f"; is its value under `{guess}`?" if guess else ""
    where = place(failure.pointer) if failure.pointer else "the request"
    flag(
        failure.pointer, f"{where} has no `{key}`, which is required{hint}", fix=_fix(failure, request), focus="opening"
    )
    return True


def _caller(failure: Failure) -> Fix | None:
    if not isinstance(failure.instance.get("tool_calls"), list) or not failure.instance["tool_calls"]:
        return None
    edits = (Edit("set", (*failure.pointer, "role"), "assistant"), Edit("set", (*failure.pointer, "content"), ""))
    return Fix('add `"role": "assistant"` and `"content": ""`', edits, safe=False)


def _fix(failure: Failure, request: Request) -> Fix | None:
    if failure.expected == "type" and failure.pointer[2:3] == ("content",):
        kind = next((kind for kind in ("text", "image_url") if kind in failure.instance), None)
        words = f'add `"type": "{kind}"`'
        return assignment((*failure.pointer, "type"), kind, words, safe=True) if kind else None
    if not isinstance(failure.instance.get("function"), dict):
        return None
    if failure.expected == "type":
        return assignment((*failure.pointer, "type"), "function", 'add `"type": "function"`', safe=True)
    if failure.expected == "id":  # of a tool call
        likely = likely_id(failure.pointer, request)
        return assignment((*failure.pointer, "id"), likely, f"set the id to {quote(likely)}", safe=False)
    return None


RULE = Rule(
    code="MM101",
    name="missing-key",
    severity=Severity.ERROR,
    prose=__doc__,
    never_ignore="the API rejects a request that lacks a required key",
    keywords=("required",),
    claim=claim,
    valid=(Valid("All required keys.", request(user(), calling(), result())),),
    invalid=(
        Invalid(
            "A message without a role.", request({"content": "What is the weather in Oslo?"}), at=(("messages", 0),)
        ),
        Invalid(
            "A message with only tool calls.",
            request(user(), {"tool_calls": [call()]}, result()),
            at=(("messages", 1),),
            fixed=request(user(), calling(), result()),
        ),
        Invalid("An empty message.", request(user(), {}), at=(("messages", 1),)),
        Invalid(
            "A tool call without a type.",
            request(user(), calling(without(call(), "type")), result()),
            at=(("messages", 1, "tool_calls", 0),),
            fixed=request(user(), calling({**without(call(), "type"), "type": "function"}), result()),
        ),
        Invalid(
            "A tool call without an id, and a result without one.",
            request(user(), calling(without(call(), "id")), without(result(), "tool_call_id")),
            at=(("messages", 1, "tool_calls", 0),),
            fixed=request(user(), calling(call("call_1_0")), result("call_1_0")),
            beside=(("MM208", ("messages", 2)),),
        ),
        Invalid(
            "A tool call without an id, and one result that can belong to it.",
            request(user(), calling(call("call_1"), without(call(), "id")), result("call_1"), result("call_2")),
            at=(("messages", 1, "tool_calls", 1),),
            fixed=request(user(), calling(call("call_1"), call("call_2")), result("call_1"), result("call_2")),
        ),
        Invalid(
            "Two tool calls without an id, and two results in the order of the calls.",
            request(user(), calling(without(call(), "id"), without(call(), "id")), result("call_1"), result("call_2")),
            at=(("messages", 1, "tool_calls", 0), ("messages", 1, "tool_calls", 1)),
            fixed=request(user(), calling(call("call_1"), call("call_2")), result("call_1"), result("call_2")),
        ),
        Invalid(
            "A content part without a type.",
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
            "A response format without a schema.",
            request(user(), response_format={"type": "json_schema", "json_schema": {"name": "place"}}),
            at=(("response_format", "json_schema"),),
        ),
        Invalid(
            "An envelope without messages.",
            {"input": without(request(user(), response_format=answer_format()), "messages")},
            at=(("input",),),
        ),
    ),
)
