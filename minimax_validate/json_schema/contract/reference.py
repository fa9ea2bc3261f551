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
    """The bundled schema with its parts joined by an offline registry; safe to share between threads."""

    schema: Json

    def __init__(self) -> None:
        self.schema = bundle.load(_VENDOR)
        self._validator = Draft202012Validator(bundle.load(_REQUEST), registry=bundle.registry())

    def proves(self, payload: object) -> bytes:
        """See ``Contract``."""
        instance, failures = to_plain(payload)
        if failures or not is_plain(payload) or not self._validator.is_valid(instance):
            return b""
        return json.dumps(instance, ensure_ascii=False, separators=(",", ":")).encode()

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
