"""The subschemas of a schema, and where its references lead.

What is no subschema (`const`, `enum`, `default`, `examples`, keywords of nobody) holds plain values.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from minimax_validate.values.pointer import Pointer, from_json_pointer

Json = dict[str, Any]

_SINGLE = frozenset(
    {
        "additionalProperties",
        "contains",
        "contentSchema",
        "else",
        "if",
        "items",
        "not",
        "propertyNames",
        "then",
        "unevaluatedItems",
        "unevaluatedProperties",
    }
)
_LISTED = frozenset(
    {"allOf", "anyOf", "items", "oneOf", "prefixItems"}
)  # `items` was one of these before draft 2020-12
_NAMED = frozenset({"$defs", "definitions", "dependencies", "dependentSchemas", "patternProperties", "properties"})
_DEFINITIONS = ("$defs", "definitions")
_SAME_PLACE = frozenset({"allOf", "anyOf", "dependencies", "dependentSchemas", "else", "if", "not", "oneOf", "then"})
"""Keywords whose schemas are for the same value as the schema around."""
_CHOICES = frozenset({"anyOf", "oneOf"})
_DECLARING = frozenset(
    {
        "$dynamicRef",
        "$recursiveRef",
        "$ref",
        "allOf",
        "anyOf",
        "dependencies",
        "dependentSchemas",
        "if",
        "oneOf",
        "patternProperties",
    }
)
"""Keywords that may declare members beside `properties`."""


class Part(NamedTuple):
    """A schema or subschema and its place.

    ``home`` is the place of the nearest schema around that has an `$id`, and ``base`` that id. ``beside`` are the
    `properties` of the schemas around that are for the same value; None where others, not to be seen from here, may be
    so too.
    """

    pointer: Pointer
    schema: Json
    home: Pointer
    base: str
    beside: tuple[Json, ...] | None

    def declares_alone(self, but: str = "") -> bool:
        """Whether nothing but `properties` declares members here, the keyword ``but`` not counted."""
        schema = self.schema
        if isinstance(schema.get("additionalProperties"), dict) or isinstance(
            schema.get("unevaluatedProperties"), dict
        ):
            return False
        return all(keyword == but or keyword not in _DECLARING for keyword in schema)

    def inside(self) -> Iterator[Part]:
        """The subschemas right under this one."""
        for keyword, value in self.schema.items():
            at: Pointer = (*self.pointer, keyword)
            below: Iterable[tuple[Pointer, Any]]
            if keyword in _SINGLE and isinstance(value, dict):
                below = ((at, value),)
            elif keyword in _LISTED and isinstance(value, list):
                below = (((*at, index), item) for index, item in enumerate(value))
            elif keyword in _NAMED and isinstance(value, dict):
                below = (((*at, name), member) for name, member in value.items())
            else:
                continue
            beside = self._beside(keyword)
            for pointer, schema in below:
                if isinstance(schema, dict):
                    yield Part(pointer, schema, self.home, self.base, beside)

    def _beside(self, keyword: str) -> tuple[Json, ...] | None:
        if keyword not in _SAME_PLACE:
            return ()
        if keyword not in _CHOICES or self.beside is None or not self.declares_alone(keyword):
            return None
        own = self.schema.get("properties")
        return (*self.beside, own) if isinstance(own, dict) else self.beside


class Parts:
    """All subschemas of a schema, and the names under which they can be referred to."""

    def __init__(self, root: Json) -> None:
        self.root = root
        self.found: list[Part] = []
        self.resources: dict[str, Pointer] = {"": ()}
        self.anchors: dict[tuple[Pointer, str], Pointer] = {}
        self.definitions: dict[str, Pointer] = {}
        self._seen: set[Pointer] = set()
        self.add(Part((), root, (), "", ()))

    def add(self, part: Part) -> None:
        """Take in a subschema and all below it."""
        tasks = [part]
        while tasks:
            part = tasks.pop()
            if part.pointer in self._seen:
                continue
            self._seen.add(part.pointer)
            identifier = part.schema.get("$id")
            if isinstance(identifier, str):
                part = part._replace(home=part.pointer, base=_join(part.base, identifier))
                self.resources.setdefault(part.base, part.pointer)
            for keyword in ("$anchor", "$dynamicAnchor"):
                anchor = part.schema.get(keyword)
                if isinstance(anchor, str):
                    self.anchors.setdefault((part.home, anchor), part.pointer)
            for keyword in _DEFINITIONS:
                definitions = part.schema.get(keyword)
                if isinstance(definitions, dict):
                    for name in definitions:
                        self.definitions.setdefault(name, (*part.pointer, keyword, name))
            self.found.append(part)
            tasks.extend(part.inside())

    def resolve(self, reference: str, part: Part) -> tuple[Pointer, Any] | None:
        """Where a reference leads, and what is there; None if that is not in the schema."""
        before, _, fragment = reference.partition("#")
        home: Pointer | None = part.home
        if before:
            home = self.resources.get(_join(part.base, before))
        if home is None:
            return None
        if "%" in fragment:
            from urllib.parse import unquote

            fragment = unquote(fragment)
        if not fragment or fragment.startswith("/"):
            return self._walk(home, from_json_pointer(fragment))
        anchored = self.anchors.get((home, fragment))
        return None if anchored is None else self._walk((), anchored)

    def _walk(self, start: Pointer, steps: Pointer) -> tuple[Pointer, Any] | None:
        target: Any = self.root
        taken: list[str | int] = []
        for step in (*start, *steps):
            if isinstance(target, dict) and str(step) in target:
                taken.append(str(step))
                target = target[str(step)]
            elif isinstance(target, list) and isinstance(step, int) and step < len(target):
                taken.append(step)
                target = target[step]
            else:
                return None
        return tuple(taken), target


def _join(base: str, reference: str) -> str:
    from urllib.parse import urldefrag, urljoin  # few schemas need it

    try:
        return urldefrag(urljoin(base, reference)).url
    except ValueError:
        return reference
