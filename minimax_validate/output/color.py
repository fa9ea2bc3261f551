"""ANSI colours, or none."""

from __future__ import annotations

from dataclasses import dataclass

from minimax_validate.values.diagnostic import Severity

SEVERITY_COLORS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}

_CODES = {
    "red": "1;31",
    "yellow": "1;33",
    "cyan": "1;36",
    "blue": "34",
    "green": "32",
    "bold": "1",
    "dim": "2",
    "reverse": "7",
    "struck": "9",
}


@dataclass(frozen=True, slots=True)
class Paint:
    """Wraps text in colour where ``on``, and in hyperlinks where these are wanted."""

    on: bool
    hyperlinks: bool = False

    def __call__(self, color: str, text: str) -> str:
        """The text in a colour."""
        return f"\x1b[{_CODES[color]}m{text}\x1b[0m" if self.on else text

    def link(self, address: str, text: str) -> str:
        """The text as a hyperlink (OSC 8) to an address of our own."""
        return f"\x1b]8;;{address}\x1b\\{text}\x1b]8;;\x1b\\" if self.hyperlinks else text

    def bold(self, text: str) -> str:
        """The text in bold."""
        return self("bold", text)
