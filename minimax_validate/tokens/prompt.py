"""Count a whole request: each message, the tools, and what the template adds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from minimax_validate.tokens.bounds import lower_bound, upper_bound
from minimax_validate.tokens.counter import TokenCounter
from minimax_validate.tokens.estimate import estimate_tokens
from minimax_validate.tokens.template import Extent, render


@dataclass(frozen=True, slots=True)
class Measure:
    """A way to count a prompt: how to count a text, and how much of the request to take for rendered."""

    name: str
    count: Callable[[str], int]
    extent: Extent


LOWER = Measure("lower bound", lower_bound, Extent.LEAST)
"""Never more than the true count, with any vocabulary."""

ESTIMATE = Measure("estimate", estimate_tokens, Extent.USUAL)
"""About the true count."""

UPPER = Measure("upper bound", upper_bound, Extent.MOST)
"""Never fewer than the true count, with any vocabulary; but an image, if one were shown, would come on top."""


def measure_with(counter: TokenCounter, extent: Extent = Extent.USUAL) -> Measure:
    """Count prompts with an exact counter or a proxy."""
    return Measure(counter.name, counter.count, extent)


@dataclass(frozen=True, slots=True)
class MessageCount:
    """The tokens of the texts of one message; what the template puts around them is not in it.

    A message that is not shown has none. A prompt that stands beside the messages has no index.
    """

    index: int | None
    role: str
    tokens: int


@dataclass(frozen=True, slots=True)
class PromptCount:
    """The tokens of a prompt by one measure: its messages, its tools with their frame, and the rest of the template."""

    measure: str
    messages: tuple[MessageCount, ...]
    tools: int
    template: int
    images: int
    """How many images the request has; none of them counts."""

    @property
    def total(self) -> int:
        """All tokens of the prompt."""
        return sum(message.tokens for message in self.messages) + self.tools + self.template


def count_prompt(body: object, measure: Measure = ESTIMATE) -> PromptCount:
    """Count the tokens of a request's prompt.

    The request may be any JSON value: what is malformed is passed over. Images count nothing, whatever their form.

    Raises:
        CounterError: the measure's counter failed; the bounds and the estimate never do.
    """
    prompt = render(body, measure.extent)
    count = measure.count
    return PromptCount(
        measure=measure.name,
        messages=tuple(MessageCount(part.index, part.role, sum(map(count, part.texts))) for part in prompt.messages),
        tools=prompt.tools_overhead + sum(map(count, prompt.tools)),
        template=prompt.overhead + sum(part.overhead for part in prompt.messages),
        images=sum(part.images for part in prompt.messages),
    )
