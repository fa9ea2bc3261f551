r"""Keep what a payload or a file name holds from acting on a terminal, a log, or the service that reads the log.

Runners of CI take lines of a log for commands: GitHub's those that begin with ``::error::``, and what looks like
``##[error]`` anywhere in a line (https://github.com/actions/runner/issues/4692); Azure's and TeamCity's ``##vso[...]``
and ``##teamcity[...]``.
"""

from __future__ import annotations

import json
import re

# Format characters that people need inside words and emoji; the rest of their category can turn text around or hide it.
_HARMLESS = frozenset("\u200c\u200d")

# Printable characters that have no look of their own. The comparisons of some runners pass over them: a command could
# hide behind them.
_UNSEEN = "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u200c\u200d\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef"

_COMMAND = re.compile(rf"#(?=[{_UNSEEN}]*#[\w{_UNSEEN}]*\[)")
_COMMAND_LINE = re.compile(rf"[\s{_UNSEEN}]*(:)[{_UNSEEN}]*:")


def visible(text: str) -> str:
    r"""The text with every control, format and separator character spelled as ``\x1b`` or ``\u202e``.

    It stays on one line. So is the first character of what a runner would take for a command.
    """
    if is_plain(text) and "::" not in text:
        return text
    shown = spelled(text)
    if command := _COMMAND_LINE.match(text):
        shown[command.start(1)] = _spelled(":")
    return "".join(shown)


def is_plain(text: str) -> bool:
    """Whether a text is shown as it is: printable ASCII, and no command inside of a line."""
    return text.isascii() and text.isprintable() and "##" not in text


def spelled(text: str) -> list[str]:
    """What each character of a text is shown as, the place at the start of a line left out of account."""
    if is_plain(text):
        return list(text)
    shown = [char if _is_harmless(char) else _spelled(char) for char in text]
    for command in _COMMAND.finditer(text):
        shown[command.start()] = _spelled("#")
    return shown


def json_text(value: object, indent: int | None = None) -> str:
    """A value as JSON.

    Escaped to ASCII, so that no reader of the output meets a control, half a character or a command.
    """
    return _COMMAND.sub(r"\\u0023", json.dumps(value, indent=indent))


def _is_harmless(char: str) -> bool:
    if char.isprintable() or char in _HARMLESS:
        return True
    from unicodedata import category  # few texts need it

    return category(char) == "Zs"


def _spelled(char: str) -> str:
    code = ord(char)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
