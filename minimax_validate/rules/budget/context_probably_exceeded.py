"""Prompt and completion should fit into the context window by a reliable estimate.

The vocabulary of the model is not available, so tokens are estimated: over 41 kinds of text the estimate is wrong by
9 percent on average, and by up to half for random characters. The finding is reported if four fifths of the estimate
exceed the window together with the completion limit, but the lower bound does not.

Before you rely on the result, count exactly with the model's own `tokenizer.json`. Ignore it for kinds of text for
which the estimate is unreliable. No automatic fix: only you can decide what to remove or summarize.
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
        flag(
            ("messages",),
            f"the prompt probably does not fit into the context window: it has {verdict.describe()}",
            focus="opening",
        )


RULE = Rule(
    code="MM702",
    name="context-probably-exceeded",
    severity=Severity.WARNING,
    prose=__doc__,
    when=Feature.LARGE,
    check=check,
    valid=(Valid("A long text that fits.", request(user("北欧的峡湾和冰川。" * 1_000), max_tokens=2048)),),
    invalid=(Invalid("A very long Chinese text.", request(user("北欧的峡湾和冰川。" * 40_000)), at=(("messages",),)),),
)
