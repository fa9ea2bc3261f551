"""The token limit leaves room to think.

M2.7 thinks before it answers, and its thoughts count. Cloudflare's page had a haiku as an example, with a limit of 100
tokens, and has it with 2,048 since: in the run that it shows, 872 of 888 completion tokens went into thinking
(cloudflare/cloudflare-docs, minimax-m2.7.json at 14f349e). That a limit of 100 leaves nothing for the answer follows
from this; no such run is on record. Below about 1,024 tokens the answer may be cut to nothing; the setting
`small-token-limit` draws another line.

Off unless selected, as short answers to simple questions need less (78 tokens in another run on that page).
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
    invalid=(Invalid("A haiku, and no room to think of it.", request(user(), max_tokens=100), at=(("max_tokens",),)),),
)
