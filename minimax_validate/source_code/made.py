"""Make up what holes and rests are filled with: values that the contract takes, and others, by the way to fill."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from minimax_validate.source_code.shapes import Schema, of_type, variants
from minimax_validate.source_code.values import Entry, Hole, Object, Rest
from minimax_validate.source_code.ways import Way

MISSING = object()
"""What is left out."""

_WORDS = ("amber", "basil", "cedar", "delta", "ember", "fjord", "grove", "heron", "islet", "jetty", "kayak", "larch")
_TYPES = {str: "string", bool: "boolean", int: "number", float: "number", dict: "object", list: "array"}
_ALIEN = {
    "name": "string",
    "description": "string",
    "parameters": "object",
    "input_schema": "object",
    "arguments": "object",
    "function": "object",
}
"""Keys of tools, calls and schemas of other vendors, and their types."""
_ROLES_ELSEWHERE = ("developer", "function")
_FREE = {"tool_call_id": {"type": "string"}}
"""What the contract leaves free in a message, and rules know."""
_MOST_TEXT = 40
"""Code points of an expression that a text shows."""


@dataclass(slots=True)
class Maker:
    """Makes up values in one way; no two of its texts and numbers are the same."""

    way: Way
    made: int = 0

    def hole(self, hole: Hole, schemas: Sequence[Schema]) -> Any:
        """What a hole is filled to, ``MISSING`` where it is left out."""
        way = self.way
        if hole.type == "any":
            if way.kind == "bare":
                return MISSING
            if way.kind == "null":
                return None
            if way.kind == "odd":
                return self._odd(schemas)
        elif way.kind == "bare" and way.number % 2:
            if hole.type == "string":
                return "".join(hole.fragments)
            if hole.type in ("array", "object"):
                return [] if hole.type == "array" else {}
        return self._make(schemas, hole.type, hole.text, hole.fragments)

    def items(self, schemas: Sequence[Schema], rest: Rest) -> list[Any]:
        """What a rest puts into an array."""
        if self.way.kind == "bare":
            return []
        if self.way.kind == "null":
            return [None]
        times = 2 if self.way.number == 3 else 1
        return [self._make(schemas, "any", rest.text) for _ in range(times)]

    def entries(self, node: Object, schemas: Sequence[Schema], rest: Rest) -> dict[str, Any]:
        """What a rest puts into an object: what no entry gives by itself."""
        way = self.way
        if way.kind == "bare":
            return {}
        given = {entry.key for entry in node.entries if isinstance(entry, Entry) and not entry.optional}
        known = {key: value for schema in schemas for key, value in schema.get("properties", {}).items()}
        if "role" in known:
            known |= _FREE
        found: dict[str, Any] = {}
        for key, schema in known.items():
            if key not in given:
                found[key] = None if way.kind == "null" else self._make((schema,), "any", f"...{rest.text}")
        if way.kind in ("foreign", "odd"):
            found[f"x_{self._word()}"] = self._number()
        if way.kind == "odd":
            # What other vendors have in such an object, which makes the whole of it another shape.
            for key, shape in _ALIEN.items():
                if key not in given:
                    found[key] = self._by_type(shape, rest.text)
        return found

    def _odd(self, schemas: Sequence[Schema]) -> Any:
        """A value of a type that the contract does not name there, as far as there is one."""
        named = {schema.get("type") for schema in schemas}
        choices = [self._number(), [self._word()], {f"x_{self._word()}": True}, False, self._word()]
        left = [value for value in choices if _TYPES[type(value)] not in named]
        return left[self.way.number % len(left)] if left else self._word()

    def _make(self, schemas: Sequence[Schema], kind: str, text: str, fragments: tuple[str, ...] = ()) -> Any:
        """A value that the contract takes, or in a foreign way a word that it does not know."""
        fitting = of_type(schemas, kind) if kind != "any" else schemas
        if not fitting:
            return self._by_type(kind, text, fragments)
        schema = fitting[self.way.number % len(fitting)]
        words = schema.get("enum") or ([schema["const"]] if "const" in schema else [])
        if words:
            if self.way.kind == "foreign" or (self.way.kind == "bare" and self.way.number % 2 == 0):
                is_role = "system" in words and not fragments
                return _ROLES_ELSEWHERE[self.way.number % 2] if is_role else self._text(text, fragments)
            fits = [word for word in words if not fragments or _fits(word, fragments)]
            if self.way.role in fits:
                return self.way.role
            return fits[self.way.number % len(fits)] if fits else self._text(text, fragments)
        return self._of_schema(schema, schema.get("type", kind), text, fragments)

    def _of_schema(self, schema: Schema, kind: str, text: str, fragments: tuple[str, ...]) -> Any:
        if kind == "number":
            return self._number(schema)
        if kind == "array":
            return [] if self.way.number % 4 == 2 else [self._make(variants(schema.get("items", {})), "any", text)]
        if kind == "object":
            required = schema.get("required", [])
            wanted = schema.get("properties", {}) if self.way.number % 2 else required
            return {
                key: self._make(variants(schema["properties"][key]), "any", text)
                for key in wanted
                if key in schema.get("properties", {})
            }
        return self._by_type(kind, text, fragments)

    def _by_type(self, kind: str, text: str, fragments: tuple[str, ...] = ()) -> Any:
        match kind:
            case "number":
                return self._number()
            case "boolean":
                return self.way.number % 2 == 0
            case "array":
                return [self._text(text, ())] if self.way.number % 2 else []
            case "object":
                return {self._word(): self._text(text, ())} if self.way.number % 2 else {}
        return self._text(text, fragments)

    def _text(self, text: str, fragments: tuple[str, ...]) -> str:
        if self.way.is_shown and text:
            if fragments:
                return text
            cut = text if len(text) <= _MOST_TEXT else text[: _MOST_TEXT - 1] + "…"
            return f"${{{cut}}}"
        return self._word().join(fragments) if fragments else self._word()

    def _word(self) -> str:
        self.made += 1
        return f"{_WORDS[self.way.number % len(_WORDS)]}{self.way.turn}{self.made}"

    def _number(self, schema: Schema | None = None) -> float:
        self.made += 1
        share = (self.way.number * 37 + self.made * 11) % 89
        if schema is not None and "maximum" in schema:
            return (share + 1) / 100
        return 1025 + share + self.made


def _fits(word: str, fragments: tuple[str, ...]) -> bool:
    """Whether a word begins and ends as a template does, with its other fragments between."""
    first, *between, last = fragments
    if not word.startswith(first):
        return False
    at = len(first)
    for fragment in between:
        at = word.find(fragment, at) + len(fragment)
        if at < len(fragment):
            return False
    return word.endswith(last) and at + len(last) <= len(word)
