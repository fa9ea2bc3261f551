"""Find what is wrong with a schema that a request brings along, as a schema: its keywords, its references, the names that it requires.

Such a schema is a stranger's. Nothing is fetched, no pattern in it is run, and the work grows with its size alone.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from minimax_validate.json_schema.faults.fault import SchemaFault, SchemaFaults
from minimax_validate.values.codec import orjson

_MOST_KEPT = 256
_LONGEST_KEPT = 65_536
_MOST_FAULTS_KEPT = 100


def schema_faults(schema: Any) -> SchemaFaults:
    """All that is wrong with a schema, a value of plain JSON. Never raises; a schema of the same text is not examined twice."""
    try:
        text = orjson.dumps(schema)
    except (AttributeError, TypeError, ValueError, RecursionError):  # no such module, or a value beyond its range
        return _examine(schema)
    kept = _kept(text) if len(text) <= _LONGEST_KEPT else None
    return kept or _examine(schema)


@lru_cache(_MOST_KEPT)
def _kept(text: bytes) -> SchemaFaults | None:
    """The faults of a schema; None where they are too many to keep."""
    found = _examine(orjson.loads(text))
    return found if sum(map(len, found)) <= _MOST_FAULTS_KEPT else None


def _examine(schema: Any) -> SchemaFaults:
    from minimax_validate.json_schema.faults.examine import examine  # requests without tools and formats do without

    return examine(schema)


__all__ = ["SchemaFault", "SchemaFaults", "schema_faults"]
