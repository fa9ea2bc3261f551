"""The contract on jsonschema and referencing: slower, and at home wherever Python is."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, cast

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from minimax_validate.json_schema import bundle
from minimax_validate.json_schema.contract.violation import ContractViolation
from minimax_validate.json_schema.engines import by_branch
from minimax_validate.values.plain import is_plain, to_plain

Json = dict[str, Any]

_VENDOR = "minimax-m2.7/vendor.json"
_REQUEST = "minimax-m2.7/request.json"


class ReferenceContract:
    """A schema of the vendor; safe to share between threads.

    If none is given it is April's, with its parts joined by an offline registry. ``closed`` is the schema that a
    payload is proven by, where that is another one.
    """

    schema: Json

    def __init__(self, schema: Json | None = None, closed: Json | None = None) -> None:
        self.schema = bundle.load(_VENDOR) if schema is None else schema
        self._validator = (
            Draft202012Validator(bundle.load(_REQUEST), registry=bundle.registry())
            if schema is None
            else Draft202012Validator(schema)
        )
        self._gate = Draft202012Validator(closed) if closed is not None else self._validator

    def proves(self, payload: object) -> bytes:
        """See ``Contract``."""
        instance, failures = to_plain(payload)
        if failures or not is_plain(payload) or not self._gate.is_valid(instance):
            return b""
        return json.dumps(instance, ensure_ascii=False, separators=(",", ":")).encode()

    def keeps(self, body: object) -> bool:
        """See ``Contract``."""
        return bool(self.proves(body))

    def keeps_parsed(self, body: object) -> bool:
        """See ``Contract``."""
        return bool(self._gate.is_valid(body))

    def violations(self, instance: Any) -> tuple[ContractViolation, ...]:
        """See ``Contract``."""
        return _convert(self._validator.iter_errors(instance))


def _convert(errors: Iterable[ValidationError]) -> tuple[ContractViolation, ...]:
    return tuple(
        ContractViolation(
            str(error.validator), tuple(error.absolute_path), cast("Json", error.schema), _branches(error)
        )
        for error in errors
    )


def _branches(error: ValidationError) -> tuple[tuple[ContractViolation, ...], ...]:
    return tuple(map(_convert, by_branch(error))) if error.validator == "anyOf" else ()
