"""Hold values against a schema that a request brings along.

Such a schema is a stranger's: nothing it refers to is fetched, its patterns run in linear time or not at all, and one
that would make the check too long is left alone. So is one that is no schema: then there is nothing to say about the
values.
"""

from __future__ import annotations

import json
from typing import Any

from minimax_validate.json_schema.engines import Engine, engine_of
from minimax_validate.json_schema.extent import Extent
from minimax_validate.json_schema.mismatches import Mismatch, mismatches
from minimax_validate.values.remembered import ByText

_MOST_KEPT = 256


class ToolSchema:
    """A schema made ready; where it is none, or is not to be trusted, every value passes.

    Safe to share between threads.
    """

    def __init__(self, schema: Any) -> None:
        self._engine: Engine | None = None
        self._extent: Extent | None = None
        try:
            text = json.dumps(schema, allow_nan=False)
            self._engine = engine_of(schema)
            if '"$ref"' in text or '"$dynamicRef"' in text:
                self._extent = Extent(schema)
        except Exception:  # whatever a stranger's schema brings about, it is not for here to tell
            return

    def passes(self, value: Any) -> bool:
        """Whether there is nothing to say against a value of plain JSON. Never raises."""
        engine = self._engine
        try:
            return (
                engine is None
                or (self._extent is not None and not self._extent.allows(value))
                or engine.is_valid(value)
            )
        except Exception:
            return True

    def errors(self, value: Any) -> tuple[Mismatch, ...]:
        """All ways in which a value of plain JSON fails the schema. Never raises."""
        engine = self._engine
        if engine is None or self.passes(value):
            return ()
        try:
            return mismatches(engine.violations(value))
        except Exception:
            return ()


def errors(parameters: Any, value: Any) -> tuple[Mismatch, ...]:
    """All ways in which a value of plain JSON fails the schema ``parameters``; none if that is no schema.

    Never raises.
    """
    return compiled(parameters).errors(value)


_compiled = ByText(ToolSchema, most=_MOST_KEPT, unwritable=lambda _: ToolSchema(None))


def compiled(parameters: Any) -> ToolSchema:
    """A schema made ready, or the same one as before for a schema of the same text. Never raises."""
    return _compiled(parameters)
