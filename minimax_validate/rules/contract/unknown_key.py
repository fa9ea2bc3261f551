"""An object has no keys but those that the contract lists.

Messages and the request itself take keys of any name; tools, tool calls, content parts, `stream_options` and `response_format` do not.
One unknown key there, and the whole request is refused.

Do not ignore it. Keys that other vendors take have a rule of their own (MM116), as have the keywords of a response schema (MM121).
"""

from minimax_validate.diagnostic import Severity
from minimax_validate.examples import request, tool, user
from minimax_validate.failure import Failure
from minimax_validate.request import Request
from minimax_validate.rule import Flag, Invalid, Rule, Valid
from minimax_validate.suggest import did_you_mean
from minimax_validate.wording import listed, place, quote


def claim(failure: Failure, request: Request, flag: Flag) -> bool:
    key = str(failure.pointer[-1])
    hint = did_you_mean(key, failure.expected) or f"; it takes {listed(failure.expected, 'and')}"
    flag(failure.pointer, f"{place(failure.pointer[:-1])} takes no key {quote(key)}{hint}", focus="key")
    return True


RULE = Rule(
    code="MM103",
    name="unknown-key",
    severity=Severity.ERROR,
    prose=__doc__,
    keywords=("additionalProperties",),
    claim=claim,
    valid=(Valid("Messages take any key.", request(user(mood="curious"))),),
    invalid=(
        Invalid(
            "A slip of the pen.",
            request(user(), stream=True, stream_options={"include_usages": True}),
            at=(("stream_options", "include_usages"),),
        ),
        Invalid("A note on a tool.", request(user(), tools=[tool(version=2)]), at=(("tools", 0, "function", "version"),)),
    ),
)
