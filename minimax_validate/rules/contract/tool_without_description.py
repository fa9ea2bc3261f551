"""A tool must have a `description`.

Other vendors accept a function without one. The vendor's schema requires a string, and null is not accepted. A good
description states when to call the tool, because the model has little other information.

The fix adds an empty string. It is safe, because the model receives as little information as before.
"""

from minimax_validate.request.index import Request
from minimax_validate.request.stand_ins import is_elsewhere
from minimax_validate.rules.examples import function, request, tool, user, without
from minimax_validate.rules.fixes import assignment
from minimax_validate.rules.rule import Flag, Invalid, Rule, Valid
from minimax_validate.values.diagnostic import Severity
from minimax_validate.values.failure import Failure


def claim(failure: Failure, request: Request, flag: Flag) -> bool:
    if failure.expected == "description":
        if is_elsewhere(request.body, failure.pointer, failure.instance, "description"):
            return False  # the key that holds it is reported
        fix = assignment((*failure.pointer, "description"), "", 'add `"description": ""`', safe=True)
        flag(failure.pointer, "the function has no `description`; it must be a string", fix=fix, focus="opening")
        return True
    if failure.instance is None and failure.pointer[2:] == ("function", "description"):
        flag(
            failure.pointer,
            "the description of the function is null; it must be a string",
            fix=assignment(failure.pointer, "", 'set the description to ""', safe=True),
        )
        return True
    return False


RULE = Rule(
    code="MM118",
    name="tool-without-description",
    severity=Severity.ERROR,
    prose=__doc__,
    keywords=("required", "type"),
    claim=claim,
    valid=(Valid("A tool with a description.", request(user(), tools=[tool()])),),
    invalid=(
        Invalid(
            "A tool without a description.",
            request(user(), tools=[{"type": "function", "function": without(function(), "description")}]),
            at=(("tools", 0, "function"),),
            fixed=request(user(), tools=[tool(description="")]),
        ),
        Invalid(
            "A description that is null.",
            request(user(), tools=[tool(description=None)]),
            at=(("tools", 0, "function", "description"),),
            fixed=request(user(), tools=[tool(description="")]),
        ),
    ),
)
