"""A value with holes as plain data: what documents hold of it, what is compared after a fix, and where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from minimax_validate.source_code.values import (
    Absent,
    Array,
    Choice,
    Entry,
    Hole,
    Known,
    Node,
    Object,
    Rest,
    branches_of,
)
from minimax_validate.texts.source.sites.site import Site
from minimax_validate.texts.spans import Span, Wanted

HOLE, REST, CHOICE = "${", "...", "?"
"""How the parts begin that are not known."""


def outline(node: Node) -> Any:
    """A value as data: an expression is its text, a rest one member, and of a choice there are all branches."""
    match node:
        case Known():
            return node.value
        case Absent():
            return f"{HOLE}undefined}}"
        case Hole():
            return f"{HOLE}{node.text}}}"
        case Choice():
            written = [branch for branch in branches_of(node) if not isinstance(branch, Hole | Absent)]
            if len(written) == 1:
                return outline(written[0])
            return {f"{CHOICE}{number}": outline(branch) for number, branch in enumerate(written, 1)}
        case Array():
            return [f"{REST}{item.text}" if isinstance(item, Rest) else outline(item.value) for item in node.items]
        case _:
            found: dict[str, Any] = {}
            rests = 0
            for entry in node.entries:
                if isinstance(entry, Rest):
                    found[f"{REST}{rests}"] = entry.text
                    rests += 1
                else:
                    found[entry.key] = outline(entry.value)
            return found


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a part of a value stands: its value, and the key that it has."""

    node: Node | None
    span: Span
    key: Span | None = None


@dataclass(frozen=True, slots=True)
class Places:
    """Finds the parts of sites in the text that they were read from."""

    sites: tuple[Site, ...]

    def __call__(self, _: str, wanted: Iterable[Wanted]) -> Mapping[Wanted, Span]:
        """See ``Locate``."""
        return {place: self._span(place) for place in wanted}

    def _span(self, place: Wanted) -> Span:
        pointer, focus = place
        if not pointer or not isinstance(pointer[0], int) or pointer[0] >= len(self.sites):
            return Span(0, 0)
        site = self.sites[pointer[0]]
        here = Standing(site.root, site.span)
        for step in pointer[1:]:
            inner = step_into(here, step)
            if inner is None:
                return here.span
            here = inner
        # The inputs of a call have a key in its request, and none in the text: their bracket stands for it.
        is_unwritten = here.key == here.span and isinstance(here.node, Object)
        if focus == "key" and here.key is not None and not is_unwritten:
            return here.key
        if (focus == "opening" or (focus == "key" and is_unwritten)) and isinstance(here.node, Array | Object):
            return Span(here.span.start, here.span.start + 1)
        return here.span


def step_into(here: Standing, step: str | int) -> Standing | None:
    """One step of a pointer further; None where there is no such part."""
    node = here.node
    if isinstance(node, Choice):
        written = [branch for branch in branches_of(node) if not isinstance(branch, Hole | Absent)]
        if isinstance(step, str) and step.startswith(CHOICE) and step[1:].isdigit() and len(written) > 1:
            number = int(step[1:]) - 1
            return Standing(written[number], _span(written[number])) if number < len(written) else None
        if len(written) != 1:
            return None
        node = written[0]
    if isinstance(node, Array) and isinstance(step, int) and step < len(node.items):
        item = node.items[step]
        if isinstance(item, Rest):
            return Standing(None, _place(item.span))
        return Standing(item.value, _of(item.value))
    if isinstance(node, Object):
        entry = next((one for one in reversed(node.entries) if isinstance(one, Entry) and one.key == step), None)
        if entry is not None:
            return Standing(entry.value, _of(entry.value), _place(entry.key_span))
        rests = (one for one in node.entries if isinstance(one, Rest))
        places = (_place(one.span) for number, one in enumerate(rests) if step == f"{REST}{number}")
        return next((Standing(None, place, place) for place in places), None)
    return None


def _of(node: Node) -> Span:
    """The span of a value; of a choice with one written branch, of that."""
    if isinstance(node, Choice):
        written = [branch for branch in branches_of(node) if not isinstance(branch, Hole | Absent)]
        if len(written) == 1:
            return _span(written[0])
    return _span(node)


def _span(node: Node) -> Span:
    return _place(node.span)


def _place(place: tuple[int, int]) -> Span:
    return Span(*place)
