"""A conversation has a message.

The vendor's schema takes `"messages": []`; the provider does not: "cause=missing required parameter". It comes about
where a history is trimmed to a budget until nothing is left, or filtered by role.

Do not ignore it. There is no fix: nobody but the author knows what was to be asked.
"""

from minimax_validate.request.features import Feature
from minimax_validate.request.index import Request
from minimax_validate.rules.examples import request, user
from minimax_validate.rules.rule import Flag, Invalid, Rule, Valid
from minimax_validate.values.diagnostic import Severity


def check(request: Request, flag: Flag) -> None:
    if request.body.get("messages") == []:
        flag(("messages",), "there are no messages: a conversation starts with one, at least")


RULE = Rule(
    code="MM501",
    name="empty-messages",
    severity=Severity.ERROR,
    prose=__doc__,
    refusal="invalid params, binding: expr_path=messages, cause=missing required parameter (2013)",
    when=Feature.NO_USER_MESSAGE,
    check=check,
    valid=(Valid("One message.", request(user())),),
    invalid=(Invalid("None.", request(), at=(("messages",),)),),
)
