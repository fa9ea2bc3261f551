"""Read what a page of documentation leaves out, `...` and comments in its place, as parts that are not known."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

from minimax_validate.source_code.values import NOWHERE, Array, Choice, Entry, Hole, Item, Known, Node, Object, Rest
from minimax_validate.texts.source.sites.site import Site
from minimax_validate.texts.source.syntax import Syntax
from minimax_validate.texts.spans import Span

_DOTS = re.compile(r"\.\.\.|…")
_ONLY_DOTS = re.compile(r"\s*(?:\.\.\.|…)\s*")
_LINE_OF_DOTS = re.compile(r"^[ \t]*(?:\.\.\.|…)[ \t;]*\r?$", re.MULTILINE)

_Member = TypeVar("_Member", Item, Entry)


def elided(syntax: Syntax, site: Site) -> Site:
    """A site of an example, without what is only hinted at.

    A text of dots is not known. A comment with dots in a container, and any comment in an empty one, stands for members
    that are not known. If there are dots anywhere, what stands outside of the site may be changed where they are.
    """
    comments = tuple(syntax.comments())
    dots = tuple(comment for comment in comments if _DOTS.search(syntax.text, *comment))
    is_cut = bool(dots) or _LINE_OF_DOTS.search(syntax.text) is not None
    reader = _Reader(site, comments, dots, is_cut)
    root = reader.read(site.root)
    return replace(site, root=root, borrowed=reader.borrowed) if isinstance(root, Object) else site


@dataclass(slots=True)
class _Reader:
    """Makes a value anew; what several places have in the old one is remembered of the new one."""

    site: Site
    comments: tuple[Span, ...]
    dots: tuple[Span, ...]
    is_cut: bool
    borrowed: frozenset[int] = frozenset()

    def read(self, node: Node) -> Node:
        made = self._read(node)
        if id(node) in self.site.borrowed:
            self.borrowed |= {id(made)}
        return made

    def _read(self, node: Node) -> Node:
        match node:
            case Known(value=str(text)) if _ONLY_DOTS.fullmatch(text):
                return Hole("string", f'"{text}"', node.span)
            case Choice():
                return Choice(tuple(map(self.read, node.branches)), node.span)
            case Array():
                if self._may_change(node):
                    return Hole("array", "", node.span)
                return Array(tuple(self._with_rests(node, [self._item(item) for item in node.items])), node.span)
            case Object():
                if self._may_change(node):
                    return Hole("object", "", node.span)
                entries = [
                    entry if isinstance(entry, Rest) else replace(entry, value=self.read(entry.value))
                    for entry in node.entries
                ]
                return Object(tuple(self._with_rests(node, entries)), node.span)
        return node

    def _item(self, item: Item | Rest) -> Item | Rest:
        if isinstance(item, Rest):
            return item
        if isinstance(item.value, Hole) and item.value.text == "...":
            return Rest("", item.span)
        return replace(item, value=self.read(item.value))

    def _may_change(self, node: Array | Object) -> bool:
        start, end = self.site.span
        return self.is_cut and not start <= node.span[0] <= node.span[1] <= end

    def _with_rests(self, node: Array | Object, members: Iterable[_Member | Rest]) -> Iterator[_Member | Rest]:
        """The members of a container, and a rest for each comment among them that stands for some."""
        members = list(members)
        start, end = node.span
        comments = self.dots if members else self.comments
        first, last = (bisect_left(comments, offset, key=lambda span: span.start) for offset in (start, end))
        # Members that are spread in stand elsewhere, or several in one place.
        within = Covered(member.span for member in members)
        left = deque(comment.start for comment in comments[first:last] if comment.start not in within)
        for member in members:
            while left and left[0] < member.span[0]:
                left.popleft()
                yield Rest("", NOWHERE)
            yield member
        yield from (Rest("", NOWHERE) for _ in left)


class Covered:
    """The offsets that any of several spans has; each is asked for after those before it."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self._left = sorted(spans, reverse=True)
        self._end = 0

    def __contains__(self, offset: int) -> bool:
        while self._left and self._left[-1][0] <= offset:
            self._end = max(self._end, self._left.pop()[1])
        return offset < self._end
