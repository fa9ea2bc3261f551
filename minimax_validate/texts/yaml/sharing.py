"""Where the values of a YAML text are written that its anchors, aliases and ``<<`` share."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property, lru_cache
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
        """All pointers to a value, from each place where it stands up to the root; in the order of the text."""
        found: list[tuple[tuple[int, ...], Pointer]] = []
        holders, aliases = self._holders, self._aliases
        # The stack is our own: no depth of nesting may end the interpreter.
        open_: list[tuple[_Node, tuple[int, ...], Pointer]] = [
            (node, (), ()) for node in ((wanted,) if of_key else (wanted, *aliases.get(id(wanted), ())))
        ]
        while open_:
            node, numbers, pointer = open_.pop()
            if node is self._root:
                found.append((numbers, pointer))
            for holder, number, step in holders.get(id(node), ()):
                around = (number, *numbers), (step, *pointer)
                open_ += [(other, *around) for other in (holder, *aliases.get(id(holder), ()))]
        return (pointer for _, pointer in sorted(found, key=lambda each: each[0]))

    @cached_property
    def _holders(self) -> dict[int, list[tuple[_Node, int, str | int]]]:
        """The collections that hold a node, by its identity, each with the number and the step of the member."""
        found: dict[int, list[tuple[_Node, int, str | int]]] = {}
        for node in self._values:
            for number, (step, member) in enumerate(node.effective().items()):
                found.setdefault(id(member), []).append((node, number, step))
        return found

    @cached_property
    def _aliases(self) -> dict[int, list[_Node]]:
        """The aliases that stand for a value, by its identity."""
        aliases = {
            id(member): member
            for node in self._values
            for member in node.effective().values()
            if member.target is not None
        }
        found: dict[int, list[_Node]] = {}
        for alias in aliases.values():
            found.setdefault(id(alias.value()), []).append(alias)
        return found

    @cached_property
    def _values(self) -> tuple[_Node, ...]:
        """All values that a pointer leads to, each once."""
        found: dict[int, _Node] = {}
        stack = [self._root.value()]
        while stack:
            node = stack.pop()
            if id(node) not in found:
                found[id(node)] = node
                stack += [member.value() for member in node.effective().values()]
        return tuple(found.values())


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
        if self.is_merge:
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
        if token.is_key:
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
