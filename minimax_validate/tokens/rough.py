"""A rough count of a long prompt: one look at its texts, without the template.

Enough to let a request pass that is not close to its budget. What is certain to be too long, or may be, takes a count
of what the template makes of the request.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from minimax_validate.tokens.bounds import SEPARATOR, count_cuts, cuts_at_most
from minimax_validate.tokens.contents import to_json
from minimax_validate.tokens.costs import LEAST_COSTS, USUAL_COSTS, Costs
from minimax_validate.tokens.estimate import WEIGHTS_PER_TOKEN, weight_of
from minimax_validate.tokens.quick import may_hold_exponent
from minimax_validate.values.model import CIRCUMSTANCES

NOT_SEEN = 0.1
"""The part of an estimate that is kept free for what a rough count does not see: arguments are written anew."""

LONG = 4_096
"""Bytes a text on average from which on each is counted by itself. Short ones are laid together, for they are many."""

_PLAIN = frozenset({"role", "content"})
# The template writes neither of these, and no text of a thought is in them.
_NEVER_SHOWN = frozenset({"name", "tool_call_id"})
_TEXTS_BESIDE = ("reasoning_content", *CIRCUMSTANCES)


class _Unforeseen(Exception):
    """A message has a form of which only the template knows what becomes of it."""


@dataclass(slots=True)
class _Gathered:
    """The texts of a request, and how many of the template's own texts may be around them."""

    texts: list[str] = field(default_factory=list)
    frames: int = 0
    calls: int = 0
    parameters: int = 0
    written_anew: int = 0
    """Characters of arguments that are another when the template writes them, or bring one more."""

    def tokens_around(self, costs: Costs, tools: int) -> int:
        """The template's own tokens, at most."""
        fixed = costs.head + costs.default_system + costs.answer + len(CIRCUMSTANCES) * costs.circumstance
        frame = max(costs.turn + costs.thought, costs.first_result)
        of_calls = costs.first_call * self.calls + costs.parameter * self.parameters
        return fixed + frame * self.frames + of_calls + (costs.tools + costs.tool * tools if tools else 0)


class Rough(NamedTuple):
    """About how many tokens a prompt has, rather too many, and whether that few are no reason to look closer."""

    tokens: int
    fits: bool


def rough_count(messages: Sequence[object], tools: Sequence[object], budget: int, confidence: float) -> Rough | None:
    """Count a prompt roughly.

    It fits if its lower bound is certain not to be above ``budget``, and its estimate times ``confidence`` is hardly
    above it. None for a prompt that only the template can tell. Nothing is raised.
    """
    try:
        gathered = _gather(messages)
    except _Unforeseen:
        return None
    if tools:
        gathered.texts.append(to_json(tools))
    texts = [text.encode("utf-8", "surrogatepass") for text in gathered.texts if text]
    # An end of a text is a cut too, and whatever the template writes anew may bring two.
    least_around = gathered.tokens_around(LEAST_COSTS, len(tools)) + len(texts) + 2 * gathered.written_anew
    usual_around = gathered.tokens_around(USUAL_COSTS, len(tools)) + len(texts) // 4
    if sum(map(len, texts)) < LONG * len(texts):
        texts = [SEPARATOR.join(texts)]
    cuts = [cuts_at_most(text) for text in texts]
    if sum(cuts) + least_around > budget:
        cuts = [count_cuts(text) for text in texts]
        if sum(cuts) + least_around > budget:
            return Rough(sum(cuts) + usual_around, fits=False)
    estimates = [weight_of(text) // WEIGHTS_PER_TOKEN for text in texts]
    usual = sum(map(max, estimates, cuts)) + usual_around
    return Rough(usual, fits=usual * confidence <= (1 - NOT_SEEN) * budget)


def _gather(messages: Sequence[object]) -> _Gathered:
    gathered = _Gathered()
    for message in messages:
        if not isinstance(message, dict):
            continue
        gathered.frames += 1
        content = message.get("content")
        if isinstance(content, str):
            gathered.texts.append(content)
        elif isinstance(content, list):
            gathered.frames += len(content)
            gathered.texts += _texts_of(content)
        elif content is not None:
            raise _Unforeseen
        if not _PLAIN.issuperset(message):
            _gather_the_rest(message, gathered)
    return gathered


def _texts_of(parts: Sequence[object]) -> Iterator[str]:
    for part in parts:
        if isinstance(part, str):
            yield part
        elif isinstance(part, dict) and "output" not in part and isinstance(part.get("text"), str):
            yield part["text"]
        elif not (isinstance(part, dict) and isinstance(part.get("image_url"), dict)):
            raise _Unforeseen


def _gather_the_rest(message: Mapping[str, Any], gathered: _Gathered) -> None:
    """Take what a message shows besides its content."""
    for key in _TEXTS_BESIDE:
        if isinstance(message.get(key), str):
            gathered.texts.append(message[key])
    details = message.get("reasoning_details")
    if isinstance(details, list):
        gathered.texts += [
            item["text"] for item in details if isinstance(item, dict) and isinstance(item.get("text"), str)
        ]
    calls = message.get("tool_calls")
    if isinstance(calls, list):
        for call in calls:
            _gather_call(call, gathered)


def _gather_call(call: object, gathered: _Gathered) -> None:
    function = call.get("function") if isinstance(call, dict) else None
    name, arguments = (function.get("name"), function.get("arguments")) if isinstance(function, dict) else (None, None)
    if not isinstance(name, str) or not isinstance(arguments, str) or may_hold_exponent(arguments):
        raise _Unforeseen
    gathered.texts += (name, arguments)
    gathered.calls += 1
    gathered.parameters += arguments.count(":")
    gathered.written_anew += arguments.count("\\") + arguments.count(",") + arguments.count(":")
