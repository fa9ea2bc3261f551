"""Whether a terminal shows hyperlinks (OSC 8): no terminal says so, so the known ones are told by their variables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TextIO

_TERMS = frozenset({"alacritty", "alacritty-direct", "contour", "foot", "foot-extra", "xterm-ghostty", "xterm-kitty"})
_PROGRAMS = frozenset(
    {"ghostty", "Hyper", "iTerm.app", "rio", "Tabby", "terminology", "vscode", "WarpTerminal", "WezTerm", "zed"}
)
_VARIABLES = ("DOMTERM", "KONSOLE_VERSION", "WT_SESSION")
_FIRST_VTE = 5000
"""The first version of the library behind GNOME's and other terminals that shows them: 0.50.0."""


def has_hyperlinks(environment: Mapping[str, str], stream: TextIO) -> bool:
    """Whether a stream gets hyperlinks.

    What forbids escape sequences wins over ``FORCE_HYPERLINK``, and that over what the terminal is.
    """
    if environment.get("NO_COLOR") or environment.get("TERM") == "dumb":
        return False
    forced = environment.get("FORCE_HYPERLINK")
    if forced is not None:
        return forced != "0"
    return stream.isatty() and _shows_them(environment)


def _shows_them(environment: Mapping[str, str]) -> bool:
    term = environment.get("TERM", "")
    if term.startswith(("screen", "tmux")) or environment.get("CI"):  # the variables are of the terminal around it
        return False
    version = environment.get("VTE_VERSION", "")
    return (
        term in _TERMS
        or environment.get("TERM_PROGRAM") in _PROGRAMS
        or any(environment.get(name) for name in _VARIABLES)
        or (version.isdecimal() and int(version) >= _FIRST_VTE)
    )
