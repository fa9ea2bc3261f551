"""Consider a token limit with room for reasoning.

M2.7 reasons before it answers, and reasoning counts towards the limit. Cloudflare's page asks for a haiku as an
example, once with a limit of 100 tokens, now with 2,048. In the run on that page, 872 of 888 completion tokens were
reasoning (cloudflare/cloudflare-docs, minimax-m2.7.json at 14f349e). A limit of 100 would therefore leave nothing for
the answer, but such a run is not on record. Below about 1,024 tokens the answer may be empty; the setting
`small-token-limit` changes this threshold.

Off unless selected, because short answers to simple questions need less (78 tokens in another run on that page).
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
                f"{key} is {describe(limit)}, which reasoning may use up before the answer starts; "
                f"consider at least {enough:,}",
            )


RULE = Rule(
    code="MM606",
    name="small-token-limit",
    severity=Severity.INFO,
    prose=__doc__,
    when=Feature.TOKEN_LIMIT,
    check=check,
    valid=(Valid("Room for reasoning.", request(user(), max_tokens=SMALL_TOKEN_LIMIT)),),
    invalid=(Invalid("No room for reasoning.", request(user(), max_tokens=100), at=(("max_tokens",),)),),
)
