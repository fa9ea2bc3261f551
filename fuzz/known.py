"""Failures that are known and being mended: each with its reason, to be taken out with the mend."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Known:
    """A failure of a harness whose words begin so."""

    harness: str
    begins: str
    reason: str


_NEW = "a fix of {} alone makes no new error"

KNOWN: tuple[Known, ...] = (
    Known(
        "fix_values",
        _NEW.format("MM103"),
        "a key is renamed whose value is not of the kind; its fixes are being mended",
    ),
    Known("fix_values", _NEW.format("MM111"), "what stands in for the content may be no content"),
    Known("fix_values", _NEW.format("MM101"), "what is added or renamed shows what else is missing"),
    Known("fix_values", "fixes make no new error", "the same, by several fixes together"),
    Known("fix_values", _NEW.format("MM302"), "a text of JSON is opened that holds a number beyond all doubles"),
)


def known(harness: str, failure: str) -> Known | None:
    """What is known of a failure."""
    return next((each for each in KNOWN if each.harness == harness and failure.startswith(each.begins)), None)
