"""Check one very long text many times, and count the different reports: ``python scripts/repeat_check.py``.

The text is ASCII words of equal length, barely too many for the context window: its lower bound decides, and only just.
A report that comes and goes would show a limit in seconds, a failure that is swallowed, or a cache that forgets.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import Counter

from minimax_validate import check
from minimax_validate.values.model import CONTEXT_WINDOW

_EVERY = 20


def text_of(size: int) -> str:
    """A text of about so many characters, whose lower bound is a little more than the context window."""
    words = CONTEXT_WINDOW + 100
    return ("a" * (size // words - 1) + " ") * words


def main() -> int:
    """Print the different reports and how often each came; 1 if there is more than one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=200, help="checks, 200 by default")
    parser.add_argument("--megabytes", type=int, default=100, help="size of the text, 100 by default")
    asked = parser.parse_args()
    payload = {"messages": [{"role": "user", "content": text_of(asked.megabytes * 1_000_000)}]}
    reports: Counter[tuple[tuple[str, str], ...]] = Counter()
    start = time.monotonic()
    for number in range(1, asked.times + 1):
        reports[tuple((found.code, found.message) for found in check(payload).diagnostics)] += 1
        if number % _EVERY == 0:
            load = f"load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
            print(f"{number} checks, {time.monotonic() - start:,.0f} s", load, file=sys.stderr)
    for report, times in reports.most_common():
        print(f"{times} times: {'; '.join(map(' '.join, report)) or 'no findings'}")
    return int(len(reports) > 1)


if __name__ == "__main__":
    sys.exit(main())
