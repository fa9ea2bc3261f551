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
    """A way to count a prompt: a function that counts a text, and how much of the request counts as rendered."""

    name: str
    count: Callable[[str], int]
    extent: Extent


LOWER = Measure("lower bound", lower_bound, Extent.LEAST)
"""At most the true count, with any vocabulary."""

ESTIMATE = Measure("estimate", estimate_tokens, Extent.USUAL)
"""Approximately the true count."""

UPPER = Measure("upper bound", upper_bound, Extent.MOST)
"""At least the true count, with any vocabulary; images are not counted."""


def measure_with(counter: TokenCounter, extent: Extent = Extent.USUAL) -> Measure:
    """Return a measure that counts prompts with an exact or approximate counter."""
    return Measure(counter.name, counter.count, extent)


@dataclass(frozen=True, slots=True)
class MessageCount:
    """The tokens of the text in one message, without the text that the template adds.

    A message that does not reach the model has 0 tokens. ``index`` is None for a prompt outside of ``messages``.
    """

    index: int | None
    role: str
    tokens: int


@dataclass(frozen=True, slots=True)
class PromptCount:
    """The tokens of a prompt: its messages, its tools with the template around them, and the rest of the template."""

    measure: str
    messages: tuple[MessageCount, ...]
    tools: int
    template: int
    images: int
    """The number of images in the request; they are not counted as tokens."""

    @property
    def total(self) -> int:
        """The total number of tokens of the prompt."""
        return sum(message.tokens for message in self.messages) + self.tools + self.template


def count_prompt(body: object, measure: Measure = ESTIMATE) -> PromptCount:
    """Count the tokens of the prompt of a request.

    The request may be any JSON value; malformed parts are skipped. Images are not counted.

    Raises:
        CounterError: the counter of the measure failed. This does not happen for the bounds and the estimate.
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
