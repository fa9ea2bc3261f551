"""Names that are required, and not declared beside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from minimax_validate.json_schema.faults.fault import Guesses, SchemaFault
from minimax_validate.json_schema.faults.parts import Part
from minimax_validate.values.pointer import Pointer
from minimax_validate.values.suggest import did_you_mean
from minimax_validate.values.wording import quote


def undeclared(parts: Iterable[Part], mixed: frozenset[Pointer], guesses: Guesses) -> Iterator[SchemaFault]:
    """The names that these schemas require and do not declare.

    Those in `mixed` are a part of others, which may declare them.
    """
    for part in parts:
        required, own = part.schema.get("required"), part.schema.get("properties", {})
        if not isinstance(required, list) or not isinstance(own, dict):
            continue
        if part.beside is None or part.pointer in mixed or not part.declares_alone():
            continue
        if "properties" not in part.schema and not any(part.beside) and part.schema.get("type") != "object":
            continue
        told: set[str] = set()
        for index, name in enumerate(required):
            if (
                isinstance(name, str)
                and name not in told
                and name not in own
                and not any(name in around for around in part.beside)
            ):
                told.add(name)
                known = own or (part.beside[-1] if part.beside else {})
                hint = guesses(did_you_mean, name, known) or ""
                declared = "`properties`" if known else "any `properties`"
                yield SchemaFault(
                    (*part.pointer, "required", index),
                    f"{quote(name)} is required but not declared under {declared}",
                    hint,
                )
