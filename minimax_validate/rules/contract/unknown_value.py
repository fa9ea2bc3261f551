"""A value with a fixed set of choices must be one of them.

The vendor's schema lists the values of some keys: the `type` of tools, tool calls, content parts and formats, and
`tool_choice`. Any other value is rejected (a tool of type `web_search_preview`, in terrylica/cc-skills, with "invalid
tool type: web_search_preview"). If the `type` of an object is unknown, its other keys are not checked.

MM112 to MM115 report values that other vendors accept.
"""

from minimax_validate.request.index import Request
from minimax_validate.rules.examples import request, tool, user
from minimax_validate.rules.rule import Flag, Invalid, Rule, Valid
from minimax_validate.values.diagnostic import Severity
from minimax_validate.values.failure import Failure
from minimax_validate.values.suggest import did_you_mean
from minimax_validate.values.wording import describe, listed, place, quote


def claim(failure: Failure, request: Request, flag: Flag) -> bool:
    words = failure.expected if isinstance(failure.expected, list | tuple) else [failure.expected]
    hint = did_you_mean(failure.instance, words)
    flag(
        failure.pointer,
        f"{place(failure.pointer)} must be {listed(map(quote, words))}, not {describe(failure.instance)}{hint}",
    )
    return True


RULE = Rule(
    code="MM104",
    name="unknown-value",
    severity=Severity.ERROR,
    prose=__doc__,
    never_ignore="the API rejects a request with an unknown value",
    keywords=("enum", "const"),
    claim=claim,
    valid=(Valid("Accepted values.", request(user(), tools=[tool()], tool_choice="none")),),
    invalid=(
        Invalid("A typo.", request(user(), tools=[tool()], tool_choice="atuo"), at=(("tool_choice",),)),
        Invalid(
            "A tool that only another vendor runs.",
            request(user(), tools=[{"type": "web_search"}]),
            at=(("tools", 0, "type"),),
        ),
        Invalid(
            "A content part of an unknown type.",
            request(user([{"type": "txet", "text": "Hi"}])),
            at=(("messages", 0, "content", 0, "type"),),
        ),
    ),
)
