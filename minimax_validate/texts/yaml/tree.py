"""What a YAML text is made of: the containers of its first document, with their dashes and colons."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from minimax_validate.texts.edits.layout import line_start
from minimax_validate.texts.edits.tree import Container, Member
from minimax_validate.texts.replacement import UnwritableError
from minimax_validate.texts.spans import Span
from minimax_validate.texts.yaml.comments import comments
from minimax_validate.texts.yaml.walk import Kind, first_document
from minimax_validate.values.pointer import Pointer

_SPACE = re.compile(r"[ \t\r\n]*+")
_COLON = re.compile(r"[ \t\r\n]*+:")
_INK = re.compile(r"[^\r\n]")


@dataclass(slots=True)
class _Node:
    """A value that has been parsed: ``start`` and ``end`` without tag and anchor.

    ``members`` with the span of their key, if any.
    """

    start: int
    end: int
    kind: Kind = Kind.SCALAR
    is_mapping: bool = False
    value: Any = None
    members: list[tuple[Any, Span | None, _Node]] = field(default_factory=list)


class YamlTree:
    """All containers of a document; see ``Tree``.

    Raises:
        YamlProblem: the text is no YAML.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.bare = _without_comments(text)
        self._root = _parsed(text)
        self._containers: dict[Pointer, tuple[Container, _Node]] = {}
        self._values: dict[Span, Any] = {}

    def container(self, pointer: Pointer) -> Container:
        """See ``Tree``."""
        return self._opened(pointer)[0]

    def value_of(self, span: Span) -> object:
        """See ``ValuedTree``."""
        return self._values[span]

    def _opened(self, pointer: Pointer) -> tuple[Container, _Node]:
        found = self._containers.get(pointer)
        if found is None:
            node, sign = self._root, self._root.start
            if pointer:
                container, around = self._opened(pointer[:-1])
                number = container.number(pointer[-1])
                if number is None:
                    raise UnwritableError("there is no such value in the text")
                member, node = container.members[number], around.members[number][2]
                sign = self._sign(member.key, member.start, is_block=container.is_block)
            if node.kind is not Kind.OPEN:
                raise UnwritableError("an edit is inside of what is no container here, or of what an alias stands for")
            found = self._containers[pointer] = self._container(node, sign), node
        return found

    def _container(self, node: _Node, sign: int) -> Container:
        text = self.bare
        is_block = text[node.start] not in "{["
        column = node.start - line_start(text, node.start)
        dash = re.compile(rf"^ {{{column}}}-(?=[ \t\r\n]|\Z)", re.MULTILINE)
        members: list[Member] = []
        before = node.start if is_block else node.start + 1
        for number, (step, key, inner) in enumerate(node.members):
            start = self._ink(before) if not is_block or node.is_mapping or not number else self._dash(dash, before)
            if text[start : start + 1] == ",":
                start = self._ink(start + 1)
            value = self._value_span(inner, key, start, is_block=is_block)
            self._values[value] = _value_of(inner)
            members.append(Member(step, start, key, value))
            before = value.end
        end = before if is_block else node.end
        return Container(Span(node.start, end), node.is_mapping, is_block, tuple(members), sign)

    def _value_span(self, node: _Node, key: Span | None, start: int, *, is_block: bool) -> Span:
        """Where a value stands, with its tag and anchor; right after its colon or dash where it has no characters."""
        begins = self._ink(self._sign(key, start, is_block=is_block))
        return Span(min(begins, node.start), node.end)

    def _sign(self, key: Span | None, start: int, *, is_block: bool) -> int:
        """The offset behind the colon or the dash of a member."""
        if key is None:
            return start + 1 if is_block else start
        colon = _COLON.match(self.bare, key.end)
        return colon.end() if colon else key.end

    def _ink(self, at: int) -> int:
        found = _SPACE.match(self.bare, at)
        assert found is not None, "no space is some, too"
        return found.end()

    def _dash(self, dash: re.Pattern[str], before: int) -> int:
        found = dash.search(self.bare, before)
        if found is None:
            raise UnwritableError("the dash of an item cannot be found")
        return found.end() - 1


def _without_comments(text: str) -> str:
    parts: list[str] = []
    done = 0
    for comment in comments(text):
        parts += (text[done : comment.span.start], _INK.sub(" ", comment.text))
        done = comment.span.end
    return "".join((*parts, text[done:]))


def _parsed(text: str) -> _Node:
    """The value of the first document."""
    holder = _Node(0, 0)
    around = [holder]
    key: list[tuple[Any, Span] | None] = [None]
    for token in first_document(text):
        if token.kind is Kind.CLOSE:
            around.pop().end = token.span.end
            key.pop()
            continue
        if token.is_key:
            # What << brings in is no member that an edit could speak of, nor is what an alias names.
            known = token.kind is Kind.SCALAR and not token.is_merge
            key[-1] = (token.value if known else None), token.span
            continue
        inside = around[-1]
        node = _Node(token.span.start, token.span.end, token.kind, token.is_mapping, token.value)
        step, span = key[-1] or (len(inside.members), None)
        inside.members.append((step, span, node))
        if token.kind is Kind.OPEN:
            around.append(node)
            key.append(None)
    if not holder.members:
        raise UnwritableError("the text holds no value")
    return holder.members[0][2]


def _value_of(node: _Node) -> Any:
    if node.kind is Kind.SCALAR:
        return node.value
    if node.kind is Kind.ALIAS:
        return _UNKNOWN
    if node.is_mapping:
        return {step: _value_of(member) for step, _, member in node.members}
    return [_value_of(member) for _, _, member in node.members]


_UNKNOWN = object()
"""What an alias stands for: equal to no value that is put in."""
