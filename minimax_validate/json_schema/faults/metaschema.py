"""What the metaschema of draft 2020-12 says of a schema, on either engine, in one form."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from minimax_validate.json_schema.engines import Violation, from_compiled, from_reference

Metaschema = Callable[[Any], Iterable[Violation]]


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

    validator = jsonschema_rs.Draft202012Validator(
        {"$ref": "https://json-schema.org/draft/2020-12/schema"}, offline=True
    )

    def errors(schema: Any) -> Iterable[Violation]:
        marked = _marked(schema)
        return (_unmarked(from_compiled(error, marked)) for error in validator.iter_errors(marked))

    return lambda schema: () if validator.is_valid(schema) else errors(schema)


_MARK = "\ue000"


def _marked(schema: Any) -> Any:
    """A copy of a schema in which no key is empty or looks like a number.

    The engine loses those and mistakes these for indexes. No keyword is such a key, so this does not change what is
    valid.
    """

    def mark(members: list[tuple[str, Any]]) -> dict[str, Any]:
        return {key if key[:1].isalpha() or key[:1] == "$" else _MARK + key: member for key, member in members}

    return json.loads(json.dumps(schema), object_pairs_hook=mark)


def _unmarked(error: Violation) -> Violation:
    pointer = tuple(step.removeprefix(_MARK) if isinstance(step, str) else step for step in error.pointer)
    return error._replace(pointer=pointer, branches=tuple(tuple(map(_unmarked, branch)) for branch in error.branches))


def reference_metaschema() -> Metaschema:
    """The metaschema on jsonschema, which carries it inside too."""
    from jsonschema import Draft202012Validator

    validator = Draft202012Validator(Draft202012Validator.META_SCHEMA)
    return lambda schema: from_reference(validator.iter_errors(schema))
