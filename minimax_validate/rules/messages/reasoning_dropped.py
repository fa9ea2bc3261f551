"""While tools are at work, the assistant's messages keep their reasoning.

M2.7 thinks between calls, and MiniMax asks to send the complete assistant message back, its `reasoning_details` or
`<think>` text with it. Without it the model starts to think anew after each result, forgets its plan, and calls again
what it has called.

Reasoning matters in the running loop only, from the last user message on: the chat template drops what is older. Off
unless selected, as histories of other models have none.
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
                "the assistant calls tools without the reasoning that led to it: send the message back whole",
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
        Valid("With its reasoning.", request(user(), calling(reasoning_content="Oslo, so I look it up."), result())),
        Valid("With its reasoning in the text.", request(user(), calling(content="<think>Oslo.</think>"), result())),
        Valid(
            "In a part of it.",
            request(user(), calling(content=[{"type": "text", "text": "<think>Oslo.</think>"}]), result()),
        ),
        Valid(
            "With its reasoning in details.",
            request(user(), calling(reasoning_details=[{"text": "Oslo, so I look it up."}]), result()),
        ),
        Valid(
            "With its reasoning, as routers name it.",
            request(user(), calling(reasoning="Oslo, so I look it up."), result()),
        ),
        Valid("A loop that has ended.", request(user(), calling(), result(), assistant(), user("Thanks."))),
    ),
    invalid=(Invalid("Without.", request(user(), calling(), result()), at=(("messages", 1),)),),
)
