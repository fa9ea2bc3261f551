"""Edits in JSON text, with comments or without."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cached_property, lru_cache
from typing import Any

from minimax_validate.texts.edits.changes import changes
from minimax_validate.texts.edits.flow import write_flow
from minimax_validate.texts.edits.style import Style, reusable, style_of
from minimax_validate.texts.edits.tree import Container, Member
from minimax_validate.texts.json.places import KEY_TOKEN, blank_end, spelled, value_end
from minimax_validate.texts.replacement import Replacement, UnwritableError, in_order
from minimax_validate.texts.spans import BYTE_ORDER_MARK, Span
from minimax_validate.values.diagnostic import Edit
from minimax_validate.values.pointer import Pointer


class JsonTree:
    """A tree that looks only into the containers it is asked for."""

    def __init__(self, text: str, bare: str, plain: str) -> None:
        self.text = text
        self.bare = bare
        self._plain = plain
        self._containers: dict[Pointer, Container] = {}

    def root(self) -> Span:
        """The characters of the whole value."""
        start = blank_end(self.bare, self.bare.startswith(BYTE_ORDER_MARK))
        return Span(start, value_end(self.bare, start))

    def container(self, pointer: Pointer) -> Container:
        """See ``Tree``."""
        found = self._containers.get(pointer)
        if found is None:
            found = self._containers[pointer] = self._opened(self._span(pointer))
        return found

    @cached_property
    def style(self) -> Style:
        """How the text is written."""
        return style_of(self.bare)

    def value_of(self, span: Span) -> object:
        """See ``ValuedTree``."""
        return json.loads(self._plain[span.start : span.end])

    def _span(self, pointer: Pointer) -> Span:
        if not pointer:
            return self.root()
        member = self.container(pointer[:-1]).member(pointer[-1])
        if member is None:
            raise UnwritableError("there is no such value in the text")
        return member.value

    def _opened(self, span: Span) -> Container:
        text, at = self.bare, span.start
        if text[at : at + 1] not in ("{", "["):
            raise UnwritableError("an edit is inside of a value that is no container")
        is_object = text[at] == "{"
        members: list[Member] = []
        at = blank_end(text, at + 1)
        while at < span.end - 1:
            if text[at] == ",":
                at = blank_end(text, at + 1)
                continue
            start, key, step = at, None, len(members)
            token = KEY_TOKEN.match(text, at) if is_object else None
            if token is not None:
                key, at = Span(*token.span(1)), token.end()
            end = value_end(text, at)
            if end == at or (is_object and key is None):
                raise UnwritableError("the text is not JSON")
            members.append(Member(spelled(text[key.start : key.end]) if key else step, start, key, Span(at, end)))
            at = blank_end(text, end)
        return Container(span, is_object, False, tuple(members))


# What each of many findings would change in one text is asked one after the other.
_tree = lru_cache(1)(JsonTree)


def rewrite_json(
    text: str, edits: Iterable[Edit], bare: str | None = None, plain: str | None = None
) -> tuple[Replacement, ...]:
    """What edits of a JSON value change in its text.

    ``bare`` is the text without its comments and ``plain`` the same without last commas too, each character at its
    place.

    Raises:
        UnwritableError: they cannot be carried out in it.
    """
    bare = text if bare is None else bare
    tree = _tree(text, bare, bare if plain is None else plain)
    wanted = list(edits)
    if any(not edit.pointer for edit in wanted):
        return _whole(tree, wanted, tree.style)
    found: list[Replacement] = []
    for changed in changes(tree, wanted):
        speller = tree.style.with_known(reusable(tree, changed))
        found += write_flow(tree, changed, speller)
    return in_order(found)


def _whole(tree: JsonTree, edits: list[Edit], style: Style) -> tuple[Replacement, ...]:
    if len(edits) != 1 or edits[0].operation != "set":
        raise UnwritableError("a value cannot be both put anew and changed")
    value: Any = edits[0].value
    return (Replacement(tree.root(), style.inline(value)),)
