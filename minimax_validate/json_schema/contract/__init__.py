"""The contracts: does a request keep a schema of the vendor, and if not, which facts break it.

Two engines tell the same: a compiled one, which every check passes through, and the reference one, which works wherever
Python does and is what the compiled one is tested against.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, Protocol

from minimax_validate.json_schema.contract import branches
from minimax_validate.json_schema.contract.violation import ContractViolation


class Contract(Protocol):
    """A schema made ready to check requests; ``schema`` is it in one piece, without references."""

    @property
    def schema(self) -> dict[str, Any]:
        """The vendor's schema."""
        ...

    def __hash__(self) -> int:
        """By identity."""
        ...

    def proves(self, payload: object) -> bytes:
        """The compact JSON text of the payload, if it surely keeps the contract and is made of plain JSON values alone.

        Empty if that is not proven; the payload may keep the contract all the same. Never raises.
        """
        ...

    def keeps(self, body: object) -> bool:
        """Whether it is proven that a part of what orjson has written keeps the contract, and is plain JSON.

        It may keep the contract all the same. May raise what a stranger's class raises.
        """
        ...

    def keeps_parsed(self, body: object) -> bool:
        """As ``keeps``, of a part of what a parser of JSON gave, which is plain JSON and holds no NaN."""
        ...

    def violations(self, instance: Any) -> tuple[ContractViolation, ...]:
        """Every violation of the schema by an instance of plain JSON values."""
        ...


@cache
def contract() -> Contract:
    """The contract of April on the fastest engine that is installed, ready to use; the same one every time."""
    return _fastest()()


@cache
def brief_contract() -> Contract:
    """The contract of April for programs that check a request or two, likewise."""
    try:
        from minimax_validate.json_schema.contract.brief import BriefContract
    except ImportError:
        return contract()
    return BriefContract()


@cache
def contract_of_chat() -> Contract:
    """The chat format of May, likewise. Its proof is of the closed top level, and its violations leave that out."""
    return _fastest()(branches.chat(), branches.closed_chat())


@cache
def contract_of_messages() -> Contract:
    """The Messages format of May, likewise."""
    return _fastest()(branches.messages())


def contract_of(schema: dict[str, Any]) -> Contract:
    """A contract on the same engine that is a schema without references, such as a part of another contract."""
    return _fastest()(schema)


def _fastest() -> Callable[..., Contract]:
    try:
        from minimax_validate.json_schema.contract.compiled import CompiledContract
    except ImportError:
        from minimax_validate.json_schema.contract.reference import ReferenceContract

        return ReferenceContract
    return CompiledContract


__all__ = [
    "Contract",
    "ContractViolation",
    "brief_contract",
    "contract",
    "contract_of",
    "contract_of_chat",
    "contract_of_messages",
]
