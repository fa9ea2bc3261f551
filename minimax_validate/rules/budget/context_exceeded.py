"""Prompt and completion fit into the context window.

On Workers AI the window of M2.7 holds 128,000 tokens, prompt and completion together. What is over it is refused, or
cut without a word.

This finding is certain: even the fewest tokens that the prompt can have, whatever the vocabulary, are too many beside
the completion limit. Where nothing but an estimate says so, MM702 tells. `model.json` holds the window, with its
source.

Do not ignore it. There is no fix: what to leave out, or to sum up, is for the request's author to say.
"""

from minimax_validate.request.features import Feature
from minimax_validate.request.index import Request
from minimax_validate.rules.examples import request, user
from minimax_validate.rules.rule import Flag, Invalid, Rule, Valid
from minimax_validate.values.diagnostic import Severity
from minimax_validate.values.model import CONTEXT_WINDOW


def check(request: Request, flag: Flag) -> None:
    from minimax_validate.tokens.verdict import Outcome  # nearly all requests are far too short to need it

    verdict = request.verdict
    if verdict is not None and verdict.outcome is Outcome.EXCEEDS and verdict.completion_limit <= verdict.window:
        flag(("messages",), f"the prompt does not fit: it has {verdict.describe()}", focus="opening")


_WORD = "fjord and glacier, "

RULE = Rule(
    code="MM701",
    name="context-exceeded",
    severity=Severity.ERROR,
    prose=__doc__,
    when=Feature.LARGE,
    check=check,
    valid=(Valid("Long, but not too long.", request(user(_WORD * 5_000), max_tokens=2048)),),
    invalid=(
        Invalid("A book.", request(user(_WORD * 40_000)), at=(("messages",),)),
        Invalid(
            "Too long beside what the answer may take.",
            request(user(_WORD * 10_000), max_tokens=CONTEXT_WINDOW - 20_000),
            at=(("messages",),),
        ),
        Invalid(
            "An answer that may take the whole window.", request(user(), max_tokens=CONTEXT_WINDOW), at=(("messages",),)
        ),
    ),
)
