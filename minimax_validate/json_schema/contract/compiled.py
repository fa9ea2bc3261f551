"""The contract on jsonschema-rs, with orjson as the proof that a payload is plain JSON."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable
from typing import Any

import jsonschema_rs
import orjson

from minimax_validate.json_schema import bundle
from minimax_validate.json_schema.contract.violation import ContractViolation
from minimax_validate.values.codec import STRICT
from minimax_validate.values.pointer import Pointer

_VENDOR = "minimax-m2.7/vendor.json"
_ANY_JSON: dict[str, Any] = {
    "type": ["object", "array", "string", "number", "boolean", "null"],
    "additionalProperties": {"$ref": "#/$defs/json"},
    "items": {"$ref": "#/$defs/json"},
}


def _spell_out(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema with every empty subschema saying what it takes, any JSON value.

    The engine skips what nothing constrains, NaN too.
    """
    spelled: dict[str, Any] = {}
    for keyword, value in schema.items():
        if keyword == "properties":
            spelled[keyword] = {key: _spell_out(part) or {"$ref": "#/$defs/json"} for key, part in value.items()}
        elif keyword in ("items", "additionalProperties") and isinstance(value, dict):
            spelled[keyword] = _spell_out(value) or {"$ref": "#/$defs/json"}
        elif keyword == "anyOf":
            spelled[keyword] = [_spell_out(part) for part in value]
        else:
            spelled[keyword] = copy.deepcopy(value)
    return spelled


class CompiledContract:
    """A schema of the vendor compiled once, April's if none is given; safe to share between threads.

    ``closed`` is the schema that a payload is proven by, where that is another one. ``keeps`` and
    ``keeps_parsed`` are those of ``Contract``.
    """

    schema: dict[str, Any]

    def __init__(self, schema: dict[str, Any] | None = None, closed: dict[str, Any] | None = None) -> None:
        self.schema = bundle.load(_VENDOR) if schema is None else schema
        # Never online: a schema must not make a check wait for a network, let alone a payload's own.
        options = jsonschema_rs.RegexOptions()
        self._validator = jsonschema_rs.Draft202012Validator(self.schema, pattern_options=options, offline=True)
        gate = {**_spell_out(closed or self.schema), "$defs": {"json": _ANY_JSON}}
        self.keeps: Callable[[object], bool] = jsonschema_rs.Draft202012Validator(
            gate, pattern_options=options, offline=True
        ).is_valid
        self.keeps_parsed: Callable[[object], bool] = (
            self._validator
            if closed is None
            else jsonschema_rs.Draft202012Validator(closed, pattern_options=options, offline=True)
        ).is_valid

    def proves(self, payload: object, _dumps: Any = orjson.dumps, _strict: int = STRICT) -> bytes:
        """See ``Contract``; the encoder goes first, as its depth limit guards the validator's stack."""
        try:
            encoded: bytes = _dumps(payload, None, _strict)
            return encoded if self.keeps(payload) else b""
        except Exception:  # a payload may be of any class, and a class may raise anything
            return b""

    def violations(self, instance: Any) -> tuple[ContractViolation, ...]:
        """See ``Contract``."""
        from minimax_validate.json_schema.engines import compiled_place  # what is proven does without it

        return self._convert(self._validator.iter_errors(instance), lambda path: compiled_place(path, instance))

    def _convert(
        self, errors: Iterable[jsonschema_rs.ValidationError], place: Callable[[list[str | int]], Pointer]
    ) -> tuple[ContractViolation, ...]:
        return tuple(
            ContractViolation(
                str(error.schema_path[-1]),
                place(error.instance_path),
                self._subschema(error.schema_path[:-1]),
                tuple(self._convert(branch, place) for branch in getattr(error.kind, "context", ())),
            )
            for error in errors
        )

    def _subschema(self, path: list[str | int]) -> dict[str, Any]:
        schema: Any = self.schema
        for step in path:
            schema = schema[step]
        found: dict[str, Any] = schema
        return found
