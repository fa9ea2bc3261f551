"""A tool must have `parameters`, even if it accepts no arguments.

Other vendors treat a function without `parameters` as one without arguments. Here the request is rejected: "function
parameters is empty" (QwenLM/qwen-code#11905, on M2.7, M2.5 and M2.1; the same request with an empty object schema is
accepted).

The fix adds the schema of an object without properties. It is safe, because this schema also means that the function
has no arguments.
"""

from minimax_validate.request.index import Request
from minimax_validate.request.stand_ins import is_elsewhere
from minimax_validate.rules.examples import function, request, tool, user, without
from minimax_validate.rules.fixes import assignment
from minimax_validate.rules.rule import Flag, Invalid, Rule, Valid
from minimax_validate.values.diagnostic import Severity
from minimax_validate.values.failure import Failure


def claim(failure: Failure, request: Request, flag: Flag) -> bool:
    if failure.expected != "parameters" or is_elsewhere(request.body, failure.pointer, failure.instance, "parameters"):
        return False  # the key that holds them is reported
    fix = assignment(
        (*failure.pointer, "parameters"),
        {"type": "object", "properties": {}},
        "add the schema of an empty object",
        safe=True,
    )
    message = 'the function has no `parameters`; if it has no arguments, use `{"type": "object", "properties": {}}`'
    flag(failure.pointer, message, fix=fix, focus="opening")
    return True


_EMPTY = {"type": "object", "properties": {}}

RULE = Rule(
    code="MM117",
    name="tool-without-parameters",
    severity=Severity.ERROR,
    prose=__doc__,
    keywords=("required",),
    claim=claim,
    refusal="invalid params, function parameters is empty (2013)",
    valid=(Valid("A schema without properties.", request(user(), tools=[tool(parameters=_EMPTY)])),),
    invalid=(
        Invalid(
            "No `parameters`.",
            request(user(), tools=[{"type": "function", "function": without(function(), "parameters")}]),
            at=(("tools", 0, "function"),),
            fixed=request(user(), tools=[tool(parameters=_EMPTY)]),
        ),
    ),
)
