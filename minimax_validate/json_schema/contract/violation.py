"""What an engine says of one keyword that does not hold, in a form that both engines share."""

from __future__ import annotations

from typing import Any, NamedTuple

from minimax_validate.values.pointer import Pointer


class ContractViolation(NamedTuple):
    """``schema`` is the subschema that has the ``keyword``.

    ``branches`` are the violations of each branch of an ``anyOf``.
    """

    keyword: str
    pointer: Pointer
    schema: dict[str, Any]
    branches: tuple[tuple[ContractViolation, ...], ...] = ()
