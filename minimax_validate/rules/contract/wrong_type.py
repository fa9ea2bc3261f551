"""A value must have the JSON type that the contract requires.

Typical mistakes are a number in quotes, an object instead of an array, and a single message instead of an array of
messages. The vendor's schema rejects them all, and the answer is only "invalid params".

MM120 reports an optional parameter that is null.
"""

from minimax_validate.request.index import Request
from minimax_validate.rules.examples import request, user
from minimax_validate.rules.rule import Flag, Invalid, Rule, Valid
from minimax_validate.values.diagnostic import Severity
from minimax_validate.values.failure import Failure
from minimax_validate.values.wording import describe, kind, place

_ARTICLE = {"object": "an object", "array": "an array", "integer": "an integer"}


def claim(failure: Failure, request: Request, flag: Flag) -> bool:
    wanted = _ARTICLE.get(failure.expected, f"a {failure.expected}")
    found = kind(failure.instance)
    value = f" ({describe(failure.instance)})" if isinstance(failure.instance, str | int | float) else ""
    flag(failure.pointer, f"{place(failure.pointer)} must be {wanted}; this is {found}{value}")
    return True


RULE = Rule(
    code="MM102",
    name="wrong-type",
    severity=Severity.ERROR,
    prose=__doc__,
    never_ignore="the API rejects a request with a value of the wrong type",
    keywords=("type",),
    claim=claim,
    valid=(Valid("A number and a boolean.", request(user(), max_tokens=2048, stream=True)),),
    invalid=(
        Invalid("A number in quotes.", request(user(), max_tokens="2048"), at=(("max_tokens",),)),
        Invalid("A single message that is not in an array.", {"messages": user()}, at=(("messages",),)),
        Invalid("A string instead of a message.", request("What is the weather in Oslo?"), at=(("messages", 0),)),
        Invalid(
            "A URL instead of an object that contains it.",
            request(user([{"type": "image_url", "image_url": "https://example.com/oslo.png"}])),
            at=(("messages", 0, "content", 0, "image_url"),),
        ),
    ),
)
