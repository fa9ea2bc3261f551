"""Examine a schema: everything that is wrong with it, one kind of fault after the other."""

from __future__ import annotations

from typing import Any

from minimax_validate.json_schema.faults.fault import Guesses, SchemaFaults
from minimax_validate.json_schema.faults.keywords import keyword_faults
from minimax_validate.json_schema.faults.parts import Parts
from minimax_validate.json_schema.faults.patterns import pattern_faults
from minimax_validate.json_schema.faults.references import lost_references
from minimax_validate.json_schema.faults.required import undeclared


def examine(schema: Any) -> SchemaFaults:
    """All that is wrong with a schema, a value of plain JSON."""
    guesses = Guesses()
    keywords = keyword_faults(schema, guesses)
    if not isinstance(schema, dict):
        return SchemaFaults(keywords)
    parts = Parts(schema)
    references, mixed = lost_references(parts, guesses, {fault.pointer for fault in keywords})
    return SchemaFaults(
        (*keywords, *pattern_faults(parts.found)), references, tuple(undeclared(parts.found, mixed, guesses))
    )
