"""A request holds only what JSON can carry.

NaN, infinities, bytes, sets, dates, keys that are no strings, lone surrogates and values that contain themselves have
no JSON text. Some clients fail on them, some write what no server reads (`NaN`), some put `null` in their place without
a word. A number too large for a double, such as `1e999`, becomes infinity when it is read.

Subclasses of the JSON types, tuples and members of an Enum are taken as encoders take them: as their base, an array,
their value.

Do not ignore it: the request cannot be sent as it is.
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
    keywords=("json", "key"),
    claim=claim,
    valid=(Valid("A tuple is an array.", {"messages": (user(),)}),),
    invalid=(
        Invalid("Not a number.", request(user(), temperature=float("nan")), at=(("temperature",),)),
        Invalid("Bytes as text.", request(user(b"What is the weather in Oslo?")), at=(("messages", 0, "content"),)),
        Invalid(
            "A key that is no string.",
            request(user(), stream=True, stream_options={1: True}),
            at=(("stream_options",),),
        ),
        Invalid("Half of a character.", request(user("\ud83d")), at=(("messages", 0, "content"),)),
        Invalid("A value inside itself.", request(user(metadata=_CYCLE)), at=(("messages", 0, "metadata", "itself"),)),
        Invalid(
            "A number that overflows.",
            text='{"messages": [{"role": "user", "content": "Hi"}], "temperature": 1e999}',
            at=(("temperature",),),
        ),
    ),
)
