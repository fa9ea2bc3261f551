"""The contract for programs that check a request or two: proven in Python, and compiled only to say what is wrong."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import orjson

from minimax_validate.json_schema import bundle
from minimax_validate.json_schema.brief import Proof, proof_of
from minimax_validate.json_schema.contract.violation import ContractViolation
from minimax_validate.values.codec import STRICT

_VENDOR = "minimax-m2.7/vendor.json"


class BriefContract:
    """April's schema of the vendor; safe to share between threads."""

    def __init__(self) -> None:
        self.schema: dict[str, Any] = bundle.load(_VENDOR)
        self._proof: Proof | None = proof_of(self.schema)

    @cached_property
    def _whole(self) -> Any:
        from minimax_validate.json_schema.contract.compiled import CompiledContract  # takes longer than all else

        return CompiledContract()

    def proves(self, payload: object) -> bytes:
        """See ``Contract``; the encoder goes first, as its depth limit guards the stack."""
        try:
            encoded: bytes = orjson.dumps(payload, None, STRICT)
            return encoded if self.keeps(payload) else b""
        except Exception:  # a payload may be of any class, and a class may raise anything
            return b""

    def keeps(self, body: object) -> bool:
        """See ``Contract``."""
        return self._proof is not None and self._proof(body)

    def keeps_parsed(self, body: object) -> bool:
        """See ``Contract``."""
        return self.keeps(body)

    def violations(self, instance: Any) -> tuple[ContractViolation, ...]:
        """See ``Contract``."""
        found: tuple[ContractViolation, ...] = self._whole.violations(instance)
        return found
