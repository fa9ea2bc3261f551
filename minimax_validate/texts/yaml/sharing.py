"""Where the values of a YAML text are written that its anchors, aliases and ``<<`` share."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from minimax_validate.texts.yaml.problem import YamlProblem
from minimax_validate.texts.yaml.walk import Kind, Token, first_document
from minimax_validate.values.pointer import Pointer


class _Node:
    """A value as it is written: ``place`` is the pointer to it there, None where no pointer leads."""

    __slots__ = ("is_mapping", "members", "merged", "place", "target")

    def __init__(self, place: Pointer | None, is_mapping: bool = False) -> None:
        self.place = place
        self.is_mapping = is_mapping
        self.members: dict[str | int, _Node] = {}
        self.merged: list[_Node] = []  # what << takes: mappings, or lists of them
        self.target: _Node | None = None  # what an alias stands for

    def value(self) -> _Node:
        """What is written where an alias stands for it."""
        node = self
        while node.target is not None:
            node = node.target
        return node

    def effective(self) -> dict[str | int, _Node]:
        """The members, with those that ``<<`` brings in."""
        if not self.merged:
            return self.members
        found: dict[str | int, _Node] = {}
        for mapping in reversed(list(self._mappings())):
            found.update(mapping.effective())
        return found | self.members

    def _mappings(self) -> Iterator[_Node]:
        for merged in self.merged:
            node = merged.value()
            if node.is_mapping:
                yield node
            else:
                yield from (item.value() for item in node.members.values())


class Sharing:
    """The values of one document that are written once and stand in several places.

    A pointer leads through aliases and ``<<``; the place of a value is the pointer to where it is written.
    """

    def __init__(self, root: _Node) -> None:
        self._root = root

    def place(self, pointer: Pointer, *, of_key: bool = False) -> Pointer:
        """Where the value at a pointer is written, or the key that holds it; the pointer itself where nobody knows."""
        node = self._member(pointer)
        if node is None:
            return pointer
        found = (node if of_key else node.value()).place
        return pointer if found is None else found

    def has(self, pointer: Pointer) -> bool:
        """Whether a pointer leads to a value."""
        return self._member(pointer) is not None

    def pointers(self, place: Pointer, *, of_key: bool = False) -> tuple[Pointer, ...]:
        """All pointers that lead to what is written at a place."""
        wanted = self._member(place)
        if wanted is None:
            return (place,)
        wanted = wanted if of_key else wanted.value()
        return tuple(self._leading_to(wanted, of_key))

    def _member(self, pointer: Pointer) -> _Node | None:
        node = self._root
        for step in pointer:
            member = node.value().effective().get(step)
            if member is None:
                return None
            node = member
        return node

    def _leading_to(self, wanted: _Node, of_key: bool) -> Iterator[Pointer]:
        known: dict[int, bool] = {}
        members: dict[int, dict[str | int, _Node]] = {}

        def is_it(node: _Node) -> bool:
            return (node if of_key else node.value()) is wanted

        def below(node: _Node) -> dict[str | int, _Node]:
            return members.setdefault(id(node), node.value().effective())

        # What is below a value is known before the value: no depth of nesting may end the interpreter.
        stack = [(self._root, False)]
        while stack:
            node, done = stack.pop()
            if done:
                known[id(node)] = is_it(node) or any(known[id(member)] for member in below(node).values())
            elif id(node) not in known:
                known[id(node)] = False
                stack.append((node, True))
                stack += [(member, False) for member in below(node).values()]
        open_: list[tuple[_Node, Pointer]] = [(self._root, ())]
        while open_:
            node, pointer = open_.pop()
            if is_it(node):
                yield pointer
            open_ += [(member, (*pointer, step)) for step, member in reversed(below(node).items()) if known[id(member)]]


@lru_cache(1)
def sharing(text: str) -> Sharing | None:
    """What the first document of a text shares; None if nothing, or if the text is no YAML."""
    if "*" not in text:
        return None
    try:
        root, aliases = _read(text)
    except YamlProblem:
        return None
    return Sharing(root) if aliases and root is not None else None


class _Open:
    """A collection that is being read, and the key that waits for its value."""

    __slots__ = ("is_merge", "key", "node")

    def __init__(self, node: _Node) -> None:
        self.node = node
        self.key: Any = None
        self.is_merge = False

    def child(self, token: Token) -> _Node:
        """The node of the next member, put into its place."""
        node = self.node
        if node.is_mapping and self.is_merge:
            child = _Node(None, token.is_mapping)
            node.merged.append(child)
            return child
        step = self.key if node.is_mapping else len(node.members)
        is_step = isinstance(step, str) or type(step) is int
        child = _Node((*node.place, step) if node.place is not None and is_step else None, token.is_mapping)
        node.members[step if is_step else str(step)] = child
        return child


def _read(text: str) -> tuple[_Node | None, int]:
    """The first document of a text, and how many aliases there are in it."""
    root: _Node | None = None
    around: list[_Open] = []
    anchors: dict[str, tuple[_Node, Any]] = {}
    aliases = 0
    for token in first_document(text):
        if token.kind is Kind.CLOSE:
            around.pop()
            continue
        target, value = (
            anchors.get(token.anchor or "", (None, None)) if token.kind is Kind.ALIAS else (None, token.value)
        )
        aliases += token.kind is Kind.ALIAS
        if token.is_key and around:
            around[-1].key, around[-1].is_merge = value, token.is_merge
            if token.kind is Kind.SCALAR and token.anchor is not None:
                anchors[token.anchor] = _Node(None), value
            continue
        node = around[-1].child(token) if around else _Node((), token.is_mapping)
        root = root or node
        if token.kind is Kind.ALIAS:
            node.target = target
        elif token.anchor is not None:
            anchors[token.anchor] = node, value
        if token.kind is Kind.OPEN:
            around.append(_Open(node))
    return root, aliases
