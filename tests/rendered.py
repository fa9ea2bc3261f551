"""The segments of a request laid together by message, as tests of counts read them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from minimax_validate.tokens.contents import messages_of
from minimax_validate.tokens.costs import Extent
from minimax_validate.tokens.counting import runs
from minimax_validate.tokens.segments import IMAGES, Kind, Segment
from minimax_validate.tokens.template import role_of, segments


@dataclass(frozen=True)
class Rendered:
    """One message: its ``texts`` that are counted, the ``overhead`` of the template around them, and its images."""

    index: int
    role: str
    texts: tuple[str, ...] = ()
    overhead: int = 0
    images: int = 0


@dataclass(frozen=True)
class Prompt:
    """All messages, the tools, and the ``overhead`` that belongs to neither."""

    messages: tuple[Rendered, ...]
    tools: tuple[str, ...]
    tools_overhead: int
    overhead: int


def render(body: Any, extent: Extent = Extent.USUAL) -> Prompt:
    """The segments of a request by message."""
    found = list(segments(body, extent))
    return Prompt(
        messages=tuple(
            Rendered(
                index, role_of(message), *_figures([each for each in found if each.pointer[:2] == ("messages", index)])
            )
            for index, message in enumerate(messages_of(body))
        ),
        tools=_texts([each for each in found if each.pointer[:1] == ("tools",)]),
        tools_overhead=_overhead([each for each in found if each.pointer[:1] == ("tools",)]),
        overhead=_overhead([each for each in found if not each.pointer]),
    )


def _figures(found: list[Segment]) -> tuple[tuple[str, ...], int, int]:
    return _texts(found), _overhead(found), sum(1 for each in found if each.name in IMAGES)


def _texts(found: list[Segment]) -> tuple[str, ...]:
    return tuple(
        "".join(each.text for each in run if each.kind is Kind.REQUEST)
        for run in runs(found)
        if run[0].kind is Kind.REQUEST
    )


def _overhead(found: list[Segment]) -> int:
    return sum(each.tokens or 0 for each in found if each.kind is Kind.TEMPLATE)
