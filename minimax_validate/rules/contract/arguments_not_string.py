"""The arguments of a tool call must be a JSON-encoded string, not an object.

Some clients decode `function.arguments` when they receive a tool call and send the decoded object back in the
history. The contract accepts only the string.

The fix encodes the object as JSON. It is safe, because the string contains the same arguments.
"""

import json

from minimax_validate.request.index import Request
from minimax_validate.rules.examples import call, calling, request, result, tool, user
from minimax_validate.rules.fixes import assignment
from minimax_validate.rules.rule import Flag, Invalid, Rule, Valid
from minimax_validate.values.diagnostic import Severity
from minimax_validate.values.failure import Failure


def claim(failure: Failure, request: Request, flag: Flag) -> bool:
    if failure.pointer[-2:] != ("function", "arguments") or not isinstance(failure.instance, dict):
        return False
    fix = assignment(
        failure.pointer, json.dumps(failure.instance, ensure_ascii=False), "encode the arguments as JSON", safe=True
    )
    flag(failure.pointer, "the arguments are an object; they must be a JSON-encoded string", fix=fix)
    return True


_TEXT = request(user(), calling(), result(), tools=[tool()])

RULE = Rule(
    code="MM124",
    name="arguments-not-string",
    severity=Severity.ERROR,
    prose=__doc__,
    keywords=("type",),
    claim=claim,
    valid=(Valid("A JSON-encoded string.", _TEXT),),
    invalid=(
        Invalid(
            "The object itself.",
            request(user(), calling(call(arguments={"city": "Oslo"})), result(), tools=[tool()]),
            at=(("messages", 1, "tool_calls", 0, "function", "arguments"),),
            fixed=_TEXT,
        ),
    ),
)
