"""The fast JSON codec, where it is installed: everything that can do without it asks here."""

from __future__ import annotations

from typing import Any

orjson: Any = None
"""The module orjson, or None on platforms that it is not built for."""

try:
    import orjson
except ImportError:  # pragma: no cover - on other platforms; tests/without_wheels.py makes this one such
    STRICT = 0
else:
    STRICT = orjson.OPT_PASSTHROUGH_DATACLASS | orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_PASSTHROUGH_SUBCLASS
    """The option of ``dumps`` that refuses what orjson would write in a way of its own."""
