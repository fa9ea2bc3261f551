"""What expressions of a program are, whatever its language: one level at a time, as somebody asks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal, NamedTuple, Protocol

from minimax_validate.source_code.values import Type
from minimax_validate.texts.spans import Span

Handle = Any
"""A node of the syntax tree of some parser; only the language that gave it looks inside."""


NOWHERE = Span(0, 0)


class NotParsedError(Exception):
    """A text that is no program of the language, or one that nobody wrote."""


class Literal_(NamedTuple):
    """A text, a number, true, false or null."""

    value: str | int | float | bool | None


class Template(NamedTuple):
    """A text with expressions in it."""

    parts: tuple[str | Handle, ...]


class Name(NamedTuple):
    """A variable."""

    name: str


class Attribute(NamedTuple):
    """``object.name``."""

    object: Handle
    name: str


class Argument(NamedTuple):
    """An argument of a call: maybe with a keyword, or spread out (a keyword ``**`` for a spread of keywords)."""

    value: Handle
    keyword: str | None = None
    is_spread: bool = False
    key_span: Span = NOWHERE
    span: Span = NOWHERE


class Call(NamedTuple):
    """A call, or the construction of an object."""

    callee: Handle
    arguments: tuple[Argument, ...]


class Pair(NamedTuple):
    """An entry of an object; its ``key`` is a name or an expression, and None where none can be told."""

    key: str | Handle | None
    value: Handle
    key_span: Span
    span: Span
    is_spread: bool = False
    is_shorthand: bool = False


class Objects(NamedTuple):
    """An object that is written out."""

    pairs: tuple[Pair, ...]


class Element(NamedTuple):
    """An item of an array, or several that are spread in."""

    value: Handle
    span: Span
    is_spread: bool = False


class Arrays(NamedTuple):
    """An array that is written out."""

    elements: tuple[Element, ...]


class Either(NamedTuple):
    """One of two expressions, by a condition or because the first says nothing."""

    branches: tuple[Handle, ...]


class OnlyIf(NamedTuple):
    """An expression that counts if another one holds, as with ``&&``."""

    value: Handle


class Sum(NamedTuple):
    """Two texts or numbers put together."""

    left: Handle
    right: Handle


class Through(NamedTuple):
    """An expression that has the value of another one: in brackets, or with a type beside it."""

    value: Handle


class Typed(NamedTuple):
    """An expression of which the type alone is known."""

    type: Type


class Undefined(NamedTuple):
    """A value that is none."""


class Unknown(NamedTuple):
    """Anything else; ``is_broken`` where the parser did not understand it."""

    is_broken: bool = False


View = (
    Literal_
    | Template
    | Name
    | Attribute
    | Call
    | Objects
    | Arrays
    | Either
    | OnlyIf
    | Sum
    | Through
    | Typed
    | Undefined
    | Unknown
)


class Binding(NamedTuple):
    """What a variable is bound to: ``value`` where there is one place that says so.

    ``is_default`` says that a caller may give another value. ``identity`` tells one variable from another of its name.
    ``uses`` are the other places that have it.
    """

    identity: object
    value: Handle | None
    is_default: bool
    uses: tuple[Handle, ...]


class Flow(NamedTuple):
    """What becomes of a value where it stands.

    ``read``: it is looked at. ``up``: it is the value around it, or part of that (``to``). ``spread``: what is in it is
    put into what is around it (``to``). ``member``: something inside of it is taken (``to``). ``argument``: it is given
    to a call (``to``). ``method``: the method ``name`` of it is called. ``alias``: a variable (``to``) is another name
    for it. ``write``: it is changed. ``leak``: it goes out of sight.
    """

    kind: Literal["read", "up", "spread", "member", "argument", "method", "alias", "write", "leak"]
    to: Handle = None
    name: str = ""


class Syntax(Protocol):
    """A program of some language."""

    text: str
    growing: frozenset[str]
    """Methods that put something at the end of an array."""
    reading: frozenset[str]
    """Methods that change nothing, and give nothing away that could be changed."""
    pure: frozenset[str]
    """Functions that change nothing of what they are given, by the ends of their names."""

    def calls(self) -> Iterable[Handle]:
        """The calls that may be sites, by the names of what they call."""
        ...

    def objects(self) -> Iterable[Handle]:
        """What has entries or keywords, one of them called ``model``."""
        ...

    def view(self, handle: Handle) -> View:
        """What an expression is."""
        ...

    def span(self, handle: Handle) -> Span:
        """Where it stands."""
        ...

    def binding(self, handle: Handle) -> Binding | None:
        """What a variable is bound to where it stands."""
        ...

    def flow(self, handle: Handle) -> Flow:
        """What becomes of a value where it stands."""
        ...

    def around(self, handle: Handle) -> Handle | None:
        """What an expression stands in."""
        ...

    def is_broken(self, handle: Handle) -> bool:
        """Whether there is an error of syntax in it, or it is not what it seems."""
        ...

    def is_in_test(self, handle: Handle) -> bool:
        """Whether a value is written in a test."""
        ...

    def is_compared(self, handle: Handle) -> bool:
        """Whether it is what something else is expected to be equal to."""
        ...

    def comments(self) -> Iterable[Span]:
        """The comments."""
        ...
