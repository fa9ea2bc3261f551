"""The contract: does a request keep the vendor's schema, and if not, which facts break it.

Two engines tell the same: a compiled one, which every check passes through, and the reference one, which works wherever
Python does and is what the compiled one is tested against.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Protocol

from minimax_validate.json_schema.contract.violation import ContractViolation


class Contract(Protocol):
    """A schema made ready to check requests; ``schema`` is it in one piece, without references."""

    @property
    def schema(self) -> dict[str, Any]:
        """The vendor's schema."""
        ...

    def proves(self, payload: object) -> bytes:
        """The compact JSON text of the payload, if it surely keeps the contract and is made of plain JSON values alone.

        Empty if that is not proven; the payload may keep the contract all the same. Never raises.
        """
        ...

    def violations(self, instance: Any) -> tuple[ContractViolation, ...]:
        """Every violation of the schema by an instance of plain JSON values."""
        ...


@cache
def contract() -> Contract:
    """The contract on the fastest engine that is installed, ready to use; the same one every time."""
    try:
        from minimax_validate.json_schema.contract.compiled import CompiledContract
    except ImportError:
        from minimax_validate.json_schema.contract.reference import ReferenceContract

        return ReferenceContract()
    return CompiledContract()


__all__ = ["Contract", "ContractViolation", "contract"]
