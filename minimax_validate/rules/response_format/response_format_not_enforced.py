"""Consider asking for JSON in the prompt too.

A `response_format` is accepted but not enforced: in live probes of M2.7 it was ignored, and the answer was prose or
JSON of another shape. So ask for JSON in the system prompt or the question, preferably with the schema or an example,
and check the answer.

Any mention of JSON in a system or user message is sufficient. Off unless selected, because this is advice.
"""

from typing import Any

from minimax_validate.request.features import Feature
from minimax_validate.request.index import Request
from minimax_validate.rules.examples import answer_format, assistant, request, system, user
from minimax_validate.rules.rule import Flag, Invalid, Leans, Rule, Valid
from minimax_validate.values.diagnostic import Severity


def check(request: Request, flag: Flag) -> None:
    if not request.answer:
        return
    if not any(
        _asks(message.get("content")) for _, message in request.objects if message.get("role") in ("system", "user")
    ):
        flag(
            ("response_format",),
            "response_format is not enforced; ask for JSON in the prompt as well",
            focus="key",
        )


def _asks(content: Any) -> bool:
    """Whether some text mentions JSON."""
    if isinstance(content, list):
        return any(_asks(part.get("text")) for part in content if isinstance(part, dict))
    return isinstance(content, str) and "json" in content.lower()


RULE = Rule(
    code="MM404",
    name="response-format-not-enforced",
    severity=Severity.INFO,
    prose=__doc__,
    leans_on=Leans.WORDS,
    when=Feature.RESPONSE_FORMAT,
    check=check,
    valid=(
        Valid(
            "The prompt asks for it.",
            request(system('Answer in JSON: {"city": "..."}.'), user(), response_format=answer_format()),
        ),
        Valid(
            "The user asks for it, in a part.",
            request(user([{"type": "text", "text": "As json, please."}]), response_format=answer_format()),
        ),
        Valid("No response format.", request(user())),
    ),
    invalid=(
        Invalid(
            "Only the response format.", request(user(), response_format=answer_format()), at=(("response_format",),)
        ),
        Invalid(
            "Only the assistant mentions JSON.",
            request(user(), assistant("Do you want JSON?"), user("Yes."), response_format=answer_format()),
            at=(("response_format",),),
        ),
        Invalid(
            "Only the name of the schema mentions JSON.",
            request(
                system(),
                user([{"type": "text", "text": "Which city?"}]),
                response_format=answer_format(name="json_city"),
            ),
            at=(("response_format",),),
        ),
    ),
)
