"""End a process by a signal as by an exception, so that it clears up."""

from __future__ import annotations

import signal
import sys


def end_once(number: int, _frame: object) -> None:
    """Handle a signal: exit with 128 and its number. A second one must not interrupt what clears up after the first."""
    signal.signal(number, signal.SIG_IGN)
    sys.exit(128 + number)
