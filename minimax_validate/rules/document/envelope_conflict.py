"""An envelope holds the request in `input`, and nowhere else.

`{model, input}` carries the inputs in `input`. With `messages` beside it, one of the two conversations is dropped, and
which one depends on the endpoint. An `input` that is a text or an array belongs to another interface (OpenAI's
Responses API has one).

Do not ignore it: it is not clear which request was meant.
"""

from minimax_validate.request.features import Feature
from minimax_validate.request.index import Request
from minimax_validate.rules.examples import request, user
from minimax_validate.rules.rule import Flag, Invalid, Rule, Valid
from minimax_validate.values.diagnostic import Related, Severity
from minimax_validate.values.failure import Failure
from minimax_validate.values.wording import kind


def check(request: Request, flag: Flag) -> None:
    if "input" in request.body and "messages" in request.body:
        related = (Related(("messages",), "the other conversation"),)
        flag(
            ("input",),
            "`input` and `messages` are both given: only one of them can be the conversation",
            related=related,
            focus="key",
        )


def claim(failure: Failure, request: Request, flag: Flag) -> bool:
    flag(
        failure.pointer,
        f"`input` must be an object with `messages`; this is {kind(failure.instance)}, as "
        f"OpenAI's Responses API takes it",
    )
    return True


RULE = Rule(
    code="MM007",
    name="envelope-conflict",
    severity=Severity.ERROR,
    prose=__doc__,
    when=Feature.FOREIGN_KEYS,
    check=check,
    keywords=("envelope",),
    claim=claim,
    valid=(
        Valid("The conversation is in `input`.", {"model": "minimax/m2.7", "input": request(user())}),
        Valid("The conversation is in `messages`.", request(user(), model="minimax/m2.7")),
    ),
    invalid=(
        Invalid("Two conversations.", {"input": request(user()), **request(user())}, at=(("input",),)),
        Invalid(
            "A text as the input.", {"model": "minimax/m2.7", "input": "What is the weather in Oslo?"}, at=(("input",),)
        ),
    ),
)
