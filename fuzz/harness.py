"""What a harness is: where it begins, and what it does with bytes."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from importlib import import_module
from typing import TypeAlias

Seen: TypeAlias = Hashable
"""What an input made the tool do, as far as it tells inputs apart: one that does something new is kept for mutation."""

HARNESSES = (
    "any_name",
    "baseline",
    "configuration",
    "contract",
    "dialects",
    "fix_texts",
    "fix_values",
    "gitignore",
    "guards",
    "http",
    "json",
    "jsonc",
    "jsonl",
    "markdown",
    "may",
    "notebook",
    "python",
    "recordings",
    "render",
    "rules",
    "shell",
    "typescript",
    "yaml",
)
"""The modules of ``harnesses``, each with a ``HARNESS``."""


class LawError(AssertionError):
    """A law that does not hold for an input."""


def expect(holds: object, law: str) -> None:
    """Say that a law has to hold.

    Raises:
        LawError: it does not.
    """
    if not holds:
        raise LawError(law)


@dataclass(frozen=True, slots=True)
class Harness:
    """One way to feed the tool.

    ``run`` takes any bytes, and raises if the tool does what it never should; it says what it has seen. ``seeds`` are
    inputs to begin with. ``is_json`` says that bytes are JSON, so that most mutations are those of its values.
    """

    name: str
    seeds: Callable[[], tuple[bytes, ...]]
    run: Callable[[bytes], Seen]
    is_json: bool = False


def load(name: str) -> Harness:
    """The harness of a name in ``HARNESSES``."""
    found: Harness = import_module(f"fuzz.harnesses.{name}").HARNESS
    return found
