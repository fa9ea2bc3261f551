"""The ways in which a value fails a schema, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from minimax_validate.json_schema.engines import Violation, meant_branch
from minimax_validate.values.pointer import Pointer
from minimax_validate.values.wording import count, describe, listed, quote

_MOST_WORDS = 8


class Mismatch(NamedTuple):
    """One way in which a value fails a schema: ``pointer`` is into the value, ``message`` says what is wrong there."""

    pointer: Pointer
    message: str


def mismatches(errors: Iterable[Violation]) -> tuple[Mismatch, ...]:
    """The mismatches that an engine's errors come to, in the order of their places."""
    meant = (part for error in errors for part in _meant(error))
    return tuple(sorted((Mismatch(error.pointer, _words(error)) for error in meant), key=_place))


def _place(mismatch: Mismatch) -> tuple[list[tuple[bool, int, str]], str]:
    return [
        (True, step, "") if isinstance(step, int) else (False, 0, step) for step in mismatch.pointer
    ], mismatch.message


def _meant(error: Violation) -> Iterator[Violation]:
    """The errors of the one branch that takes values of this type, where there is one; else the error itself."""
    branch = meant_branch(error, lambda inner: inner.keyword == "type")
    if branch:
        for inner in branch:
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
    "multipleOf": "is not a multiple of",
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


def _words(error: Violation) -> str:
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
        return f"{value} matches more than one schema under `oneOf`"
    if keyword in ("anyOf", "oneOf"):
        return f"{value} matches no schema under `{keyword}`"
    return f"{value} is not allowed here" if keyword in ("falseSchema", "None") else f"{value} violates `{keyword}`"


def _types(error: Violation) -> list[str]:
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
