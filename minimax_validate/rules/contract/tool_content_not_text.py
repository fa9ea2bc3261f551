"""The content of a tool message must be a string or an array of parts.

Some programs put the object that a function returned into the message unchanged. `content` must be a string or an
array of parts; an object, a number or a boolean is rejected (the vendor's own acceptance tests expect status 400).

The fix encodes the value as JSON. It is safe, because the model would receive the value in this form.
"""

import json

from minimax_validate.request.index import Request
from minimax_validate.rules.examples import calling, request, result, user
from minimax_validate.rules.fixes import assignment
from minimax_validate.rules.rule import Flag, Invalid, Rule, Valid
from minimax_validate.values.diagnostic import Severity
from minimax_validate.values.failure import Failure
from minimax_validate.values.wording import kind


def claim(failure: Failure, request: Request, flag: Flag) -> bool:
    if len(failure.pointer) != 3 or not isinstance(failure.instance, dict | int | float):
        return False
    if request.messages[int(failure.pointer[1])].get("role") != "tool":
        return False
    fix = assignment(
        failure.pointer, json.dumps(failure.instance, ensure_ascii=False), "encode the content as JSON", safe=True
    )
    flag(failure.pointer, f"the content of a tool message must be a string; this is {kind(failure.instance)}", fix=fix)
    return True


RULE = Rule(
    code="MM123",
    name="tool-content-not-text",
    severity=Severity.ERROR,
    prose=__doc__,
    keywords=("anyOf",),
    claim=claim,
    valid=(Valid("A JSON-encoded object.", request(user(), calling(), result(content='{"celsius": 5}'))),),
    invalid=(
        Invalid(
            "An object.",
            request(user(), calling(), result(content={"celsius": 5})),
            at=(("messages", 2, "content"),),
            fixed=request(user(), calling(), result(content='{"celsius": 5}')),
        ),
        Invalid(
            "A boolean.",
            request(user(), calling(), result(content=True)),
            at=(("messages", 2, "content"),),
            fixed=request(user(), calling(), result(content="true")),
        ),
    ),
)
