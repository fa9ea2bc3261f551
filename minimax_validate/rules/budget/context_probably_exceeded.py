"""Prompt and completion probably fit into the context window.

The vocabulary of the model is not at hand, so tokens are estimated: over 41 kinds of text the estimate is off by 9
percent on average, and by up to half on random characters. This is reported where even four fifths of the estimate are
too many beside the completion limit, and the lower bound is not.

Count exactly, with the model's own `tokenizer.json`, before you rely on either answer. Ignore it for texts of the kinds
that an estimate does not suit. There is no fix.
"""

from minimax_validate.request.features import Feature
from minimax_validate.request.index import Request
from minimax_validate.rules.examples import request, user
from minimax_validate.rules.rule import Flag, Invalid, Rule, Valid
from minimax_validate.values.diagnostic import Severity


def check(request: Request, flag: Flag) -> None:
    from minimax_validate.tokens.verdict import Outcome  # nearly all requests are far too short to need it

    verdict = request.verdict
    if verdict is not None and verdict.outcome is Outcome.PROBABLY_EXCEEDS:
        flag(("messages",), f"the prompt probably does not fit: it has {verdict.describe()}", focus="opening")


RULE = Rule(
    code="MM702",
    name="context-probably-exceeded",
    severity=Severity.WARNING,
    prose=__doc__,
    when=Feature.LARGE,
    check=check,
    valid=(Valid("Long, but not too long.", request(user("北欧的峡湾和冰川。" * 1_000), max_tokens=2048)),),
    invalid=(Invalid("A book in Chinese.", request(user("北欧的峡湾和冰川。" * 40_000)), at=(("messages",),)),),
)
