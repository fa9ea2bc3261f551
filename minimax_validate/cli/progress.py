"""Show the progress of a long run on a terminal."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TextIO

from minimax_validate.values.wording import count

PATIENCE = 1.0
"""Seconds before the line is shown, and between updates."""


@dataclass(slots=True, eq=False, repr=False)
class Progress:
    """A line on a terminal that is updated during a run; nothing is written if ``stream`` is not a terminal."""

    stream: TextIO
    on: bool
    _started: float = field(init=False)
    _next: float = field(init=False)
    _shown: bool = field(default=False, init=False)

    def __post_init__(self) -> None:
        self._started = time.monotonic()
        self._next = self._started + PATIENCE

    def update(self, requests: int, verb: str = "checked") -> None:
        """Show how many requests were ``checked``, now and then."""
        if self.on and (now := time.monotonic()) >= self._next:
            self._next = now + PATIENCE
            self._shown = True
            self.stream.write(
                f"\r\x1b[K{verb} {count(requests, 'request')} ({requests / (now - self._started):,.0f}/s)"
            )
            self.stream.flush()

    def clear(self) -> None:
        """Remove the line, before something else is written."""
        if self._shown:
            self.stream.write("\r\x1b[K")
            self.stream.flush()
            self._shown = False
