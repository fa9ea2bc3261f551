"""Prompt and completion must fit into the context window.

On Workers AI the context window of M2.7 has 128,000 tokens, prompt and completion together. A longer request is
rejected or silently truncated.

This finding is certain: even the lowest possible number of prompt tokens, with any vocabulary, exceeds the window
together with the completion limit. If only an estimate indicates this, MM702 is reported instead. `model.json`
contains the size of the window and its source.

No automatic fix: only you can decide what to remove or summarize.
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
        flag(
            ("messages",),
            f"the prompt does not fit into the context window: it has {verdict.describe()}",
            focus="opening",
        )


_WORD = "fjord and glacier, "

RULE = Rule(
    code="MM701",
    name="context-exceeded",
    severity=Severity.ERROR,
    prose=__doc__,
    never_ignore="the prompt is rejected or truncated",
    when=Feature.LARGE,
    check=check,
    valid=(Valid("A long text that fits.", request(user(_WORD * 6_700), max_tokens=2048)),),
    invalid=(
        Invalid("A very long text.", request(user(_WORD * 40_000)), at=(("messages",),)),
        Invalid(
            "Too long together with the completion limit.",
            request(user(_WORD * 10_000), max_tokens=CONTEXT_WINDOW - 20_000),
            at=(("messages",),),
        ),
        Invalid(
            "A completion limit as large as the window.",
            request(user(), max_tokens=CONTEXT_WINDOW),
            at=(("messages",),),
        ),
    ),
)
