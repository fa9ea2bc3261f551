"""Regular expressions of path patterns that match in a time that grows with the length of a path alone.

``*a*b*c`` as ``[^/]*a[^/]*b[^/]*c`` tries every way to share a long name among its stars before it fails, and so do
several ``**`` with a deep path: the steps of both have the number of stars in the exponent. What stands between two
stars has a fixed number of characters, and what stands between two ``**`` a fixed number of names. The first place that
fits is therefore as good as any later one, and need not be tried again: it becomes an atomic group.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_TOKEN = re.compile(
    r"(?P<star>\[\^/\]\*)|(?P<brackets>\[\^?\]?[^\]]*\]\+?)|(?P<deep>\(\?:(?:\.\+/|/\.\+)\)\?)|(?P<slash>/)"
    r"|(?P<plain>\\.|[^\\()\[\].*+?$|])|(?P<rest>.+)",
    re.DOTALL,
)
_LAZY = {"(?:.+/)?": "(?:.+?/)??", "(?:/.+)?": "(?:/.+?)??"}
"""How any number of directories is written, and how it is written if as few as fit are to be taken."""


def quick(expression: str) -> str:
    """A regular expression of ``pathspec`` that matches the same paths without trying the same place again.

    What is not written as ``pathspec`` writes it stays as it is.
    """
    parts: list[tuple[str, list[list[str]]]] = [("", [[""]])]
    rest = ""
    for token in _TOKEN.finditer(expression):
        segments = parts[-1][1]
        match token.lastgroup:
            case "star":
                segments[-1].append("")
            case "deep":
                parts.append((token[0], [[""]]))
            case "slash":
                segments.append([""])
            case "brackets":
                # For git, brackets hold no slash, not even those that hold everything but some characters.
                segments[-1][-1] += token[0] if token[0].startswith("[^/]") else f"(?!/){token[0]}"
            case "plain":
                segments[-1][-1] += token[0]
            case _:
                rest = token[0]
    *first, (deep, last) = parts
    return "".join(_parts(first)) + deep + "/".join(map(_segment, last)) + rest


def _parts(parts: Iterable[tuple[str, list[list[str]]]]) -> Iterator[str]:
    for deep, segments in parts:
        text = "/".join(map(_segment, segments))
        yield f"(?>{_LAZY[deep]}{text}(?=/))" if deep else text


def _segment(pieces: list[str]) -> str:
    """The name of a file or a directory, of which the pieces have stars between them."""
    first, *others = pieces
    if not others:
        return first
    *inner, last = others
    return first + "".join(f"(?>[^/]*?{piece})" for piece in inner if piece) + f"[^/]*{last}"
