"""An object has no keys that only other vendors take.

OpenAI takes `strict` on functions and response schemas, and `detail` on images; Anthropic takes `cache_control` nearly
everywhere. The vendor's schema refuses the whole request for them. So it does for `index` on a tool call, which
MiniMax's own responses carry, as one third party reports (terrylica/cc-skills, finding 5): a history that echoes them
as they came breaks the contract. No refusal by the provider itself is on public record.

The fix deletes the key. It is safe, as nothing here would act on it.
"""

from minimax_validate.request.index import Request
from minimax_validate.rules.examples import answer_format, call, calling, request, result, tool, user
from minimax_validate.rules.fixes import removal
from minimax_validate.rules.rule import Flag, Invalid, Rule, Valid
from minimax_validate.values.diagnostic import Severity
from minimax_validate.values.failure import Failure
from minimax_validate.values.wording import place

_WHOSE = {
    "strict": "OpenAI's strict mode has no counterpart here",
    "detail": "OpenAI's image detail has no counterpart here",
    "cache_control": "Anthropic's prompt caching has no counterpart here",
    "index": "responses carry it, requests must not",
    "include_obfuscation": "OpenAI's stream obfuscation has no counterpart here",
}


def claim(failure: Failure, request: Request, flag: Flag) -> bool:
    key = failure.pointer[-1]
    if key not in _WHOSE:
        return False
    fix = removal(failure.pointer, f"delete `{key}`", safe=True)
    flag(failure.pointer, f"{place(failure.pointer[:-1])} takes no `{key}`: {_WHOSE[str(key)]}", fix=fix, focus="key")
    return True


_CALLED = request(user(), calling(), result(), tools=[tool()])

RULE = Rule(
    code="MM116",
    name="foreign-key",
    severity=Severity.ERROR,
    prose=__doc__,
    keywords=("additionalProperties",),
    claim=claim,
    valid=(Valid("Without them.", _CALLED),),
    invalid=(
        Invalid(
            "A strict function.",
            request(user(), tools=[tool(strict=True)]),
            at=(("tools", 0, "function", "strict"),),
            fixed=request(user(), tools=[tool()]),
        ),
        Invalid(
            "A strict answer.",
            request(user(), response_format=answer_format(strict=True)),
            at=(("response_format", "json_schema", "strict"),),
            fixed=request(user(), response_format=answer_format()),
        ),
        Invalid(
            "A call echoed as it came.",
            request(user(), calling(call(index=0)), result(), tools=[tool()]),
            at=(("messages", 1, "tool_calls", 0, "index"),),
            fixed=_CALLED,
        ),
        Invalid(
            "A cached part.",
            request(user([{"type": "text", "text": "Hi", "cache_control": {"type": "ephemeral"}}])),
            at=(("messages", 0, "content", 0, "cache_control"),),
            fixed=request(user([{"type": "text", "text": "Hi"}])),
        ),
    ),
)
