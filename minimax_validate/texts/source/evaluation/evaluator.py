"""What is known of an expression without running the program: a value with holes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from minimax_validate.source_code.values import (
    Absent,
    Array,
    Choice,
    Entry,
    Hole,
    Item,
    Known,
    Node,
    Object,
    Rest,
    Type,
    children,
)
from minimax_validate.texts.source.evaluation.joined import joined
from minimax_validate.texts.source.evaluation.paths import path_of
from minimax_validate.texts.source.evaluation.spreads import optional
from minimax_validate.texts.source.evaluation.uses import outcome_of
from minimax_validate.texts.source.syntax import (
    Argument,
    Arrays,
    Binding,
    Call,
    Either,
    Element,
    Handle,
    Literal_,
    Name,
    Objects,
    OnlyIf,
    Pair,
    Sum,
    Syntax,
    Template,
    Through,
    Typed,
    Undefined,
    Unknown,
)
from minimax_validate.texts.spans import Span

MOST_NODES = 20_000
"""Values in one request, all that constants stand for counted each time."""

_DEEPEST = 120
_MOST_USES = 200
_LONGEST = 60
"""Code points of an expression that is quoted."""

_CONVERTERS = frozenset({"to_js", "structuredClone", "Object.freeze", "dict", "list"})
"""Functions that give back what they are given."""
_TYPES: Mapping[str, Type] = {
    **dict.fromkeys(("String", "str"), "string"),
    **dict.fromkeys(("Number", "parseInt", "parseFloat", "float", "int"), "number"),
    **dict.fromkeys(("Boolean", "bool"), "boolean"),
}


class TooMuchError(Exception):
    """A value that is larger than any request."""


class BrokenError(Exception):
    """An expression that the parser did not understand."""


@dataclass(slots=True)
class Evaluator:
    """Evaluates expressions of one program; what a constant stands for is worked out once.

    ``borrowed`` are the values that stand for more than one place, by their identity: these are not changed.
    """

    syntax: Syntax
    borrowed: set[int] = field(default_factory=set)
    _known: dict[object, Node] = field(default_factory=dict)
    _open: set[object] = field(default_factory=set)
    _sizes: dict[int, int] = field(default_factory=dict)
    _kept: list[Node] = field(default_factory=list)

    def value(self, handle: Handle, depth: int = 0) -> Node:
        """The value of an expression.

        Raises:
            TooMuchError: there is too much of it.
            BrokenError: a part of it is no sound syntax.
        """
        if depth > _DEEPEST:
            raise TooMuchError
        node = self._value(handle, depth)
        self._measure(node)
        return node

    def _measure(self, node: Node) -> int:
        size = self._sizes.get(id(node))
        if size is None:
            size = 1 + sum(map(self._measure, children(node)))
            if size > MOST_NODES:
                raise TooMuchError
            self._sizes[id(node)] = size
            self._kept.append(node)  # an identity is good as long as its owner lives
        return size

    def _value(self, handle: Handle, depth: int) -> Node:
        syntax = self.syntax
        span = syntax.span(handle)
        match syntax.view(handle):
            case Literal_(value):
                return Known(value, span)
            case Undefined():
                return Absent(span)
            case Template(parts):
                return self._template(handle, parts, depth)
            case Through(value=inner):
                return self.value(inner, depth + 1)
            case Name():
                return self._variable(handle, depth)
            case Arrays(elements):
                return self._array(elements, span, depth)
            case Objects(pairs):
                return self._object(pairs, span, depth)
            case Either(branches):
                return Choice(tuple(self.value(branch, depth + 1) for branch in branches), span)
            case OnlyIf(value=inner):
                return Choice((self._hole(handle), self.value(inner, depth + 1)), span)
            case Sum(left, right):
                return self._sum(handle, left, right, depth)
            case Typed(kind):
                return Hole(kind, self._quoted(handle), span)
            case Call(callee, arguments):
                return self._call(handle, callee, arguments, depth)
            case Unknown(is_broken):
                if is_broken:
                    raise BrokenError
        return self._hole(handle)

    def _quoted(self, handle: Handle) -> str:
        start, end = self.syntax.span(handle)
        text = " ".join(self.syntax.text[start : min(end, start + 4 * _LONGEST)].split())
        return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"

    def _hole(self, handle: Handle) -> Hole:
        return Hole("any", self._quoted(handle), self.syntax.span(handle))

    def _template(self, handle: Handle, parts: tuple[str | Handle, ...], depth: int) -> Node:
        """A text: what is known between its holes."""
        nodes = [Known(part) if isinstance(part, str) else self.value(part, depth + 1) for part in parts]
        return joined(nodes, self._written(handle), self.syntax.span(handle))

    def _written(self, handle: Handle) -> str:
        """A template as it stands, without its quotes."""
        start, end = self.syntax.span(handle)
        text = self.syntax.text[start : min(end, start + 400)]
        return text[1:-1] if text[:1] == text[-1:] == "`" else text

    def _sum(self, handle: Handle, left: Handle, right: Handle, depth: int) -> Node:
        parts = [self.value(left, depth + 1), self.value(right, depth + 1)]
        if any(
            (isinstance(part, Known) and isinstance(part.value, str))
            or (isinstance(part, Hole) and part.type == "string")
            for part in parts
        ):
            return joined(parts, self._written(handle), self.syntax.span(handle))
        return self._hole(handle)

    def _call(self, handle: Handle, callee: Handle, arguments: tuple[Argument, ...], depth: int) -> Node:
        name = ".".join(path_of(self.syntax, callee))
        first = arguments[0] if arguments and not arguments[0].is_spread and arguments[0].keyword is None else None
        if first is not None and (name in _CONVERTERS or name.endswith(".to_js")):
            return self.value(first.value, depth + 1)
        if name in _TYPES:
            return Hole(_TYPES[name], self._quoted(handle), self.syntax.span(handle))
        return self._hole(handle)

    def _array(self, elements: tuple[Element, ...], span: Span, depth: int) -> Node:
        items: list[Item | Rest] = []
        for element in elements:
            if not element.is_spread:
                items.append(Item(self.value(element.value, depth + 1), span=element.span))
                continue
            inner, optional = self._spread(element.value, depth)
            if isinstance(inner, Array):
                items += (
                    item if isinstance(item, Rest) else Item(item.value, item.optional or optional, element.span)
                    for item in inner.items
                )
                self.borrow(inner)
            else:
                items.append(Rest(self._quoted(element.value), element.span))
            if len(items) > MOST_NODES:
                raise TooMuchError
        return Array(tuple(items), span)

    def _object(self, pairs: tuple[Pair, ...], span: Span, depth: int) -> Node:
        entries: list[Entry | Rest] = []
        for pair in pairs:
            entries += self._entries(pair, depth)
            if len(entries) > MOST_NODES:
                raise TooMuchError
        return Object(tuple(entries), span)

    def _entries(self, pair: Pair, depth: int) -> list[Entry | Rest]:
        if pair.is_spread:
            inner, optional = self._spread(pair.value, depth)
            if isinstance(inner, Object):
                self.borrow(inner)
                return [
                    entry
                    if isinstance(entry, Rest)
                    else Entry(
                        entry.key, entry.value, entry.optional or optional, entry.key_span, pair.span, entry.shorthand
                    )
                    for entry in inner.entries
                ]
            if isinstance(inner, Absent) or (isinstance(inner, Known) and not isinstance(inner.value, str)):
                return []
            return [Rest(self._quoted(pair.value), pair.span)]
        key = pair.key
        if key is not None and not isinstance(key, str):
            named = self.value(key, depth + 1)
            key = named.value if isinstance(named, Known) and isinstance(named.value, str) else None
        if key is None:
            return [Rest(self._quoted(pair.value), pair.span)]
        return [
            Entry(
                key,
                self.value(pair.value, depth + 1),
                key_span=pair.key_span,
                span=pair.span,
                shorthand=pair.is_shorthand,
            )
        ]

    def _spread(self, handle: Handle, depth: int) -> tuple[Node, bool]:
        """What is spread in, and whether it may be left out, as in ``...(flag && {...})``."""
        view = self.syntax.view(handle)
        while isinstance(view, Through):
            view = self.syntax.view(view.value)
        if isinstance(view, OnlyIf):
            return self.value(view.value, depth + 1), True
        return optional(self.value(handle, depth + 1))

    def keywords(self, call: Call, span: Span, left_out: frozenset[str], opened: str = "") -> Object:
        """The keywords of a call as an object; those of the dict that ``opened`` gives are among them.

        What ``**`` spreads in cannot replace a keyword.
        """
        entries: list[Entry | Rest] = []
        for argument in call.arguments:
            if argument.is_spread and argument.keyword is None:
                continue
            if argument.is_spread:
                entries.append(Rest(self._quoted(argument.value), argument.span, replaces=False))
            elif argument.keyword is not None and argument.keyword not in left_out:
                value = self.value(argument.value)
                if argument.keyword == opened:
                    if isinstance(value, Object):
                        self.borrow(value)
                        entries += value.entries
                    elif not isinstance(value, Known | Absent):
                        entries.append(Rest(self._quoted(argument.value), argument.span))
                    continue
                entries.append(Entry(argument.keyword, value, key_span=argument.key_span, span=argument.span))
        node = Object(tuple(entries), span)
        self._measure(node)
        return node

    def borrow(self, node: Node) -> None:
        """Note that a value stands for more than one place, or not for all that is written in its place."""
        self.borrowed.add(id(node))
        self._kept.append(node)

    def _variable(self, handle: Handle, depth: int) -> Node:
        binding = self.syntax.binding(handle)
        if binding is None or binding.value is None:
            return self._hole(handle)
        identity = binding.identity
        known = self._known.get(identity)
        if known is None:
            if identity in self._open or len(binding.uses) > _MOST_USES:
                return self._hole(handle)
            self._open.add(identity)
            try:
                known = self._bound(handle, binding, depth)
            finally:
                self._open.discard(identity)
            self._known[identity] = known
        if binding.is_default:
            return Choice((self._hole(handle), known), self.syntax.span(handle))
        if isinstance(known, Known | Absent | Array | Object | Choice):
            return known
        return Hole(known.type, self._quoted(handle), self.syntax.span(handle), known.fragments)

    def _bound(self, handle: Handle, binding: Binding, depth: int) -> Node:
        """The value of a variable, as far as its uses leave it alone."""
        node = self.value(binding.value, depth + 1)
        if len(binding.uses) > 1 or binding.is_default:
            self.borrow(node)
        if isinstance(node, Known | Absent | Hole):
            return node
        grows = False
        for use in binding.uses:
            outcome = outcome_of(self.syntax, use, set())
            if outcome == "changed":
                kind: Type = "array" if isinstance(node, Array) else "object" if isinstance(node, Object) else "any"
                return Hole(kind, self._quoted(handle), self.syntax.span(handle))
            grows = grows or outcome == "grown"
        if grows:
            if not isinstance(node, Array):
                return Hole("any", self._quoted(handle), self.syntax.span(handle))
            grown = Array((*node.items, Rest(self._quoted(handle), node.span)), node.span)
            self.borrow(grown)
            return grown
        return node
