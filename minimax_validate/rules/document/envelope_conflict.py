"""An envelope must contain the request in `input`, and nowhere else.

An envelope, `{model, input}`, contains the request in `input`. If it also has `messages`, one of the two
conversations is dropped, and the endpoint decides which one. An `input` that is a string or an array belongs to
another API, such as OpenAI's Responses API.
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
            "`input` and `messages` are both present, and only one of them is read; remove the other one",
            related=related,
            focus="key",
        )


def claim(failure: Failure, request: Request, flag: Flag) -> bool:
    flag(
        failure.pointer,
        f"`input` must be an object with `messages`; this is {kind(failure.instance)}, as in OpenAI's Responses API",
    )
    return True


RULE = Rule(
    code="MM007",
    name="envelope-conflict",
    severity=Severity.ERROR,
    prose=__doc__,
    never_ignore="one of the two conversations is dropped",
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
            "A string as the input.",
            {"model": "minimax/m2.7", "input": "What is the weather in Oslo?"},
            at=(("input",),),
        ),
    ),
)
