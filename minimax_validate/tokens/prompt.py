"""Count a whole request: each message, the tools, and what the template adds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from minimax_validate.tokens.bounds import lower_bound, upper_bound
from minimax_validate.tokens.contents import messages_of
from minimax_validate.tokens.costs import Extent
from minimax_validate.tokens.counter import TokenCounter
from minimax_validate.tokens.estimate import estimate_tokens
from minimax_validate.tokens.segments import IMAGES, Kind
from minimax_validate.tokens.template import role_of, segments

_TOOLS = ("tools",)


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
    messages = messages_of(body)
    of_messages, of_tools, of_template, images = [0] * len(messages), 0, 0, 0
    text, owner = "", -1
    count = measure.count
    for segment in segments(body, measure.extent):
        kind = segment.kind
        if kind is Kind.TEMPLATE:
            if segment.pointer[:1] == _TOOLS:
                of_tools += segment.tokens or 0
            else:
                of_template += segment.tokens or 0
        elif kind is not Kind.REQUEST:
            images += segment.name in IMAGES
        elif segment.pointer[0] == "tools":
            of_tools += count(segment.text)
        elif segment.goes_on:
            text += segment.text
        else:
            if text:
                of_messages[owner] += count(text)
            text, owner = segment.text, segment.pointer[1]  # type: ignore[assignment]  # what is no tool's is a message's
    if text:
        of_messages[owner] += count(text)
    return PromptCount(
        measure=measure.name,
        messages=tuple(
            MessageCount(index, role_of(message), of_messages[index]) for index, message in enumerate(messages)
        ),
        tools=of_tools,
        template=of_template,
        images=images,
    )
