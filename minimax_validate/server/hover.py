"""What the editor shows of the place under the pointer: the page of a rule, or the tokens of a message."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from minimax_validate.analysis import Analysis, Part, TextFinding
from minimax_validate.output.rule_pages.markdown import markdown
from minimax_validate.request.account import Account, account
from minimax_validate.request.envelope import bundled, open_envelope
from minimax_validate.rules.catalogue import BY_CODE
from minimax_validate.texts.spans import Span
from minimax_validate.tokens.counter import CounterError
from minimax_validate.tokens.prompt import ESTIMATE, LOWER, UPPER
from minimax_validate.values.limits import Limits
from minimax_validate.values.plain import to_plain
from minimax_validate.values.pointer import Pointer, value_at
from minimax_validate.values.wording import cut

_LONGEST_ROLE = 20


@dataclass(frozen=True, slots=True)
class Shown:
    """A text in Markdown, and the span that it is about."""

    text: str
    span: Span


def page_at(analysis: Analysis, marked: Sequence[Span], offset: int) -> Shown | None:
    """The pages of the rules whose findings are at a place, those of the smallest span first; None without any.

    ``marked`` is the span of each finding.
    """
    found = sorted(
        (pair for pair in zip(marked, analysis.findings, strict=True) if _holds(pair[0], offset)),
        key=lambda pair: pair[0].end - pair[0].start,
    )
    if not found:
        return None
    pages: dict[str, str] = {}
    for _, finding in found:
        pages.setdefault(finding.diagnostic.code, f"{_told(finding)}{markdown(BY_CODE[finding.diagnostic.code])}")
    return Shown("\n---\n\n".join(pages.values()), found[0][0])


def _told(finding: TextFinding) -> str:
    fix = finding.diagnostic.fix
    return f"Fix{'' if fix.safe else ' (unsafe)'}: {_plain(fix.message)}\n\n" if fix else ""


def _plain(text: str) -> str:
    """Words of a payload, which are not to be Markdown of ours."""
    return "".join(f"\\{letter}" if letter in "\\*_[]<>#" else letter for letter in text).replace("\n", " ")


def tokens_at(analysis: Analysis, offset: int, limits: Limits) -> Shown | None:
    """The tokens of the message at a place, or of the tools, with those of the whole prompt; None elsewhere."""
    for part in analysis.parts:
        document = part.checked.document
        if document.program is None and _holds(Span(part.start, part.start + len(document.source.text)), offset):
            for pointer, payload in document.payloads():
                shown = _tokens_in(part, pointer, payload, offset, limits)
                if shown is not None:
                    return shown
    return None


def _tokens_in(part: Part, pointer: Pointer, payload: object, offset: int, limits: Limits) -> Shown | None:
    plain = to_plain(payload)[0]
    for inner in bundled(plain) or ((),):
        value: Any = value_at(plain, inner)
        places = dict(_counted(value))
        spans = part.checked.document.locate(
            part.checked.document.source.text, [((*pointer, *inner, *place), "value") for place in places]
        )
        for place, index in places.items():
            span = spans[(*pointer, *inner, *place), "value"]
            if _holds(Span(span.start + part.start, span.end + part.start), offset):
                try:
                    counted = account(value, limits)
                except CounterError:
                    return None
                text = counted and _tokens(counted, index)
                return Shown(text, Span(span.start + part.start, span.end + part.start)) if text else None
    return None


def _counted(payload: object) -> Iterator[tuple[Pointer, int | None]]:
    """What is counted by itself: the pointer of each message, with its index, and that of the tools, with None."""
    envelope = open_envelope(payload)
    if envelope.inputs is not None:
        messages, tools = envelope.inputs.get("messages"), envelope.inputs.get("tools")
        if isinstance(messages, list):
            start = (*envelope.pointer, *("messages",)[envelope.made_up :])
            yield from (((*start, index), index) for index in range(len(messages)))
        if isinstance(tools, list):
            yield (*envelope.pointer, "tools"), None


def _tokens(counted: Account, index: int | None) -> str:
    if index is None:
        head, figures = "Tools", counted.by_measure(lambda count: count.tools)
    else:
        known = [[message for message in count.messages if message.index == index][:1] for count in counted.counts]
        if not all(known):
            return ""
        role = cut(known[0][0].role, _LONGEST_ROLE)
        head = f"Message {index}{f' ({_plain(role)})' if role else ''}"
        figures = tuple(message.tokens for (message,) in known)
    whole = counted.by_measure(lambda count: count.total)
    names = [count.measure for count in counted.counts]
    return (
        f"{head}: {_figure(names, figures)}\n\n"
        f"Prompt: {_figure(names, whole)}; {counted.verdict.outcome.value}: {_plain(counted.verdict.describe())}"
    )


def _figure(measures: list[str], figures: tuple[int, ...]) -> str:
    by_name = dict(zip(measures, figures, strict=True))
    if by_name.keys() >= {LOWER.name, ESTIMATE.name, UPPER.name}:
        return (
            f"about {by_name[ESTIMATE.name]:,} tokens, "
            f"at least {by_name[LOWER.name]:,}, at most {by_name[UPPER.name]:,}"
        )
    return f"{figures[0]:,} tokens ({measures[0]})"


def _holds(span: Span, offset: int) -> bool:
    return span.start <= offset <= span.end
