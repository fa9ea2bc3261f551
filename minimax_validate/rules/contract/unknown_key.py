"""An object has no keys but those that the contract lists.

Messages and the request itself take keys of any name; tools, tool calls, content parts, `stream_options` and
`response_format` do not. One unknown key there, and the whole request is refused.

Do not ignore it. Keys that other vendors take have a rule of their own (MM116), as have the keywords of a response
schema (MM121).

The fix deletes the key. It is unsafe, as nobody knows what it was meant to do. Of what looks like a slip of the pen
there is none: its value is wanted, under the right name.
"""

from minimax_validate.request.index import Request
from minimax_validate.rules.examples import request, tool, user
from minimax_validate.rules.fixes import removal
from minimax_validate.rules.rule import Flag, Invalid, Rule, Valid
from minimax_validate.values.diagnostic import Severity
from minimax_validate.values.failure import Failure
from minimax_validate.values.suggest import did_you_mean
from minimax_validate.values.wording import listed, place, quote


def claim(failure: Failure, request: Request, flag: Flag) -> bool:
    key = str(failure.pointer[-1])
    meant = did_you_mean(key, failure.expected)
    hint = meant or f"; it takes {listed(failure.expected, 'and')}"
    fix = None if meant else removal(failure.pointer, f"delete {quote(key)}", safe=False)
    flag(failure.pointer, f"{place(failure.pointer[:-1])} takes no key {quote(key)}{hint}", fix=fix, focus="key")
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
        Invalid(
            "A note on a tool.",
            request(user(), tools=[tool(version=2)]),
            at=(("tools", 0, "function", "version"),),
            fixed=request(user(), tools=[tool()]),
        ),
    ),
)
