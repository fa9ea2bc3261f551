"""Failures that are known and being mended: each with its reason, to be taken out with the mend."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Known:
    """A failure of a harness whose words begin so."""

    harness: str
    begins: str
    reason: str


KNOWN: tuple[Known, ...] = ()


def known(harness: str, failure: str) -> Known | None:
    """What is known of a failure."""
    return next((each for each in KNOWN if each.harness == harness and failure.startswith(each.begins)), None)
