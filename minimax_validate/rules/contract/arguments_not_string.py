"""The arguments of a tool call are a JSON text, not an object.

Some clients parse `function.arguments` when a call comes in, and send the object back in the history. The contract
takes the text that came.

The fix puts the object's JSON text. It is safe: the text says the same.
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
    fix = assignment(failure.pointer, json.dumps(failure.instance, ensure_ascii=False), "put its JSON text", safe=True)
    flag(failure.pointer, "the arguments are an object; they must be its JSON text", fix=fix)
    return True


_TEXT = request(user(), calling(), result(), tools=[tool()])

RULE = Rule(
    code="MM124",
    name="arguments-not-string",
    severity=Severity.ERROR,
    prose=__doc__,
    keywords=("type",),
    claim=claim,
    valid=(Valid("A JSON text.", _TEXT),),
    invalid=(
        Invalid(
            "The object itself.",
            request(user(), calling(call(arguments={"city": "Oslo"})), result(), tools=[tool()]),
            at=(("messages", 1, "tool_calls", 0, "function", "arguments"),),
            fixed=_TEXT,
        ),
    ),
)
