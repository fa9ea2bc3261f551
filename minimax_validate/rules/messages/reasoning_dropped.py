"""Consider keeping the reasoning in assistant messages with tool calls.

M2.7 reasons between tool calls, and MiniMax asks clients to send the complete assistant message back, including its
`reasoning_details` or `<think>` text. Without it, the model starts its reasoning again after each result, forgets its
plan, and repeats tool calls.

Reasoning only matters in the current tool loop, after the last user message: the chat template drops earlier
reasoning. Off unless selected, because histories of other models have no reasoning.
"""

from typing import Any

from minimax_validate.request.features import Feature
from minimax_validate.request.index import Request
from minimax_validate.rules.examples import assistant, calling, request, result, user
from minimax_validate.rules.rule import Flag, Invalid, Leans, Rule, Valid
from minimax_validate.values.diagnostic import Severity

_REASONING = ("reasoning_details", "reasoning_content", "reasoning")


def check(request: Request, flag: Flag) -> None:
    last = max((index for index, message in request.objects if message.get("role") == "user"), default=-1)
    for index, message in request.objects:
        if index > last and message.get("role") == "assistant" and _calls(message) and not _reasons(message):
            flag(
                ("messages", index),
                "this assistant message has tool calls but no reasoning; send back the complete message, including "
                "`reasoning_details` or `<think>`",
            )


def _calls(message: dict[str, Any]) -> bool:
    calls = message.get("tool_calls")
    return isinstance(calls, list) and bool(calls)


def _reasons(message: dict[str, Any]) -> bool:
    content = message.get("content")
    texts = [part.get("text") for part in content if isinstance(part, dict)] if isinstance(content, list) else [content]
    return any(message.get(key) for key in _REASONING) or any(
        isinstance(text, str) and "<think>" in text for text in texts
    )


RULE = Rule(
    code="MM510",
    name="reasoning-dropped",
    severity=Severity.INFO,
    prose=__doc__,
    leans_on=Leans.WORDS,
    when=Feature.TOOL_CALLS,
    check=check,
    valid=(
        Valid("With reasoning.", request(user(), calling(reasoning_content="Oslo, so I look it up."), result())),
        Valid("With reasoning in the text.", request(user(), calling(content="<think>Oslo.</think>"), result())),
        Valid(
            "With reasoning in a part.",
            request(user(), calling(content=[{"type": "text", "text": "<think>Oslo.</think>"}]), result()),
        ),
        Valid(
            "With `reasoning_details`.",
            request(user(), calling(reasoning_details=[{"text": "Oslo, so I look it up."}]), result()),
        ),
        Valid(
            "With reasoning under the key that routers use.",
            request(user(), calling(reasoning="Oslo, so I look it up."), result()),
        ),
        Valid("A loop that has ended.", request(user(), calling(), result(), assistant(), user("Thanks."))),
    ),
    invalid=(Invalid("Without reasoning.", request(user(), calling(), result()), at=(("messages", 1),)),),
)
