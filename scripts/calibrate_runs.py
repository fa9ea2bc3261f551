"""Calibrate how many bytes of a long run make a token, and write ``tokens/run_lengths.py``.

    python scripts/calibrate_runs.py [--write]

A long run is one ASCII character, many times over. The pairs of ``scripts/calibrate_tokens.py`` cannot tell it from a
doubled letter, so it is measured by itself: each of the 128 characters makes a run of ``LENGTH``, and o200k counts it
(``pip install splintr-rs``). No text is needed. Without ``--write`` nothing changes: the characters are printed by the
length of a token, before and after. To calibrate the pairs, calibrate the runs first.
"""

from __future__ import annotations

import argparse
import textwrap
from collections.abc import Callable, Sequence
from pathlib import Path

from minimax_validate.tokens import CounterError, o200k
from minimax_validate.tokens.run_lengths import RUN_LENGTHS

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "minimax_validate" / "tokens" / "run_lengths.py"
CHARACTERS = 128
LENGTH = 3_840
"""Tokens of 2, 3, 4, 5, 8 and so on to 256 equal characters fill a run of this length."""


def measured_lengths(count: Callable[[str], int]) -> bytes:
    """For each ASCII character, how many of it make a token in a long run."""
    return bytes(round(LENGTH / count(chr(code) * LENGTH)) for code in range(CHARACTERS))


def table(lengths: Sequence[int]) -> str:
    """The characters by the length of a token, a line for each length."""
    return "\n".join(
        f"{length:4}  {' '.join(repr(chr(code)) for code in range(CHARACTERS) if lengths[code] == length)}"
        for length in sorted(set(lengths))
    )


def render_module(lengths: bytes) -> str:
    """The text of ``run_lengths.py``."""
    lines = "\n".join(f'    "{line}"' for line in textwrap.wrap(lengths.hex(), 64))
    return f'''"""The length of a token in a long run of one byte.

Written by ``scripts/calibrate_runs.py``: do not edit by hand. From runs of {LENGTH:,} bytes, counted by o200k.
"""

from __future__ import annotations

RUN_LENGTHS = bytes.fromhex(
{lines}
)
"""By the byte, 0 to 127: how many of it, one after the other, make a token."""
'''


def main() -> int:
    """Read the options, measure, print the lengths."""
    parser = argparse.ArgumentParser(description="Calibrate the tokens of long runs of one character.")
    parser.add_argument("--write", action="store_true", help=f"replace {TARGET.relative_to(ROOT)}")
    options = parser.parse_args()
    try:
        counter = o200k()
    except CounterError as error:
        parser.error(str(error))
    lengths = measured_lengths(counter.count)
    print(f"before\n{table(RUN_LENGTHS)}\nafter\n{table(lengths)}")
    if options.write:
        TARGET.write_text(render_module(lengths), encoding="utf-8")
        print(f"wrote {TARGET.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
