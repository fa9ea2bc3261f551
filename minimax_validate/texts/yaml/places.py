"""Find where pointers sit in YAML text; slow beside composing, so it runs only on texts that have findings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from minimax_validate.texts.spans import Span, Wanted
from minimax_validate.texts.yaml.problem import YamlProblem
from minimax_validate.texts.yaml.walk import Kind, Token, walk

_Wanted = dict[str | int, Any]  # a trie of all wanted pointers


class _Node:
    """A value in the text; ``members`` are those that somebody asks for, or all of them where an alias may."""

    __slots__ = ("end", "is_mapping", "key", "members", "merged", "opening", "stands_for", "start")

    def __init__(self, span: Span, key: Span | None = None, is_mapping: bool = False) -> None:
        self.start, self.end = span
        self.key = key
        self.is_mapping = is_mapping
        self.opening: Span | None = None
        self.members: dict[str | int, _Node] = {}
        self.merged: list[_Node] = []  # those that count most first
        self.stands_for: _Node | None = None


class _Open:
    """A collection that the walk is inside of.

    ``node`` is None where nobody asks for it, and ``keeps`` is whether all of it is noted.
    """

    __slots__ = ("index", "is_mapping", "keeps", "key", "merges", "node", "wanted")

    def __init__(self, node: _Node | None, wanted: _Wanted | None, keeps: bool, is_mapping: bool) -> None:
        self.node = node
        self.wanted = wanted
        self.keeps = keeps
        self.is_mapping = is_mapping
        self.index = 0
        self.key: tuple[Any, Span] | None = None
        self.merges = False


def locate_yaml(text: str, places: Iterable[Wanted]) -> Mapping[Wanted, Span]:
    """Find places in the first document of a text, all of them in one walk.

    ``value`` is every character of the value: a scalar with its quotes or its indicator, without tag and anchor; a
    collection from bracket to bracket, or from its first key or dash to the end of its last value. What is left out is
    right after its colon, and has no characters. ``key`` is the token of the key, and the value where an index or
    nothing leads to it. ``opening`` is the bracket that opens the value, the dash or key that begins it where it has
    none, and the value where it is no collection.

    An alias is its own place, and what is inside of it is where its anchor stands; so is what ``<<`` brings in. Where a
    key stands twice in a mapping, the last one counts. A place that is not in the text gets the value of its nearest
    ancestor that is; the text may hold anything, and nothing is raised.
    """
    asked = tuple(places)
    wanted: _Wanted = {}
    for pointer, _ in asked:
        inside = wanted
        for step in pointer:
            inside = inside.setdefault(step, {})
    root = _document(text, wanted) or _Node(Span(len(text), len(text)), None)
    return {place: _span(root, place) for place in asked}


def _span(root: _Node, place: Wanted) -> Span:
    pointer, focus = place
    node = root
    for step in pointer:
        child = _member(node, step)
        if child is None:
            return Span(node.start, node.end)
        node = child
    if focus == "key" and node.key is not None:
        return node.key
    if focus == "opening" and node.opening is not None:
        return node.opening
    return Span(node.start, node.end)


def _member(node: _Node, step: str | int) -> _Node | None:
    """A member of a collection, its own or one that is merged into it; no mapping is looked into twice."""
    seen: set[int] = set()
    nodes = [node]
    while nodes:
        node = nodes.pop()
        node = node.stands_for or node
        if id(node) in seen:
            continue
        if step in node.members and (node.is_mapping or not seen):
            return node.members[step]
        # What << takes is a mapping, or a list of them.
        nodes.extend(reversed(node.merged if node.is_mapping or not seen else node.members.values()))
        seen.add(id(node))
    return None


def _document(text: str, wanted: _Wanted) -> _Node | None:
    """The node of the first document, with what is wanted in it; None where there is no document."""
    around: list[_Open] = []
    anchors: dict[str, tuple[_Node, Any]] = {}  # with the value of a scalar, which may be a key elsewhere
    root: _Node | None = None
    try:
        for token in walk(text):
            if token.kind is Kind.END:
                return root
            if token.kind is Kind.CLOSE:
                closed = around.pop().node
                if closed is not None:
                    closed.end = token.span.end
                continue
            target, value = (
                anchors.get(token.anchor or "", (None, None)) if token.kind is Kind.ALIAS else (None, token.value)
            )
            inside = around[-1] if around else None
            node: _Node | None = _Node(token.span)
            below: _Wanted | None = None
            keeps = False
            if inside is None:
                below, keeps = wanted, token.anchor is not None
                root = node
            elif not token.is_key:
                node, below, keeps = _noted(token, inside)
            else:
                inside.key = value, token.span
                inside.merges = token.is_merge
                if inside.node is not None and inside.node.opening is None:
                    inside.node.opening = token.span
            if node is not None and token.kind is Kind.ALIAS:
                node.stands_for = target
            elif node is not None and token.anchor is not None:
                anchors[token.anchor] = node, value
            if token.kind is Kind.OPEN:
                if node is not None:
                    node.opening = token.span if token.span.end > token.span.start else None
                    node.is_mapping = token.is_mapping
                around.append(_Open(node, below, keeps, token.is_mapping))
    except YamlProblem:
        pass
    for left in around:
        if left.node is not None:
            left.node.end = len(text)
    return root


def _noted(token: Token, inside: _Open) -> tuple[_Node | None, _Wanted | None, bool]:
    """The node of a member, put into its collection; what is wanted in it, and whether all of it is noted.

    Nobody asks for most members: they have no node.
    """
    key, key_span = inside.key if inside.is_mapping and inside.key else (inside.index, None)
    inside.index += 1
    merges = inside.is_mapping and inside.merges
    keeps = inside.keeps or merges or (token.anchor is not None and token.kind is not Kind.ALIAS)
    is_step = isinstance(key, str) or type(key) is int
    below: _Wanted | None = inside.wanted.get(key) if inside.wanted is not None and is_step and not merges else None
    if below is None and not keeps:
        return None, None, False
    node = _Node(token.span, key_span)
    if inside.node is not None and merges:
        inside.node.merged.append(node)
    elif inside.node is not None and is_step:
        inside.node.members[key] = node
    return node, below, keeps
