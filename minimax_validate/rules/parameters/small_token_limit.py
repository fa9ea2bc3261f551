"""The token limit leaves room to think.

M2.7 thinks before it answers, and its thoughts count. On the vendor's own example, a haiku, 872 of 888 completion
tokens went into thinking (the catalogue's recorded run): with the limit of 100 that stands beside it, nothing is left
for the answer. Below about 1,024 tokens the answer may be cut to nothing; the setting `small-token-limit` draws another
line.

Off unless selected, as the vendor's examples have such limits.
"""

from minimax_validate.request.features import Feature
from minimax_validate.request.index import Request
from minimax_validate.rules.examples import request, user
from minimax_validate.rules.rule import Flag, Invalid, Rule, Valid
from minimax_validate.values.diagnostic import Severity
from minimax_validate.values.model import SMALL_TOKEN_LIMIT
from minimax_validate.values.wording import describe


def check(request: Request, flag: Flag) -> None:
    enough = request.limits.small_token_limit
    for key in ("max_tokens", "max_completion_tokens"):
        limit = request.body.get(key)
        if isinstance(limit, int | float) and not isinstance(limit, bool) and 0 < limit < enough:
            flag(
                (key,),
                f"the model thinks before it answers: {describe(limit)} tokens may be spent before the "
                f"first word; {enough:,} are safer",
            )


RULE = Rule(
    code="MM606",
    name="small-token-limit",
    severity=Severity.INFO,
    prose=__doc__,
    when=Feature.TOKEN_LIMIT,
    check=check,
    valid=(Valid("Room to think.", request(user(), max_tokens=SMALL_TOKEN_LIMIT)),),
    invalid=(Invalid("As on the vendor's page.", request(user(), max_tokens=100), at=(("max_tokens",),)),),
)
