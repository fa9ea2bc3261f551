"""Whether a prompt fits into what the context window leaves for it."""

from __future__ import annotations

import contextlib
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from minimax_validate.tokens.contents import to_json
from minimax_validate.tokens.costs import Extent
from minimax_validate.tokens.counter import Counter, CounterError, TokenCounter, named_counter
from minimax_validate.tokens.prompt import ESTIMATE, LOWER, UPPER, Measure, count_prompt, measure_with
from minimax_validate.tokens.quick import least_tokens, room_left, rough_count, skim
from minimax_validate.values.codec import orjson
from minimax_validate.values.model import CONTEXT_WINDOW

RESERVE = 16
"""Tokens kept free for what is not known of the template: a gateway once reported 5 more than it accounts for."""

ESTIMATE_CONFIDENCE = 0.8
"""The part of an estimate that a prompt is taken to have for probable; its mean error is far below the difference."""

PROXY_CONFIDENCE = 0.85
"""The same for a proxy's count: o200k counts up to 15 % too many on Chinese."""


class Outcome(Enum):
    """Whether a prompt fits."""

    FITS = "fits"
    PROBABLY_EXCEEDS = "probably exceeds"
    EXCEEDS = "exceeds"


FAR_FROM_FULL = 0.8
"""The part of its budget up to which a rough count is enough to let a long request pass."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a prompt fits, and the count that this is based on. All numbers are in tokens."""

    outcome: Outcome
    measure: str
    tokens: int
    """The size of the prompt by this measure."""
    window: int
    completion_limit: int
    failure: str = ""
    """Why the given counter was not used."""

    @property
    def budget(self) -> int:
        """The room for the prompt in the window; negative if the completion limit is larger than the window."""
        return self.window - self.completion_limit

    @property
    def excess(self) -> int:
        """The number of tokens above the budget; negative if the prompt is below it."""
        return self.tokens - self.budget

    def describe(self) -> str:
        """The figures in words, such as ``about 130,512 tokens (estimate), 3,512 more than the 127,000 that ...``."""
        quantity = {LOWER.name: "at least", UPPER.name: "at most", ESTIMATE.name: "about"}.get(self.measure, "")
        figure = f"{quantity} {self.tokens:,} tokens ({self.measure})".lstrip()
        distance = f"{self.excess:,} more than" if self.excess > 0 else f"{-self.excess:,} within"
        rest = f" beside a completion limit of {self.completion_limit:,}" if self.completion_limit else ""
        failure = f"; {self.failure}" if self.failure else ""
        return (
            f"{figure}, {distance} the {self.budget:,} that a context window of {self.window:,} leaves{rest}{failure}"
        )


def completion_limit(body: object) -> int:
    """Return the completion limit of a request in tokens, or 0 if it has none.

    If both are set, ``max_completion_tokens`` overrides ``max_tokens``, as in MiniMax's own acceptance tests. A
    fraction is rounded up. A value that is not a positive number is not a limit.
    """
    if isinstance(body, Mapping):
        for key in ("max_completion_tokens", "max_tokens"):
            limit = body.get(key)
            if isinstance(limit, int | float) and not isinstance(limit, bool) and math.isfinite(limit) and limit > 0:
                return math.ceil(limit)
    return 0


def judge(
    body: object,
    *,
    window: int = CONTEXT_WINDOW,
    counter: TokenCounter | None = None,
) -> Verdict:
    """Decide whether the prompt of a request fits in the context window together with its completion limit.

    Cheap counts come first, and the first one that decides is used. An upper bound can prove that the prompt fits. A
    lower bound, or an exact count of the parts that are certainly rendered, can prove that it does not fit. Otherwise
    the given counter or the estimate decides what is probable.

    A long request that is far from its budget is not rendered; only the lengths of its texts are used.

    Raises:
        CounterError: ``counter`` failed.
    """
    limit = completion_limit(body)
    budget = window - limit

    def verdict(outcome: Outcome, measure: Measure, tokens: int) -> Verdict:
        return Verdict(outcome, measure.name, tokens, window, limit)

    messages, tools = _arrays(body)
    free = budget - RESERVE
    room = room_left(messages, tools, free, _encoded(tools) if tools else b"")
    if room >= 0:
        return verdict(Outcome.FITS, UPPER, free - room)
    if counter is None:
        # The estimate is never below the lower bound, so what is far from full cannot be over.
        rough = rough_count(skim(messages, tools), len(messages))
        if rough <= FAR_FROM_FULL * budget:
            return verdict(Outcome.FITS, ESTIMATE, rough)
    if counter is None or not counter.exact:
        least = least_tokens(messages)
        if least > budget:
            return verdict(Outcome.EXCEEDS, LOWER, least)
    return judge_closely(body, window=window, counter=counter)


def judge_closely(body: object, *, window: int = CONTEXT_WINDOW, counter: TokenCounter | None = None) -> Verdict:
    """As ``judge``, by whole counts alone, whatever they cost.

    Raises:
        CounterError: ``counter`` failed.
    """
    limit = completion_limit(body)
    budget = window - limit
    exact = counter if counter and counter.exact else None

    def verdict(outcome: Outcome, measure: Measure, tokens: int) -> Verdict:
        return Verdict(outcome, measure.name, tokens, window, limit)

    most = count_prompt(body, UPPER)
    if most.total <= budget - RESERVE and not most.images:
        return verdict(Outcome.FITS, UPPER, most.total)
    probable = measure_with(counter) if counter else ESTIMATE
    usual = None
    if counter is None:
        # The estimate is never below the lower bound, so a prompt whose estimate fits cannot be over by that.
        usual = count_prompt(body, probable).total
        if usual <= budget:
            return verdict(Outcome.FITS, probable, usual)
    certain = measure_with(exact, Extent.LEAST) if exact else LOWER
    least = count_prompt(body, certain).total
    if least > budget:
        return verdict(Outcome.EXCEEDS, certain, least)
    if usual is None:
        usual = count_prompt(body, probable).total
    confidence = 1.0 if exact else PROXY_CONFIDENCE if counter else ESTIMATE_CONFIDENCE
    outcome = Outcome.PROBABLY_EXCEEDS if usual * confidence > budget else Outcome.FITS
    return verdict(outcome, probable, usual)


def judge_anyhow(body: object, *, window: int, counter: Counter | None) -> Verdict:
    """Judge with any callable as an exact counter, and where it fails, by the estimate; never raises."""
    if counter is None:
        return judge(body, window=window)
    try:
        return judge(body, window=window, counter=named_counter(counter))
    except CounterError as error:
        return replace(judge(body, window=window), failure=str(error))


def _encoded(tools: list[Any]) -> bytes:
    """The JSON of tools, the fast way where there is one."""
    if orjson is not None:
        with contextlib.suppress(TypeError):
            return bytes(orjson.dumps(tools))
    return to_json(tools).encode("utf-8", "surrogatepass")


def _arrays(body: object) -> tuple[list[Any], list[Any]]:
    """The messages and the tools of a request, malformed ones too."""
    request = body if isinstance(body, dict) else {}
    messages, tools = request.get("messages"), request.get("tools")
    return messages if isinstance(messages, list) else [], tools if isinstance(tools, list) else []
