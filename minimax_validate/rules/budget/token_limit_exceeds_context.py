"""The completion limit must not exceed the context window.

On Workers AI the context window of M2.7 has 128,000 tokens, prompt and completion together. A larger limit can never
be used; it often comes from another model, or from M2.7 at MiniMax itself, where the window has 204,800 tokens.

The fix lowers the limit to the rest of the window after the upper bound of the prompt. It is unsafe, because the
intended limit is lost. No automatic fix if the prompt leaves too little room.
"""

from minimax_validate.request.features import Feature
from minimax_validate.request.index import Request
from minimax_validate.rules.examples import request, user
from minimax_validate.rules.fixes import assignment
from minimax_validate.rules.rule import Flag, Invalid, Rule, Valid
from minimax_validate.values.diagnostic import Fix, Severity
from minimax_validate.values.model import CONTEXT_WINDOW, SMALL_TOKEN_LIMIT


def check(request: Request, flag: Flag) -> None:
    for key in ("max_tokens", "max_completion_tokens"):
        limit = request.body.get(key)
        if isinstance(limit, int | float) and limit > request.limits.context_window:
            message = (
                f"{key} is {limit:,}; it must be at most {request.limits.context_window:,}, the whole context window"
            )
            flag((key,), message, fix=_fix(request, key))


def _fix(request: Request, key: str) -> Fix | None:
    """A limit with which the prompt surely fits: at the window itself, no room would be left for any."""
    from minimax_validate.tokens.prompt import UPPER, count_prompt  # nearly all requests are far too short to need it
    from minimax_validate.tokens.verdict import RESERVE

    room = request.limits.context_window - RESERVE - count_prompt(request.body, UPPER).total
    return assignment((key,), room, f"lower {key} to {room:,}", safe=False) if room >= SMALL_TOKEN_LIMIT else None


RULE = Rule(
    code="MM703",
    name="token-limit-exceeds-context",
    severity=Severity.ERROR,
    prose=__doc__,
    when=Feature.LARGE,
    check=check,
    valid=(Valid("A limit that the prompt leaves room for.", request(user(), max_tokens=CONTEXT_WINDOW - 200)),),
    invalid=(
        Invalid(
            "The window at MiniMax itself.",
            request(user(), max_tokens=204_800),
            at=(("max_tokens",),),
            fixed=request(user(), max_tokens=127_914),
        ),
        Invalid(
            "The limit's newer name.",
            request(user(), max_completion_tokens=204_800),
            at=(("max_completion_tokens",),),
            fixed=request(user(), max_completion_tokens=127_914),
        ),
    ),
)
