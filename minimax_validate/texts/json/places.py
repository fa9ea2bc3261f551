"""Find where pointers sit in JSON text; slow beside parsing, so it runs only on texts that have findings."""

from __future__ import annotations

import json
import re
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import TypeAlias, cast

from minimax_validate.texts.spans import BYTE_ORDER_MARK, JSON_STRING, Span, Wanted
from minimax_validate.values.diagnostic import Focus
from minimax_validate.values.pointer import Pointer

_Match: TypeAlias = Callable[[str, int], "re.Match[str]"]
# Both match nothing as well, so there is always a match.
_SPACE = cast("_Match", re.compile(r"[ \t\n\r]*+").match)
_BETWEEN = cast("_Match", re.compile(r"[ \t\n\r,:]*+").match)
_NO_BRACKETS = rf'[^"\[\]{{}}]*+(?:{JSON_STRING}[^"\[\]{{}}]*+)*+'
_UP_TO_BRACKET = re.compile(_NO_BRACKETS, re.DOTALL)
# Half of a character beyond U+FFFF is escaped by itself; together the two spell one.
_CHARACTER = re.compile(r"\\u[dD][89abAB]..\\u[dD][c-fC-F]..|\\u....|\\.|.", re.DOTALL)
KEY_TOKEN = re.compile(rf"({JSON_STRING})[ \t\n\r]*+:?[ \t\n\r]*+", re.DOTALL)


_FEW = 3
"""Places that are found one after the other faster than together."""

_LEVELS = 8
"""Levels of nesting that one expression skips; it grows with each."""


@cache
def _values() -> re.Pattern[str]:
    """A value that nests few levels (group 1), and what may stand between it and the next one.

    Only texts with findings need it, and its compilation takes longer than many checks.
    """
    container = rf"[\[{{]{_NO_BRACKETS}[\]}}]"
    for _ in range(_LEVELS - 1):
        container = rf"[\[{{]{_NO_BRACKETS}(?:{container}{_NO_BRACKETS})*+[\]}}]"
    return re.compile(rf'({JSON_STRING}|[^"\[\]{{}},:\s]++|{container})[ \t\n\r,:]*+', re.DOTALL)


class _Node:
    """A value that somebody asks for, or that holds one: a trie of all wanted pointers.

    ``visit`` numbers the last time the walk met this value, ``within`` is the visit of its parent at that time. With a
    key given twice the walk meets a value twice, and what was found inside the earlier one is out of date: it is within
    another visit.
    """

    __slots__ = ("children", "end", "key", "opens", "start", "visit", "within")

    def __init__(self) -> None:
        self.children: dict[str | int, _Node] = {}
        self.start = self.end = 0
        self.key: Span | None = None
        self.opens = False
        self.visit = 0
        self.within = 0


class _Open:
    """A container that the walk is inside of, and the index of its next element."""

    __slots__ = ("index", "is_object", "node")

    def __init__(self, node: _Node, is_object: bool) -> None:
        self.node = node
        self.is_object = is_object
        self.index = 0


def locate_json(text: str, places: Iterable[Wanted]) -> Mapping[Wanted, Span]:
    """Find places in JSON text, all of them in one walk that enters only the containers it has to.

    ``value`` is every character of the value; ``key`` is the token of the key with its quotes, and the value where an
    index or nothing leads to it; ``opening`` is the bracket that opens the value, and the value where it is no
    container. Where a key stands twice in an object, the last one counts, as for parsers. A place that is not in the
    text gets the value of its nearest ancestor that is; the text may hold anything, and nothing is raised.
    """
    wanted = tuple(dict.fromkeys(places))
    if len(wanted) <= _FEW:
        found = {place: _descend(text, *place) for place in wanted}
        if None not in found.values():
            return cast("dict[Wanted, Span]", found)
    root = _trie(pointer for pointer, _ in wanted)
    _walk(text, root)
    return {place: _span(root, place) for place in wanted}


def too_deep(text: str, max_depth: int) -> bool:
    """Whether brackets outside of strings nest more than ``max_depth`` levels; stops where they do."""
    if text.count("[") + text.count("{") <= max_depth:
        return False
    return any(depth > max_depth for _, depth in _brackets(text, 0))


def spelled(token: str) -> str:
    """What a string token with its quotes spells.

    What is between the quotes as it stands, where an escape is broken.
    """
    if "\\" in token:
        try:
            return str(json.loads(token, strict=False))
        except ValueError:
            pass
    return token[1:-1]


def _descend(text: str, pointer: Pointer, focus: Focus) -> Span | None:
    """One place in well-formed text, which is read no further than necessary; None if only the walk finds it."""
    skip, between, key_token = _values().match, _BETWEEN, KEY_TOKEN.match
    at = blank_end(text, text.startswith(BYTE_ORDER_MARK))
    key: re.Match[str] | None = None
    for step in pointer:
        key = None
        bracket = text[at : at + 1]
        at = between(text, at + 1).end()
        if isinstance(step, int):
            if bracket != "[":
                return None
            for _ in range(step):
                skipped = skip(text, at)
                if skipped is None:
                    return None
                at = skipped.end()
            continue
        if bracket != "{":
            return None
        # Of a key that is given twice, the last one counts.
        is_once = "\\" not in text and text.count(f'"{step}"') == 1
        while (token := key_token(text, at)) is not None:
            if spelled(token[1]) == step:
                key = token
                if is_once:
                    break
            skipped = skip(text, token.end())
            if skipped is None:
                return None
            at = skipped.end()
        if key is None or (token is None and text[at : at + 1] != "}"):
            return None
        at = key.end()
    if focus == "key" and key is not None:
        return Span(*key.span(1))
    if focus == "opening" and text[at : at + 1] in ("{", "["):
        return Span(at, at + 1)
    value = skip(text, at)
    return value and Span(*value.span(1))


def _trie(pointers: Iterable[Pointer]) -> _Node:
    root = _Node()
    for pointer in pointers:
        node = root
        for step in pointer:
            node = node.children.get(step) or node.children.setdefault(step, _Node())
    return root


def _span(root: _Node, place: Wanted) -> Span:
    pointer, focus = place
    node = root
    for step in pointer:
        child = node.children[step]
        if child.within != node.visit:
            return Span(node.start, node.end)
        node = child
    if focus == "key" and node.key is not None:
        return node.key
    if focus == "opening" and node.opens:
        return Span(node.start, node.start + 1)
    return Span(node.start, node.end)


def _walk(text: str, root: _Node) -> None:
    visits = 0
    around: list[_Open] = []  # a stack of our own: pointers may be longer than the interpreter's is deep

    def enter(node: _Node, at: int) -> int:
        """Note where a wanted value starts, and how far it goes unless something inside is wanted too."""
        nonlocal visits
        visits += 1
        node.visit = visits
        node.start = at
        node.opens = text[at : at + 1] in ("{", "[")
        if node.opens and node.children:
            around.append(_Open(node, text[at] == "{"))
            return at + 1
        node.end = value_end(text, at)
        return node.end

    skip, gap, key_token, length = _values().match, _BETWEEN, KEY_TOKEN.match, len(text)
    at = enter(root, blank_end(text, text.startswith(BYTE_ORDER_MARK)))
    while around:
        at = gap(text, at).end()
        if at == length:
            break
        inside = around[-1]
        if text[at] in ("}", "]"):
            at += 1
            inside.node.end = at
            around.pop()
            continue
        key = key_token(text, at) if inside.is_object else None
        if key is not None:
            child = inside.node.children.get(spelled(key[1]))
            at = key.end()
        else:
            child = None if inside.is_object else inside.node.children.get(inside.index)
            inside.index += 1
        if child is not None:
            child.within = inside.node.visit
            child.key = None if key is None else Span(*key.span(1))
            at = enter(child, at)
        elif skipped := skip(text, at):
            at = skipped.end()
        else:
            at = max(value_end(text, at), at + (key is None))  # what is no JSON at all must not stop the walk
    for inside in around:
        inside.node.end = len(text)


def blank_end(text: str, at: int) -> int:
    """The end of the white space at an offset."""
    return _SPACE(text, at).end()


def value_end(text: str, at: int) -> int:
    """The end of the value at an offset.

    Its own offset where there is none, and the text's end for one that is never closed.
    """
    found = _values().match(text, at)
    if found is not None:
        return found.end(1)
    char = text[at : at + 1]
    if char in ("{", "["):
        return next((end for end, depth in _brackets(text, at) if not depth), len(text))
    return len(text) if char == '"' else at


def _brackets(text: str, at: int) -> Iterator[tuple[int, int]]:
    """The offset after each bracket outside of strings, and how many are open there.

    Parsing and throwing the value away would be as fast, but parsers recurse: on deep text they raise, or end the
    interpreter.
    """
    match = _UP_TO_BRACKET.match
    depth = 0
    while (found := match(text, at)) is not None and found.end() < len(text):
        at = found.end() + 1
        if text[at - 1] == '"':
            return
        depth += 1 if text[at - 1] in ("[", "{") else -1
        yield at, depth


def string_offsets(text: str, token: Span, value: str) -> Callable[[int], int] | None:
    """Where each code point of what a string token spells stands in a text, and the end of the last.

    None where that is not ``value``.
    """
    if not text[token.start : token.start + 1] == text[token.end - 1 : token.end] == '"':
        return None
    offsets = array("Q", (match.start() for match in _CHARACTER.finditer(text, token.start + 1, token.end - 1)))
    offsets.append(token.end - 1)
    return offsets.__getitem__ if len(offsets) == len(value) + 1 else None
