"""What the prompt of a request is made of, in tokens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from minimax_validate.request.dialects.conversion import Chat, read_chat
from minimax_validate.request.envelope import open_envelope
from minimax_validate.tokens.counter import named_counter
from minimax_validate.tokens.prompt import ESTIMATE, LOWER, UPPER, MessageCount, PromptCount, count_prompt, measure_with
from minimax_validate.tokens.verdict import Verdict, judge_closely
from minimax_validate.values.limits import Limits
from minimax_validate.values.plain import to_plain


@dataclass(frozen=True, slots=True)
class Account:
    """One request: its prompt by each measure, and whether it fits. With an exact counter there is no other measure."""

    counts: tuple[PromptCount, ...]
    verdict: Verdict

    def by_measure(self, figure: Callable[[PromptCount], int]) -> tuple[int, ...]:
        """A figure of each count."""
        return tuple(map(figure, self.counts))

    @property
    def rooms(self) -> tuple[int, ...]:
        """What is left of the window beside prompt and completion limit, by each measure.

        Less than nothing where they are too much.
        """
        return self.by_measure(lambda count: self.verdict.budget - count.total)


def account(payload: object, limits: Limits) -> Account | None:
    """Account for a payload: bare inputs or an envelope around them; None if there are none.

    Raises:
        CounterError: the counter of the limits failed.
    """
    inputs = open_envelope(to_plain(payload)[0]).inputs
    if inputs is None:
        return None
    counter = limits.counter and named_counter(limits.counter)
    measures = (measure_with(counter),) if counter else (LOWER, ESTIMATE, UPPER)
    chat = read_chat(inputs)
    counts = tuple(_as_given(count_prompt(chat.body, measure), chat, inputs) for measure in measures)
    verdict = judge_closely(chat.body, window=limits.context_window, counter=counter)
    # Told by a count that is shown: what a counter found may have been settled by the bounds.
    shown = next((count for count in counts if count.measure == verdict.measure), counts[-1])
    return Account(counts, replace(verdict, measure=shown.measure, tokens=shown.total))


def _as_given(count: PromptCount, chat: Chat, inputs: dict[str, Any]) -> PromptCount:
    """A count by the messages as they were given: what one of them was converted into is its own."""
    if chat.body is inputs:
        return count
    tokens: dict[int | None, int] = {}
    roles: dict[int | None, str] = {}
    for counted in count.messages:
        origin = None if counted.index is None else chat.origins[counted.index]
        tokens[origin] = tokens.get(origin, 0) + counted.tokens
        roles.setdefault(origin, counted.role)
    return replace(count, messages=tuple(MessageCount(origin, roles[origin], tokens[origin]) for origin in tokens))
