"""A value must have one of the shapes that the contract accepts.

`content` must be a string or an array of parts; a part must be a text or an image. Any other value is rejected. If
the value resembles one of the shapes, the mismatch with that shape is reported instead. This rule reports only values
that resemble none.

The fix turns a string among the parts into a text part, and puts a single part into an array, if the contract accepts
the result. It is safe, because the model receives the same text.

MM123 reports an object as the content of a tool message; MM110 reports null.
"""

from minimax_validate.request.index import Request
from minimax_validate.rules.examples import request, user
from minimax_validate.rules.fixes import assignment
from minimax_validate.rules.rule import Flag, Invalid, Rule, Valid
from minimax_validate.values.diagnostic import Fix, Severity
from minimax_validate.values.failure import Failure
from minimax_validate.values.wording import describe, kind, place

_PART = 'a part, `{"type": "text", "text": ...}` or `{"type": "image_url", "image_url": {"url": ...}}`'


def claim(failure: Failure, request: Request, flag: Flag) -> bool:
    wanted = _PART if isinstance(failure.pointer[-1], int) else "a string or an array of parts"
    found = kind(failure.instance)
    value = f" ({describe(failure.instance)})" if isinstance(failure.instance, str | int | float) else ""
    message = f"{place(failure.pointer)} must be {wanted}; this is {found}{value}"
    flag(failure.pointer, message, fix=_fix(failure))
    return True


def _fix(failure: Failure) -> Fix | None:
    if isinstance(failure.instance, str):  # content may be a string, so this is an item of it
        part = {"type": "text", "text": failure.instance}
        return assignment(failure.pointer, part, "turn the string into a text part", safe=True)
    if _is_part(failure.instance):  # an item with a type is judged by its keys, so this is the content
        return assignment(failure.pointer, [failure.instance], "put the part into an array", safe=True)
    return None


def _is_part(value: object) -> bool:
    return isinstance(value, dict) and isinstance(value.get("type"), str)


RULE = Rule(
    code="MM106",
    name="no-matching-shape",
    severity=Severity.ERROR,
    prose=__doc__,
    never_ignore="the API rejects a request with such a value",
    keywords=("anyOf",),
    claim=claim,
    valid=(
        Valid("A string, and an array of parts.", request(user(), user([{"type": "text", "text": "And in Bergen?"}]))),
    ),
    invalid=(
        Invalid("A number.", request(user(42)), at=(("messages", 0, "content"),)),
        Invalid(
            "A string instead of a part.",
            request(user(["What is the weather in Oslo?"])),
            at=(("messages", 0, "content", 0),),
            fixed=request(user([{"type": "text", "text": "What is the weather in Oslo?"}])),
        ),
        Invalid(
            "A single part that is not in an array.",
            request(user({"type": "text", "text": "Hello"})),
            at=(("messages", 0, "content"),),
            fixed=request(user([{"type": "text", "text": "Hello"}])),
        ),
        Invalid(
            "An unknown part that is not in an array.",
            request(user({"type": "sound"})),
            at=(("messages", 0, "content"),),
        ),
        Invalid("An empty part.", request(user([{}])), at=(("messages", 0, "content", 0),)),
    ),
)
