"""Where the contract takes several shapes, a value has one of them.

`content` is a text or an array of parts; a part is a text or an image. A value that is none of these is refused. Where
it is clear which shape was meant, the finding is about what is wrong with that shape; this one is left for the values
that resemble none.

The fix makes a text among the parts a part, and puts a part that stands alone into an array, if the contract takes it.
It is safe: they say the same.

Do not ignore it. An object as the content of a tool message has a rule of its own (MM123), as has null (MM110).
"""

from minimax_validate.request.index import Request
from minimax_validate.rules.examples import request, user
from minimax_validate.rules.fixes import assignment
from minimax_validate.rules.rule import Flag, Invalid, Rule, Valid
from minimax_validate.values.diagnostic import Fix, Severity
from minimax_validate.values.failure import Failure
from minimax_validate.values.wording import describe, kind, place

_PART = 'a part, {"type": "text", "text": ...} or {"type": "image_url", "image_url": {"url": ...}}'


def claim(failure: Failure, request: Request, flag: Flag) -> bool:
    wanted = _PART if isinstance(failure.pointer[-1], int) else "a string or an array of parts"
    found = kind(failure.instance)
    value = f" ({describe(failure.instance)})" if isinstance(failure.instance, str | int | float) else ""
    hint = "; put it into an array" if failure.pointer[-1] == "content" and _is_part(failure.instance) else ""
    message = f"{place(failure.pointer)} must be {wanted}; this is {found}{value}{hint}"
    flag(failure.pointer, message, fix=_fix(failure))
    return True


def _fix(failure: Failure) -> Fix | None:
    if isinstance(failure.pointer[-1], int) and isinstance(failure.instance, str):
        part = {"type": "text", "text": failure.instance}
        return assignment(failure.pointer, part, "make it a part of type text", safe=True)
    if failure.pointer[-1] == "content" and _is_part(failure.instance):
        return assignment(failure.pointer, [failure.instance], "put it into an array", safe=True)
    return None


def _is_part(value: object) -> bool:
    return isinstance(value, dict) and isinstance(value.get("type"), str)


RULE = Rule(
    code="MM106",
    name="no-matching-shape",
    severity=Severity.ERROR,
    prose=__doc__,
    keywords=("anyOf",),
    claim=claim,
    valid=(Valid("A text, and parts.", request(user(), user([{"type": "text", "text": "And in Bergen?"}]))),),
    invalid=(
        Invalid("A number.", request(user(42)), at=(("messages", 0, "content"),)),
        Invalid(
            "A text in place of a part.",
            request(user(["What is the weather in Oslo?"])),
            at=(("messages", 0, "content", 0),),
            fixed=request(user([{"type": "text", "text": "What is the weather in Oslo?"}])),
        ),
        Invalid(
            "A part that stands alone.",
            request(user({"type": "text", "text": "Hello"})),
            at=(("messages", 0, "content"),),
            fixed=request(user([{"type": "text", "text": "Hello"}])),
        ),
        Invalid(
            "What is no part that stands alone.", request(user({"type": "sound"})), at=(("messages", 0, "content"),)
        ),
        Invalid("A part with nothing in it.", request(user([{}])), at=(("messages", 0, "content", 0),)),
    ),
)
