"""A value has the JSON type that the contract names.

A number in quotes, an object where an array is due, a single text where messages are: the vendor's schema refuses them
all, and the refusal says no more than "invalid params".

Do not ignore it. An optional parameter that is null has a rule of its own (MM120).
"""

from minimax_validate.request.index import Request
from minimax_validate.rules.examples import request, user
from minimax_validate.rules.rule import Flag, Invalid, Rule, Valid
from minimax_validate.values.diagnostic import Severity
from minimax_validate.values.failure import Failure
from minimax_validate.values.wording import describe, kind, listed, place

_ARTICLE = {"object": "an object", "array": "an array", "integer": "an integer"}


def claim(failure: Failure, request: Request, flag: Flag) -> bool:
    types = [failure.expected] if isinstance(failure.expected, str) else failure.expected
    wanted = listed(_ARTICLE.get(name, f"a {name}") for name in types)
    found = kind(failure.instance)
    value = f" ({describe(failure.instance)})" if isinstance(failure.instance, str | int | float) else ""
    flag(failure.pointer, f"{place(failure.pointer)} must be {wanted}; this is {found}{value}")
    return True


RULE = Rule(
    code="MM102",
    name="wrong-type",
    severity=Severity.ERROR,
    prose=__doc__,
    keywords=("type",),
    claim=claim,
    valid=(Valid("A number and a boolean.", request(user(), max_tokens=2048, stream=True)),),
    invalid=(
        Invalid("A number in quotes.", request(user(), max_tokens="2048"), at=(("max_tokens",),)),
        Invalid("One message, not in an array.", {"messages": user()}, at=(("messages",),)),
        Invalid("A text for a message.", request("What is the weather in Oslo?"), at=(("messages", 0),)),
        Invalid(
            "An address where an object holds it.",
            request(user([{"type": "image_url", "image_url": "https://example.com/oslo.png"}])),
            at=(("messages", 0, "content", 0, "image_url"),),
        ),
    ),
)
