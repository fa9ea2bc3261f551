"""The length of a token in a long run of one byte.

Written by ``scripts/calibrate_runs.py``: do not edit by hand. From runs of 3,840 bytes, counted by o200k.
"""

from __future__ import annotations

RUN_LENGTHS = bytes.fromhex(
    "0201010101010101011010010102010101010101010101010101010101010101"
    "8010044004200204040440200440404003030303030303030303101008400808"
    "0808040402040802020402020404020402020202020202021004020204020840"
    "0208040404040802040402040804020802020404020204020804020204022001"
)
"""By the byte, 0 to 127: how many of it, one after the other, make a token."""
