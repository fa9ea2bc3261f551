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
from minimax_validate.tokens.quick import least_tokens, room_left
from minimax_validate.tokens.rough import rough_count
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
        """The figures in words, such as ``about 130,512 tokens (estimate), 3,512 more than the 127,000 left ...``."""
        quantity = {LOWER.name: "at least", UPPER.name: "at most", ESTIMATE.name: "about"}.get(self.measure, "")
        figure = f"{quantity} {self.tokens:,} tokens ({self.measure})".lstrip()
        distance = f"{self.excess:,} more than the" if self.excess > 0 else f"{-self.excess:,} of"
        rest = f" by a completion limit of {self.completion_limit:,} tokens" if self.completion_limit else ""
        window = f" in a context window of {self.window:,}" if self.completion_limit else ""
        failure = f"; {self.failure}" if self.failure else ""
        return f"{figure}, {distance} {self.budget:,} left{rest}{window}{failure}"


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

    A long request that is not close to its budget is not rendered; its texts are counted as they are.

    Raises:
        CounterError: ``counter`` failed.
    """
    budget = _Budget(window, completion_limit(body))
    messages, tools = _arrays(body)
    free = budget.tokens - RESERVE
    room = room_left(messages, tools, free, _encoded(tools) if tools else b"")
    if room >= 0:
        return budget.verdict(Outcome.FITS, UPPER, free - room)
    rough = rough_count(messages, tools, budget.tokens, ESTIMATE_CONFIDENCE) if counter is None else None
    if rough is not None and rough.fits:
        return budget.verdict(Outcome.FITS, ESTIMATE, rough.tokens)
    if counter is None or not counter.exact:
        least = least_tokens(messages)
        if least > budget.tokens:
            return budget.verdict(Outcome.EXCEEDS, LOWER, least)
    if rough is None:
        return judge_closely(body, window=window, counter=counter)
    # A prompt whose upper bound fits has an estimate that fits too, so that one count less says the same.
    return _judge_by_estimate(body, budget, is_surely_too_long=rough.tokens * ESTIMATE_CONFIDENCE > budget.tokens)


def judge_closely(body: object, *, window: int = CONTEXT_WINDOW, counter: TokenCounter | None = None) -> Verdict:
    """As ``judge``, by whole counts alone, whatever they cost.

    Raises:
        CounterError: ``counter`` failed.
    """
    budget = _Budget(window, completion_limit(body))
    most = count_prompt(body, UPPER)
    if most.total <= budget.tokens - RESERVE and not most.images:
        return budget.verdict(Outcome.FITS, UPPER, most.total)
    return _judge_by_estimate(body, budget) if counter is None else _judge_by_counter(body, budget, counter)


@dataclass(frozen=True, slots=True)
class _Budget:
    """What a prompt may have."""

    window: int
    completion_limit: int

    @property
    def tokens(self) -> int:
        return self.window - self.completion_limit

    def verdict(self, outcome: Outcome, measure: Measure, tokens: int) -> Verdict:
        return Verdict(outcome, measure.name, tokens, self.window, self.completion_limit)


def _judge_by_estimate(body: object, budget: _Budget, *, is_surely_too_long: bool = False) -> Verdict:
    """Judge by the estimate and the lower bound; the one that is expected to decide is counted first."""
    usual = None if is_surely_too_long else count_prompt(body, ESTIMATE).total
    # The estimate is never below the lower bound, so a prompt whose estimate fits cannot be over by that.
    if usual is not None and usual <= budget.tokens:
        return budget.verdict(Outcome.FITS, ESTIMATE, usual)
    least = count_prompt(body, LOWER).total
    if least > budget.tokens:
        return budget.verdict(Outcome.EXCEEDS, LOWER, least)
    usual = usual or count_prompt(body, ESTIMATE).total
    is_over = usual * ESTIMATE_CONFIDENCE > budget.tokens
    return budget.verdict(Outcome.PROBABLY_EXCEEDS if is_over else Outcome.FITS, ESTIMATE, usual)


def _judge_by_counter(body: object, budget: _Budget, counter: TokenCounter) -> Verdict:
    certain = measure_with(counter, Extent.LEAST) if counter.exact else LOWER
    least = count_prompt(body, certain).total
    if least > budget.tokens:
        return budget.verdict(Outcome.EXCEEDS, certain, least)
    probable = measure_with(counter)
    usual = count_prompt(body, probable).total
    is_over = usual * (1.0 if counter.exact else PROXY_CONFIDENCE) > budget.tokens
    return budget.verdict(Outcome.PROBABLY_EXCEEDS if is_over else Outcome.FITS, probable, usual)


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
