"""A value with a fixed vocabulary is one of its words.

The vendor's schema lists the values that some keys take: the `type` of tools, calls, content parts and formats, and
`tool_choice`. Any other is refused (a tool of type `web_search_preview`, in terrylica/cc-skills, with "invalid tool
type: web_search_preview"). An object whose `type` is unknown is not looked at any further.

Do not ignore it. Values that other vendors take have rules of their own (MM112 to MM115).
"""

from minimax_validate.request.index import Request
from minimax_validate.rules.examples import request, tool, user
from minimax_validate.rules.rule import Flag, Invalid, Rule, Valid
from minimax_validate.values.diagnostic import Severity
from minimax_validate.values.failure import Failure
from minimax_validate.values.suggest import did_you_mean
from minimax_validate.values.wording import describe, listed, place, quote


def claim(failure: Failure, request: Request, flag: Flag) -> bool:
    accepted = failure.expected if isinstance(failure.expected, list | tuple) else [failure.expected]
    words = [word for word in accepted if isinstance(word, str)]
    hint = did_you_mean(failure.instance, words)
    flag(
        failure.pointer,
        f"{place(failure.pointer)} takes {listed(map(quote, words))}; this is {describe(failure.instance)}{hint}",
    )
    return True


RULE = Rule(
    code="MM104",
    name="unknown-value",
    severity=Severity.ERROR,
    prose=__doc__,
    keywords=("enum", "const"),
    claim=claim,
    valid=(Valid("Words of the vocabulary.", request(user(), tools=[tool()], tool_choice="none")),),
    invalid=(
        Invalid("A slip of the pen.", request(user(), tools=[tool()], tool_choice="atuo"), at=(("tool_choice",),)),
        Invalid(
            "A tool that runs at another vendor's.",
            request(user(), tools=[{"type": "web_search"}]),
            at=(("tools", 0, "type"),),
        ),
        Invalid(
            "A part of no known type.",
            request(user([{"type": "txet", "text": "Hi"}])),
            at=(("messages", 0, "content", 0, "type"),),
        ),
    ),
)
