"""Find what is wrong with a schema that a request brings along, as a schema.

Its keywords, its references, the names that it requires. Such a schema is a stranger's. Nothing is fetched, no pattern
in it is run, and the work grows with its size alone.
"""

from __future__ import annotations

from typing import Any

from minimax_validate.json_schema.faults.fault import SchemaFault, SchemaFaults
from minimax_validate.json_schema.faults.plain import is_surely_sound
from minimax_validate.values.remembered import ByText

_MOST_KEPT = 256
_MOST_FAULTS_KEPT = 100
_SOUND = SchemaFaults()


def _examine(schema: Any) -> SchemaFaults:
    from minimax_validate.json_schema.faults.examine import examine  # requests without tools and formats do without

    return examine(schema)


_examined = ByText(_examine, most=_MOST_KEPT, keeps=lambda found: sum(map(len, found)) <= _MOST_FAULTS_KEPT)


def schema_faults(schema: Any) -> SchemaFaults:
    """All that is wrong with a schema, a value of plain JSON. Never raises.

    The plainest schemas are proven sound at once, and no other one of the same text is examined twice.
    """
    if is_surely_sound(schema):
        return _SOUND
    return _examined(schema)


__all__ = ["SchemaFault", "SchemaFaults", "schema_faults"]
