"""The arguments of a call are the JSON text of an object.

MiniMax reads the text again and refuses what is no object: "invalid function arguments json string". Reported for text
that was encoded twice (obot-platform/nanobot#237), for an array (HKUDS/nanobot#2858), and for M2.7 in
NousResearch/hermes-agent#12167; NaN and Infinity are no JSON either. A call that ran into the token limit leaves its
arguments cut off, and each later turn then fails on it.

Do not ignore it. The fix puts `{}` for an empty text, and takes one layer of encoding off a text that was encoded
twice: both are safe, as they say what was meant. For the rest there is none.
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
        if isinstance(text, str):
            parsed = parse_arguments(text)
            if parsed.problem is not None or not isinstance(parsed.value, dict):
                at = (*pointer, "function", "arguments")
                message, fix = _judge(at, text)
                flag(at, message, fix=fix)


def _judge(at: Pointer, text: str) -> tuple[str, Fix | None]:
    """What is wrong with a text that is not the JSON of an object, and the way out."""
    if not text.strip():
        return "the arguments are empty: without any, the text is {}", assignment(at, "{}", 'put "{}"', safe=True)
    parsed = parse_arguments(text)
    if parsed.truncated:
        return f"the arguments break off after {len(text):,} characters, before their JSON is complete", None
    if parsed.problem is not None:
        return f"the arguments are not JSON: {parsed.problem}", None
    inner = _object_inside(parsed.value)
    if inner is not None:
        message = "the arguments were encoded twice: the text holds a string that holds the object"
        return message, assignment(at, inner, "decode it once", safe=True)
    return f"the arguments are the JSON of {kind(parsed.value)}, not of an object", None


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
    refusal="invalid params, invalid function arguments json string, tool_call_id: ... (2013)",
    when=Feature.UNSOUND_CALLS,
    check=check,
    valid=(
        Valid("An object.", request(user(), calling(), result(), tools=[tool()])),
        Valid("No arguments.", _asked("{}")),
        Valid("Any object will do, spaced or escaped.", _asked(' {"city": "\\u00c5lesund", "days": 1e2}\n')),
    ),
    invalid=(
        Invalid("Nothing at all.", _asked(""), at=_AT, fixed=_asked("{}")),
        Invalid("Encoded twice.", _asked('"{\\"city\\": \\"Oslo\\"}"'), at=_AT, fixed=_asked('{"city": "Oslo"}')),
        Invalid("Cut off by the token limit.", _asked('{"city": "Os'), at=_AT),
        Invalid("Cut off between two members.", _asked('{"city": "Oslo",'), at=_AT),
        Invalid("Python's spelling.", _asked("{'city': 'Oslo'}"), at=_AT),
        Invalid("An array.", _asked('[{"city": "Oslo"}]'), at=_AT),
        Invalid("A string that holds no object.", _asked('"Oslo"'), at=_AT),
        Invalid("NaN is no JSON.", _asked('{"height": NaN}'), at=_AT),
    ),
)
