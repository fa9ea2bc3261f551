"""The figures that rules measure by, and what counts tokens: those of the vendor, until somebody knows others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields

from minimax_validate.values.model import CONTEXT_WINDOW, JSON_SCHEMA_NAME_LENGTH, SMALL_TOKEN_LIMIT


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The limits that rules compare with; the defaults and their sources are in ``model.json``.

    ``context_window`` (MM701 to MM703) and ``small_token_limit`` (MM606) are in tokens, ``json_schema_name_length``
    (MM122) is in Unicode code points. ``counter`` returns the exact number of tokens of a text;
    ``minimax_validate.tokens`` has such counters. It is called only if cheaper bounds do not decide whether a prompt
    fits. If it fails, an estimate is used instead.

    Raises:
        ValueError: a limit is not a positive whole number.
        TypeError: ``counter`` is not callable.
    """

    context_window: int = CONTEXT_WINDOW
    json_schema_name_length: int = JSON_SCHEMA_NAME_LENGTH
    small_token_limit: int = SMALL_TOKEN_LIMIT
    counter: Callable[[str], int] | None = None

    def __post_init__(self) -> None:
        for name in NUMBERS:
            limit: object = getattr(self, name)
            if not isinstance(limit, int) or isinstance(limit, bool) or limit < 1:
                raise ValueError(f"{name} must be a positive whole number, not {limit!r}")
        if self.counter is not None and not callable(self.counter):
            raise TypeError(f"counter must be a callable that accepts a string, not {self.counter!r}")


NUMBERS = tuple(field.name for field in fields(Limits) if field.name != "counter")
"""The limits that are numbers."""

DEFAULTS = Limits()
