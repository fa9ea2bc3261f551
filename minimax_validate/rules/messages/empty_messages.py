"""`messages` must not be empty.

The vendor's schema accepts `"messages": []`, but the provider does not: "cause=missing required parameter". This
happens when a history is truncated to a token budget, or filtered by role, until nothing is left.

No automatic fix: only you know the question.
"""

from minimax_validate.request.features import Feature
from minimax_validate.request.index import Request
from minimax_validate.rules.examples import request, user
from minimax_validate.rules.rule import Flag, Invalid, Rule, Valid
from minimax_validate.values.diagnostic import Severity


def check(request: Request, flag: Flag) -> None:
    if request.body.get("messages") == []:
        flag(("messages",), "messages is empty; at least one message is required")


RULE = Rule(
    code="MM501",
    name="empty-messages",
    severity=Severity.ERROR,
    prose=__doc__,
    never_ignore="the API rejects a request without messages",
    refusal="invalid params, binding: expr_path=messages, cause=missing required parameter (2013)",
    when=Feature.NO_USER_MESSAGE,
    check=check,
    valid=(Valid("One message.", request(user())),),
    invalid=(Invalid("No messages.", request(), at=(("messages",),)),),
)
