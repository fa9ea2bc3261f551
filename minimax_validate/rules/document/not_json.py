"""A request must contain only values that JSON can represent.

JSON cannot represent NaN, infinities, bytes, sets, dates, keys that are not strings, lone surrogates, or values that
contain themselves. Some clients fail on them, some write text that servers do not accept (`NaN`), and some silently
replace them with `null`. A number too large for a double, such as `1e999`, becomes infinity when it is read.

Like JSON encoders, the check treats subclasses of the JSON types as their base type, tuples as arrays, and members of
an Enum as their value.
"""

from minimax_validate.request.index import Request
from minimax_validate.rules.examples import request, user
from minimax_validate.rules.rule import Flag, Invalid, Rule, Valid
from minimax_validate.values.diagnostic import Severity
from minimax_validate.values.failure import Failure


def claim(failure: Failure, request: Request, flag: Flag) -> bool:
    flag(failure.pointer, failure.expected, focus="opening" if failure.keyword == "key" else "value")
    return True


_CYCLE: dict[str, object] = {}
_CYCLE["itself"] = _CYCLE

RULE = Rule(
    code="MM005",
    name="not-json",
    severity=Severity.ERROR,
    prose=__doc__,
    stops_reading=True,
    never_ignore="the request cannot be sent in this form",
    keywords=("json", "key"),
    claim=claim,
    valid=(Valid("A tuple is encoded as an array.", {"messages": (user(),)}),),
    invalid=(
        Invalid("Not a number.", request(user(), temperature=float("nan")), at=(("temperature",),)),
        Invalid("Bytes as text.", request(user(b"What is the weather in Oslo?")), at=(("messages", 0, "content"),)),
        Invalid(
            "A key that is not a string.",
            request(user(), stream=True, stream_options={1: True}),
            at=(("stream_options",),),
        ),
        Invalid("A lone surrogate.", request(user("\ud83d")), at=(("messages", 0, "content"),)),
        Invalid(
            "A value that contains itself.", request(user(metadata=_CYCLE)), at=(("messages", 0, "metadata", "itself"),)
        ),
        Invalid(
            "A number that overflows.",
            text='{"messages": [{"role": "user", "content": "Hi"}], "temperature": 1e999}',
            at=(("temperature",),),
        ),
    ),
)
