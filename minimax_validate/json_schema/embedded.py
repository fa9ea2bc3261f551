"""Hold values against a schema that a request brings along.

Such a schema is a stranger's: nothing it refers to is fetched, its patterns run in linear time or not at all, and one that would make
the check too long is left alone. So is one that is no schema: then there is nothing to say about the values.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import islice
from typing import Any, NamedTuple

from minimax_validate.values.codec import orjson
from minimax_validate.values.pointer import Pointer, from_json_pointer
from minimax_validate.values.wording import count, describe, listed, quote

MAX_DEPTH = 128
"""Levels of a value that are followed; the engines recurse on deeper ones."""

MAX_STEPS = 10_000_000
"""The parts of a schema, its references followed as deep as the value goes, times the parts of the value: a second's work at the most."""

_MOST_KEPT = 256
_LONGEST_KEPT = 65_536
_MOST_WORDS = 8


class Mismatch(NamedTuple):
    """One way in which a value fails a schema: ``pointer`` is into the value, ``message`` says what is wrong there."""

    pointer: Pointer
    message: str


class _Error(NamedTuple):
    """An engine's error, in the words that both engines have in common."""

    keyword: str
    expected: Any
    pointer: Pointer
    instance: Any
    branches: tuple[tuple[_Error, ...], ...]


class _Engine(NamedTuple):
    is_valid: Callable[[Any], bool]
    iter_errors: Callable[[Any], Iterable[_Error]]


class ToolSchema:
    """A schema made ready; where it is none, or is not to be trusted, every value passes. Safe to share between threads."""

    def __init__(self, text: bytes) -> None:
        self._engine: _Engine | None = None
        self._extent: _Extent | None = None
        try:
            schema = json.loads(text)
            self._engine = _engine(schema)
            if b'"$ref"' in text or b'"$dynamicRef"' in text:
                self._extent = _Extent(schema)
        except Exception:  # whatever a stranger's schema brings about, it is not for here to tell
            return

    def passes(self, value: Any) -> bool:
        """Whether there is nothing to say against a value of plain JSON. Never raises."""
        engine = self._engine
        try:
            return engine is None or (self._extent is not None and not self._extent.allows(value)) or engine.is_valid(value)
        except Exception:
            return True

    def errors(self, value: Any) -> tuple[Mismatch, ...]:
        """All ways in which a value of plain JSON fails the schema. Never raises."""
        engine = self._engine
        if engine is None or self.passes(value):
            return ()
        try:
            meant = (part for error in engine.iter_errors(value) for part in _meant(error))
            return tuple(sorted((Mismatch(error.pointer, _words(error)) for error in meant), key=_place))
        except Exception:
            return ()


def errors(parameters: Any, value: Any) -> tuple[Mismatch, ...]:
    """All ways in which a value of plain JSON fails the schema ``parameters``; none if that is no schema. Never raises."""
    return compiled(parameters).errors(value)


def compiled(parameters: Any) -> ToolSchema:
    """A schema made ready, or the same one as before for a schema of the same text. Never raises."""
    try:
        text = _dumps(parameters)
    except (TypeError, ValueError, RecursionError):
        return ToolSchema(b"null")
    return _kept(text) if len(text) <= _LONGEST_KEPT else ToolSchema(text)


_kept = lru_cache(_MOST_KEPT)(ToolSchema)


def _standard_dumps(value: Any) -> bytes:
    return json.dumps(value, allow_nan=False, separators=(",", ":")).encode()


_dumps: Callable[[Any], bytes] = orjson.dumps if orjson else _standard_dumps


def _engine(schema: Any) -> _Engine | None:
    if not isinstance(schema, dict):
        return None
    # Whatever draft it names: the contract's is the one that counts, and a name of none must not lead anywhere.
    schema = {key: part for key, part in schema.items() if key != "$schema"}
    try:
        return _compiled_engine(schema)
    except ImportError:
        return _reference_engine(schema)


def _compiled_engine(schema: dict[str, Any]) -> _Engine:
    import jsonschema_rs

    validator = jsonschema_rs.Draft202012Validator(schema, pattern_options=jsonschema_rs.RegexOptions(), offline=True)

    def convert(error: jsonschema_rs.ValidationError) -> _Error:
        kind = error.kind
        branches = tuple(tuple(convert(inner) for inner in branch) for branch in getattr(kind, "context", ()))
        return _Error(kind.name, kind.value, tuple(error.instance_path), error.instance, branches)

    return _Engine(validator.is_valid, lambda value: map(convert, validator.iter_errors(value)))


def _reference_engine(schema: dict[str, Any]) -> _Engine | None:
    from jsonschema import Draft202012Validator, validators
    from referencing import Registry

    from minimax_validate.json_schema.linear_keywords import are_readable, extra_keys, keywords

    if not are_readable(schema):
        return None
    Draft202012Validator.check_schema(schema)
    extend: Any = validators.extend
    # A registry without resources retrieves nothing.
    validator = extend(Draft202012Validator, keywords())(schema, registry=Registry())

    def convert(errors: Iterable[Any]) -> Iterator[_Error]:
        told: set[tuple[object, ...]] = set()
        for error in errors:
            place = (*error.absolute_path, None, *error.absolute_schema_path)
            if place not in told:
                told.add(place)
                yield from facts(error)

    def facts(error: Any) -> Iterator[_Error]:
        keyword, expected, value = str(error.validator), error.validator_value, error.instance
        branches: dict[object, list[Any]] = {}
        for inner in error.context or ():
            branches.setdefault(inner.schema_path[0], []).append(inner)
        found = _Error(keyword, expected, tuple(error.absolute_path), value, tuple(tuple(convert(branch)) for branch in branches.values()))
        if keyword == "required":
            yield from (found._replace(expected=key) for key in expected if key not in value)
        elif keyword == "additionalProperties":
            yield found._replace(expected=extra_keys(value, error.schema))
        else:
            yield found

    return _Engine(validator.is_valid, lambda value: convert(validator.iter_errors(value)))


# Keywords whose schemas are for what is inside the value, whose value is an object of schemas, and which hold none that applies by itself.
_INSIDE = frozenset(
    {
        "properties",
        "patternProperties",
        "additionalProperties",
        "propertyNames",
        "unevaluatedProperties",
        "items",
        "prefixItems",
        "contains",
        "unevaluatedItems",
    }
)
_NAMED = frozenset({"properties", "patternProperties", "dependentSchemas"})
_SILENT = frozenset({"$defs", "definitions", "const", "enum", "default", "examples", "dependentRequired", "required"})


_Steps = dict[tuple[int, int], int]


class _Extent:
    """How far a schema unfolds: references let few lines stand for any number of steps."""

    def __init__(self, schema: Any) -> None:
        self._schema = schema
        self._known: dict[int, int] = {}

    def allows(self, value: Any) -> bool:
        """Whether a value can be held against the schema in bounded time."""
        depth, parts = _measure(value)
        if depth > MAX_DEPTH:
            return False
        if depth not in self._known:
            self._known[depth] = self._of(self._schema, depth, {})
        return self._known[depth] * parts <= MAX_STEPS

    def _of(self, part: Any, depth: int, steps: _Steps) -> int:
        """The steps of one part for a value of this depth; more than ``MAX_STEPS`` where they cannot be told."""
        if isinstance(part, list):
            return min(sum(self._of(item, depth, steps) for item in part), MAX_STEPS + 1)
        if not isinstance(part, dict):
            return 0
        known = (id(part), depth)
        if known not in steps:
            steps[known] = MAX_STEPS + 1  # what comes back to itself without going deeper has no end
            steps[known] = min(1 + sum(self._of_keyword(key, part, depth, steps) for key in part), MAX_STEPS + 1)
        return steps[known]

    def _of_keyword(self, keyword: str, part: dict[str, Any], depth: int, steps: _Steps) -> int:
        inner = part[keyword]
        if keyword in _SILENT:
            return 0
        if keyword in ("$ref", "$dynamicRef"):
            return self._of_reference(inner, depth, steps)
        if keyword == "$id" and part is not self._schema:
            return MAX_STEPS + 1  # references below it are not what they look like
        if keyword in _INSIDE:
            if depth == 0:
                return 0
            depth -= 1
        return self._of(list(inner.values()) if keyword in _NAMED and isinstance(inner, dict) else inner, depth, steps)

    def _of_reference(self, reference: Any, depth: int, steps: _Steps) -> int:
        target: Any = self._schema
        try:
            for step in from_json_pointer(reference.removeprefix("#")):
                target = target[int(step)] if isinstance(target, list) else target[str(step)]
        except (AttributeError, ValueError, LookupError, TypeError):
            return MAX_STEPS + 1
        return self._of(target, depth, steps)


def _measure(value: Any) -> tuple[int, int]:
    """How many levels of members a value has, and how many values it is made of."""
    levels, parts, level = 0, 1, [value]
    while level := [member for item in level for member in _members(item)]:
        levels += 1
        parts += len(level)
    return levels, parts


def _members(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def _place(mismatch: Mismatch) -> tuple[list[tuple[bool, int, str]], str]:
    return [(True, step, "") if isinstance(step, int) else (False, 0, step) for step in mismatch.pointer], mismatch.message


def _meant(error: _Error) -> Iterator[_Error]:
    """The errors of the one branch that takes values of this type, where there is one; else the error itself."""
    right = [branch for branch in error.branches if not any(inner.keyword == "type" and inner.pointer == error.pointer for inner in branch)]
    if len(right) == 1 and right[0]:
        for inner in right[0]:
            yield from _meant(inner)
    else:
        yield error


_TYPES = {
    "object": "an object",
    "array": "an array",
    "string": "a string",
    "number": "a number",
    "integer": "an integer",
    "boolean": "a boolean",
    "null": "null",
}
_LIMITS = {
    "minimum": "is below the minimum of",
    "maximum": "is above the maximum of",
    "exclusiveMinimum": "is not above",
    "exclusiveMaximum": "is not below",
    "multipleOf": "is no multiple of",
    "const": "is not",
}
_SIZES = {
    "minLength": ("is shorter than", "character"),
    "maxLength": ("is longer than", "character"),
    "minItems": ("has fewer than", "item"),
    "maxItems": ("has more than", "item"),
    "minProperties": ("has fewer than", "key"),
    "maxProperties": ("has more than", "key"),
}


def _words(error: _Error) -> str:
    keyword, expected, value = error.keyword, error.expected, describe(error.instance)
    if keyword == "required" and isinstance(expected, str):
        return f"the required key {quote(expected)} is missing"
    if keyword in ("additionalProperties", "unevaluatedProperties") and isinstance(expected, list):
        return f"{_some(map(quote, expected), 'and')} {'is' if len(expected) == 1 else 'are'} not declared"
    if keyword == "enum" and isinstance(expected, list):
        return f"{value} is not {_some(map(describe, expected), 'or')}"
    if keyword in _LIMITS:
        return f"{value} {_LIMITS[keyword]} {describe(expected)}"
    if keyword in _SIZES and isinstance(expected, int):
        relation, noun = _SIZES[keyword]
        return f"{value} {relation} {count(expected, noun)}"
    if keyword == "pattern" and isinstance(expected, str):
        return f"{value} does not match the pattern {quote(expected)}"
    types = _types(error)
    if types:
        return f"{value} is not {listed(types)}"
    if keyword == "oneOf" and not (error.branches and all(error.branches)):
        return f"{value} fits more than one of the shapes under `oneOf`"
    if keyword in ("anyOf", "oneOf"):
        return f"{value} fits none of the shapes under `{keyword}`"
    return f"{value} is not allowed here" if keyword in ("falseSchema", "None") else f"{value} fails `{keyword}`"


def _types(error: _Error) -> list[str]:
    """The types that would do, where nothing but the type is wrong."""
    if error.keyword == "type":
        expected = [error.expected] if isinstance(error.expected, str) else error.expected
        return [words for name, words in _TYPES.items() if name in expected]
    found: set[str] = set()
    for branch in error.branches:
        if [(inner.keyword, inner.pointer) for inner in branch] != [("type", error.pointer)]:
            return []
        found.update(_types(branch[0]))
    return [words for words in _TYPES.values() if words in found]


def _some(words: Iterable[str], last: str) -> str:
    """The first few words as a list."""
    first = list(islice(words, _MOST_WORDS + 1))
    return listed(first, last) if len(first) <= _MOST_WORDS else f"{', '.join(first[:_MOST_WORDS])} …"
