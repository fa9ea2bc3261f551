"""Hold values against a schema that a request brings along.

Such a schema is a stranger's: nothing it refers to is fetched, its patterns run in linear time or not at all, and what
would take too long or too much memory is not checked, and said to be unchecked. A schema that is not valid says nothing
about the values. ``MemoryError`` alone goes through: less memory must not mean fewer findings, and a schema that could
not be made ready is not remembered.
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any, NamedTuple

from minimax_validate.json_schema.engines import Engine, engine_of
from minimax_validate.json_schema.extent import MOST_ERROR_STEPS, Extent
from minimax_validate.json_schema.mismatches import Mismatch, mismatches
from minimax_validate.values.remembered import ByText

if TYPE_CHECKING:
    from minimax_validate.json_schema.brief import Proof

_MOST_KEPT = 256

LARGEST = 2_000_000
"""Characters of the JSON text of a schema that is made ready; a larger one takes a second and more."""

_QUICK = 20_000_000
"""Characters of a schema times those of a value that are few steps, whatever both say, but for what multiplies."""

_MULTIPLYING = ('"$ref"', '"$dynamicRef"', '"unevaluatedProperties"', '"unevaluatedItems"')
"""Keywords by which few characters stand for any number of steps."""


class Verdict(NamedTuple):
    """What a value is by a schema: all its mismatches, or why it is ``unchecked``; neither for one that fits."""

    mismatches: tuple[Mismatch, ...] = ()
    unchecked: str = ""


_FITS = Verdict()
_LARGE_SCHEMA = Verdict(unchecked=f"the schema has more than {LARGEST:,} characters")
_LARGE_PATTERNS = Verdict(unchecked="the patterns of the schema would take too much memory")
_MANY_STEPS = Verdict(unchecked="the check would take too many steps")


class ToolSchema:
    """A schema made ready; every value fits one that is not valid.

    Safe to share between threads.
    """

    def __init__(self, schema: Any) -> None:
        self._made: Engine | None = None
        self._unmade: Any = None
        self._refused: Verdict | None = None
        self._proof: Proof | None = None
        try:
            text = json.dumps(schema, allow_nan=False)
            self._length = len(text)
            self._multiplies = any(keyword in text for keyword in _MULTIPLYING)
            self._branches = '"anyOf"' in text or '"oneOf"' in text
            self._extent = Extent(schema)
            if self._length > LARGEST:
                self._refused = _LARGE_SCHEMA
            elif '"pattern' in text and not _are_patterns_small(schema):
                self._refused = _LARGE_PATTERNS
            elif "jsonschema_rs" in sys.modules or (proof := _proof_of(schema)) is None:
                self._made = engine_of(schema)
            else:
                # Whoever checks a request or two does without the validator.
                self._proof, self._unmade = proof, schema
        except MemoryError:
            raise
        except Exception:  # whatever a stranger's schema brings about, it is not for here to report
            return

    @property
    def _engine(self) -> Engine | None:
        if self._unmade is not None:
            try:
                self._made = engine_of(self._unmade)
            except MemoryError:
                raise
            except Exception:  # no engine takes the schema: other rules report it, and no value is judged by it
                self._made = None
            self._unmade = None
        return self._made

    def passes(self, value: Any, length: int) -> bool:
        """Whether it is proven that a value of plain JSON, whose text is so long, fits. Never raises."""
        if self._proof is not None and self._proof(value):
            return True
        return self._refusal(value, length) is None and self._is_valid(value)

    def verdict(self, value: Any, length: int) -> Verdict:
        """What a value of plain JSON, whose text is so long, is by the schema. Never raises."""
        engine, refusal = self._engine, self._refusal(value, length)
        if refusal is not None:
            return refusal
        if engine is None or self._is_valid(value):
            return _FITS
        if self._branches and not self._extent.allows(value, MOST_ERROR_STEPS):
            return _SOMEWHERE
        try:
            return Verdict(mismatches(engine.violations(value)))
        except MemoryError:
            raise
        except Exception:  # the engine broke off on a stranger's schema: no mismatch is known, and none is invented
            return _FITS

    def _refusal(self, value: Any, length: int) -> Verdict | None:
        engine = self._engine
        if engine is None:
            return self._refused
        is_quick = not self._multiplies and self._length * length <= _QUICK
        return None if is_quick or self._extent.allows(value) else _MANY_STEPS

    def _is_valid(self, value: Any) -> bool:
        try:
            engine = self._engine
            return engine is None or engine.is_valid(value)
        except MemoryError:
            raise
        except Exception:  # the engine broke off on a stranger's schema: nothing is known against the value
            return True


def _proof_of(schema: Any) -> Proof | None:
    from minimax_validate.json_schema.brief import proof_of  # programs that check more do without

    return proof_of(schema)


def _are_patterns_small(schema: Any) -> bool:
    from minimax_validate.json_schema.pattern_size import are_small  # few schemas have patterns

    return are_small(schema)


_SOMEWHERE = Verdict((Mismatch((), "finding the place would take too many steps"),))
"""Of a value that does not fit, and whose errors are too many to be described."""

compiled = ByText(ToolSchema, most=_MOST_KEPT, unwritable=lambda _: ToolSchema(None))
"""A schema made ready, or the same one as before for a schema of the same text. Never raises."""
