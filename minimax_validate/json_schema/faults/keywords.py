"""Keywords that draft 2020-12 does not take: one fault for each place, and what to say of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from minimax_validate.json_schema.engines import Violation, meant_branch
from minimax_validate.json_schema.equality import spelled
from minimax_validate.json_schema.faults.fault import Guesses, SchemaFault
from minimax_validate.json_schema.faults.metaschema import metaschema
from minimax_validate.values.pointer import Pointer
from minimax_validate.values.suggest import nearest
from minimax_validate.values.wording import describe, kind, listed, quote

TYPES = ("object", "array", "string", "number", "integer", "boolean", "null")


def keyword_faults(schema: Any, guesses: Guesses) -> tuple[SchemaFault, ...]:
    """One fault for each place where the metaschema is broken."""
    found: dict[Pointer, SchemaFault] = {}
    try:
        for error in metaschema()(schema):
            for deepest in _deepest(error):
                if deepest.pointer not in found:
                    found[deepest.pointer] = SchemaFault(deepest.pointer, _words(deepest, guesses))
    except MemoryError:  # then it is not known that there are none
        raise
    except Exception:  # an engine that gives up on a stranger's schema is nothing to tell of it
        return ()
    return tuple(found.values())


def _deepest(error: Violation) -> Iterator[Violation]:
    """The errors of the one branch that takes values of this kind, where there is one; else the error itself."""
    branch = meant_branch(error, lambda inner: inner.keyword in ("type", "enum"))
    if branch:
        for inner in branch:
            yield from _deepest(inner)
    else:
        yield error


def _words(error: Violation, guesses: Guesses) -> str:
    keyword, value, name = error.keyword, error.instance, _name(error.pointer)
    if keyword == "type" and "object" in error.expected and "boolean" in error.expected:
        return _no_schema(error.pointer, value)
    if keyword == "enum" or any(inner.keyword == "enum" for branch in error.branches for inner in branch):
        return _no_type(value, guesses)
    if keyword == "anyOf":
        return f"{name} must be a schema or an array of names, not {short(value)}"
    if keyword == "type":
        return f"{name} must be {_articles(error.expected)}, not {short(value)}{_bygone(error.pointer[-1], value)}"
    if keyword == "minItems":
        return f"{name} is an empty array; omit it instead"
    if keyword == "uniqueItems":
        return f"{name} contains {describe(_repeated(value))} more than once"
    if keyword in ("minimum", "exclusiveMinimum"):
        demand = "above" if keyword == "exclusiveMinimum" else "at least"
        return f"{name} must be {demand} {describe(error.expected)}, not {describe(value)}"
    return f"{name} must not be {describe(value)}"


_PLAIN_WORD = re.compile(r"[$\w]{1,40}", re.ASCII)


def _name(pointer: Pointer) -> str:
    """What a place in a schema is called."""
    if not pointer:
        return "the schema"
    step = pointer[-1]
    if isinstance(step, int):
        return f"item {step + 1:,} of {_name(pointer[:-1])}"
    return f"`{step}`" if _PLAIN_WORD.fullmatch(step) else quote(step)


_OTHER_NAMES = {
    "dict": "object", "map": "object", "mapping": "object", "record": "object", "struct": "object", "json": "object",
    "list": "array", "tuple": "array", "set": "array", "vector": "array",
    "str": "string", "text": "string", "char": "string", "varchar": "string",
    "int": "integer", "long": "integer", "short": "integer", "int32": "integer", "int64": "integer",
    "bigint": "integer", "uint": "integer",
    "float": "number", "double": "number", "decimal": "number", "real": "number",
    "float32": "number", "float64": "number",
    "bool": "boolean", "none": "null", "nil": "null", "nonetype": "null", "undefined": "null",
}  # fmt: skip
_FORMATS = frozenset({"date", "date-time", "datetime", "email", "time", "uri", "url", "uuid"})
_ANYTHING = frozenset({"*", "all", "any", "mixed", "unknown"})


def _no_type(value: Any, guesses: Guesses) -> str:
    """What to say of a `type`, or an item of it, that is not valid."""
    accepted = f" (accepted: {listed(TYPES)})"
    if value is None:
        return f'`type` is null; use "null", or omit it to accept any value{accepted}'
    if not isinstance(value, str):
        return f"`type` must be the name of a type or an array of names, not {short(value)}{accepted}"
    word = value.strip().lower()
    if word in _ANYTHING:
        return f"{quote(value)} is not a valid type; omit `type` to accept any value{accepted}"
    if word in _FORMATS:
        return f'{quote(value)} is not a valid type; use "string" with a `format`{accepted}'
    meant = word if word in TYPES else _OTHER_NAMES.get(word) or guesses(nearest, word, TYPES)
    wrong = f"{quote(value)} is not a valid type"
    return f'{wrong}; did you mean "{meant}"?' if meant else f"{wrong}{accepted}"


def _no_schema(pointer: Pointer, value: Any) -> str:
    """What to say of a value in the place of a schema."""
    step = pointer[-1] if pointer else ""
    if step == "items" and isinstance(value, list):
        return (
            "`items` must be one schema for all items; since draft 2020-12 an array of schemas must be "
            "under `prefixItems`"
        )
    if value in TYPES:
        return f'a schema must be an object, such as `{{"type": {quote(value)}}}`, not {describe(value)}'
    return f"a schema must be an object, true or false, not {short(value)}"


def _bygone(step: str | int, value: Any) -> str:
    """Where a keyword had another meaning in an older draft: which."""
    if not isinstance(value, bool):
        return ""
    if step == "required":
        return "; list required names in the enclosing object, next to its `properties`"
    if step in ("exclusiveMinimum", "exclusiveMaximum"):
        return f"; set it to the limit itself and omit `{step[9:].lower()}` (draft 4 was different)"
    return ""


def _articles(expected: Any) -> str:
    names = (expected,) if isinstance(expected, str) else expected
    return listed(f"{'an' if name[0] in 'aio' else 'a'} {name}" for name in names)


def short(value: Any) -> str:
    """A value in few words; the kind of it, if it is a long one."""
    return describe(value) if isinstance(value, int | float | str) else kind(value)


def _repeated(items: list[Any]) -> Any:
    texts = list(map(spelled, items))
    times = Counter(texts)
    return next((item for item, text in zip(items, texts, strict=True) if times[text] > 1), items)
