"""The arguments of a tool call must be a JSON-encoded object.

MiniMax decodes the string and rejects anything but an object: "invalid function arguments json string". This was
reported for strings that were encoded twice (obot-platform/nanobot#237), for an array (HKUDS/nanobot#2858), and for
M2.7 in NousResearch/hermes-agent#12167. NaN and Infinity are not valid JSON either. If the answer reached the token
limit during a tool call, its arguments are cut off, and each later turn is rejected.

The fix replaces an empty string with `{}`, and decodes a string that was encoded twice. Both are safe, because the
arguments stay the same. No automatic fix for other strings: only you know the arguments.
"""

from minimax_validate.request.arguments import parse_arguments
from minimax_validate.request.features import Feature
from minimax_validate.request.index import Request
from minimax_validate.rules.examples import call, calling, request, result, tool, user
from minimax_validate.rules.fixes import assignment
from minimax_validate.rules.rule import Flag, Invalid, Rule, Valid
from minimax_validate.values.diagnostic import Fix, Severity
from minimax_validate.values.pointer import Pointer
from minimax_validate.values.wording import kind


def check(request: Request, flag: Flag) -> None:
    for pointer, value in request.calls:
        function = value.get("function")
        text = function.get("arguments") if isinstance(function, dict) else None
        if isinstance(text, str) and not isinstance(parse_arguments(text).value, dict):
            at = (*pointer, "function", "arguments")
            message, fix = _judge(at, text)
            flag(at, message, fix=fix)


def _judge(at: Pointer, text: str) -> tuple[str, Fix | None]:
    """What is wrong with a text that is not the JSON of an object, and the way out."""
    if not text.strip():
        message = 'the arguments are an empty string; for a call without arguments use "{}"'
        return message, assignment(at, "{}", 'set the arguments to "{}"', safe=True)
    parsed = parse_arguments(text)
    if parsed.truncated:
        return f"the arguments are incomplete JSON, cut off after {len(text):,} characters", None
    if parsed.problem is not None:
        return f"the arguments are not valid JSON: {parsed.problem}", None
    inner = _object_inside(parsed.value)
    if inner is not None:
        message = "the arguments were JSON-encoded twice; they must be encoded once"
        return message, assignment(at, inner, "decode the arguments once", safe=True)
    return f"the arguments are JSON for {kind(parsed.value)}; they must be JSON for an object", None


def _object_inside(value: object) -> str | None:
    """The JSON text of an object that a value holds as a string, however often it was encoded."""
    while isinstance(value, str):
        text = value
        value = parse_arguments(text).value
        if isinstance(value, dict):
            return text
    return None


def _asked(arguments: str) -> dict[str, object]:
    return request(user(), calling(call(arguments=arguments)), result())


_AT: tuple[Pointer, ...] = (("messages", 1, "tool_calls", 0, "function", "arguments"),)

RULE = Rule(
    code="MM210",
    name="invalid-arguments",
    severity=Severity.ERROR,
    prose=__doc__,
    never_ignore="the API rejects arguments that are not the JSON of an object",
    refusal="invalid params, invalid function arguments json string, tool_call_id: ... (2013)",
    when=Feature.UNSOUND_CALLS,
    check=check,
    valid=(
        Valid("An object.", request(user(), calling(), result(), tools=[tool()])),
        Valid("No arguments.", _asked("{}")),
        Valid("An object with spaces and escapes.", _asked(' {"city": "\\u00c5lesund", "days": 1e2}\n')),
    ),
    invalid=(
        Invalid("An empty string.", _asked(""), at=_AT, fixed=_asked("{}")),
        Invalid("Encoded twice.", _asked('"{\\"city\\": \\"Oslo\\"}"'), at=_AT, fixed=_asked('{"city": "Oslo"}')),
        Invalid("Cut off by the token limit.", _asked('{"city": "Os'), at=_AT),
        Invalid("Cut off between two keys.", _asked('{"city": "Oslo",'), at=_AT),
        Invalid("Python's notation.", _asked("{'city': 'Oslo'}"), at=_AT),
        Invalid("An array.", _asked('[{"city": "Oslo"}]'), at=_AT),
        Invalid("A string that does not contain an object.", _asked('"Oslo"'), at=_AT),
        Invalid("NaN, which is not valid JSON.", _asked('{"height": NaN}'), at=_AT),
    ),
)
