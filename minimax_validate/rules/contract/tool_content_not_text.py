"""The result of a tool is a text.

Programs hand the object that a function returned to the model as it is. `content` takes a string or an array of parts;
an object, a number or a boolean is refused (the vendor's own acceptance tests expect status 400).

The fix puts the value's JSON text. It is safe: that is how the model would be shown it.
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
    fix = assignment(failure.pointer, json.dumps(failure.instance, ensure_ascii=False), "put its JSON text", safe=True)
    flag(failure.pointer, f"the content of a tool message is a text; this is {kind(failure.instance)}", fix=fix)
    return True


RULE = Rule(
    code="MM123",
    name="tool-content-not-text",
    severity=Severity.ERROR,
    prose=__doc__,
    keywords=("anyOf",),
    claim=claim,
    valid=(Valid("The JSON text of an object.", request(user(), calling(), result(content='{"celsius": 5}'))),),
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
