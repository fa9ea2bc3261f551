"""An object must not have keys that only other vendors accept.

OpenAI accepts `strict` on functions and response schemas, and `detail` on images. Anthropic accepts `cache_control`
nearly everywhere. The vendor's schema rejects the whole request because of them. It also rejects `index` on a tool
call, which MiniMax's own responses contain according to one third party (terrylica/cc-skills, finding 5), so a
history that repeats such a call unchanged violates the schema. No rejection by the provider itself is on public
record.

The fix deletes the key. It is safe, because the key has no effect here.
"""

from minimax_validate.request.index import Request
from minimax_validate.rules.examples import answer_format, call, calling, request, result, tool, user
from minimax_validate.rules.fixes import removal
from minimax_validate.rules.rule import Flag, Invalid, Rule, Valid
from minimax_validate.values.diagnostic import Severity
from minimax_validate.values.failure import Failure
from minimax_validate.values.wording import place

_WHOSE = {
    "strict": "OpenAI's strict mode is not supported here",
    "detail": "OpenAI's image detail is not supported here",
    "cache_control": "Anthropic's prompt caching is not supported here",
    "index": "responses contain it, but requests must not",
    "include_obfuscation": "OpenAI's stream obfuscation is not supported here",
}


def claim(failure: Failure, request: Request, flag: Flag) -> bool:
    key = failure.pointer[-1]
    if key not in _WHOSE:
        return False
    fix = removal(failure.pointer, f"delete `{key}`", safe=True)
    flag(
        failure.pointer,
        f"{place(failure.pointer[:-1])} does not accept `{key}`: {_WHOSE[str(key)]}",
        fix=fix,
        focus="key",
    )
    return True


_CALLED = request(user(), calling(), result(), tools=[tool()])

RULE = Rule(
    code="MM116",
    name="foreign-key",
    severity=Severity.ERROR,
    prose=__doc__,
    keywords=("additionalProperties",),
    claim=claim,
    valid=(Valid("Without these keys.", _CALLED),),
    invalid=(
        Invalid(
            "A strict function.",
            request(user(), tools=[tool(strict=True)]),
            at=(("tools", 0, "function", "strict"),),
            fixed=request(user(), tools=[tool()]),
        ),
        Invalid(
            "A strict response schema.",
            request(user(), response_format=answer_format(strict=True)),
            at=(("response_format", "json_schema", "strict"),),
            fixed=request(user(), response_format=answer_format()),
        ),
        Invalid(
            "A tool call that was sent back unchanged.",
            request(user(), calling(call(index=0)), result(), tools=[tool()]),
            at=(("messages", 1, "tool_calls", 0, "index"),),
            fixed=_CALLED,
        ),
        Invalid(
            "A content part with `cache_control`.",
            request(user([{"type": "text", "text": "Hi", "cache_control": {"type": "ephemeral"}}])),
            at=(("messages", 0, "content", 0, "cache_control"),),
            fixed=request(user([{"type": "text", "text": "Hi"}])),
        ),
    ),
)
