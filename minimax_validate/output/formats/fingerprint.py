"""Names by which a service knows a finding again in the next run, wherever it has moved by then.

A fingerprint is made of the rule's code, the file, the pointer without its indexes, and what the message quotes: the
key or the value that is wrong. It changes with none of these: lines added above, another layout, messages before this
one, other findings that come and go, or a message put into other words. Findings that are alike in all of it, such as
two messages without content, are numbered in their order. Where one of them is mended, it is the last number that is
gone: the count of what is left is right, and nothing that holds still can tell them apart.

The text of a document has no part in it: it may be confidential, and a hash of a short text gives it away.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from hashlib import sha256

from minimax_validate.texts.placed import Finding

_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"|`[^`]*`')


class Fingerprints:
    """Gives the findings of one run, in their order, fingerprints: no two are equal."""

    def __init__(self) -> None:
        self._alike: Counter[bytes] = Counter()

    def next(self, alike: bytes) -> str:
        """The fingerprint of the next finding, by its likeness.

        32 hexadecimal digits, a colon, and which of those alike it is.
        """
        self._alike[alike] += 1
        return f"{alike.hex()}:{self._alike[alike]}"


def likeness(name: str, finding: Finding) -> bytes:
    """What a finding in the file of a name has in common with those that are alike: 16 bytes."""
    diagnostic = finding.diagnostic
    kinds = [step if isinstance(step, str) else None for step in diagnostic.pointer]
    told = json.dumps([diagnostic.code, name, kinds, _QUOTED.findall(diagnostic.message)])
    return sha256(told.encode()).digest()[:16]
