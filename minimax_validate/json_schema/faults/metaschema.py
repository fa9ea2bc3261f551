"""What the metaschema of draft 2020-12 says of a schema, on either engine, in the words that both have in common."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any, NamedTuple

from minimax_validate.values.pointer import Pointer


class Error(NamedTuple):
    """An engine's error, in the words that both engines have in common."""

    keyword: str
    expected: Any
    pointer: Pointer
    value: Any
    branches: tuple[tuple[Error, ...], ...]


Metaschema = Callable[[Any], Iterable[Error]]


@cache
def metaschema() -> Metaschema:
    """The metaschema on the fastest engine that is installed."""
    try:
        return compiled_metaschema()
    except ImportError:
        return reference_metaschema()


def compiled_metaschema() -> Metaschema:
    """The metaschema on jsonschema-rs, which carries it inside."""
    import jsonschema_rs

    validator = jsonschema_rs.Draft202012Validator({"$ref": "https://json-schema.org/draft/2020-12/schema"}, offline=True)

    def convert(error: jsonschema_rs.ValidationError) -> Error:
        branches = tuple(tuple(map(convert, branch)) for branch in getattr(error.kind, "context", ()))
        path = tuple(step.removeprefix(_MARK) if isinstance(step, str) else step for step in error.instance_path)
        return Error(error.kind.name, error.kind.value, path, error.instance, branches)

    return lambda schema: () if validator.is_valid(schema) else map(convert, validator.iter_errors(_marked(schema)))


_MARK = "\ue000"


def _marked(schema: Any) -> Any:
    """A copy of a schema in which no key is empty or looks like a number: the engine loses those and mistakes these for indexes.

    No keyword is such a key, so this does not change what is valid.
    """

    def mark(members: list[tuple[str, Any]]) -> dict[str, Any]:
        return {key if key[:1].isalpha() or key[:1] == "$" else _MARK + key: member for key, member in members}

    return json.loads(json.dumps(schema), object_pairs_hook=mark)


def reference_metaschema() -> Metaschema:
    """The metaschema on jsonschema, which carries it inside too."""
    from jsonschema import Draft202012Validator

    validator = Draft202012Validator(Draft202012Validator.META_SCHEMA)

    def convert(error: Any) -> Error:
        branches: dict[object, list[Error]] = {}
        for inner in error.context or ():
            branches.setdefault(inner.schema_path[0], []).append(convert(inner))
        return Error(
            str(error.validator), error.validator_value, tuple(error.absolute_path), error.instance, tuple(map(tuple, branches.values()))
        )

    return lambda schema: map(convert, validator.iter_errors(schema))
