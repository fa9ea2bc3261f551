"""What the chat template costs: the tokens of its own text, and how much of a request is taken for rendered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum


class Extent(Enum):
    """How much of a request to take for rendered, where that is not certain."""

    LEAST = "least"
    """Only what is rendered beyond doubt: a count of it can prove that a prompt is too long."""
    USUAL = "usual"
    """What the template renders."""
    MOST = "most"
    """Also what it is known to drop: a count of it can prove that a prompt fits."""


@dataclass(frozen=True, slots=True)
class Costs:
    """The tokens that the template itself puts into a prompt."""

    head: int
    """The start of the prompt around the system message."""
    default_system: int
    """What it says if there is no system message."""
    answer: int
    """The opening of the answer that is asked for."""
    turn: int
    """Around the text of a user or assistant message."""
    thought: int
    """Around a thought that is shown."""
    tools: int
    """Around all tools."""
    tool: int
    """Around one tool."""
    first_call: int
    """Around a message's first tool call, but for its parameters."""
    further_call: int
    """Around each call after it."""
    parameter: int
    """Around the name and value of one parameter of a call."""
    first_result: int
    """Around the first result of a run."""
    further_result: int
    """Around each result after it."""
    circumstance: int
    """Around a date or a place that a system message has beside its content."""


USUAL_COSTS = Costs(
    head=6,
    default_system=25,
    answer=5,
    turn=5,
    thought=5,
    tools=96,
    tool=4,
    first_call=12,
    further_call=8,
    parameter=8,
    first_result=12,
    further_result=7,
    circumstance=4,
)
"""In tokens of the model.

With the default system message 36 before any content; a first call of one parameter, its name and both its texts of one
token each, 23 and each further one 19. Counted on the published template, but for the default system message: that is
22 tokens there, and 25 by the usage that Cloudflare reports (48 prompt tokens for "What is the capital of France?").
"""

# A text of the request may share its first token with the template's text before it, so every cost that comes with a
# text is one token less than the pieces that the pattern must cut the template's own text into. What a server may
# replace counts nothing.
LEAST_COSTS = Costs(
    head=5,
    default_system=0,
    answer=3,
    turn=4,
    thought=3,
    tools=60,
    tool=2,
    first_call=8,
    further_call=5,
    parameter=3,
    first_result=7,
    further_result=3,
    circumstance=0,
)
"""Fewer tokens than the template's text can be with any vocabulary."""

# The usual costs, with room for what they leave out: content that is null is shown as "None", and parts of a result are
# framed by one newline more. The template's text is the model's own, so its tokens are known, whatever they would be
# with another vocabulary.
MOST_COSTS = Costs(
    head=6,
    default_system=25,
    answer=5,
    turn=6,
    thought=5,
    tools=100,
    tool=5,
    first_call=14,
    further_call=10,
    parameter=9,
    first_result=14,
    further_result=9,
    circumstance=6,
)
"""At least the tokens of the model."""


class Part(StrEnum):
    """A text of the template, by what it does. Its prose is under a licence of its own, so that names stand for it."""

    SYSTEM_OPENS = "system opens"
    DEFAULT_SYSTEM = "default system prompt"
    DATE = "date"
    PLACE = "place"
    TOOLS_OPEN = "tools open"
    TOOL_OPENS = "tool opens"
    TOOL_CLOSES = "tool closes"
    TOOLS_CLOSE = "how to call tools"
    SYSTEM_CLOSES = "system closes"
    USER_OPENS = "user opens"
    ASSISTANT_OPENS = "assistant opens"
    TURN_CLOSES = "turn closes"
    NULL = "None"
    THOUGHT_OPENS = "thought opens"
    THOUGHT_CLOSES = "thought closes"
    CALLS_OPEN = "calls open"
    CALL_OPENS = "call opens"
    CALL_NAMED = "call is named"
    PARAMETER_OPENS = "parameter opens"
    PARAMETER_NAMED = "parameter is named"
    PARAMETER_CLOSES = "parameter closes"
    CALL_CLOSES = "call closes"
    CALLS_CLOSE = "calls close"
    RESULTS_OPEN = "results open"
    RESULT_OPENS = "result opens"
    RESULT_CLOSES = "result closes"
    RESULT_PART_CLOSES = "part of a result closes"
    ANSWER_OPENS = "answer opens"


_CLOSING = 2
"""The tokens that end a turn: the control token and the newline after it."""


def _tokens_of_parts(costs: Costs, null: int) -> Mapping[Part, int]:
    """The costs laid out over the parts that make them up.

    The sums are what is known. How they are split is counted on the published template for the usual costs.
    """
    calls = costs.first_call - costs.further_call
    results = costs.first_result - costs.further_result
    tools_open = costs.tools * 3 // 10
    result_closes = costs.further_result - costs.further_result // 2
    return {
        Part.SYSTEM_OPENS: costs.head - _CLOSING,
        Part.DEFAULT_SYSTEM: costs.default_system,
        Part.DATE: costs.circumstance,
        Part.PLACE: costs.circumstance,
        Part.TOOLS_OPEN: tools_open,
        Part.TOOL_OPENS: costs.tool // 2,
        Part.TOOL_CLOSES: costs.tool - costs.tool // 2,
        Part.TOOLS_CLOSE: costs.tools - tools_open,
        Part.SYSTEM_CLOSES: _CLOSING,
        Part.USER_OPENS: costs.turn - _CLOSING,
        Part.ASSISTANT_OPENS: costs.turn - _CLOSING,
        Part.TURN_CLOSES: _CLOSING,
        Part.NULL: null,
        Part.THOUGHT_OPENS: costs.thought // 2,
        Part.THOUGHT_CLOSES: costs.thought - costs.thought // 2,
        Part.CALLS_OPEN: calls - 1,
        Part.CALL_OPENS: costs.further_call // 2,
        Part.CALL_NAMED: 1,
        Part.PARAMETER_OPENS: costs.parameter // 2,
        Part.PARAMETER_NAMED: 1,
        Part.PARAMETER_CLOSES: costs.parameter - costs.parameter // 2 - 1,
        Part.CALL_CLOSES: costs.further_call - costs.further_call // 2 - 1,
        Part.CALLS_CLOSE: 1,
        Part.RESULTS_OPEN: results - _CLOSING,
        Part.RESULT_OPENS: costs.further_result // 2,
        Part.RESULT_CLOSES: result_closes,
        Part.RESULT_PART_CLOSES: result_closes,
        Part.ANSWER_OPENS: costs.answer,
    }


TOKENS_OF_PARTS: Mapping[Extent, Mapping[Part, int]] = {
    Extent.LEAST: _tokens_of_parts(LEAST_COSTS, null=0),
    Extent.USUAL: _tokens_of_parts(USUAL_COSTS, null=1),
    Extent.MOST: _tokens_of_parts(MOST_COSTS, null=0),  # its turn has the room already
}
"""The tokens of each part of the template, by extent."""
